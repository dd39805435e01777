"""Fixtures of the page tests: an application with a case in it, and all its addresses."""

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from kernel.web.house import House
from tests.conftest import KINDS
from tests.pages.every_page import Page, every_page, places

both_databases = pytest.mark.parametrize("kind", KINDS, indirect=True)


@pytest.fixture(params=["sqlite"])
def kind(request: pytest.FixtureRequest) -> str:
    """Walk pages on SQLite; where the database matters, a test asks for both."""
    return str(request.param)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Keep what templates compile to: a test would spend half its time on that again."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(app: Flask, compiled: FileSystemBytecodeCache) -> Flask:
    """Return the application standing in the test's own town."""
    app.jinja_env.bytecode_cache = compiled
    return app


@pytest.fixture
def known(here: House) -> dict[str, str]:
    """Return a value for each argument an address may have; one case is registered."""
    return places(here)


@pytest.fixture
def pages(app: Flask, known: dict[str, str]) -> list[Page]:
    """Return every route of the application."""
    return every_page(app, known)
