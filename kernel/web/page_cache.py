"""公开页缓存: public pages, rendered once per edition, answered before Flask wakes up.

The key is the editions the pages are made from, the civil day, the path and the text size:
cleared by what changed, never by age. Cached pages carry no cookie and no token.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import local
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from sqlalchemy.exc import SQLAlchemyError
from werkzeug.http import parse_cookie

from kernel.clock import town_day
from kernel.editions import editions
from kernel.web.house import House

LARGE_COOKIE = "large"
#: what a page cannot depend on and still be the same for everybody
PRIVATE_HEADERS = frozenset({"set-cookie", "vary"})
SET_HERE = frozenset({"content-length", "etag", "cache-control"})
MOST_PAGES = 8000


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it goes out: plain and compressed, with its validator."""

    etag: str
    plain: tuple[list[tuple[str, str]], bytes]
    packed: tuple[list[tuple[str, str]], bytes]


class EditionWatch:
    """Says whether anything in the editions moved, without asking for them each time.

    SQLite's `data_version` changes when another connection has written; only then are the
    edition numbers read. Elsewhere they are read each time.
    """

    def __init__(self, here: House) -> None:
        self._here = here
        self._mine = local()

    def stamp(self) -> tuple[Any, ...]:
        """Return what changes exactly when a public page may have changed."""
        day = town_day(self._here.now())
        if self._here.database.engine.dialect.name != "sqlite":
            return (day, self._read())
        mine = self._mine
        if not hasattr(mine, "cursor"):
            # held for good: on a connection that also writes, its own writes go unseen
            mine.connection = self._here.database.engine.raw_connection()
            mine.cursor = mine.connection.cursor()
            mine.version, mine.editions = None, ()
        version = mine.cursor.execute("PRAGMA data_version").fetchone()[0]
        if version != mine.version:
            mine.version, mine.editions = version, self._read()
        return (day, mine.editions)

    def _read(self) -> tuple[tuple[str, int], ...]:
        with self._here.reading() as session:
            return tuple(sorted((str(name), n) for name, n in editions(session).items()))


class PageCache:
    """A WSGI application in front of another: answers the public pages it has kept."""

    def __init__(self, app: WSGIApplication, here: House, is_public: Callable[[str], bool]) -> None:
        self._app, self._is_public = app, is_public
        self._watch = EditionWatch(here)
        self._stamp: tuple[Any, ...] = ()
        self._kept: dict[tuple[str, bool], KeptPage] = {}

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer from what was kept, or ask the application and keep its answer."""
        path = environ.get("PATH_INFO", "")
        plain_get = environ["REQUEST_METHOD"] == "GET" and not environ.get("QUERY_STRING")
        if not plain_get or not self._is_public(path):
            return self._app(environ, start)
        try:
            stamp = self._watch.stamp()
        except SQLAlchemyError:  # the application has words for it
            return self._app(environ, start)
        if stamp != self._stamp:
            self._stamp, self._kept = stamp, {}
        cookies = environ.get("HTTP_COOKIE", "")
        is_large = LARGE_COOKIE in cookies and parse_cookie(cookies).get(LARGE_COOKIE) == "1"
        key = (path, is_large)
        page = self._kept.get(key)
        if page is None:
            return self._ask(key, environ, start)
        return _send(page, environ, start)

    def _ask(
        self, key: tuple[str, bool], environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        answer: list[Any] = []

        def remember(status: str, headers: list[tuple[str, str]], info: Any = None) -> Any:
            answer[:] = [status, headers]
            return lambda _: None

        kept = self._kept
        # compressed once here, not there
        plainly = {**environ, "HTTP_ACCEPT_ENCODING": ""}
        body = b"".join(self._app(plainly, remember))
        status, headers = answer
        if _is_private(headers) or not status.startswith("200"):
            start(status, headers)
            return [body]
        page = _keep(headers, body)
        if len(kept) < MOST_PAGES:
            kept[key] = page
        return _send(page, environ, start)


def _is_private(headers: list[tuple[str, str]]) -> bool:
    """Say whether a page was made for one person: it sets a cookie, or asks not to be stored."""
    return any(
        name.lower() in PRIVATE_HEADERS or (name.lower(), value) == ("cache-control", "no-store")
        for name, value in headers
    )


def _keep(headers: list[tuple[str, str]], body: bytes) -> KeptPage:
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    common = [
        *((name, value) for name, value in headers if name.lower() not in SET_HERE),
        ("ETag", etag),
        ("Cache-Control", "no-cache"),
        ("Vary", "Accept-Encoding, Cookie"),
    ]
    packed = gzip.compress(body, 9, mtime=0)
    return KeptPage(
        etag,
        ([*common, ("Content-Length", str(len(body)))], body),
        (
            [*common, ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))],
            packed,
        ),
    )


def _send(page: KeptPage, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    if environ.get("HTTP_IF_NONE_MATCH") == page.etag:
        start("304 Not Modified", [("ETag", page.etag), ("Cache-Control", "no-cache")])
        return []
    headers, body = page.packed if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else page.plain
    start("200 OK", list(headers))
    return [body]
