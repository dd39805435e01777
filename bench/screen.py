"""大厅屏幕一天: a day of the hall's screen in Chromium, hurried, with what it holds hour by hour.

The screen asks every ten seconds. Here its timer runs a thousand times as fast, and the house's
clock goes on ten seconds with every answer: 8,640 answers are a day, through every turnover and
midnight. What a careless script would do, keep each drawing, is done by the control.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from app import create_app
from bench.figures import Figure
from bench.installation import LOOPBACK, sample_town
from kernel.clock import FixedClock, SystemClock
from kernel.web.house import House
from tests.stories.browser import launch

EVERY = timedelta(seconds=10)
AN_HOUR, HOURS = 360, 24
CONTROL_HOURS = 3
#: so often the page is asked how far it is, milliseconds
LOOK_EVERY = 50
#: nodes of a drawing that may not be cleared away yet
A_DRAWING = 100
HURRIED = "const slow = setTimeout; window.setTimeout = (f, ms) => slow(f, ms / 1000);"
CARELESS = """
window.kept = [];
new MutationObserver(all => all.forEach(one => window.kept.push(...one.removedNodes)))
  .observe(document, { subtree: true, childList: true });
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What a page holds, rubbish aside."""

    nodes: int
    listeners: int
    heap: int

    def has_grown_since(self, before: "Held") -> bool:
        """Say whether there is more than a drawing more of it, or a tenth more memory."""
        more = (self.nodes - before.nodes, self.listeners - before.listeners)
        return more[0] > A_DRAWING or more[1] > 0 or self.heap > before.heap * 1.1


def figures() -> list[Figure]:
    """Watch a day; then let the control show that growing would be seen."""
    day, careless = _watched_in_a_town(HOURS, ""), _watched_in_a_town(CONTROL_HOURS, CARELESS)
    if not careless[-1].has_grown_since(careless[0]):
        raise AssertionError("the control keeps every drawing and is not seen to grow")
    first, last = day[0], day[-1]
    since, more = "after its first hour", last.nodes - first.nodes
    kept = careless[-1].nodes - careless[0].nodes
    return [
        Figure("screen: more nodes after a day", more, "", aim=A_DRAWING, at_most=True),
        Figure("screen: memory after a day", last.heap, "B", first.heap, since, 1.1, at_most=True),
        Figure("screen: listeners after a day", last.listeners, "", aim=0, at_most=True),
        Figure(f"control: more nodes after {CONTROL_HOURS} hours", kept, "", aim=A_DRAWING),
    ]


def _watched_in_a_town(hours: int, script: str) -> list[Held]:
    with sample_town() as town, sync_playwright() as playwright:
        known, clock = town.open_house(), FixedClock(SystemClock().now())
        here = House(known.database, clock, known.settings)
        browser = launch(playwright)
        found = watched(browser, create_app(here), clock, [AN_HOUR] * hours, script)
        browser.close()
        known.database.engine.dispose()
    return found


def watched(
    browser: Browser, app: Flask, clock: FixedClock, stretches: list[int], script: str = ""
) -> list[Held]:
    """Keep the screen on, hurried; return what it holds after each stretch of answers."""
    page = browser.new_page()
    page.add_init_script(HURRIED + script)
    answers = Answers(app.wsgi_app, clock)
    app.wsgi_app = answers  # type: ignore[assignment, method-assign]
    found, wanted = [], 0
    with served(app) as server:
        page.goto(f"http://{LOOPBACK}:{server.server_port}/screen")
        for stretch in stretches:
            wanted += stretch
            while answers.given < wanted:
                page.wait_for_timeout(LOOK_EVERY)
            found.append(held(page))
        page.close()
    return found


@dataclass
class Answers:
    """Counts what is told to the screen; with each answer ten seconds pass."""

    whole: Callable[..., Any]
    clock: FixedClock
    given: int = 0

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        """Answer as the hall does."""
        if environ["PATH_INFO"] == "/screen/now":
            self.clock.at += EVERY
            self.given += 1
        return self.whole(environ, start)


def held(page: Page) -> Held:
    """Count what a page holds, after clearing away what nothing refers to."""
    looked = page.context.new_cdp_session(page)
    looked.send("HeapProfiler.collectGarbage")
    counted = looked.send("Memory.getDOMCounters")
    heap = looked.send("Runtime.getHeapUsage")["usedSize"]
    looked.detach()
    return Held(counted["nodes"], counted["jsEventListeners"], int(heap))


class _Quiet(WSGIRequestHandler):
    """Writes no line for every answer of a day."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def served(app: Flask, port: int = 0) -> Iterator[BaseWSGIServer]:
    """Serve the hall from this process, so that its clock can be moved."""
    server = make_server(LOOPBACK, port, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
