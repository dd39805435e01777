"""电话只在一处改: a number changed in the directory is new wherever an item shows it."""

from dataclasses import replace

import pytest

from kernel.editions import Edition, editions
from kernel.tables import read_csv
from kernel.town import actions as town
from kernel.town import queries as directory
from kernel.web.house import House
from services_catalog import actions, queries
from services_catalog.actions.taking_in import STARTER
from services_catalog.records import ItemVersion
from services_catalog.rules.items import Entry
from services_catalog.rules.reports import Tally
from services_catalog.rules.sheets import read_sheet
from services_catalog.rules.versions import Outcome
from tests.builders import clerk

CODE, NEW = "BM-005", "0000-8999999"


def starter_entry() -> Entry:
    rows = read_sheet(read_csv(STARTER.name, STARTER.read_bytes())).rows
    return next(row.entry for row in rows if row.entry.code == CODE)


def change(here: House, unit: str, phone: str) -> None:
    with here.writing() as session:
        (row,) = (one for one in directory.directory_rows(session) if one.facts.code == unit)
        facts = replace(row.facts, phone=phone)
        seen = directory.unit(session, unit).version
        town.change_unit(session, clerk(session, "director"), facts, seen, here.now())


def stored(here: House) -> tuple[str, str]:
    with here.reading() as session:
        version = queries.published(session, CODE)
        row = session.execute(
            ItemVersion.__table__.select().where(ItemVersion.id == version.id)
        ).one()
        return row.phone, row.complaint_phone


def test_one_number_changes_in_one_place(here: House) -> None:
    assert stored(here) == ("{U02}、{U29}", "{U11}、{U29}")
    with here.reading() as session:
        assert queries.published(session, CODE).phone == "0000-8000301、12345"
        before = editions(session)
    change(here, "U02", NEW)
    with here.reading() as session:
        after = editions(session)
        assert after[Edition.DIRECTORY] > before[Edition.DIRECTORY]
        assert after[Edition.CATALOGUE] > before[Edition.CATALOGUE]
        version = queries.published(session, CODE)
        assert version.phone == f"{NEW}、12345"
        assert queries.version(session, version.id).phone == f"{NEW}、12345"
        assert queries.facts_of(session, version).phone == f"{NEW}、12345"
        listed = {one.code: one.phone for one in queries.published_list(session)}
        assert listed[CODE] == f"{NEW}、12345"
        assert queries.phone_words(session, "{U02}") == NEW
    assert stored(here)[0] == "{U02}、{U29}"


def test_an_import_is_not_disturbed_by_a_changed_number(here: House) -> None:
    change(here, "U02", NEW)
    with here.writing() as session:
        calendar = here.calendar(session)
        assert actions.load_starter(session, here.now(), calendar) == Tally(unchanged=60)
        outcomes = actions.take_in_all(session, queries.entries(session), here.now(), calendar)
        assert set(outcomes) == {Outcome.UNCHANGED}


def test_reading_never_writes_a_number_over_its_reference(here: House) -> None:
    with here.writing() as session:
        version = queries.published(session, CODE)
        assert version.phone.startswith("0000")
        version.item.owner = "示例岗位"
    assert stored(here) == ("{U02}、{U29}", "{U11}、{U29}")


@pytest.mark.parametrize("phone", ["0000-8000301", "0000-8000301、0000-7654321"])
def test_a_number_typed_by_hand_is_linked_as_well(here: House, phone: str) -> None:
    entry = starter_entry()
    typed = replace(entry, facts=replace(entry.facts, phone=phone))
    with here.writing() as session:
        assert actions.take_in(session, typed, here.now(), here.calendar(session))
    assert stored(here)[0] == phone.replace("0000-8000301", "{U02}")
