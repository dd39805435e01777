"""House rule: a page says who may open it; one that says nothing opens to nobody."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kernel.access import EVERY_ROLE
from kernel.web.doors import EVERYONE
from tests.builders import BASE, Visitor

#: Flask's own view of the style sheets and scripts, which hold nothing of anybody
UNDECLARED = ["static"]
LET_IN = range(200, 300)


@pytest.fixture
def kind() -> str:
    """Ask on one kind of database: doors are hung the same way on both."""
    return "sqlite"


@pytest.fixture
def forgotten(app: Flask) -> Flask:
    """Add a page whose author forgot to say who may open it."""

    def view() -> str:
        return "everything about everybody"

    app.add_url_rule("/forgotten", "forgotten", view, methods=["GET", "POST"])
    return app


def audiences(app: Flask) -> dict[str, frozenset[str]]:
    """Return who may open each view that an address leads to."""
    reachable = {rule.endpoint for rule in app.url_map.iter_rules()}
    return {name: getattr(app.view_functions[name], "open_to", frozenset()) for name in reachable}


def test_every_page_declares_its_audience(app: Flask) -> None:
    assert [name for name, audience in audiences(app).items() if not audience] == UNDECLARED


def test_an_audience_is_everyone_or_made_of_roles(app: Flask) -> None:
    known = {EVERYONE, *EVERY_ROLE}
    odd = {name: audience - known for name, audience in audiences(app).items()}
    assert {name: sorted(unknown) for name, unknown in odd.items() if unknown} == {}


def test_a_page_that_declares_nothing_is_closed_to_a_villager(forgotten: Flask) -> None:
    stranger = forgotten.test_client()
    assert _answer(stranger, "/forgotten") not in LET_IN
    assert stranger.post("/forgotten", base_url=BASE).status_code not in LET_IN


@pytest.mark.parametrize("username", ["admin", "director", "counter1"])
def test_a_page_that_declares_nothing_is_closed_to_all_staff(
    forgotten: Flask, visit: Callable[[str], Visitor], username: str
) -> None:
    assert _answer(visit(username).client, "/forgotten") == 403


def _answer(client: FlaskClient, path: str) -> int:
    return client.get(path, base_url=BASE).status_code
