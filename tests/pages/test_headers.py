"""响应头与页面内容: what every answer tells the browser, and what no page holds."""

import base64
import hashlib
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from tests.builders import BASE, Visitor
from tests.pages.every_page import Page
from tests.pages.inline import inline_in

Visit = Callable[[str], Visitor]
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}
ONLY_OURS = {
    "default-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
ELSEWHERE = ["/nothing", "/windows/general/cases/NOPE", "/api/nothing", "/static/none.css", "/c/x"]


def answers_to(visitor: Visitor, pages: list[Page]) -> dict[str, TestResponse]:
    """Return the answers of every route, and of some addresses that are none."""
    visitor.open(
        "/me/" if visitor.client.get("/me/", base_url=BASE).status_code == 200 else "/login"
    )
    keys = {"csrf_token": visitor.hidden["csrf_token"]}
    found = {f"{page.method} {page.endpoint}": page.ask(visitor.client, **keys) for page in pages}
    found |= {path: visitor.client.get(path, base_url=BASE) for path in ELSEWHERE}
    found["TRACE"] = visitor.client.open("/status", method="TRACE", base_url=BASE)
    found["DELETE"] = visitor.client.delete("/status", base_url=BASE)
    found["too large"] = visitor.client.post("/status", base_url=BASE, data={"a": "x" * 600_000})
    return found


def policy_of(answer: TestResponse) -> dict[str, list[str]]:
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {part[0]: part[1:] for part in parts}


@pytest.mark.parametrize("username", ["", "director", "admin", "village_clerk"])
def test_every_answer_tells_the_browser_to_trust_nobody_else(
    username: str, visit: Visit, pages: list[Page]
) -> None:
    for name, answer in answers_to(visit(username), pages).items():
        told = policy_of(answer)
        assert ONLY_OURS.items() <= told.items(), name
        sources = [source for sources in told.values() for source in sources]
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"} & {*sources}, name
        assert {key: answer.headers.get(key) for key in ALWAYS} == ALWAYS, name


@pytest.mark.parametrize("username", ["", "director", "admin"])
def test_no_page_holds_a_script_or_a_style_of_its_own(
    username: str, visit: Visit, pages: list[Page]
) -> None:
    read = 0
    for name, answer in answers_to(visit(username), pages).items():
        if answer.mimetype == "text/html" and answer.text:
            inline = inline_in(answer.text)
            assert inline.found == [], name
            allowed = policy_of(answer)["style-src"]
            assert all(digest(style) in allowed for style in inline.styles), name
            read += 1
    assert read > 20


def digest(style: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    "page",
    [
        "<p style='color:red'>",
        "<script>1</script>",
        "<script src='https://cdn.example/x.js'></script>",
        "<a href=' java\tscript:alert(1)'>",
        "<b OnClick=x>",
    ],
)
def test_the_reader_of_pages_sees_what_it_looks_for(page: str) -> None:
    assert inline_in(page).found != []


def test_the_browser_may_keep_a_style_sheet(visit: Visit) -> None:
    answer = visit("counter1").client.get("/static/desk.css", base_url=BASE, buffered=True)
    assert answer.headers["Cache-Control"] == "no-cache"
