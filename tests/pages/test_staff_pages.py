"""人员管理与我的账号: a code on paper, a password of one's own, roles that take effect at once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from kernel.audit.queries import about
from kernel.clock import FixedClock
from kernel.staff.queries import by_username, mobile_of
from kernel.staff.records import Staff
from kernel.web.house import House
from tests.builders import Visitor

Visit = Callable[[str], Visitor]
GOOD = "九月的桂花落在旧船上"


def hired(
    admin: Visitor, username: str = "wang_fang", roles: tuple[str, ...] = ("counter",)
) -> str:
    """Let the administrator open an account; return its initial code."""
    admin.open("/staff/")
    answer = admin.press("/staff/", username=username, name="示例王方", roles=[*roles])
    return code_on(answer)


def code_on(answer: TestResponse) -> str:
    found = re.search(r'class="big">([a-z0-9]{5}-[a-z0-9]{5})<', answer.text)
    assert found is not None, answer.text
    return found[1]


def knock(visitor: Visitor, username: str, password: str) -> TestResponse:
    visitor.open("/login")
    return visitor.press("/login", username=username, password=password)


def number_of(here: House, username: str) -> int:
    with here.reading() as session:
        staff = by_username(session, username)
        assert staff is not None
        return staff.id


def choose(visitor: Visitor, password: str, again: str | None = None) -> TestResponse:
    visitor.open("/me/password")
    return visitor.press("/me/password", password=password, again=again or password)


def test_a_new_colleague_comes_in_with_the_code_and_leaves_it_at_the_door(visit: Visit) -> None:
    code = hired(visit("admin"))
    novice = visit("")
    assert knock(novice, "wang_fang", code).status_code == 303
    assert novice.open("/windows/general/").headers["Location"] == "/me/password"
    assert choose(novice, GOOD).headers["Location"] == "/login"
    assert novice.open("/start").status_code == 302, "everybody logs in anew"
    assert knock(novice, "wang_fang", code).status_code == 422
    assert knock(novice, "wang_fang", GOOD).status_code == 303
    assert novice.open("/windows/general/").status_code == 200


@pytest.mark.parametrize(("hours", "status"), [(23, 303), (25, 422)])
def test_an_initial_code_lasts_a_day(
    hours: int, status: int, visit: Visit, clock: FixedClock
) -> None:
    code = hired(visit("admin"))
    clock.at += timedelta(hours=hours)
    answer = knock(visit(""), "wang_fang", code)
    assert answer.status_code == status
    assert status == 303 or "初始码已过期" in answer.text


def test_the_code_is_shown_once_and_kept_nowhere(visit: Visit, here: House) -> None:
    admin = visit("admin")
    code = hired(admin)
    assert code not in admin.open("/staff/").text
    with here.reading() as session:
        kept = session.scalar(sa.select(Staff.password_hash).where(Staff.username == "wang_fang"))
        entries = about(session, f"staff:{number_of(here, 'wang_fang')}")
    assert kept is not None
    assert code not in kept
    assert [entry.verb for entry in entries] == ["staff.added"]
    assert not any(code in entry.facts for entry in entries)


def test_a_reissued_code_ends_the_old_password_the_second_factor_and_all_sessions(
    visit: Visit, here: House
) -> None:
    code = hired(visit("admin"))
    colleague = visit("")
    knock(colleague, "wang_fang", code)
    choose(colleague, GOOD)
    knock(colleague, "wang_fang", GOOD)
    admin = visit("admin")
    admin.open("/staff/")
    fresh = code_on(admin.press(f"/staff/{number_of(here, 'wang_fang')}/code"))
    assert colleague.open("/me/").status_code == 302
    assert knock(visit(""), "wang_fang", GOOD).status_code == 422
    assert knock(visit(""), "wang_fang", fresh).status_code == 303


WEAK = {
    "the town": "示例乡2026",
    "the town in pinyin": "shilixiang2026",
    "the town without its kind": "shili2026",
    "the hall": "bianmin365",
    "one's username": "wang_fang1",
    "one's name": "shiliwangfang",
    "keys in a row": "qwertyuiop",
    "digits in a row": "12345678",
    "a birthday": "19800101",
    "known everywhere": "password1",
    "known here": "woaini1314",
    "short": "7#kQz!p",
    "long": "长" * 129,
}


@pytest.mark.parametrize("password", WEAK.values(), ids=WEAK)
def test_a_password_that_is_soon_guessed_is_refused_with_a_sentence(
    password: str, visit: Visit
) -> None:
    novice = visit("")
    knock(novice, "wang_fang", hired(visit("admin")))
    answer = choose(novice, password)
    assert answer.status_code == 422
    assert "密码" in answer.text.partition('id="wrong-password"')[2][:60]
    assert password not in answer.text
    assert novice.open("/start").headers["Location"] == "/me/password", "still the code's guest"


@pytest.mark.parametrize(
    "password", [GOOD, "correct horse battery", "长" * 20 + "江" * 20 + "x9!k" * 22]
)
def test_a_password_may_be_any_words_up_to_128(password: str, visit: Visit) -> None:
    novice = visit("")
    knock(novice, "wang_fang", hired(visit("admin")))
    assert choose(novice, password).status_code == 303
    assert knock(novice, "wang_fang", password).status_code == 303
    assert knock(visit(""), "wang_fang", password[:-1]).status_code == 422, "and all of it counts"


def test_two_different_passwords_are_no_password(visit: Visit) -> None:
    novice = visit("")
    knock(novice, "wang_fang", hired(visit("admin")))
    answer = choose(novice, GOOD, GOOD + "。")
    assert (answer.status_code, "两次输入的密码不一样" in answer.text) == (422, True)


def test_the_code_on_the_paper_cannot_become_the_password(visit: Visit) -> None:
    novice = visit("")
    code = hired(visit("admin"))
    knock(novice, "wang_fang", code)
    answer = choose(novice, code)
    assert (answer.status_code, "不能和现在的密码" in answer.text) == (422, True)


def test_roles_take_effect_at_the_next_request(visit: Visit, here: House) -> None:
    clerk, admin = visit("counter2"), visit("admin")
    admin.open("/staff/")
    answer = admin.press(f"/staff/{number_of(here, 'counter2')}/roles", roles=["adviser"])
    assert answer.status_code == 303
    assert clerk.open("/windows/general/").status_code == 302
    assert visit("counter2").open("/windows/general/").status_code == 403


def test_adding_a_role_keeps_the_others(visit: Visit, here: House) -> None:
    admin = visit("admin")
    admin.open("/staff/")
    number = number_of(here, "counter2")
    admin.press(f"/staff/{number}/roles", roles=["counter", "adviser"])
    with here.reading() as session:
        roles = {entry.role.value for entry in session.get_one(Staff, number).roles}
    assert roles == {"counter", "adviser"}


@pytest.mark.parametrize(
    ("roles", "sentence"),
    [
        ((), "请至少选一个角色"),
        (("nonsense",), "请至少选一个角色"),
        (("bookkeeper", "cashier"), "管账不管钱"),
    ],
)
def test_roles_that_may_not_be_are_refused_for_new_and_old_accounts(
    roles: tuple[str, ...], sentence: str, visit: Visit, here: House
) -> None:
    admin = visit("admin")
    admin.open("/staff/")
    old = admin.press(f"/staff/{number_of(here, 'counter2')}/roles", roles=[*roles])
    new = admin.press("/staff/", username="wang_fang", name="示例王方", roles=[*roles])
    for answer in (old, new):
        assert answer.status_code in {409, 422}
        assert sentence in answer.text
    with here.reading() as session:
        assert by_username(session, "wang_fang") is None


def test_a_closed_account_is_out_at_once_and_comes_back_when_opened(
    visit: Visit, here: House
) -> None:
    clerk, admin = visit("counter2"), visit("admin")
    number = number_of(here, "counter2")
    admin.open("/staff/")
    admin.press(f"/staff/{number}/disable")
    assert clerk.open("/windows/general/").status_code == 302
    assert knock(visit(""), "counter2", "shili365").status_code == 422
    admin.open("/staff/")
    admin.press(f"/staff/{number}/enable")
    assert knock(visit(""), "counter2", "shili365").status_code == 303


@pytest.mark.parametrize("button", ["disable", "roles"])
def test_the_last_administrator_stays(button: str, visit: Visit, here: House) -> None:
    admin = visit("admin")
    admin.open("/staff/")
    answer = admin.press(f"/staff/{number_of(here, 'admin')}/{button}", roles=["counter"])
    assert (answer.status_code, "最后一名管理员" in answer.text) == (409, True)
    assert admin.open("/staff/").status_code == 200


@pytest.mark.parametrize(
    "username", ["", "wang fang", "王方", "a" * 33, "<b>", "counter1", "COUNTER1"]
)
def test_a_username_is_letters_and_digits_and_nobody_elses(username: str, visit: Visit) -> None:
    admin = visit("admin")
    admin.open("/staff/")
    answer = admin.press("/staff/", username=username, name="示例王方", roles=["counter"])
    assert answer.status_code in {409, 422}
    assert "示例王方" in answer.text, "what was typed is still there"


def test_an_account_that_does_not_exist_is_a_sentence(visit: Visit) -> None:
    admin = visit("admin")
    admin.open("/staff/")
    for button in ("disable", "enable", "code", "roles"):
        answer = admin.press(f"/staff/999999/{button}", roles=["counter"])
        assert (answer.status_code, "没有找到" in answer.text) == (404, True), button


def test_one_sees_where_one_is_logged_in(visit: Visit) -> None:
    visit("counter1")
    page = visit("counter1").open("/me/").text
    assert len(re.findall("<tr>", page.partition("<tbody>")[2])) == 2


def test_a_work_phone_is_kept_sealed_shown_masked_and_taken_off_by_saving_nothing(
    visit: Visit, here: House
) -> None:
    admin = visit("admin")
    page = f"/staff/{number_of(here, 'counter1')}/mobile"
    admin.open("/staff/")
    assert admin.press(page, mobile="154 0000 0007").status_code == 303
    shown = admin.open("/staff/").text
    assert "154****0007" in shown
    assert "15400000007" not in shown
    with here.reading() as session:
        clerk = by_username(session, "counter1")
        assert clerk is not None
        assert "0007" not in str(clerk.mobile_sealed)
        assert mobile_of(session, clerk) == "+8615400000007"
    assert admin.press(page, mobile="").status_code == 303
    assert "154****0007" not in admin.open("/staff/").text


@pytest.mark.parametrize("typed", ["0000-8000001", "1540000", "电话"])
def test_a_work_phone_that_no_text_reaches_is_refused_and_stays_typed(
    typed: str, visit: Visit, here: House
) -> None:
    admin = visit("admin")
    admin.open("/staff/")
    answer = admin.press(f"/staff/{number_of(here, 'counter1')}/mobile", mobile=typed)
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert 'id="wrong-mobile"' in answer.text
