"""够得着的办件: the pages common to all windows, at the cases of a window with its own ways."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from desk.cases.actions import approvals, legs, verbs
from desk.cases.actions.approvals import Asked
from desk.cases.actions.lights import annul
from desk.cases.jobs import note_lights
from desk.cases.queries import by_number
from desk.cases.queries.approvals import hold_types
from desk.cases.queries.lights import running_reds
from desk.cases.records import Case, CaseCall
from desk.cases.rules.approvals import ApprovalKind
from desk.cases.rules.legs import LegKind, NewLeg
from desk.cases.rules.people import Person
from desk.messages.rules.kinds import MessageKind
from desk.windows.village_accounts.actions.questions import Asked as Question
from desk.windows.village_accounts.actions.questions import ask
from desk.windows.village_accounts.rules.access import CORE_PAGES
from kernel.access import Role
from kernel.clock import FixedClock, town_day
from kernel.staff.queries import by_username
from kernel.staff.records import StaffRole
from kernel.web.house import House
from tests.actions.a_book import begin as a_book
from tests.actions.a_bundle import brought, invoice
from tests.actions.a_project import begin
from tests.actions.a_sheet import keep_january, published
from tests.builders import Visitor, clerk, mobile

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
Visit = Callable[[str], Visitor]


def handed_in(here: House) -> str:
    """Bring a bundle to the centre; return its number."""
    with here.writing() as session:
        papers = brought(here, session)
        papers.take(invoice(800_00))
        papers.sign()
        papers.hand_in()
        return papers.case.number


def common_pages(app: Flask, number: str) -> Iterator[tuple[str, str]]:
    """Yield every page of one case that all windows have in common: endpoint and address."""
    adapter = app.url_map.bind("desk.test", url_scheme="https")
    for rule in app.url_map.iter_rules():
        is_read = "GET" in (rule.methods or ()) and rule.arguments == {"number"}
        if rule.endpoint.startswith("cases.") and is_read and rule.endpoint != "cases.home":
            yield rule.endpoint, adapter.build(rule.endpoint, {"number": number})


def test_of_the_common_pages_only_those_a_window_names_open_at_its_own_cases(
    visit: Visit, app: Flask, here: House
) -> None:
    reviewer, pages = visit("reviewer"), dict(common_pages(app, handed_in(here)))
    assert len(pages) > 15
    opened = {name for name, path in pages.items() if reviewer.open(path).status_code == 200}
    assert opened == CORE_PAGES & set(pages)
    assert opened == {"cases.transferring", "cases.calling"}
    assert set(app.view_functions) >= CORE_PAGES


def test_a_bundle_is_not_given_back_behind_its_own_way(visit: Visit, here: House) -> None:
    number, reviewer = handed_in(here), visit("reviewer")
    reviewer.open(f"/cases/{number}/transfer")
    assert reviewer.press(f"/cases/{number}/give-back", reason="示例").status_code == 404


def filed(here: House) -> str:
    """File an enterprise's errand, with somebody to ring; give the window a second agent."""
    with here.writing() as session:
        second = by_username(session, "adviser")
        assert second is not None
        session.add(StaffRole(staff_id=second.id, role=Role.AGENT))
        walked = begin(here, session)
        walked.keep_all("QY-001")
        case = walked.file("QY-001")
        told = {"kind": MessageKind.COMPLETED, "key": "example", "words": "示例"}
        session.add(CaseCall(case_id=case.id, asked_at=here.now(), **told))
        return case.number


def known(session: Session, number: str) -> Case:
    found = by_number(session, number)
    assert found is not None
    return found


def exported(visitor: Visitor) -> str:
    """Return every word of the export of all cases."""
    visitor.open("/board/cases")
    answer = visitor.press("/board/cases/export.xlsx", scope="all")
    assert answer.status_code == 200
    rows = load_workbook(io.BytesIO(answer.data)).active
    assert rows is not None
    return "\n".join(str(cell) for row in rows.iter_rows(values_only=True) for cell in row)


LISTS = ("/board/cases", "/board/cases?q={}", "/board/cases?q=示例制造", "/cases/calls", "/today/")


def test_another_agent_finds_an_enterprises_case_on_no_common_page(
    visit: Visit, app: Flask, here: House
) -> None:
    number = filed(here)
    own, other, closed = visit("agent"), visit("adviser"), []
    for path in LISTS:
        found = own.open(path.format(number))
        assert f"/cases/{number}" in found.text + found.headers.get("Location", ""), path
        found = other.open(path.format(number))
        assert found.status_code == 200, path
        assert f"/cases/{number}" not in found.text, path
    assert number in exported(own)
    assert number not in exported(other)
    for name, path in common_pages(app, number):
        assert other.open(path).status_code == 404, path
        closed += [name] if own.open(path).status_code == 200 else []
    assert len(closed) > 15


def late_held_and_waiting(here: House, clock: FixedClock) -> str:
    """Let an errand be accepted, held past its day, asked about, and late; annul one red of it."""
    number = filed(here)
    with here.writing() as session:
        case, hall, agent = known(session, number), here.hall(session), clerk(session, "agent")
        verbs.accept(session, case, verbs.Acceptance(), agent, here.now(), hall)
        kind, until = hold_types(session)[0].id, town_day(here.now()) + timedelta(days=2)
        hold = Asked(ApprovalKind.HOLD, "送检", hold_type_id=kind, until_on=until)
        approval = approvals.ask(session, case, hold, agent, here.now())
        approvals.decide(session, approval, (True, ""), clerk(session, "head"), here.now(), hall)
        leg = NewLeg(LegKind.RELAY, "示例县局", "本厅", 1)
        legs.begin(session, case, leg, agent, here.now(), hall)
    clock.at += timedelta(days=20)
    note_lights(here)
    with here.writing() as session:
        (red,) = running_reds(session, here.now())
        supervisor = clerk(session, "supervisor")
        annul(session, red.countdown.id, "停电", supervisor, here.now())
    return number


def test_what_is_late_held_or_annulled_is_listed_to_whom_the_case_is_only(
    visit: Visit, here: House, clock: FixedClock
) -> None:
    number = late_held_and_waiting(here, clock)
    own, other = visit("agent"), visit("adviser")
    span = "first=2026-03-01&last=2026-03-31"
    for path, times in (("/board/", 2), (f"/board/reports?{span}", 1), ("/today/", 1)):
        assert own.open(path).text.count(f"{number}</a>") >= times, path
        assert number not in other.open(path).text, path
    behind = f"/board/reports/cases?{span}&by=window&row=合计&measure=received"
    assert "合计：收件 1 件" in own.open(behind).text
    assert "合计：收件 0 件" in other.open(behind).text
    assert "▲ 特别程序逾期" in own.open("/board/").text
    colleagues = own.open(f"/cases/{number}/transfer").text
    with here.reading() as session:
        second = by_username(session, "adviser")
        assert second is not None
        assert f">{second.name}</option>" not in colleagues
        assert "</option>" in colleagues


def asked(here: House) -> str:
    """Ask about a published sheet, with name and phone; let the reviewer be of a village too."""
    with here.writing() as session:
        book = a_book(here, session)
        keep_january(book)
        asker = Person(name="示例提问人", phone=f"+86{mobile(7)}")
        question = Question(published(book), None, "示例问题", asker)
        case = ask(session, question, here.now(), here.hall(session))
        told = {"kind": MessageKind.COMPLETED, "key": "example", "words": "示例"}
        session.add(CaseCall(case_id=case.id, asked_at=here.now(), **told))
        reviewer = by_username(session, "reviewer")
        assert reviewer is not None
        session.add(StaffRole(staff_id=reviewer.id, role=Role.VILLAGE_CLERK))
        return case.number


def test_who_asked_is_found_and_exported_by_nobody_and_met_by_nobody_of_a_village(
    visit: Visit, app: Flask, here: House
) -> None:
    number, at_desk = asked(here), {}
    for name in ("bookkeeper", "leader1", "reviewer", "cashier"):
        browser = at_desk[name] = visit(name)
        sheet = exported(browser)
        assert (number in sheet) == (name in {"bookkeeper", "leader1"}), name
        assert "示例提问人" not in sheet, name
        assert mobile(7) not in sheet, name
        for scrap in ("示例提问人", mobile(7), mobile(7)[-4:]):
            assert f"/cases/{number}" not in browser.open(f"/board/cases?q={scrap}").text, name
    for name in ("reviewer", "cashier"):
        browser = at_desk[name]
        for path in (f"/board/cases?q={number}", "/board/cases?scope=all", "/cases/calls"):
            found = browser.open(path)
            assert f"/cases/{number}" not in found.text + found.headers.get("Location", ""), path
        for _, path in common_pages(app, number):
            assert browser.open(path).status_code == 404, path
    keeper = at_desk["bookkeeper"]
    assert f"/cases/{number}" in keeper.open("/cases/calls").text
    assert f"/cases/{number}" in keeper.open(f"/board/cases?q={number}").headers["Location"]
