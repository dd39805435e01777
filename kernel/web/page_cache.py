"""公开页缓存: public pages, rendered once per edition, answered before Flask wakes up.

The key is the editions the pages are made from, the civil day and its part (who is on duty
changes with it), the path and the text size: cleared by what changed, never by age. Cached pages
carry no cookie and no token. A slip's page is kept only until anything at all is written.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from threading import Lock
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from sqlalchemy import PoolProxiedConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.http import parse_cookie

from kernel.clock import town_time
from kernel.editions import editions
from kernel.web.house import House

LARGE_COOKIE = "large"
#: in the name of the cookie that staff carry: their pages are not a villager's
STAFF_COOKIE = "desk="
#: what a page cannot depend on and still be the same for everybody
PRIVATE_HEADERS = frozenset({"set-cookie", "vary"})
SET_HERE = frozenset({"content-length", "etag", "cache-control"})
MOST_PAGES = 8000
MOST_SLIPS = 500


#: the times of day at which public pages change without anything being written, midnight aside
TurnsAt = Callable[[Session], tuple[time, ...]]


def only_at_midnight(_: Session) -> tuple[time, ...]:
    """Return no time of day."""
    return ()


#: the path, and whether the letters are large
PageKey = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it goes out: plain and compressed, with its validator."""

    etag: str
    plain: tuple[list[tuple[str, str]], bytes]
    packed: tuple[list[tuple[str, str]], bytes]


@dataclass(frozen=True, slots=True)
class Known:
    """What was read when something was last written."""

    editions: tuple[tuple[str, int], ...]
    turns_at: tuple[time, ...]

    def part_of(self, moment: datetime) -> tuple[Any, ...]:
        """Return the civil day, and how many of its turns are past."""
        local = town_time(moment)
        return (local.date(), sum(turn <= local.time() for turn in self.turns_at))


class EditionWatch:
    """Says whether anything in the editions moved, without asking for them each time.

    SQLite's `data_version` changes when another connection has written; only then are the
    edition numbers read. Elsewhere they are read each time.
    """

    def __init__(self, here: House, turns_at: TurnsAt = only_at_midnight) -> None:
        self._here, self._turns_at = here, turns_at
        self._one_at_a_time = Lock()
        self._connection: PoolProxiedConnection | None = None
        self._version, self._known = 0, Known((), ())
        self.sees_every_write = here.database.engine.dialect.name == "sqlite"

    def stamp(self) -> tuple[Any, ...]:
        """Return what changes exactly when a public page may have changed."""
        known = self._seen()[1] if self.sees_every_write else self._read()
        return (*known.part_of(self._here.now()), known.editions)

    def every_write(self) -> tuple[Any, ...]:
        """Return what changes whenever anything was written; only where `sees_every_write`."""
        version, known = self._seen()
        return (*known.part_of(self._here.now()), version)

    def _seen(self) -> tuple[int, Known]:
        """Return the number of the last write, and what was read after it.

        One connection asks for all threads: each counts for itself, so that the same number
        of two connections is not the same moment.
        """
        with self._one_at_a_time:
            if self._connection is None:
                # held for good: on a connection that also writes, its own writes go unseen
                self._connection = self._here.database.engine.raw_connection()
            asked = self._connection.cursor().execute("PRAGMA data_version")
            version = int(asked.fetchone()[0])
            if version != self._version:
                self._known = self._read()
                self._version = version
            return version, self._known

    def _read(self) -> Known:
        with self._here.reading() as session:
            numbers = sorted((str(name), n) for name, n in editions(session).items())
            return Known(tuple(numbers), self._turns_at(session))


class Shelf:
    """Pages that hold for one stamp, and how many of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._stamp: tuple[Any, ...] = ()
        self._kept: dict[PageKey, KeptPage] = {}

    def at(self, stamp: tuple[Any, ...]) -> dict[PageKey, KeptPage]:
        """Return what holds now: nothing, once the stamp is another."""
        if stamp != self._stamp or len(self._kept) >= self._most:
            self._stamp, self._kept = stamp, {}
        return self._kept


class PageCache:
    """A WSGI application in front of another: answers the public pages it has kept."""

    def __init__(
        self,
        app: WSGIApplication,
        here: House,
        is_public: Callable[[str], bool],
        is_slip: Callable[[str], bool],
        turns_at: TurnsAt = only_at_midnight,
    ) -> None:
        self._app, self._is_public, self._is_slip = app, is_public, is_slip
        self._watch = EditionWatch(here, turns_at)
        self._pages, self._slips = Shelf(MOST_PAGES), Shelf(MOST_SLIPS)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer from what was kept, or ask the application and keep its answer."""
        path, cookies = environ.get("PATH_INFO", ""), environ.get("HTTP_COOKIE", "")
        if environ["REQUEST_METHOD"] != "GET" or environ.get("QUERY_STRING"):
            return self._app(environ, start)
        try:
            kept = self._shelf(path, cookies)
        except SQLAlchemyError:  # the application has words for it
            kept = None
        if kept is None:
            return self._app(environ, start)
        is_large = LARGE_COOKIE in cookies and parse_cookie(cookies).get(LARGE_COOKIE) == "1"
        key = (path, is_large)
        page = kept.get(key)
        if page is None:
            return self._ask(key, kept, environ, start)
        return _send(page, environ, start)

    def _shelf(self, path: str, cookies: str) -> dict[PageKey, KeptPage] | None:
        if self._is_public(path):
            return self._pages.at(self._watch.stamp())
        is_own = self._watch.sees_every_write and self._is_slip(path)
        if is_own and STAFF_COOKIE not in cookies:
            return self._slips.at(self._watch.every_write())
        return None

    def _ask(
        self,
        key: PageKey,
        kept: dict[PageKey, KeptPage],
        environ: WSGIEnvironment,
        start: StartResponse,
    ) -> Iterable[bytes]:
        answer: list[Any] = []

        def remember(status: str, headers: list[tuple[str, str]], info: Any = None) -> Any:
            answer[:] = [status, headers]
            return lambda _: None

        # compressed once here, not there
        plainly = {**environ, "HTTP_ACCEPT_ENCODING": ""}
        body = b"".join(self._app(plainly, remember))
        status, headers = answer
        is_slip = self._is_slip(key[0])
        if not status.startswith("200") or _is_private(headers, may_be_own=is_slip):
            start(status, headers)
            return [body]
        page = _keep(headers, body, is_own=is_slip)
        kept[key] = page
        return _send(page, environ, start)


def _is_private(headers: list[tuple[str, str]], *, may_be_own: bool) -> bool:
    """Say whether a page was made for one person: it sets a cookie, or asks not to be stored.

    A slip's page does ask that, of everybody's browser; whoever has the code may see it.
    """
    return any(
        name.lower() in PRIVATE_HEADERS
        or ((name.lower(), value) == ("cache-control", "no-store") and not may_be_own)
        for name, value in headers
    )


def _keep(headers: list[tuple[str, str]], body: bytes, *, is_own: bool) -> KeptPage:
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    caching = [("Cache-Control", "no-store")] if is_own else [("Cache-Control", "no-cache")]
    common = [
        *((name, value) for name, value in headers if name.lower() not in SET_HERE),
        *caching,
        ("ETag", etag),
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
