"""投资项目: from mandate to archive; what is refused, what moves, who sees what."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from desk.cases.queries import materials_of, people_of
from desk.cases.records import Case, TimelineEntry
from desk.cases.rules.intake import MaterialState
from desk.cases.rules.results import Result
from desk.cases.rules.stages import Stage
from desk.windows.enterprise.actions import mandates, projects, roadmaps
from desk.windows.enterprise.actions.steps import take_by_itself
from desk.windows.enterprise.commands import load_sample
from desk.windows.enterprise.queries import enterprises
from desk.windows.enterprise.queries import projects as known
from desk.windows.enterprise.queries.roadmaps import newest, planned
from desk.windows.enterprise.queries.standings import on_their_roads
from desk.windows.enterprise.records import Filing
from desk.windows.enterprise.rules.dossier import PapersLacking
from desk.windows.enterprise.rules.mandates import (
    MandateDoesNotCover,
    MandateEnded,
    MandateFacts,
    MandateNotSigned,
    MandateRevoked,
    MandateWay,
    NoMandate,
)
from desk.windows.enterprise.rules.projects import (
    ErrandBegun,
    ErrandBlocked,
    ErrandSkipped,
    ErrandsStillOpen,
    ItemNotPublished,
    KnownEnterprise,
    NotTakenUp,
    ProjectOver,
    ProxyStep,
    Turn,
)
from desk.windows.enterprise.rules.roadmaps import PlannedErrand, check_road_map
from desk.windows.enterprise.rules.sample import SampleThere
from kernel.access import Actor, Role
from kernel.clock import FixedClock
from kernel.errors import Conflict, NotFound
from kernel.web.house import House
from services_catalog import queries as catalogue
from tests.actions.a_project import Walked, begin
from tests.builders import clerk, mobile

FIRST, SECOND = "QY-001", "QY-003"


@pytest.fixture
def walked(here: House) -> Iterator[Walked]:
    """Yield a project whose mandate is signed."""
    with here.writing() as session:
        yield begin(here, session)


def skip(walked: Walked, key: str, reason: str = "示例：本项目不涉及") -> None:
    row = known.errand(walked.session, walked.project, key)
    now = walked.here.now()
    projects.leave_out(walked.session, walked.road, row, reason, walked.agent, now)


def test_the_starter_road_maps_can_be_walked_and_every_item_is_published(here: House) -> None:
    with here.reading() as session:
        maps = newest(session)
        assert len(maps) == 2
        for errands in planned(session, [one.id for one in maps]).values():
            check_road_map(errands)
            codes = [one.item for one in errands]
            assert len(catalogue.by_codes(session, codes)) == len(codes) >= 15


def test_an_errand_is_a_case_of_the_core_with_its_papers_out_of_the_dossier(
    walked: Walked,
) -> None:
    walked.keep_all(FIRST)
    case = walked.file(FIRST)
    assert (case.number[:3], case.stage) == ("Q26", Stage.RECEIVED)
    states = {one.state for one in materials_of(walked.session, case)}
    assert states == {MaterialState.BROUGHT}
    names = [person.name for _, person in people_of(walked.session, case)]
    assert names == [walked.enterprise.name, walked.agent.name]
    lines = walked.session.scalars(sa.select(TimelineEntry).where(TimelineEntry.case_id == case.id))
    assert lines.all()
    row = walked.road.row(FIRST)
    assert (row.turn, row.is_open) == (Turn.AGENT, True)
    assert ProxyStep.HANDLED in known.steps(walked.session, walked.project.id)


def test_without_a_valid_mandate_nothing_is_filed(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        walked = begin(here, session, is_ready=False)
        walked.keep_all(FIRST)
        with pytest.raises(NotTakenUp):
            walked.file(FIRST)
        row = walked.mandate(is_signed=False)
        today = here.today()
        with pytest.raises(MandateNotSigned):
            filed_after_taking_up(walked)
        mandates.revoke(session, row, "示例：企业改主意", walked.agent, here.now())
        with pytest.raises(MandateRevoked):
            walked.file(FIRST)
        some = MandateFacts(MandateWay.STAGES, ("立项",), today, today + timedelta(days=10))
        walked.mandate(some)
        with pytest.raises(MandateDoesNotCover):
            walked.file(FIRST)
        clock.at += timedelta(days=11)
        with pytest.raises(MandateEnded):
            walked.file(FIRST)
        assert session.scalar(sa.select(sa.func.count()).select_from(Case)) == 0
        walked.mandate()
        assert walked.file(FIRST).stage is Stage.RECEIVED


def filed_after_taking_up(walked: Walked) -> None:
    """Take the steps that a signature would have let take, to come to the mandate itself."""
    from_hand = known.steps(walked.session, walked.project.id)
    if ProxyStep.TAKEN_UP not in from_hand:
        for step in (ProxyStep.ENTRUSTED, ProxyStep.TAKEN_UP):
            now = walked.here.now()
            take_by_itself(walked.session, walked.project, step, walked.agent, now)
    walked.file(FIRST)


def test_nobody_at_all_signed(here: House) -> None:
    with here.writing() as session:
        walked = begin(here, session, is_ready=False)
        with pytest.raises(NoMandate):
            filed_after_taking_up(walked)


def test_what_is_missing_is_named_and_what_lies_there_is_not_asked_for_again(
    walked: Walked,
) -> None:
    walked.keep("申请书")
    walked.keep("章程")
    with pytest.raises(PapersLacking) as refused:
        walked.file(FIRST)
    assert "住所使用证明" in refused.value.sentence
    assert "章程" not in refused.value.sentence
    assert walked.road.row(FIRST).turn is Turn.ENTERPRISE


def test_what_waits_for_another_is_not_filed_before_it(walked: Walked) -> None:
    walked.keep_all(SECOND)
    with pytest.raises(ErrandBlocked) as refused:
        walked.file(SECOND)
    assert "企业设立登记" in refused.value.sentence
    walked.finish(FIRST)
    assert walked.file(SECOND).stage is Stage.RECEIVED
    with pytest.raises(ErrandBegun):
        walked.file(SECOND)


def test_what_was_denied_can_be_filed_again(walked: Walked) -> None:
    case = walked.finish(FIRST, Result.DENIED)
    row = walked.road.row(FIRST)
    assert (row.case, row.may_start, row.facts.done_on) == (case, True, None)
    again = walked.finish(FIRST)
    assert walked.road.row(FIRST).case is again
    assert walked.road.row(FIRST).facts.is_over
    number = walked.session.scalar(sa.select(sa.func.count()).select_from(Filing))
    assert number == 2


def test_what_is_not_needed_lets_the_next_through_and_comes_back(walked: Walked) -> None:
    skip(walked, FIRST)
    with pytest.raises(ErrandSkipped):
        walked.file(FIRST)
    assert walked.road.row(SECOND).may_start
    skip(walked, FIRST, "")
    assert not walked.road.row(SECOND).may_start
    walked.finish(FIRST)
    with pytest.raises(ErrandBegun):
        skip(walked, FIRST)


def test_the_seven_steps_are_kept_and_the_archive_closes_the_project(walked: Walked) -> None:
    walked.finish(FIRST)
    with pytest.raises(ErrandsStillOpen):
        walked.step(ProxyStep.DELIVERED)
    for row in walked.road.rows:
        if not row.facts.is_over:
            skip(walked, row.errand.key)
    for step in (ProxyStep.DELIVERED, ProxyStep.ARCHIVED, ProxyStep.REPORTED):
        walked.step(step)
    walked.step(ProxyStep.ASKED_AFTER)
    assert set(known.steps(walked.session, walked.project.id)) == set(ProxyStep)
    with pytest.raises(ProjectOver):
        skip(walked, SECOND, "")
    assert known.running(walked.session, walked.agent) == []
    assert known.archived(walked.session, walked.agent, 0, 9) == [walked.project]


def test_a_running_project_keeps_its_edition_until_it_is_moved(walked: Walked) -> None:
    session, old = walked.session, newest(walked.session)[0]
    walked.finish(FIRST)
    errands = planned(session, [old.id])[old.id]
    kept = [one for one in errands if one.key not in {FIRST, "QY-022"}]
    loose = [replace(one, needs=tuple(set(one.needs) - {FIRST, "QY-022"})) for one in kept]
    more = PlannedErrand("SDS", "QY-022", "投产", "示例局", needs=("QY-021",))
    director = clerk(session, "director")
    told = ("示例新版", "示例原因", [*loose, more])
    young = roadmaps.publish(session, old, told, director, walked.here.now())
    assert walked.project.map_id == old.id
    before = walked.road
    found = projects.moving(session, walked.project, young)
    assert (found.added, found.dropped, found.kept_beside) == (("SDS",), ("QY-022",), (FIRST,))
    with pytest.raises(Conflict):
        projects.move(session, walked.project, young, 0, walked.agent, walked.here.now())
    version = walked.project.version
    projects.move(session, walked.project, young, version, walked.agent, walked.here.now())
    after = walked.road
    assert len(after.rows) == len(before.rows)
    assert after.row(FIRST).facts.is_over, "what was done beside the new map is still done"
    assert projects.moving(session, walked.project, young).is_nothing
    with pytest.raises(Conflict):
        roadmaps.publish(session, old, told, director, walked.here.now())


def test_a_project_moves_on_with_what_it_walks_beside_and_what_comes_back(walked: Walked) -> None:
    session, director = walked.session, clerk(walked.session, "director")
    walked.finish(FIRST)
    first = newest(session)[0]
    whole = planned(session, [first.id])[first.id]
    lacking = [
        replace(one, needs=tuple(set(one.needs) - {FIRST})) for one in whole if one.key != FIRST
    ]
    last = first
    for name, rows in (("二版", lacking), ("三版", lacking), ("四版", whole)):
        told = (f"示例{name}", "示例原因", rows)
        last = roadmaps.publish(session, last, told, director, walked.here.now())
        at = walked.project.version
        projects.move(session, walked.project, last, at, walked.agent, walked.here.now())
        assert len(walked.road.rows) == len(whole), name
        assert walked.road.row(FIRST).facts.is_over, name
    back = known.errand(session, walked.project, FIRST)
    assert back.map_id == last.id, "what came back is on the road again"


def test_an_edition_names_only_what_is_published(walked: Walked) -> None:
    old = newest(walked.session)[0]
    told = ("示例", "", [PlannedErrand("x", "QY-999", "立项", "示例局")])
    with pytest.raises(ItemNotPublished):
        roadmaps.publish(walked.session, old, told, walked.agent, walked.here.now())


def test_an_agent_sees_his_own_and_nobody_elses(walked: Walked) -> None:
    session = walked.session
    other = Actor(clerk(session, "counter1").staff_id, "示例他人", frozenset({Role.AGENT}))
    case = walked.finish(FIRST)
    assert known.running(session, other) == []
    assert enterprises.enterprises(session, other) == []
    for look in (
        lambda: known.project(session, other, walked.project.id),
        lambda: enterprises.enterprise(session, other, walked.enterprise.id),
        lambda: known.of_case(session, other, case.number),
    ):
        with pytest.raises(NotFound):
            look()
    director = clerk(session, "director")
    assert known.of_case(session, director, case.number)[1] is walked.project
    agents = (walked.project.agent_id, other.staff_id, None)
    projects.give_to(session, walked.project, agents, director, walked.here.now())
    assert known.running(session, other) == [walked.project.id], "who stands in sees it, too"


def test_a_credit_code_is_registered_once_and_people_are_sealed(walked: Walked) -> None:
    with pytest.raises(KnownEnterprise):
        begin(walked.here, walked.session)
    named = enterprises.contacts(walked.session, walked.enterprise.id)
    assert [(one.name, one.phone) for one in named] == [("示例厂长", f"+86{mobile(1)}")]
    stored = walked.session.execute(sa.text("SELECT * FROM enterprise_contact")).one()
    assert "示例厂长" not in str(stored)
    assert mobile(1) not in str(stored)


def test_a_board_of_many_projects_asks_as_often_as_one_of_a_few(
    here: House, walked: Walked
) -> None:
    session = walked.session
    for serial in range(2, 6):
        begin(here, session, serial)
    session.flush()
    session.expire_all()

    def asked(number: int) -> int:
        count = 0

        def note(*_: object) -> None:
            nonlocal count
            count += 1

        engine = session.get_bind()
        found = known.running(session, walked.agent)[:number]
        sa.event.listen(engine, "before_cursor_execute", note)
        on_their_roads(session, found, here.now(), here.calendar(session))
        sa.event.remove(engine, "before_cursor_execute", note)
        return count

    asked(1)
    assert asked(5) <= asked(1)


def test_the_forecast_moves_with_what_is_done(walked: Walked, clock: FixedClock) -> None:
    before = walked.road.schedule
    assert before.days_left > 100
    assert before.longest_way[0] == FIRST
    walked.finish(FIRST)
    after = walked.road.schedule
    assert after.longest_way == before.longest_way[1:]
    clock.at += timedelta(days=14)
    assert walked.road.schedule.finish_on > after.finish_on, "waiting makes the end later"


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_sample_town_has_fourteen_projects_at_different_points(here: House) -> None:
    assert load_sample(here) == 14
    with here.reading() as session:
        director = clerk(session, "director")
        found = known.running(session, director)
        shown = on_their_roads(session, found, here.now(), here.calendar(session)).values()
        assert len({road.still_open for road in shown}) >= 8
        assert len({row.turn for road in shown for row in road.rows}) == len(Turn)
    with pytest.raises(SampleThere):
        load_sample(here)
