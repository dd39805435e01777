"""名册: narrowed by anything, page after page without gap or repetition, never beyond a window."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from desk.board.queries import lists
from desk.board.queries.lists import Moment
from desk.board.rules.lists import Days, Glow, Order, Place, Scope, Sought, read_place, written
from desk.cases.actions import verbs
from desk.cases.jobs import note_lights
from desk.cases.records import Case
from desk.cases.rules.access import case_path
from desk.cases.rules.intake import Answer
from desk.cases.rules.results import Result
from desk.cases.rules.stages import Stage
from kernel.audit.records import AuditEntry
from kernel.clock import FixedClock
from kernel.town.queries import villages
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.actions.a_relay import held, taken_in
from tests.builders import BASE, CARRIED, HERE, Visitor, a_case, clerk, intake, person

on_sqlite = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
EVERY = Sought((Window.GENERAL,), scope=Scope.ALL)
MANY = 23
Visit = Callable[[str], Visitor]


@pytest.fixture
def filled(here: House, clock: FixedClock) -> list[int]:
    """Register cases over some days: several at one moment, every third closed; return the ids."""
    ids = []
    for number in range(MANY):
        clock.at += timedelta(hours=9 * (number % 3))
        with here.writing() as session:
            code, answer = (CARRIED, Answer.CARRY) if number % 5 == 0 else (HERE, Answer.ACCEPT)
            taken = replace(
                intake(session, code, answer, person(number + 1)),
                village=villages(session)[number % 2],
            )
            case = a_case(here, session, here.now(), taken)
            if number % 3 == 0 and answer is Answer.ACCEPT:
                ending, who = (Result.DONE, ""), clerk(session)
                verbs.close(session, case, ending, who, here.now(), here.hall(session))
            ids.append(case.id)
    return ids


def walked(session: Session, here: House, sought: Sought, size: int) -> list[Case]:
    """Return a whole list, page after page."""
    moment, found, after = Moment(here.now(), here.today()), [], None
    while True:
        page = lists.page(session, sought, after, moment, size)
        found += page.cases
        if page.after is None:
            return found
        after = read_place(written(page.after), sought.order)


NARROWED: dict[str, tuple[dict[str, Any], Callable[[Case], bool]]] = {
    "everything": ({}, lambda case: True),
    "what is open": ({"scope": Scope.OPEN}, lambda case: case.closed_at is None),
    "a stage": ({"stage": Stage.COMPLETED}, lambda case: case.stage is Stage.COMPLETED),
    "an open stage": ({"stage": Stage.RECEIVED}, lambda case: case.stage is Stage.RECEIVED),
    "a village": ({"village_id": 1}, lambda case: case.village_id == 1),
    "a handler": ({"handler_id": 2}, lambda case: case.handler_id == 2),
    "an item": ({"item_code": CARRIED}, lambda case: case.stage is Stage.RECEIVED),
    "no such item": ({"item_code": "没有"}, lambda case: False),
    "a village and a stage": (
        {"village_id": 2, "stage": Stage.COMPLETED},
        lambda case: case.village_id == 2 and case.stage is Stage.COMPLETED,
    ),
}


@pytest.mark.parametrize("name", list(NARROWED))
@pytest.mark.parametrize("order", list(Order))
def test_a_list_holds_what_it_is_narrowed_to_once_each_in_its_order(
    here: House, filled: list[int], name: str, order: Order
) -> None:
    narrowed, belongs = NARROWED[name]
    with here.reading() as session:
        every = [session.get_one(Case, one) for one in filled]
        wanted = [case for case in every if belongs(case)]
        if order is Order.DUE:
            wanted = [case for case in wanted if case.due_on]
            wanted.sort(key=lambda case: (str(case.due_on), case.id))
        else:
            wanted.sort(key=lambda case: (case.received_at, case.id), reverse=True)
        for size in (4, 7, MANY, 100):
            sought = replace(EVERY, **narrowed, order=order)
            assert walked(session, here, sought, size) == wanted, size


def test_days_are_town_days_and_both_ends_belong(here: House, filled: list[int]) -> None:
    with here.reading() as session:
        day = here.today()
        cases = [session.get_one(Case, one) for one in filled]
        for sought in (replace(EVERY, received=Days(day, day)), replace(EVERY, due=Days(day, day))):
            is_due = bool(sought.due)
            found = walked(session, here, sought, 5)
            wanted = [
                case
                for case in cases
                if (case.due_on if is_due else (case.received_at + timedelta(hours=8)).date())
                == day
            ]
            assert sorted(case.id for case in found) == [case.id for case in wanted]


def test_a_page_that_looked_far_enough_says_so_and_goes_on(
    here: House, filled: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "SCANS", (2, 5))
    with here.reading() as session:
        rare = replace(EVERY, item_code=CARRIED, scope=Scope.OPEN)
        first = lists.page(session, rare, None, Moment(here.now(), here.today()))
        assert first.is_cut
        assert first.after is not None
        assert [case.id for case in walked(session, here, rare, 50)] == [
            case.id for case in walked(session, here, replace(EVERY, item_code=CARRIED), 50)
        ]


def test_lists_by_light(here: House, clock: FixedClock, filled: list[int]) -> None:
    clock.at += timedelta(days=200)
    note_lights(here)
    with here.reading() as session:
        cases = [session.get_one(Case, one) for one in filled]
        red = walked(session, here, replace(EVERY, glow=Glow.RED), 5)
        assert {case.id for case in red} == {
            case.id for case in cases if case.stage is Stage.IN_PROGRESS
        }
        step = walked(session, here, replace(EVERY, glow=Glow.STEP), 5)
        assert {case.id for case in step} == {
            case.id for case in cases if case.stage is Stage.RECEIVED
        }
        assert walked(session, here, replace(EVERY, glow=Glow.GREEN), 5) == []


def test_a_hold_past_its_expected_end_is_shown_and_found_on_every_list(
    here: House, clock: FixedClock, visit: Visit
) -> None:
    number = taken_in(here)
    held(here, number, date(2026, 3, 6))
    found_so = f'href="{case_path(Window.GENERAL, number)}"'
    for day, is_overrun in ((6, False), (7, True)):
        clock.at = datetime(2026, 3, day, 1, 30, tzinfo=UTC)
        clerk_visits = visit("counter1")
        for page in ("/windows/general/", "/board/cases"):
            shown = "▲ 特别程序过了预计结束日</span>" in clerk_visits.open(page).text
            assert shown is is_overrun, (page, day)
        worklist = clerk_visits.open("/windows/general/").text
        assert (">● 按时<" in worklist) is not is_overrun, "nobody is told that all is well"
        assert (found_so in clerk_visits.open("/board/cases?light=held").text) is is_overrun


def test_a_window_that_may_not_be_read_is_in_no_list(here: House, filled: list[int]) -> None:
    with here.reading() as session:
        for windows in ((), (Window.PETITIONS,), (Window.ENTERPRISE, Window.VILLAGE_ACCOUNTS)):
            assert walked(session, here, replace(EVERY, windows=windows), 5) == []


@pytest.mark.parametrize("typed", ["", "x", "_", "2026-03-02_", "_7", "2026-03-02T01:30:00_7"])
def test_a_garbled_place_is_the_first_page(typed: str) -> None:
    assert read_place(typed, Order.NEWEST) is None
    assert read_place("nonsense_7", Order.DUE) is None


LEADS = {
    "ix_case_open_received": replace(EVERY, scope=Scope.OPEN),
    "ix_case_open_due": replace(EVERY, scope=Scope.OPEN, order=Order.DUE),
    "ix_case_due_on": replace(EVERY, order=Order.DUE),
    "ix_case_received_at": replace(EVERY, windows=tuple(Window)),
    "ix_case_window_received": EVERY,
    "ix_case_village_received": replace(EVERY, village_id=1),
    "ix_case_handler_received": replace(EVERY, handler_id=1),
    "ix_case_stage_received": replace(EVERY, stage=Stage.RETURNED),
    "ix_case_item_received": replace(EVERY, item_code=HERE),
}


@pytest.mark.parametrize("index", list(LEADS))
def test_every_list_is_led_by_its_index_and_sorts_nothing(here: House, index: str) -> None:
    with here.reading() as session:
        is_by_day = LEADS[index].order is Order.DUE
        for after in (None, Place(here.today() if is_by_day else here.now(), 7)):
            (lead,) = lists._leads(session, LEADS[index], after)
            plan = "\n".join(_plan_of(session, lead.limit(50)))
            assert index in plan, plan
            assert "TEMP B-TREE FOR ORDER BY" not in plan or "LAST TERM" in plan, plan


def _plan_of(session: Session, select: sa.Select[Any]) -> Iterator[str]:
    is_postgres = session.get_bind().dialect.name == "postgresql"
    if is_postgres:
        for way in ("seqscan", "bitmapscan", "sort"):
            session.execute(sa.text(f"SET LOCAL enable_{way} = off"))
    compiled = select.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN" if is_postgres else "EXPLAIN QUERY PLAN"
    yield from map(str, session.connection().exec_driver_sql(f"{explain} {compiled}"))


@on_sqlite
def test_names_are_masked_on_the_list_and_whole_only_in_the_windows_own_export(
    here: House, visit: Visit
) -> None:
    with here.writing() as session:
        a_case(here, session, here.now(), intake(session, who=person(1, "示例=1+1")))
    for who, is_whole in (("counter1", True), ("supervisor", False)):
        browser = visit(who)
        assert "示例=1+1" not in browser.open("/board/cases").text
        answer = browser.client.post(
            "/board/cases/export.xlsx", base_url=BASE, data={**browser.hidden, "scope": "all"}
        )
        sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
        cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
        assert ("示例=1+1" in cells) is is_whole
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
        assert b"<f>" not in answer.data
    with here.reading() as session:
        verbs_told = session.scalars(sa.select(AuditEntry.verb)).all()
        assert list(verbs_told).count("cases.exported") == 2


@on_sqlite
def test_an_agent_reads_no_case_of_the_general_window(here: House, visit: Visit) -> None:
    with here.writing() as session:
        number = a_case(here, session, here.now()).number
    for path in ("/board/", "/board/cases?scope=all", "/board/cases?q=示例", "/board/reports"):
        assert number not in visit("agent").open(path).text
    assert number in visit("counter1").open("/board/cases").text, "control"
