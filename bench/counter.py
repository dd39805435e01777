"""窗口: a clerk at the counter, who logs in, opens intake forms and presses 受理."""

import re
from collections.abc import Sequence

from bench.browser import Answer, Browser
from kernel.staff.rules import SAMPLE_PASSWORD
from tests.builders import HERE, mobile, person, resident_number

FORM = f"/windows/general/new/{HERE}"
ACCOUNTS = ("counter1", "counter2")
_NUMBER = re.compile(r"/cases/([ZQCX]\d\d-\d+-\d)")
_PAPER = re.compile(rb'name="brought" value="(\d+)"')


class CouldNotEnter(RuntimeError):
    """The door stayed shut: nothing can be measured behind it."""


def clerks(port: int, how_many: int) -> list[Browser]:
    """Return the browsers of clerks who have logged in; who shares an account shares a session.

    The door counts tries, so it is knocked at once an account and not once a clerk.
    """
    entered = [_enter(port, account) for account in ACCOUNTS[:how_many]]
    return [_same_session(port, entered[place % len(entered)]) for place in range(how_many)]


def intake(browser: Browser, serial: int) -> bytes:
    """Open an intake form and fill it in for the `serial`-th invented person."""
    page = browser.get(FORM)
    return browser.filled_in(FORM, fields(serial, _PAPER.findall(page.body)))


def fields(serial: int, papers: Sequence[bytes]) -> dict[str, str | list[str]]:
    """Return what the clerk types and ticks."""
    return {
        "applicant_name": person().name,
        "applicant_phone": mobile(serial),
        "applicant_document_kind": "resident_id",
        "applicant_document_number": resident_number(serial % 1000, _birthday(serial)),
        "brought": [paper.decode() for paper in papers],
        "answer": "accept",
    }


def number_of(answer: Answer) -> str:
    """Return the case number that an answer sends to: from then on it is a promise."""
    found = _NUMBER.search(answer.location) if answer.code == 303 else None
    return found[1] if found else ""


def _enter(port: int, account: str) -> Browser:
    browser = Browser(port)
    browser.get("/login")
    answer = browser.post("/login", {"username": account, "password": SAMPLE_PASSWORD})
    browser.hang_up()
    if answer.code != 303:
        raise CouldNotEnter(answer.code)
    return browser


def _same_session(port: int, entered: Browser) -> Browser:
    browser = Browser(port)
    browser.cookies = dict(entered.cookies)
    return browser


def _birthday(serial: int) -> str:
    """Return another birthday for each thousand people, so that no two numbers are the same."""
    place = serial // 1000
    return f"{1940 + place // 336 % 60}{place // 28 % 12 + 1:02d}{place % 28 + 1:02d}"
