"""两人同改一件: the second is told, sees what the first did, and retypes nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from desk.cases.queries import by_number, timeline
from desk.cases.records import Case, TimelineEntry
from kernel.staff import actions
from kernel.staff.records import Staff
from kernel.web.house import House
from tests.builders import Visitor, a_case, clerk
from tests.pages.conftest import both_databases

Visit = Callable[[str], Visitor]
MINE, OTHERS = "甲写的：已电话联系，周三来取", "乙写的：申请人改约周五"


@pytest.fixture
def number(here: House) -> str:
    with here.writing() as session:
        return a_case(here, session, here.now()).number


def lines(here: House, number: str) -> list[str]:
    with here.reading() as session:
        case = by_number(session, number)
        assert case is not None
        return [line.text for line in timeline(session, case, public_only=False)]


@both_databases
def test_the_second_of_two_clerks_gets_both_texts_and_overwrites_nothing(
    visit: Visit, here: House, number: str
) -> None:
    page, one, other = f"/windows/general/cases/{number}", visit("counter1"), visit("counter2")
    one.open(page)
    other.open(page)
    assert other.press(f"{page}/note", text=OTHERS).status_code == 303
    answer = one.press(f"{page}/note", text=MINE)
    assert answer.status_code == 409
    assert MINE in answer.text
    assert OTHERS in answer.text
    assert "刚刚被他人改动" in answer.text
    assert lines(here, number)[1:] == [OTHERS]

    assert one.press(f"{page}/note", text=MINE).status_code == 303, "having seen it, one may"
    assert lines(here, number)[1:] == [OTHERS, MINE]


BUTTONS = {
    "note": {"text": MINE},
    "withdraw": {"reason": MINE},
    "close": {"result": "done", "reason": MINE},
    "correct": {"applicant_name": "示例群众丁", "reason": MINE},
}


@pytest.mark.parametrize("button", sorted(BUTTONS))
def test_every_button_of_a_case_minds_the_version_it_was_shown_with(
    button: str, visit: Visit, here: House, number: str
) -> None:
    page, one, other = f"/windows/general/cases/{number}", visit("counter1"), visit("counter2")
    one.open(f"{page}/correct" if button == "correct" else page)
    other.open(page)
    other.press(f"{page}/note", text=OTHERS)
    stale = one.press(f"{page}/{button}", applicant_document_kind="none", **BUTTONS[button])
    assert stale.status_code == 409
    assert lines(here, number)[1:] == [OTHERS]
    assert next(iter(BUTTONS[button].values())) in stale.text
    assert MINE in stale.text
    fresh = one.press(f"{page}/{button}", applicant_document_kind="none", **BUTTONS[button])
    assert fresh.status_code == 303, "the control: on the version just shown it works"


@both_databases
def test_of_two_presses_at_one_moment_one_wins(visit: Visit, here: House, number: str) -> None:
    page = f"/windows/general/cases/{number}"
    clerks = [visit("counter1"), visit("counter2")]
    for one in clerks:
        one.open(page)
    with ThreadPoolExecutor(2) as threads:
        presses = [
            threads.submit(one.press, f"{page}/withdraw", reason=f"{MINE}{place}")
            for place, one in enumerate(clerks)
        ]
        answers = [press.result() for press in presses]
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    lost = next(place for place, one in enumerate(answers) if one.status_code == 409)
    assert f"{MINE}{1 - lost}" in answers[lost].text, "the other's words are on the page"
    with here.reading() as session:
        case = by_number(session, number)
        assert case is not None
        assert case.result_note == f"{MINE}{1 - lost}"


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_change_that_comes_between_look_and_write_is_noticed_by_the_row_itself(
    visit: Visit, here: House, number: str
) -> None:
    """StaleDataError: the version in the form was right when it was looked at."""
    page, one = f"/windows/general/cases/{number}", visit("counter1")
    one.open(page)
    raised = sa.update(Case).where(Case.number == number).values(version=Case.version + 1)
    with ThreadPoolExecutor(1) as threads:
        with here.database.engine.begin() as somebody:
            somebody.execute(raised)
            press = threads.submit(one.press, f"{page}/note", text=MINE)
            wait_until_somebody_waits(here)
        answer = press.result(timeout=20)
    assert answer.status_code == 409
    assert MINE in answer.text
    assert lines(here, number)[1:] == []


def wait_until_somebody_waits(here: House) -> None:
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(1000):
        with here.database.engine.connect() as connection:
            if connection.scalar(waiting):
                return
    raise AssertionError("nobody waits for a lock")


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_name_that_somebody_takes_in_the_same_moment_is_a_conflict_in_words(
    visit: Visit, here: House
) -> None:
    """Two administrators, one username: the second press waits, then loses."""
    admin = visit("admin")
    admin.open("/staff/")
    typed = {"username": "wang_fang", "name": "示例王方", "roles": "counter"}
    with ThreadPoolExecutor(1) as threads:
        with here.writing() as session:
            session.add(newcomer("wang_fang", here))
            session.flush()
            press = threads.submit(admin.press, "/staff/", **typed)
            wait_until_somebody_waits(here)
        answer = press.result(timeout=20)
    assert answer.status_code == 409
    assert "示例王方" in answer.text


def newcomer(username: str, here: House) -> Staff:
    return Staff(
        username=username,
        name="示例新人",
        title="",
        password_hash="",
        is_sample=True,
        made_at=here.now(),
    )


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_two_administrators_cannot_close_each_others_accounts_at_one_moment(
    visit: Visit, here: House
) -> None:
    admin = visit("admin")
    admin.open("/staff/")
    with here.reading() as session:
        second, first = clerk(session, "director"), clerk(session, "admin")
    admin.press(f"/staff/{second.staff_id}/roles", roles=["admin"])
    other = visit("director")
    other.open("/staff/")
    with ThreadPoolExecutor(1) as threads:
        with here.writing() as session:
            leaving = session.get_one(Staff, second.staff_id)
            actions.disable(session, leaving, first, here.now())
            press = threads.submit(other.press, f"/staff/{first.staff_id}/disable")
            wait_until_somebody_waits(here)
        answer = press.result(timeout=20)
    assert (answer.status_code, "最后一名管理员" in answer.text) == (409, True)


def test_nobody_can_rewrite_a_line_of_the_history(here: House, number: str) -> None:
    rewrite = sa.update(TimelineEntry).values(text="没有的事")
    with pytest.raises(sa.exc.DatabaseError, match="append only"), here.writing() as session:
        session.execute(rewrite)
