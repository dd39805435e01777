"""表单: pressed twice, pressed by others, pressed too late, pressed by another site."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from desk.cases.records import Case
from kernel.clock import FixedClock
from kernel.web import form_posts
from kernel.web.form_posts import new_form_key
from kernel.web.house import House
from tests.builders import HERE, Visitor, mobile, resident_number
from tests.pages.conftest import both_databases
from tests.pages.every_page import Page
from tests.pages.policy import POLICY, SIGNED_ELSEWHERE

Visit = Callable[[str], Visitor]
FORM = f"/windows/general/new/{HERE}"
NAME = "示例群众乙"


def intake(**typed: str) -> dict[str, str | list[str]]:
    """Return what a clerk types for somebody who brought every paper."""
    return {
        "answer": "accept",
        "applicant_name": NAME,
        "applicant_document_kind": "resident_id",
        "applicant_document_number": resident_number(),
        "applicant_phone": mobile(),
        "brought": [str(place) for place in range(1, 20)] + ["0"],
        **typed,
    }


def press_together(app: Flask, visitor: Visitor, times: int, **own: str) -> list[TestResponse]:
    """Press the button of one form in as many threads at the same moment."""
    start = Barrier(times)

    def press(_: int) -> TestResponse:
        twin = Visitor(app.test_client(), hidden={**visitor.hidden, **own})
        carried = visitor.client.get_cookie("__Host-desk", "desk.test")
        assert carried is not None
        twin.client.set_cookie(carried.key, carried.value, domain="desk.test")
        start.wait(timeout=10)
        return twin.press(FORM, **intake())

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(press, range(times)))


def cases(here: House) -> int:
    with here.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Case)) or 0


@both_databases
def test_one_form_pressed_several_times_at_once_is_one_case(
    app: Flask, visit: Visit, here: House
) -> None:
    visitor = visit("counter1")
    for round_, times in enumerate((2, 3, 5), start=1):
        visitor.open(FORM)
        answers = press_together(app, visitor, times)
        assert {answer.status_code for answer in answers} == {303}
        assert len({answer.headers["Location"] for answer in answers}) == 1
        assert cases(here) == round_


@both_databases
def test_without_the_key_two_presses_would_be_two_cases(
    app: Flask, visit: Visit, here: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: nothing but the key keeps them apart."""
    monkeypatch.setattr(form_posts, "_claim", lambda *_: "")
    visitor = visit("counter1")
    visitor.open(FORM)
    answers = press_together(app, visitor, 2)
    assert (len({answer.headers["Location"] for answer in answers}), cases(here)) == (2, 2)


def test_a_repetition_is_answered_as_the_first_press_was_for_three_days(
    visit: Visit, here: House, clock: FixedClock
) -> None:
    visitor = visit("counter1")
    visitor.open(FORM)
    hidden = visitor.hidden
    first = visitor.press(FORM, **intake())
    for wait in (timedelta(0), timedelta(hours=71)):
        clock.at += wait
        with here.writing() as session:
            form_posts.forget_old_posts(session, here.now())
        again = visit("counter1")
        again.open("/me/")
        again.hidden = {**hidden, "csrf_token": again.hidden["csrf_token"]}
        assert again.press(FORM, **intake()).headers["Location"] == first.headers["Location"]
    assert cases(here) == 1


def test_the_same_key_with_other_words_is_refused_and_the_words_kept(
    visit: Visit, here: House
) -> None:
    visitor = visit("counter1")
    visitor.open(FORM)
    hidden = visitor.hidden
    visitor.press(FORM, **intake())
    visitor.hidden = hidden
    answer = visitor.press(FORM, **intake(applicant_name="示例群众丙"))
    assert (answer.status_code, "示例群众丙" in answer.text, cases(here)) == (409, True, 1)
    assert "内容却和上次不同" in answer.text


def test_a_key_of_somebody_else_is_refused(visit: Visit, here: House) -> None:
    one, other = visit("counter1"), visit("counter2")
    one.open(FORM)
    one.press(FORM, **intake())
    key = one.hidden["form_key"]
    other.open(FORM)
    assert other.press(FORM, **intake(form_key=key)).status_code == 409
    assert other.press(FORM, **intake()).status_code == 303, "the control: with a key of its own"
    assert cases(here) == 2


@pytest.mark.parametrize("key", ["", "short", "x" * 33, "../../etc/passwd", "é" * 31 + "!"])
def test_a_form_without_its_key_is_refused_with_a_sentence(
    key: str, visit: Visit, here: House
) -> None:
    visitor = visit("counter1")
    visitor.open(FORM)
    answer = visitor.press(FORM, **intake(form_key=key))
    assert (answer.status_code, cases(here)) == (422, 0)
    assert "请刷新页面后重新提交" in answer.text
    assert NAME in answer.text


def test_a_refused_form_does_not_use_up_its_key(visit: Visit, here: House) -> None:
    visitor = visit("counter1")
    visitor.open(FORM)
    key = visitor.hidden["form_key"]
    refused = visitor.press(FORM, **intake(answer="notice"))
    assert refused.status_code == 409
    assert visitor.press(FORM, **intake(form_key=key)).status_code == 303
    assert cases(here) == 1


def test_no_two_showings_of_a_form_have_one_key() -> None:
    keys = {new_form_key() for _ in range(1000)}
    assert len(keys) == 1000
    assert {len(bytes.fromhex(key)) * 8 for key in keys} == {128}


def unsafe(pages: list[Page]) -> list[Page]:
    return [page for page in pages if not page.is_safe]


@pytest.mark.parametrize("username", ["", "director", "admin"])
def test_no_form_is_taken_in_without_its_token(
    username: str, visit: Visit, pages: list[Page]
) -> None:
    """Refused: with the text given back to whom the page is open, with 403 to others."""
    visitor = visit(username)
    taken = []
    for page in unsafe(pages):
        for token in ("", "forged", new_form_key()):
            answer = page.ask(visitor.client, csrf_token=token, form_key=new_form_key())
            if answer.status_code not in {400, 403} or "请再提交一次" not in answer.text:
                taken.append(page.endpoint)
    wanted = {page.endpoint for page in unsafe(pages) if not is_open(page, username)}
    assert set(taken) - wanted == SIGNED_ELSEWHERE


def is_open(page: Page, username: str) -> bool:
    audience = POLICY.get(page.endpoint)
    roles = {"director": "director", "admin": "admin"}
    return audience is None or not username or roles[username] in audience


def test_with_its_token_a_form_gets_further(visit: Visit, pages: list[Page]) -> None:
    """The control: it was the token that was missing, nothing else."""
    visitor = visit("director")
    visitor.open("/me/")
    for page in unsafe(pages):
        if is_open(page, "director") and page.endpoint not in SIGNED_ELSEWHERE:
            answer = page.ask(visitor.client, csrf_token=visitor.hidden["csrf_token"])
            assert "请再提交一次" not in answer.text, page.endpoint
            if answer.headers.get("Location", "").endswith("/login"):
                visitor = visit("director")
                visitor.open("/me/")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "https://desk.test.evil.example"}, 403),
        ({"Origin": "nonsense://["}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "https://desk.test"}, 303),
        ({}, 303),
    ],
)
def test_a_form_that_another_site_had_sent_is_refused_even_with_its_token(
    headers: dict[str, str], status: int, visit: Visit, here: House
) -> None:
    visitor = visit("counter1")
    visitor.open(FORM)
    data = {**visitor.hidden, **intake()}
    answer = visitor.client.post(FORM, base_url="https://desk.test", data=data, headers=headers)
    assert (answer.status_code, cases(here)) == (status, int(status == 303))
    assert status == 303 or NAME not in answer.text, "and never given back, ready to be sent"


def test_the_webhook_needs_no_origin_of_ours(pages: list[Page], app: Flask) -> None:
    hook = next(page for page in pages if page.endpoint in SIGNED_ELSEWHERE)
    headers = {"Origin": "https://carrier.example"}
    answer = app.test_client().post(hook.path, base_url="https://desk.test", headers=headers)
    assert "不对您的岗位开放" not in answer.text
    assert answer.status_code == 403, "for its signature is missing"


def test_what_was_typed_while_the_session_ran_out_can_be_sent_after_logging_in(
    visit: Visit, here: House, clock: FixedClock
) -> None:
    visitor = visit("counter1")
    visitor.open(FORM)
    clock.at += timedelta(minutes=31)
    given_back = visitor.press(FORM, **intake())
    assert (given_back.status_code, cases(here)) == (400, 0)
    assert given_back.headers["Cache-Control"] == "no-store"
    fields = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', given_back.text)
    typed = {name: [value for other, value in fields if other == name] for name, _ in fields}
    assert typed["applicant_name"] == [NAME]
    assert typed["brought"] == intake()["brought"]

    second_window = Visitor(visitor.client)
    second_window.log_in("counter1")
    visitor.hidden = {}
    answer = visitor.press(FORM, **typed)
    assert (answer.status_code, cases(here)) == (303, 1)


def test_a_secret_is_never_given_back(visit: Visit, clock: FixedClock) -> None:
    visitor = visit("counter1")
    visitor.open("/me/password")
    clock.at += timedelta(minutes=31)
    answer = visitor.press("/me/password", password="geheim-geheim", again="geheim-geheim")
    assert (answer.status_code, "geheim" in answer.text) == (400, False)
