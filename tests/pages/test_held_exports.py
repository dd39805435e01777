"""两个人才能带走: a sheet of many persons leaves the house only by a second person's word."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from desk.board.rules.export import Column, ExportField, persons_in
from kernel.audit.records import AuditEntry
from kernel.clock import FixedClock
from kernel.web.house import House
from kernel.work import rules
from kernel.work.actions import FOLDER, forget_old_results
from kernel.work.rules import KEPT_FOR, goes_alone
from tests.builders import BASE, Visitor, a_case, intake, person
from tests.builders import clerk as member

Visit = Callable[[str], Visitor]
NAME = "示例名单里的人"
ONE_ALONE = 1


@pytest.fixture
def kind() -> str:
    """Ask it of one kind of database: what is asked lies above it."""
    return "sqlite"


@pytest.fixture
def clerk(here: House, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """Log a clerk in who has two cases, where one may be taken out alone."""
    monkeypatch.setattr(rules, "MOST_ALONE", ONE_ALONE)
    with here.writing() as session:
        for number in (1, 2):
            a_case(here, session, here.now(), intake(session, who=person(number, NAME)))
    return visit("counter1")


def exported(who: Visitor) -> TestResponse:
    who.open("/board/cases")
    return who.press("/board/cases/export.xlsx", scope="all")


def files(here: House) -> list[Path]:
    return sorted((here.settings.var / FOLDER).glob("*.xlsx"))


def verbs(here: House) -> list[str]:
    """Return what the records say of exports and long work."""
    with here.reading() as session:
        told = session.scalars(sa.select(AuditEntry.verb).order_by(AuditEntry.number)).all()
    return [verb for verb in told if verb.startswith(("work.", "cases.exported"))]


def test_two_hundred_persons_go_alone_and_one_more_does_not() -> None:
    named = [Column(ExportField.NUMBER, "编号"), Column(ExportField.PHONE, "电话")]
    assert goes_alone(persons_in(named, 200))
    assert not goes_alone(persons_in(named, 201))
    assert persons_in(named[:1], 5000) == 0, "without a person's column nobody is in it"


def test_a_sheet_waits_until_somebody_else_agrees_and_says_who_wanted_it(
    here: House, visit: Visit, clerk: Visitor
) -> None:
    answer = exported(clerk)
    page = answer.headers["Location"]
    assert "等人同意" in clerk.open(page).text
    assert clerk.open(f"{page}/result").status_code == 409
    director = visit("director")
    assert "导出 <strong>1</strong>" in director.open("/long-work/").text
    assert "2件含完整的个人信息" in director.text
    assert director.press(f"{page}/agree").status_code == 303
    with here.reading() as session:
        mine, other = (member(session, one).name for one in ("counter1", "director"))
    assert f"{other}已同意" in clerk.open(page).text
    with clerk.client.get(f"{page}/result", base_url=BASE) as file:
        book = load_workbook(BytesIO(file.data))
    assert NAME in {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    assert book.properties.creator == mine
    assert verbs(here) == ["cases.exported", "work.asked", "work.agreed"]


def test_what_is_not_agreed_to_is_deleted(here: House, visit: Visit, clerk: Visitor) -> None:
    page = exported(clerk).headers["Location"]
    assert len(files(here)) == 1
    director = visit("director")
    director.open("/long-work/")
    assert director.press(f"{page}/decline").status_code == 303
    assert files(here) == []
    assert "没有同意" in clerk.open(page).text
    director.open("/long-work/")
    again = director.press(f"{page}/agree")
    assert (again.status_code, "已经有人答复" in again.text) == (409, True)


def test_nobody_agrees_to_his_own(visit: Visit, clerk: Visitor, here: House) -> None:
    director = visit("director")
    page = exported(director).headers["Location"]
    director.open("/long-work/")
    assert "等您同意" not in director.text
    refused = director.press(f"{page}/agree")
    assert (refused.status_code, "另一位负责人" in refused.text) == (403, True)
    clerk.open("/long-work/")
    assert clerk.press(f"{page}/agree").status_code == 403, "nor does somebody at the counter"


def test_who_wants_it_no_more_takes_it_back(here: House, clerk: Visitor) -> None:
    page = exported(clerk).headers["Location"]
    clerk.open(page)
    assert clerk.press(f"{page}/cancel").status_code == 303
    assert files(here) == []
    assert "已取消" in clerk.open(page).text


def test_what_nobody_answers_is_deleted(here: House, clerk: Visitor, clock: FixedClock) -> None:
    page = exported(clerk).headers["Location"]
    clock.at += KEPT_FOR - timedelta(hours=1)
    _forget(here)
    assert len(files(here)) == 1, "the control"
    clock.at += timedelta(hours=2)
    _forget(here)
    assert files(here) == []
    with here.reading() as session:
        note = session.scalar(sa.text("SELECT note FROM long_work"))
    assert "没有人答复" in str(note), page


def test_a_second_press_keeps_one_file(here: House, clerk: Visitor) -> None:
    clerk.open("/board/cases")
    first, second = (clerk.press("/board/cases/export.xlsx", scope="all") for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(files(here)) == 1


def test_masked_rows_are_taken_out_alone(here: House, visit: Visit, clerk: Visitor) -> None:
    answer = exported(visit("supervisor"))
    assert answer.status_code == 200
    assert files(here) == []


def _forget(here: House) -> None:
    with here.writing() as session:
        forget_old_results(session, here.settings.var, here.now())
