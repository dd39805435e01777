"""顺利的一次，协办: every button about what one window asks of another."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from werkzeug.test import TestResponse

if TYPE_CHECKING:
    from tests.pages.happy_paths import Hall

#: asked of the enterprise window, whose agent answers; or of a body outside
WINDOW, BODY = {"window": "enterprise"}, {"body": "示例派出所"}
ANSWER = {"opinion": "agree", "words": "情况属实，同意。", "papers": "核查记录1份"}


def asked(hall: Hall, who: dict[str, str]) -> str:
    """Ask for a part of a new case; return the case's number."""
    number = hall.case().rpartition("/")[2]
    page = f"/cases/{number}/joint"
    hall.press("counter1", page, page, days="2", task="请核实用地情况", **who)
    return number


def ask_part(hall: Hall) -> TestResponse:
    page = f"/cases/{hall.case().rpartition('/')[2]}/joint"
    return hall.press("counter1", page, page, days="2", task="请核实用地情况", **WINDOW)


def on_a_part(
    button: str, who: dict[str, str], username: str, **typed: str
) -> Callable[[Hall], TestResponse]:
    """Press a button about a part of a case that was asked of somebody."""

    def press(hall: Hall) -> TestResponse:
        number = asked(hall, who)
        page = f"/cases/{number}/{'assist' if username == 'agent' else 'joint'}"
        shown = hall.browser(username).open(page).text
        action = re.findall(rf'action="({page}/[0-9]+/{button})"', shown)[-1]
        return hall.press(username, page, action, **typed)

    return press


JOINT = {
    "cases.ask_part": ask_part,
    "cases.note_part": on_a_part("answer", BODY, "counter1", gave="示例民警", **ANSWER),
    "cases.drop_part": on_a_part("drop", WINDOW, "counter1", reason="对方停电，改由本窗口核实"),
    "cases.take_part": on_a_part("take", WINDOW, "agent"),
    "cases.answer_part": on_a_part("answer", WINDOW, "agent", **ANSWER),
}
