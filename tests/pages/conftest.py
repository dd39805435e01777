"""Fixtures of the page tests: an application with a case in it, and all its addresses."""

import pytest
from flask import Flask

from kernel.web.house import House
from tests.conftest import KINDS
from tests.pages.every_page import Page, every_page, places

both_databases = pytest.mark.parametrize("kind", KINDS, indirect=True)


@pytest.fixture(params=["sqlite"])
def kind(request: pytest.FixtureRequest) -> str:
    """Walk pages on SQLite; where the database matters, a test asks for both."""
    return str(request.param)


@pytest.fixture
def known(here: House) -> dict[str, str]:
    """Return a value for each argument an address may have; one case is registered."""
    return places(here)


@pytest.fixture
def pages(app: Flask, known: dict[str, str]) -> list[Page]:
    """Return every route of the application."""
    return every_page(app, known)
