"""出错与繁忙: what somebody reads when a page breaks down, and when the database is held."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from desk.cases.records import Case
from kernel.clock import FixedClock
from kernel.database import keyed_connector
from kernel.staff.records import Staff, StaffSession
from kernel.web.house import House
from tests.builders import BASE, HERE, Visitor, mobile, resident_number
from tests.pages.every_page import Page

Visit = Callable[[str], Visitor]
FORM = f"/windows/general/new/{HERE}"
SECRET = "geheim-wie-nichts"
#: what a page may not tell about how it is built
INNER = re.compile(
    r"Traceback|File \"|\.py\b|SELECT |INSERT |UPDATE |sqlalchemy|sqlcipher|psycopg|werkzeug|"
    rf"site-packages|/home/|ZeroDivision|RuntimeError|{SECRET}",
    re.IGNORECASE,
)


def bursting(*_: object, **__: object) -> str:
    """Break down as code does that nobody foresaw, with a secret in its mouth."""
    raise RuntimeError(f"SELECT * FROM staff -- {SECRET}")


def with_a_burst_view(page: Page, app: Flask, client: FlaskClient, token: str) -> TestResponse:
    """Ask for a page whose view breaks down."""
    sound = app.view_functions[page.endpoint]

    def view(**values: object) -> str:
        return bursting(**values)

    view.__dict__.update(vars(sound), asks_again=bursting)
    app.view_functions[page.endpoint] = view
    try:
        return page.ask(client, csrf_token=token)
    finally:
        app.view_functions[page.endpoint] = sound


@pytest.mark.parametrize("username", ["", "director", "admin", "adviser"])
def test_a_page_that_breaks_down_gives_a_number_and_the_next_step_and_nothing_else(
    username: str, visit: Visit, pages: list[Page], app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = visit(username)
    visitor.open("/me/" if username else "/status")
    seen = 0
    for page in pages:
        caplog.clear()
        token = visitor.hidden["csrf_token"]
        answer = with_a_burst_view(page, app, visitor.client, token)
        if answer.status_code in {302, 400, 403}:
            continue
        seen += 1
        assert answer.status_code == 500, page
        assert not INNER.search(answer.text), page
        trace = trace_on(answer)
        assert f"breakdown {trace}" in caplog.text, "the same number stands in the log"
        assert SECRET in caplog.text
        assert "再试一次" in words_of(answer)
    assert seen >= 15


def words_of(answer: TestResponse) -> str:
    return str(answer.json["detail"]) if answer.is_json and answer.json else answer.text


def trace_on(answer: TestResponse) -> str:
    found = re.search(r"编号(?: <strong>)?([0-9a-f]{8})", words_of(answer))
    assert found is not None
    return found[1]


def test_the_interface_breaks_down_in_words_too(app: Flask, client: FlaskClient) -> None:
    page = Page("deadline.interface", "GET", "/api/deadline")
    answer = with_a_burst_view(page, app, client, "")
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == answer.status_code == 500
    assert answer.json["title"]


@pytest.mark.parametrize("place", ["save_session", "process_response", "handler"])
def test_a_breakdown_outside_the_view_is_told_in_the_same_words(
    place: str, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place == "handler":
        app.register_error_handler(404, bursting)
        path = "/nothing"
    else:
        path = "/status"
        owner = app if place == "process_response" else app.session_interface
        sound, times = getattr(owner, place), []

        def bursts_once(*given: object) -> object:
            times.append(1)
            return bursting() if len(times) == 1 else sound(*given)

        monkeypatch.setattr(owner, place, bursts_once)
    answer = client.get(path, base_url=BASE)
    assert answer.status_code == 500
    assert trace_on(answer)
    assert not INNER.search(answer.text)


def test_a_session_that_cannot_be_read_is_a_breakdown_and_no_logout(
    visit: Visit, here: House
) -> None:
    clerk = visit("counter1")
    with here.writing() as session:
        session.execute(sa.update(StaffSession).values(content="{"))
    answer = clerk.open("/windows/general/")
    assert (answer.status_code, INNER.search(answer.text)) == (500, None)
    assert trace_on(answer)


def test_the_log_holds_no_value_that_went_to_the_database(
    app: Flask, client: FlaskClient, here: House, caplog: pytest.LogCaptureFixture
) -> None:
    def view() -> str:
        with here.writing() as session:
            session.execute(sa.insert(Staff).values(username=SECRET, name=SECRET))
        return "never"

    view.open_to = frozenset({"everyone"})  # type: ignore[attr-defined]
    app.add_url_rule("/bursts", "bursts", view)
    answer = client.get("/bursts", base_url=BASE)
    assert answer.status_code == 500
    assert not INNER.search(answer.text)
    assert "IntegrityError" in caplog.text
    assert SECRET not in caplog.text


@contextmanager
def held(here: House) -> Iterator[None]:
    """Hold the database as an antivirus or another program would; our own patience is short."""

    def impatient(connection: object, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout = 30").fetchall()  # type: ignore[attr-defined]

    sa.event.listen(here.database.engine, "checkout", impatient)
    connect = keyed_connector(here.settings.database_file, here.database.vault.database_key)
    with closing(connect()) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    sa.event.remove(here.database.engine, "checkout", impatient)


def intake() -> dict[str, str | list[str]]:
    return {
        "answer": "accept",
        "applicant_name": "示例群众己",
        "applicant_document_kind": "resident_id",
        "applicant_document_number": resident_number(),
        "applicant_phone": mobile(),
        "brought": [str(place) for place in range(20)],
    }


def test_a_database_that_somebody_holds_means_wait_and_press_again(
    visit: Visit, here: House, caplog: pytest.LogCaptureFixture
) -> None:
    clerk = visit("counter1")
    clerk.open(FORM)
    with held(here):
        busy = clerk.press(FORM, **intake())
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "5")
    assert "系统正忙" in busy.text
    assert busy.headers["Cache-Control"] == "no-store"
    assert not INNER.search(busy.text)
    given_back = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', busy.text)
    assert ("applicant_name", "示例群众己") in given_back
    assert resident_number() not in caplog.text

    again: dict[str, str | list[str]] = {
        name: [value for other, value in given_back if other == name] for name, _ in given_back
    }
    clerk.hidden = {}
    assert clerk.press(FORM, **again).status_code == 303
    with here.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Case)) == 1


#: to look is to reveal, and a reveal is written down
RECORDED_LOOKS = {
    "general_window.correction",
    "cases.authority",
    "cases.authority_pdf",
    "cases.calling",
    "cases.print_calls",
    # a code that opens nothing is counted
    "own_page.page",
    "own_page.scanned",
    "own_page.say",
}


def test_looking_goes_on_while_somebody_holds_the_database(
    visit: Visit, here: House, pages: list[Page], clock: FixedClock
) -> None:
    """Also for a session that would have been marked as seen just now."""
    director = visit("director")
    with held(here):
        for page in pages:
            if page.is_safe and "paper.pdf" not in page.path:
                clock.at += timedelta(seconds=61)
                answer = page.ask(director.client)
                writes = page.endpoint in RECORDED_LOOKS
                assert answer.status_code == 503 if writes else answer.status_code < 500, page
                clock.at -= timedelta(seconds=61)


def test_the_hold_is_a_real_one(here: House) -> None:
    """The control: while it is held, nobody writes."""
    look = sa.select(Case.id)
    with held(here), pytest.raises(sa.exc.OperationalError, match="locked"), here.writing() as busy:
        busy.execute(look)
    with here.writing() as free:
        free.execute(look)


def test_a_house_without_a_town_says_what_to_do(here: House, app: Flask) -> None:
    with here.writing() as session:
        session.execute(sa.text("DELETE FROM town"))
    answer = app.test_client().get("/status", base_url=BASE)
    assert answer.status_code in {200, 503}
    assert not INNER.search(answer.text)
    door = app.test_client().get("/login", base_url=BASE)
    assert (door.status_code, "还没有建立本乡的资料" in door.text) == (503, True)
