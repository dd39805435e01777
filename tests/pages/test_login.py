"""登录: what a password is worth, how often one may try, and where the door leads."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pyotp
import pytest
import sqlalchemy as sa
from argon2 import extract_parameters
from argon2.low_level import Type
from flask import Flask
from werkzeug.test import TestResponse

from kernel.clock import FixedClock
from kernel.staff.actions import entering
from kernel.staff.records import Staff, StaffSession
from kernel.web.house import House
from tests.builders import BASE, Visitor

Visit = Callable[[str], Visitor]
#: as it was before the run put a quicker one in its place
HASHER_OF_THE_DOOR = entering.HASHER
RIGHT, WRONG = "shili365", "shili366"
SENTENCE = "账号、密码或动态码不对"
TOO_OFTEN = "试的次数太多了"
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


def knock(
    visitor: Visitor, username: str = "counter1", password: str = WRONG, **typed: str
) -> TestResponse:
    visitor.open("/login")
    return visitor.press("/login", username=username, password=password, **typed)


def knock_from(address: str, app: Flask, username: str, password: str) -> TestResponse:
    visitor = Visitor(app.test_client())
    visitor.open("/login")
    data = {**visitor.hidden, "username": username, "password": password}
    where = {"REMOTE_ADDR": address}
    return visitor.client.post("/login", base_url=BASE, data=data, environ_base=where)


def test_passwords_are_kept_as_the_law_of_the_house_says(here: House) -> None:
    """Argon2id with at least 19 MiB, 2 passes, 1 lane, and a salt of its own for each."""
    found = extract_parameters(HASHER_OF_THE_DOOR.hash(RIGHT))
    assert (found.type, found.parallelism) == (Type.ID, 1)
    assert found.memory_cost >= 19 * 1024
    assert found.time_cost >= 2
    with here.reading() as session:
        kept = list(session.scalars(sa.select(Staff.password_hash)))
    assert all(extract_parameters(one).salt_len >= 16 for one in kept)
    assert len(set(kept)) == len(kept), "one password, as many hashes as accounts"


def test_whoever_knocks_in_vain_does_not_learn_why(visit: Visit, here: House) -> None:
    with here.writing() as session:
        session.execute(
            sa.update(Staff).where(Staff.username == "agent").values(disabled_at=here.now())
        )
    answers = [
        knock(visit(""), "counter1", WRONG),
        knock(visit(""), "nobody_here", WRONG),
        knock(visit(""), "agent", RIGHT),
        knock(visit(""), "", ""),
    ]
    assert {answer.status_code for answer in answers} == {422}
    sentences = {re.search(f"{SENTENCE}[^<]*", answer.text) for answer in answers}
    assert len({found.group() if found else "" for found in sentences}) == 1
    assert knock(visit(""), "counter1", RIGHT).status_code == 303, "the control"


def test_the_username_may_be_written_in_capitals_and_with_spaces(visit: Visit) -> None:
    assert knock(visit(""), "  COUNTER1 ", RIGHT).status_code == 303


def test_the_password_is_never_in_the_answer(visit: Visit) -> None:
    answer = knock(visit(""), "counter1", "geheim-geheim")
    assert "geheim" not in answer.text
    assert 'value="counter1"' in answer.text


def test_ten_tries_in_a_quarter_of_an_hour_and_no_eleventh(visit: Visit, clock: FixedClock) -> None:
    tries = [knock(visit("")).status_code for _ in range(10)]
    assert tries == [422] * 10
    locked = knock(visit(""), "counter1", RIGHT)
    assert (locked.status_code, TOO_OFTEN in locked.text) == (429, True)
    assert knock(visit(""), "counter2", RIGHT).status_code == 303, "others come in"
    clock.at += timedelta(minutes=14)
    assert knock(visit(""), "counter1", RIGHT).status_code == 429
    clock.at += timedelta(minutes=2)
    assert knock(visit(""), "counter1", RIGHT).status_code == 303


def test_who_is_right_is_not_counted_as_guessing_and_forgives_nobodys_guesses(visit: Visit) -> None:
    assert [knock(visit(""), "counter1", RIGHT).status_code for _ in range(12)] == [303] * 12
    assert [knock(visit("")).status_code for _ in range(9)] == [422] * 9
    assert knock(visit(""), "counter1", RIGHT).status_code == 303
    assert [knock(visit("")).status_code for _ in range(2)] == [422, 429]


def test_strangers_who_guess_lock_out_strangers_and_not_the_owner(visit: Visit) -> None:
    owner = visit("counter1")
    for _ in range(12):
        knock(visit(""))
    assert knock(visit(""), "counter1", RIGHT).status_code == 429
    owner.client.delete_cookie("__Host-desk", domain="desk.test")
    assert knock(owner, "counter1", RIGHT).status_code == 303


def test_a_known_device_has_no_more_tries_than_a_stranger(visit: Visit) -> None:
    owner = visit("counter1")
    assert [knock(owner).status_code for _ in range(11)] == [422] * 10 + [429]


def test_a_device_somebody_else_is_known_on_counts_as_a_strangers(visit: Visit) -> None:
    neighbour = visit("counter2")
    for _ in range(10):
        knock(visit(""))
    assert knock(neighbour, "counter1", RIGHT).status_code == 429


def test_one_address_has_sixty_tries_whatever_names_it_guesses(app: Flask) -> None:
    answers = [knock_from("192.0.2.9", app, f"guess{n}", WRONG).status_code for n in range(61)]
    assert answers == [422] * 60 + [429]
    assert knock_from("192.0.2.10", app, "guess1", WRONG).status_code == 422


def test_an_address_that_is_only_claimed_is_not_believed(app: Flask) -> None:
    visitor = Visitor(app.test_client())
    visitor.open("/login")
    data = {**visitor.hidden, "username": "counter1", "password": RIGHT}
    claimed = {
        "X-Forwarded-For": "127.0.0.1",
        "X-Real-IP": "127.0.0.1",
        "Forwarded": "for=127.0.0.1",
    }
    answer = visitor.client.post(
        "/login", base_url=BASE, data=data, headers=claimed, environ_base=ELSEWHERE
    )
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "address", ["192.0.2.7", "10.0.0.1", "::ffff:127.0.0.1.evil", "", "127.0.0.11"]
)
def test_sample_accounts_open_the_door_from_this_machine_only(address: str, app: Flask) -> None:
    answer = knock_from(address, app, "counter1", RIGHT)
    assert (answer.status_code, "只能在本机登录" in answer.text) == (403, True)
    assert knock_from(address, app, "counter1", WRONG).status_code == 422
    assert knock_from("::1", app, "counter1", RIGHT).status_code == 303


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "///evil.example",
        "/%09/evil.example/../..//evil.example",
        "javascript:alert(1)",
        "//[",
        "evil.example",
        "",
    ],
)
def test_the_door_leads_into_this_house_only(wanted: str, visit: Visit) -> None:
    answer = knock(visit(""), "counter1", RIGHT, next=wanted)
    assert answer.status_code == 303
    target = answer.headers["Location"]
    assert target == "/start" or re.fullmatch(r"/[%\w].*", target), target


@pytest.mark.parametrize(
    "back", ["//evil.example", "/\t/evil.example", "/\\evil.example", "https://evil.example"]
)
def test_the_large_letters_lead_back_into_this_house_only(back: str, visit: Visit) -> None:
    answer = visit("").client.get("/large", query_string={"back": back}, base_url=BASE)
    assert answer.headers["Location"] == "/" or answer.headers["Location"].startswith("/%")


def test_after_the_door_one_stands_where_one_wanted_to_go(visit: Visit) -> None:
    visitor = visit("")
    sent = visitor.open("/windows/general/find?q=Z26")
    door = visitor.open(sent.headers["Location"])
    wanted = re.search(r'name="next" value="([^"]*)"', door.text)
    assert wanted is not None
    entered = visitor.press("/login", username="counter1", password=RIGHT, next=wanted[1])
    assert entered.headers["Location"] == "/windows/general/find?q=Z26"


def totp_of(visitor: Visitor) -> pyotp.TOTP:
    """Set up a second factor; return what the phone then holds."""
    page = visitor.open("/me/totp")
    found = re.search(r'name="secret" value="([A-Z2-7]{32})"', page.text)
    assert found is not None
    return pyotp.TOTP(found[1])


def set_up(visitor: Visitor, now: datetime) -> pyotp.TOTP:
    totp = totp_of(visitor)
    answer = visitor.press("/me/totp", secret=totp.secret, code=totp.at(now))
    assert answer.status_code == 303
    return totp


def test_a_second_factor_is_asked_for_and_each_of_its_codes_works_once(
    visit: Visit, clock: FixedClock, here: House
) -> None:
    totp = set_up(visit("admin"), clock.at)
    with here.reading() as session:
        sealed = session.scalar(sa.select(Staff.totp_sealed).where(Staff.username == "admin"))
    assert sealed is not None
    assert totp.secret not in sealed

    assert knock(visit(""), "admin", RIGHT).status_code == 422
    assert knock(visit(""), "admin", RIGHT, code=totp.at(clock.at)).status_code == 422, "used above"
    clock.at += timedelta(seconds=60)
    code = totp.at(clock.at)
    assert knock(visit(""), "admin", WRONG, code=code).status_code == 422
    assert knock(visit(""), "admin", RIGHT, code=code).status_code == 303
    assert knock(visit(""), "admin", RIGHT, code=code).status_code == 422
    clock.at += timedelta(seconds=90)
    assert (
        knock(visit(""), "admin", RIGHT, code=totp.at(clock.at - timedelta(seconds=30))).status_code
        == 303
    )
    clock.at += timedelta(seconds=90)
    stale = totp.at(clock.at - timedelta(seconds=90))
    assert knock(visit(""), "admin", RIGHT, code=stale).status_code == 422


def test_a_code_may_be_typed_as_a_chinese_keyboard_writes_it(
    visit: Visit, clock: FixedClock
) -> None:
    totp = set_up(visit("admin"), clock.at)
    clock.at += timedelta(seconds=60)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in totp.at(clock.at))
    assert knock(visit(""), "admin", RIGHT, code=f"{wide[:3]} {wide[3:]}").status_code == 303


@pytest.mark.parametrize(
    "secret", ["", "!!!", "JBSWY3DPEHPK3PXP", "密" * 32, "A" * 5000, "\x00" * 32]
)
def test_only_a_secret_that_was_shown_can_become_the_second_factor(
    secret: str, visit: Visit, here: House
) -> None:
    visitor = visit("admin")
    visitor.open("/me/totp")
    answer = visitor.press("/me/totp", secret=secret, code="123456")
    assert (answer.status_code, "已经失效" in answer.text) == (422, True)
    with here.reading() as session:
        assert session.scalars(sa.select(Staff.totp_sealed).distinct()).all() == [None]


def test_guessing_codes_is_limited_like_guessing_passwords(visit: Visit, clock: FixedClock) -> None:
    totp = set_up(visit("admin"), clock.at)
    clock.at += timedelta(seconds=60)
    for guess in range(10):
        knock(visit(""), "admin", RIGHT, code=f"{guess:06d}")
    assert knock(visit(""), "admin", RIGHT, code=totp.at(clock.at)).status_code == 429


def test_a_failed_login_opens_no_session(visit: Visit, here: House) -> None:
    knock(visit(""))
    with here.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(StaffSession)) == 0
