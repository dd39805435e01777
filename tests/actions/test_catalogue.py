"""办事目录: items are taken in once, superseded when they change, and never lost on the way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from kernel.access import HOUSE
from kernel.audit import queries as audit
from kernel.calendar.rules import WorkingCalendar
from kernel.errors import NotFound, Refusal
from kernel.web.house import House
from services_catalog import actions, queries
from services_catalog.records import ItemVersion
from services_catalog.rules.items import (
    Entry,
    ItemFacts,
    VersionState,
    Window,
)
from services_catalog.rules.limits import TimeLimit, parse_limit
from services_catalog.rules.promises import PromiseAfterLaw
from services_catalog.rules.versions import Outcome, StillIncomplete
from tests.actions.a_catalogue import (
    ENTRY,
    FACTS,
    NOW,
    catalogue_edition,
    everything,
    open_house,
    states,
    take_in,
)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[House]:
    house = open_house(tmp_path)
    yield house
    house.database.engine.dispose()


def test_an_item_says_afterwards_what_was_handed_in(here: House) -> None:
    assert take_in(here, ENTRY) is Outcome.ADDED
    with here.reading() as session:
        version = queries.published(session, "BM-1")
        assert queries.facts_of(session, version) == FACTS
        assert version.statutory == TimeLimit(30, FACTS.statutory.unit)
        assert (version.item.code, version.item.window) == ("BM-1", Window.GENERAL)
        assert [paper.name for paper in queries.materials_of(session, version.id)] == [
            "身份证",
            "户口簿",
        ]
        assert queries.everyday_names(session, version.item_id) == ["低保", "吃低保"]
        assert queries.version(session, version.id) is version
        assert (version.made_at, version.published_at) == (NOW, NOW)


@pytest.mark.parametrize("entry", [ENTRY, Entry("BM-2", ItemFacts("甲"), ())])
def test_handing_the_same_in_again_changes_nothing(here: House, entry: Entry) -> None:
    take_in(here, entry)
    before = everything(here)
    assert take_in(here, entry, NOW + timedelta(days=1)) is Outcome.UNCHANGED
    assert everything(here) == before


def test_a_change_supersedes_the_old_version_and_keeps_it(here: House) -> None:
    take_in(here, ENTRY)
    later = NOW + timedelta(days=1)
    changed = replace(ENTRY, facts=replace(FACTS, fee="不收费"))
    assert take_in(here, changed, later) is Outcome.CHANGED
    with here.reading() as session:
        new, old = queries.history(session, "BM-1")
        assert (new.number, new.state, new.fee) == (2, VersionState.PUBLISHED, "不收费")
        assert (old.state, old.superseded_at) == (VersionState.SUPERSEDED, later)
        assert queries.facts_of(session, old) == FACTS


def test_an_incomplete_change_waits_as_a_draft_beside_what_is_published(here: House) -> None:
    take_in(here, ENTRY)
    gap = replace(ENTRY, facts=replace(FACTS, phone=""))
    assert take_in(here, gap) is Outcome.DRAFTED
    assert states(here) == [VersionState.DRAFT, VersionState.PUBLISHED]
    with here.reading() as session:
        assert queries.published(session, "BM-1").phone == FACTS.phone
        assert [draft.draft_reason for draft in queries.drafts(session)] == ["还缺：咨询电话。"]


def test_a_draft_gives_way_to_the_next_draft_and_to_what_is_complete(here: House) -> None:
    take_in(here, ENTRY)
    take_in(here, replace(ENTRY, facts=replace(FACTS, phone="")))
    take_in(here, replace(ENTRY, facts=replace(FACTS, phone="", place="")))
    draft, published, superseded = (
        VersionState.DRAFT,
        VersionState.PUBLISHED,
        VersionState.SUPERSEDED,
    )
    assert states(here) == [draft, superseded, published]
    take_in(here, replace(ENTRY, facts=replace(FACTS, fee="不收费")))
    assert states(here) == [published, superseded, superseded, superseded]


def test_names_and_window_change_without_a_new_version(here: House) -> None:
    take_in(here, ENTRY)
    moved = replace(ENTRY, names=("低保户",), window=Window.ENTERPRISE)
    assert take_in(here, moved) is Outcome.CHANGED
    assert states(here) == [VersionState.PUBLISHED]
    with here.reading() as session:
        version = queries.published(session, "BM-1")
        assert queries.everyday_names(session, version.item_id) == ["低保户"]
        assert version.item.window is Window.ENTERPRISE


def test_a_sheet_that_does_not_speak_of_names_leaves_them(here: House) -> None:
    take_in(here, ENTRY)
    assert take_in(here, replace(ENTRY, names=None, window=None)) is Outcome.UNCHANGED
    with here.reading() as session:
        item_id = queries.published(session, "BM-1").item_id
        assert queries.everyday_names(session, item_id) == ["低保", "吃低保"]


def test_a_promise_after_the_law_is_refused_and_its_neighbours_are_not(here: House) -> None:
    late = replace(ENTRY, code="BM-2", facts=replace(FACTS, promised=parse_limit("31工作日")))
    with pytest.raises(PromiseAfterLaw):
        take_in(here, late)
    with here.writing() as session:
        both = actions.take_in_all(session, [late, ENTRY], NOW, here.calendar(session))
    assert isinstance(both[0], Refusal)
    assert both[1] is Outcome.ADDED
    with here.reading() as session, pytest.raises(NotFound):
        queries.published(session, "BM-2")


def test_a_doubtful_promise_is_published_by_whoever_answers_the_question(here: House) -> None:
    doubtful = replace(
        ENTRY, facts=replace(FACTS, promised=parse_limit("22工作日"), statutory=parse_limit("30日"))
    )
    take_in(here, ENTRY)
    assert take_in(here, doubtful) is Outcome.DRAFTED
    edition = catalogue_edition(here)
    with here.writing() as session:
        actions.publish(session, HOUSE, "BM-1", NOW, here.calendar(session), is_confirmed=True)
    assert states(here) == [VersionState.PUBLISHED, VersionState.SUPERSEDED]
    assert catalogue_edition(here) == edition + 1
    assert take_in(here, doubtful) is Outcome.UNCHANGED
    with here.reading() as session:
        assert audit.about(session, "item:BM-1")[0].verb == "catalogue.published"


def test_a_draft_with_gaps_cannot_be_published(here: House) -> None:
    take_in(here, replace(ENTRY, facts=replace(FACTS, phone="")))
    with here.writing() as session:
        with pytest.raises(StillIncomplete, match="咨询电话"):
            actions.publish(session, HOUSE, "BM-1", NOW, here.calendar(session), is_confirmed=True)
        with pytest.raises(NotFound):
            actions.publish(session, HOUSE, "BM-9", NOW, here.calendar(session), is_confirmed=True)


def test_the_database_itself_lets_only_one_version_be_published(here: House) -> None:
    take_in(here, ENTRY)
    take_in(here, replace(ENTRY, facts=replace(FACTS, phone="")))
    with pytest.raises(sa.exc.IntegrityError), here.writing() as session:
        session.execute(sa.update(ItemVersion).values(state=VersionState.PUBLISHED))


def test_lists_show_what_is_published(here: House) -> None:
    take_in(here, ENTRY)
    take_in(here, replace(ENTRY, code="BM-2", window=Window.PETITIONS))
    take_in(here, Entry("BM-3", ItemFacts("草稿")))
    with here.reading() as session:
        assert [item.code for item in queries.published_list(session)] == ["BM-1", "BM-2"]
        assert [item.promised for item in queries.published_in_section(session, "民政")] == [
            FACTS.promised,
            FACTS.promised,
        ]
        at_window = queries.published_at_window(session, Window.PETITIONS)
        assert [item.code for item in at_window] == ["BM-2"]
        assert queries.sections(session) == [("民政", 2)]
        assert queries.counts_by_state(session) == {
            VersionState.DRAFT: 1,
            VersionState.PUBLISHED: 2,
            VersionState.SUPERSEDED: 0,
        }
        assert [entry.names for entry in queries.search_entries(session)] == [
            ("低保", "吃低保"),
            ("低保", "吃低保"),
        ]


def test_a_town_without_calendar_takes_items_in(here: House) -> None:
    with here.writing() as session:
        empty = WorkingCalendar(frozenset())
        assert actions.take_in(session, ENTRY, NOW, empty) is Outcome.ADDED
