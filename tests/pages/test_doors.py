"""门: every route × every role × a stranger, against a table written by hand."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kernel.access import EVERY_ROLE, Role
from kernel.audit.queries import count
from kernel.web.doors import EVERYONE as OPEN_TO_ALL
from kernel.web.house import House
from tests.builders import Visitor
from tests.pages.every_page import Page
from tests.pages.policy import (
    ACCOUNTS,
    BEFORE_PASSWORD,
    EVERYONE,
    POLICY,
    SIGNED_ELSEWHERE,
)

Visit = Callable[[str], Visitor]
#: pressed last: they end the session that the walk needs
ENDS_SESSION = ("office.leave", "own_account.end_everywhere", "office.enter")
TYPED = "示例群众乙，住在村口第三家"


def mismatches(page: Page, role: Role | None, client: FlaskClient, token: str = "") -> list[str]:
    """Return how a page's answer to somebody differs from the table."""
    audience = POLICY[page.endpoint]
    wanted = "open" if audience is EVERYONE or role in audience else "shut"
    answer = page.ask(client, csrf_token=token, note=TYPED)
    found = "shut" if is_shut(answer, role) else "open"
    if found == wanted and answer.status_code < 500:
        return []
    return [f"{page.method} {page.endpoint} as {role}: {found} ({answer.status_code})"]


def is_shut(answer: TestResponse, role: Role | None) -> bool:
    """Say whether the door stayed shut: to staff with 403, to a stranger by way of the login."""
    if role is not None:
        return answer.status_code == 403 and "不对您的岗位开放" in answer.text
    sent_to_login = answer.status_code == 302 and "/login?next=" in answer.headers["Location"]
    return sent_to_login or (answer.status_code == 400 and "登录已过期" in answer.text)


def token_of(visitor: Visitor, page: str = "/me/") -> str:
    visitor.open(page)
    return visitor.hidden["csrf_token"]


@pytest.fixture
def pages(pages: list[Page]) -> list[Page]:
    """Return the pages of the table, those that end a session last."""
    listed = [page for page in pages if page.endpoint in POLICY]
    return sorted(listed, key=lambda page: page.endpoint in ENDS_SESSION)


def closed_ones(pages: list[Page]) -> list[Page]:
    """Return the pages that are not for everyone."""
    return [page for page in pages if POLICY[page.endpoint] is not EVERYONE]


def test_the_table_and_the_application_name_the_same_pages(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(POLICY)


def test_there_is_somebody_for_every_role() -> None:
    assert set(ACCOUNTS) == EVERY_ROLE


@pytest.mark.parametrize("role", sorted(ACCOUNTS))
def test_a_role_opens_what_the_table_says_and_nothing_else(
    role: Role, visit: Visit, pages: list[Page]
) -> None:
    visitor = visit(ACCOUNTS[role])
    token = token_of(visitor)
    found = []
    for page in pages:
        if page.endpoint in ENDS_SESSION:
            visitor = visit(ACCOUNTS[role])
            token = token_of(visitor)
        found += mismatches(page, role, visitor.client, token)
    assert found == []


def test_a_stranger_is_sent_to_the_login_or_given_the_text_back(
    visit: Visit, pages: list[Page], here: House
) -> None:
    stranger = visit("")
    token, client = token_of(stranger, "/status"), stranger.client
    with here.reading() as session:
        before = count(session)
    assert [miss for page in pages for miss in mismatches(page, None, client, token)] == []
    for page in closed_ones(pages):
        if not page.is_safe:
            answer = page.ask(client, note=TYPED, password="geheim-geheim")
            assert TYPED in answer.text
            assert "geheim" not in answer.text
    with here.reading() as session:
        assert count(session) == before


def test_removing_any_guard_is_noticed(
    visit: Visit, pages: list[Page], monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    """The control: the walk is worth nothing if it passes with a door left open."""
    someone = visit(ACCOUNTS[Role.VILLAGE_CLERK])
    token = token_of(someone)
    stranger = visit("")
    strangers_token = token_of(stranger, "/status")
    unnoticed = []
    for page in closed_ones(pages):
        monkeypatch.setattr(app.view_functions[page.endpoint], "open_to", {OPEN_TO_ALL})
        if page.endpoint not in ENDS_SESSION:
            found = mismatches(page, Role.VILLAGE_CLERK, someone.client, token)
            found += mismatches(page, None, stranger.client, strangers_token)
            unnoticed += [] if found else [page.endpoint]
        monkeypatch.undo()
    assert unnoticed == []


def test_a_guard_for_one_role_too_many_is_noticed(
    visit: Visit, pages: list[Page], monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    role = Role.VILLAGE_CLERK
    visitor = visit(ACCOUNTS[role])
    token = token_of(visitor)
    for page in closed_ones(pages):
        if role in (POLICY[page.endpoint] or ()):
            continue
        monkeypatch.setattr(app.view_functions[page.endpoint], "open_to", EVERY_ROLE)
        assert mismatches(page, role, visitor.client, token), page.endpoint
        monkeypatch.undo()


@pytest.mark.parametrize("username", ["", "counter1", "admin"])
def test_a_page_that_does_not_say_for_whom_opens_to_nobody(
    username: str, app: Flask, visit: Visit
) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "open", methods=["GET", "POST"])
    visitor = visit(username)
    shown, pressed = visitor.open("/forgotten"), visitor.press("/forgotten")
    assert "open" not in {shown.text, pressed.text}
    wanted = (403, 403) if username else (302, 400)
    assert (shown.status_code, pressed.status_code) == wanted


def test_only_the_webhook_signs_elsewhere(app: Flask) -> None:
    views = app.view_functions.items()
    assert {name for name, view in views if hasattr(view, "signed_elsewhere")} == SIGNED_ELSEWHERE


def test_with_an_initial_code_one_may_only_choose_a_password(
    visit: Visit, pages: list[Page], here: House
) -> None:
    admin = visit("admin")
    admin.open("/staff/")
    roles = sorted(EVERY_ROLE - {Role.CASHIER, Role.DISCIPLINE})
    page = admin.press("/staff/", username="novice", name="示例新手", roles=[*roles])
    code = page.text.split('class="big">')[1].split("<")[0]
    novice = visit("")
    novice.log_in("novice", code)
    keys = {"csrf_token": token_of(novice, "/me/password")}
    for one in closed_ones(pages):
        if one.endpoint not in {*BEFORE_PASSWORD, *ENDS_SESSION}:
            answer = one.ask(novice.client, **keys)
            assert answer.status_code in {302, 403}, one.endpoint
            assert answer.headers.get("Location", "/me/password") == "/me/password", one.endpoint
