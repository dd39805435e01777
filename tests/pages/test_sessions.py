"""会话: what a browser carries, what of it the house keeps, and when it is worth nothing."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from kernel.access import Role
from kernel.clock import FixedClock
from kernel.staff import actions
from kernel.staff.queries import by_username
from kernel.staff.records import StaffSession
from kernel.web.house import House
from tests.builders import Visitor, clerk
from tests.pages.every_page import Page

Visit = Callable[[str], Visitor]
STAFF_COOKIE, VISITOR_COOKIE = "__Host-desk", "__Host-visitor"


def token_of(client: FlaskClient) -> str:
    cookie = client.get_cookie(STAFF_COOKIE, "desk.test")
    assert cookie is not None
    return str(cookie.value)


def with_token(app: Flask, token: str) -> Visitor:
    """Return a browser that carries a token it was never handed."""
    client = app.test_client()
    client.set_cookie(STAFF_COOKIE, token, domain="desk.test", secure=True)
    return Visitor(client)


def is_in(visitor: Visitor) -> bool:
    return visitor.open("/me/").status_code == 200


def cookies_set_by(answer: TestResponse) -> dict[str, str]:
    return {line.partition("=")[0]: line for line in answer.headers.getlist("Set-Cookie")}


def test_the_table_knows_a_token_by_its_hash_only(visit: Visit, here: House) -> None:
    token = token_of(visit("counter1").client)
    assert len(bytes.fromhex(token)) * 8 == 256
    with here.reading() as session:
        kept = list(session.scalars(sa.select(StaffSession.token_hash)))
    assert kept == [hashlib.sha256(token.upper().encode()).digest()]


def test_every_login_makes_a_new_token_and_ends_the_one_before(visit: Visit, app: Flask) -> None:
    visitor = visit("counter1")
    first = token_of(visitor.client)
    visitor.log_in("counter2")
    second = token_of(visitor.client)
    assert first != second
    assert not is_in(with_token(app, first))
    assert is_in(with_token(app, second)), "the control: a live token does open"


def test_a_token_nobody_handed_out_opens_nothing(app: Flask) -> None:
    assert not is_in(with_token(app, "0" * 64))


def test_logging_out_ends_the_session_in_the_table_too(visit: Visit, app: Flask) -> None:
    visitor = visit("counter1")
    token = token_of(visitor.client)
    assert visitor.press("/logout", **keys(visitor)).status_code == 303
    assert visitor.client.get_cookie(STAFF_COOKIE, "desk.test") is None
    assert not is_in(with_token(app, token))


def keys(visitor: Visitor) -> dict[str, str]:
    visitor.open("/me/")
    return visitor.hidden


@pytest.mark.parametrize(("minutes", "lasts"), [(29, True), (31, False)])
def test_a_session_that_idles_half_an_hour_is_over(
    minutes: int, lasts: bool, visit: Visit, clock: FixedClock
) -> None:
    visitor = visit("counter1")
    for _ in range(3):  # what was seen meanwhile keeps it alive
        clock.at += timedelta(minutes=minutes)
        assert is_in(visitor) is lasts


def test_no_session_outlasts_twelve_hours_however_busy(visit: Visit, clock: FixedClock) -> None:
    visitor = visit("counter1")
    for _ in range(12 * 4):
        clock.at += timedelta(minutes=15)
        assert is_in(visitor)
    clock.at += timedelta(minutes=1)
    assert not is_in(visitor)


def disable(here: House) -> None:
    with here.writing() as session:
        staff = by_username(session, "counter1")
        assert staff is not None
        actions.disable(session, staff, clerk(session, "admin"), here.now())


def change_roles(here: House) -> None:
    with here.writing() as session:
        staff = by_username(session, "counter1")
        assert staff is not None
        roles = frozenset({Role.COUNTER, Role.ADVISER})
        actions.set_roles(session, staff, roles, clerk(session, "admin"), here.now())


def choose_password(here: House) -> None:
    with here.writing() as session:
        staff = by_username(session, "counter1")
        assert staff is not None
        actions.choose_password(session, staff, "九月的桂花落在旧船上", [], here.now())


def issue_code(here: House) -> None:
    with here.writing() as session:
        staff = by_username(session, "counter1")
        assert staff is not None
        actions.issue_code(session, staff, clerk(session, "admin"), here.now())


@pytest.mark.parametrize("change", [disable, change_roles, choose_password, issue_code])
def test_a_change_of_the_account_ends_all_its_sessions_at_once(
    change: Callable[[House], None], visit: Visit, here: House
) -> None:
    two, bystander = [visit("counter1"), visit("counter1")], visit("counter2")
    change(here)
    assert [is_in(one) for one in two] == [False, False]
    assert is_in(bystander), "the control: somebody else's session goes on"


def test_one_can_end_all_ones_sessions(visit: Visit) -> None:
    here, elsewhere = visit("counter1"), visit("counter1")
    assert here.press("/me/sessions/end", **keys(here)).status_code == 303
    assert (is_in(here), is_in(elsewhere)) == (False, False)


def test_cookies_are_for_this_house_alone(client: FlaskClient) -> None:
    visitor = Visitor(client)
    shown = visitor.open("/login")
    entered = visitor.press("/login", username="counter1", password="shili365")
    lines = {**cookies_set_by(shown), **cookies_set_by(entered)}
    assert set(lines) == {STAFF_COOKIE, VISITOR_COOKIE, "__Host-device"}
    for line in lines.values():
        parts = {part.strip() for part in line.split(";")}
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= parts
        assert "Domain" not in line


def test_the_plain_http_waiver_drops_what_browsers_would_refuse(here: House) -> None:
    waived = House(here.database, here.clock, replace(here.settings, plain_http=True))
    visitor = Visitor(create_app(waived).test_client())
    visitor.open("/login")
    entered = visitor.press("/login", username="counter1", password="shili365")
    lines = cookies_set_by(entered)
    assert set(lines) == {"desk", "device"}
    assert all("HttpOnly" in line and "Secure" not in line for line in lines.values())


def test_only_a_page_with_a_form_gives_a_stranger_a_cookie(app: Flask, pages: list[Page]) -> None:
    given = set()
    for page in pages:
        if page.is_safe:
            answer = page.ask(app.test_client())
            if VISITOR_COOKIE in cookies_set_by(answer):
                given.add(page.endpoint)
                assert 'name="csrf_token"' in answer.text
            elif answer.mimetype == "text/html":
                assert 'name="csrf_token"' not in answer.text
    assert given == {"messages.no_texts", "office.login", "progress.ask"}


def test_a_visitors_cookie_that_was_altered_is_no_cookie(client: FlaskClient) -> None:
    visitor = Visitor(client)
    visitor.open("/status")
    signed = client.get_cookie(VISITOR_COOKIE, "desk.test")
    assert signed is not None
    client.set_cookie(VISITOR_COOKIE, "x" + signed.value, domain="desk.test", secure=True)
    assert "请再提交一次" in visitor.press("/status", number="Z26-00001-1", last="0001").text


def test_pages_of_staff_are_never_stored_by_the_browser(visit: Visit, pages: list[Page]) -> None:
    visitor = visit("director")
    for page in pages:
        if page.is_safe and page.endpoint != "static":
            answer = page.ask(visitor.client)
            if 200 <= answer.status_code < 300 and not is_public(answer):
                assert answer.headers["Cache-Control"] == "no-store", page.endpoint


def is_public(answer: TestResponse) -> bool:
    return "ETag" in answer.headers


@pytest.mark.parametrize("hours", [1, 24])
def test_a_session_survives_no_clock_set_back_and_forth(
    hours: int, visit: Visit, clock: FixedClock
) -> None:
    """A clock set back keeps the session; set right again, its age counts from the beginning."""
    visitor, began = visit("counter1"), clock.at
    clock.at = began - timedelta(hours=hours)
    assert is_in(visitor)
    clock.at = began + timedelta(hours=13)
    assert not is_in(visitor)


def test_the_moments_in_the_table_are_those_of_the_clock(visit: Visit, here: House) -> None:
    visit("counter1")
    with here.reading() as session:
        moments = session.execute(sa.select(StaffSession.opened_at, StaffSession.seen_at)).one()
    assert tuple(moments) == (here.now(), here.now())
