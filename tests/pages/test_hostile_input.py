"""恶意输入: whatever is sent to whichever address, the answer is a page and never a breakdown."""

import random
import re
from collections.abc import Callable, Iterator
from secrets import token_hex
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kernel.staff import actions
from kernel.staff.actions import Browser
from kernel.staff.queries import by_username
from kernel.web.house import House
from tests.builders import BASE, Visitor
from tests.pages.conftest import both_databases
from tests.pages.every_page import Page

Visit = Callable[[str], Visitor]
SEED = 20261122
#: raw, as it stands in an address or a body: a surrogate alone, an overlong form, half a character
BROKEN = [b"\xed\xa0\x80", b"\xc0\xaf", b"\xe7\x8e", b"\xff\xfe", b"\x00", b"a\x00b"]
WORDS = [
    *("", "0", "-1", "1", "2026", "1.5", "1e9", "NaN", "true", "[]", "{}", "null", "on"),
    *("9" * 10, "9" * 20, "9" * 400, "-" + "9" * 20, "２０２６", "²", "٣", "０"),
    *("0001-01-01", "9999-12-31", "9999-12", "0001-01", "2026-02-30", "2026-W01-1", "12/31/2026"),
    *("\u202e倒着写", "零\u200b宽", "𠮷" * 100, "王" * 200, "é" * 2001, "\ue863", "\U0010ffff"),
    *("../../../etc/passwd", "..\\..\\boot.ini", "%00", "%2e%2e%2f", "//evil.example", "/\\evil"),
    *("' OR '1'='1", "1; DROP TABLE staff", "<script>alert(1)</script>", "{{7*7}}", "${7*7}"),
    *("a\r\nSet-Cookie: x=1", "Z26-00001-1", "Z26-00017-5", "0" * 32, "0" * 26, "accept", "refer"),
    *("resident_id", "passport", "990101194001010017", "+8615400000001", "1/2", "*", "()", "--"),
]
KINDS = [
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-7",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=é",
    "multipart/form-data; boundary=x",
    "application/json",
    "text/xml",
    "nonsense",
    "",
]
METHODS = [
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "PROPFIND",
    "GET\u0142",
]
HEADERS: list[dict[str, str]] = [
    {},
    {"Accept": "*/*;q=nonsense"},
    {"Accept-Encoding": "gzip;q=x, br"},
    {"If-None-Match": '"x'},
    {"If-Modified-Since": "yesterday"},
    {"Range": "bytes=9-1"},
    {"Cookie": "__Host-desk=%00; __Host-visitor=.x.; __Host-device=e30.x; large=1"},
    {"X-Forwarded-For": "1,2,3,,"},
    {"Host": "evil.example"},
    {"Host": "[::1"},
    {"User-Agent": "\xff" * 300},
    {"Referer": "\x7f"},
    {"Origin": "http://["},
    {"Content-Length": "nonsense"},
    {"Transfer-Encoding": "chunked"},
]


def is_answered(answer: TestResponse) -> bool:
    """Say whether an answer is none of a breakdown."""
    return answer.status_code < 500


class Attacker:
    """Sends requests that no browser of ours would send; the same ones for the same seed."""

    def __init__(self, seed: int, pages: list[Page], names: list[str]) -> None:
        self.pick = random.Random(seed)
        self.pages = [page for page in pages if not page.path.endswith(".pdf")]
        self.names = names

    def attack(self, visitor: Visitor) -> tuple[str, TestResponse]:
        """Send one request; return what it was, and the answer."""
        page, pick = self.pick.choice(self.pages), self.pick
        method = page.method if pick.random() < 0.8 else pick.choice(METHODS[:-1])
        path = self.spoilt(page.path) if pick.random() < 0.4 else page.path
        query = self.fields() if pick.random() < 0.4 else b""
        body, kind = self.body(visitor.hidden)
        headers = dict(pick.choice(HEADERS)) if pick.random() < 0.3 else {}
        told = f"{method} {path} ? {query[:200]!r} {kind} {body[:300]!r} {headers}"
        answer = visitor.client.open(
            path,
            method=method,
            base_url=BASE,
            query_string=query.decode("latin-1"),
            data=body if method not in {"GET", "HEAD"} else None,
            content_type=kind or None,
            headers=headers,
            buffered=True,
        )
        return told, answer

    def spoilt(self, path: str) -> str:
        """Put something else where an address has a value."""
        parts = path.split("/")
        parts[self.pick.randrange(1, len(parts))] = self.value().decode("latin-1")
        return "/".join(parts)[:3000] or "/"

    def value(self) -> bytes:
        """Return a percent-encoded value."""
        raw = self.pick.choice(BROKEN) if self.pick.random() < 0.2 else b""
        return quote(raw + self.pick.choice(WORDS).encode(), safe="").encode()

    def fields(self) -> bytes:
        """Return some fields under names that forms here have, now and then twice."""
        names = self.pick.choices(
            [*self.names, "q", "a[]", "\x00", "__proto__"], k=self.pick.randint(1, 12)
        )
        return b"&".join(quote(name).encode() + b"=" + self.value() for name in names)

    def body(self, hidden: dict[str, str]) -> tuple[bytes, str]:
        """Return a body and what it says it is; half of them with the token of the form."""
        kind = KINDS[0] if self.pick.random() < 0.8 else self.pick.choice(KINDS)
        token = urlencode(hidden).encode() if self.pick.random() < 0.8 else b""
        return b"&".join((token, self.fields())), kind


def names_of_fields(visitor: Visitor, pages: list[Page]) -> list[str]:
    """Return the names of all fields of all forms somebody can open."""
    found: set[str] = set()
    for page in pages:
        answer = page.ask(visitor.client) if page.is_safe else None
        if answer is not None and answer.mimetype == "text/html":
            found |= set(re.findall(r' name="([^"]+)"', answer.text))
    return sorted(found - {"viewport", "csrf_token", "form_key"})


def let_in(username: str, here: House, app: Flask) -> Visitor:
    """Open a browser for somebody, past the door and whatever was done to the account."""
    visitor = Visitor(app.test_client())
    if username:
        with here.writing() as session:
            staff = by_username(session, username)
            assert staff is not None
            staff.disabled_at = staff.code_until = None
            browser = Browser("attacker", token_hex(20), "")
            token = actions.enter(session, staff, browser, here.now())
        visitor.client.set_cookie("__Host-desk", token, domain="desk.test")
    visitor.open("/me/" if username else "/status")
    return visitor


def breakdowns(here: House, app: Flask, pages: list[Page], number: int) -> Iterator[str]:
    """Yield every request out of `number` whose answer was a breakdown."""
    usernames = ["", "admin", "counter1", "director"]
    browsers = {username: let_in(username, here, app) for username in usernames}
    attacker = Attacker(SEED, pages, names_of_fields(browsers["director"], pages))
    for turn in range(number):
        username = usernames[turn % len(usernames)]
        if turn % 40 < len(usernames):  # some of them log out on the way
            browsers[username] = let_in(username, here, app)
        told, answer = attacker.attack(browsers[username])
        if not is_answered(answer):
            yield f"seed {SEED}, turn {turn}, as {username or 'a stranger'}: {told}"


@both_databases
def test_no_request_ends_in_a_breakdown(here: House, app: Flask, pages: list[Page]) -> None:
    number = 1200 if here.database.engine.dialect.name == "sqlite" else 400
    assert list(breakdowns(here, app, pages, number)) == []


def test_a_page_that_breaks_down_would_be_noticed(visit: Visit, app: Flask) -> None:
    """The control."""

    def toy(number: str) -> str:
        return str(int(number))

    toy.open_to = frozenset({"everyone"})  # type: ignore[attr-defined]
    app.add_url_rule("/toy/<number>", "toy", toy)
    visitor = visit("")
    attacker = Attacker(SEED, [Page("toy", "GET", "/toy/1")], ["q"])
    answers = [attacker.attack(visitor)[1] for _ in range(30)]
    assert not all(is_answered(answer) for answer in answers)


SIZES: dict[str, bytes] = {
    "a field of a megabyte": b"text=" + b"x" * 1_000_000,
    "a name of a megabyte": b"x" * 1_000_000 + b"=1",
    "ten thousand fields": b"&".join(b"a%d=1" % number for number in range(10_000)),
    "one field ten thousand times": b"&".join(b"brought=1" for _ in range(10_000)),
    "five megabytes": b"x" * 5_000_000,
    "nothing but separators": b"&" * 100_000,
}


@pytest.mark.parametrize("username", ["", "director"])
@pytest.mark.parametrize("body", SIZES.values(), ids=SIZES)
def test_too_much_is_answered_before_it_hurts(
    body: bytes, username: str, here: House, app: Flask, known: dict[str, str]
) -> None:
    visitor = let_in(username, here, app)
    token = urlencode({"csrf_token": visitor.hidden["csrf_token"]}).encode()
    for path in (f"/windows/general/cases/{known['number']}/note", "/status", "/login"):
        for kind in (KINDS[0], "multipart/form-data; boundary=x", "text/plain"):
            answer = visitor.client.post(
                path, base_url=BASE, data=token + b"&" + body, content_type=kind
            )
            assert 400 <= answer.status_code < 500, (path, kind)
            assert len(answer.data) < 2_500_000


def test_a_thousand_parts_are_too_many(visit: Visit) -> None:
    visitor = visit("")
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    answer = visitor.client.post(
        "/status",
        base_url=BASE,
        data=part * 1001 + b"--x--",
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "name", ["名" * 100, "阿卜杜·买买提" * 14, "\ue863\U00030000𠮷", 'O\'Neill "甲" & 乙']
)
def test_a_long_or_rare_name_is_taken_in(name: str, visit: Visit) -> None:
    clerk = visit("counter1")
    form = "/windows/general/new/BM-005"
    clerk.open(form)
    taken = clerk.press(
        form, answer="notice", applicant_name=name, applicant_document_kind="none", brought=[]
    )
    assert taken.status_code == 303
    assert clerk.follow(taken).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["名" * 101, "名" * 200, "甲\x00乙", "甲\u202e乙", "甲\u200b乙", "甲\n乙", "<甲>", "", "   "],
)
def test_a_name_that_nobody_has_is_refused_beside_its_field(name: str, visit: Visit) -> None:
    clerk = visit("counter1")
    form = "/windows/general/new/BM-005"
    clerk.open(form)
    answer = clerk.press(form, answer="notice", applicant_name=name, applicant_document_kind="none")
    assert answer.status_code == 422
    assert 'id="wrong-applicant_name"' in answer.text


def questions() -> Iterator[str]:
    """Yield malformed questions to the calculator."""
    good = {"accepted_on": "2026-03-02", "days": "20", "unit": "working"}
    for name in good:
        for word in WORDS:
            if not (name == "days" and word in {"0", "1", "2026"}):
                yield urlencode({**good, name: word})
        yield urlencode({key: value for key, value in good.items() if key != name})
        for raw in BROKEN:
            yield urlencode({key: value for key, value in good.items() if key != name}) + (
                f"&{name}=" + quote(raw)
            )
    yield ""
    yield urlencode({**good, "days": "9" * 5000})
    yield urlencode({**good, "days": "3651"})
    yield urlencode({**good, "accepted_on": "2003-12-31"})
    yield urlencode({**good, "unit": "WORKING"})


def test_the_calculator_answers_every_malformed_question_with_a_sentence(visit: Visit) -> None:
    stranger = visit("")
    asked = list(questions())
    assert len(asked) > 150
    for question in asked:
        answer = stranger.client.get("/api/deadline", query_string=question, base_url=BASE)
        assert (answer.status_code, answer.mimetype) == (422, "application/problem+json"), question
        assert answer.json is not None
        assert re.search("[\u4e00-\u9fff]", answer.json["detail"]), question
        page = stranger.client.get("/deadline", query_string=question, base_url=BASE)
        assert page.status_code in {200, 422}, question


@pytest.mark.parametrize("days", [0, 1, 3650])
def test_a_sound_question_is_answered(days: int, visit: Visit) -> None:
    """The control."""
    question = f"accepted_on=2026-03-02&days={days}&unit=calendar"
    answer = visit("").client.get(f"/api/deadline?{question}", base_url=BASE)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["due_on"] >= "2026-03-02"


@pytest.mark.parametrize("path", ["/api/nothing", "/api/deadline/", "/api/", "/api/%00"])
def test_an_interface_that_is_none_says_so_in_words(path: str, visit: Visit) -> None:
    for method in ("GET", "POST", "DELETE"):
        answer = visit("").client.open(path, method=method, base_url=BASE)
        assert answer.mimetype == "application/problem+json"
        assert answer.json is not None
        assert answer.json["detail"]
        assert 400 <= answer.status_code < 500
