"""Every route of the application as an address that leads somewhere, for the tests that walk.

A walk covers what `url_map` holds, not what somebody remembered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from desk.cases.actions.register import lookup_code
from desk.cases.queries import by_number
from kernel.staff.queries import by_username
from kernel.web.house import House
from kernel.work.actions import ask
from tests.builders import BASE, HERE, a_case, clerk

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: who is done to in the addresses of the staff pages: somebody whom no other test logs in
DONE_TO = "cashier"


@dataclass(frozen=True, slots=True)
class Page:
    """One route under one method."""

    endpoint: str
    method: str
    path: str

    @property
    def is_safe(self) -> bool:
        """Say whether the method promises to change nothing."""
        return self.method in SAFE

    def ask(self, client: FlaskClient, **typed: str | list[str]) -> TestResponse:
        """Ask for the page, with these fields when it is a form."""
        data = None if self.is_safe else typed
        return client.open(self.path, method=self.method, base_url=BASE, data=data, buffered=True)


def places(here: House) -> dict[str, str]:
    """Register a case, and return what to put for each argument of an address."""
    with here.writing() as session:
        number = a_case(here, session, here.now()).number
        asked = (clerk(session), here.now())
        work = ask(session, "cards", "示例打印", {}, asked).uuid
    with here.reading() as session:
        case, staff = by_number(session, number), by_username(session, DONE_TO)
        assert case is not None
        assert staff is not None
        return {
            "number": number,
            "item": HERE,
            "code": lookup_code(session, case),
            "section": case.item.section,
            "staff_id": str(staff.id),
            "year": "2026",
            "template": "receipt",
            "work": work,
            "uuid": "0" * 32,
            "signature": "unsigned",
            "filename": "desk.css",
        }


def every_page(app: Flask, known: Mapping[str, str]) -> list[Page]:
    """Return every route with each of its methods, HEAD and OPTIONS aside."""
    return sorted(_pages(app, known), key=lambda page: (page.endpoint, page.method))


def _pages(app: Flask, known: Mapping[str, str]) -> Iterator[Page]:
    adapter = app.url_map.bind("desk.test", url_scheme="https")
    for rule in app.url_map.iter_rules():
        values = {name: known.get(_place(rule, name), "1") for name in rule.arguments}
        path = adapter.build(rule.endpoint, values)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Page(rule.endpoint, method, path)


def _place(rule: Rule, argument: str) -> str:
    """Return what an argument means: a `code` is an item's, but on a slip it is the case's."""
    if argument == "code" and not rule.rule.lower().startswith("/c/"):
        return "item"
    return "work" if argument == "uuid" and rule.endpoint.startswith("work.") else argument
