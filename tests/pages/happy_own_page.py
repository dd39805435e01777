"""顺利的一次: the buttons of an enterprise's own page, and of who keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from werkzeug.test import TestResponse

from desk.windows.enterprise.actions import own_page, projects
from desk.windows.enterprise.queries.own_page import code_of
from desk.windows.enterprise.queries.projects import errand
from tests.actions.a_project import Walked
from tests.pages.happy_enterprise import HOME, begun, of_enterprise, of_project

if TYPE_CHECKING:  # the table of all presses has these in it
    from tests.pages.happy_paths import Hall


def opened(walked: Walked) -> str:
    """Open an enterprise's page; return its address."""
    row = own_page.issue(walked.session, walked.enterprise, walked.agent, walked.here.now())
    return f"/e/{code_of(walked.session, row)}"


def over(walked: Walked) -> None:
    """Let a project need nothing any more."""
    for row in walked.road.rows:
        one = errand(walked.session, walked.project, row.errand.key)
        now = walked.here.now()
        projects.leave_out(walked.session, walked.road, one, "示例：不涉及", walked.agent, now)


def on_its_page(
    button: str,
    prepare: Callable[[Walked], object] = lambda walked: None,
    on: str = "",
    **typed: object,
) -> Callable[[Hall], TestResponse]:
    """Press a button on an enterprise's own page, as somebody who holds its code."""

    def press(hall: Hall) -> TestResponse:
        places: list[str] = []

        def ready(walked: Walked) -> None:
            prepare(walked)
            places.extend([opened(walked), f"{walked.project.id}"])

        begun(hall, ready)
        page, number = places
        return hall.press("", f"{page}{on}", f"{page}/{number}/{button}", **typed)

    return press


def complain(hall: Hall) -> TestResponse:
    places: list[str] = []
    begun(hall, lambda walked: places.append(opened(walked)))
    said = {"about": "window", "words": "示例：两周没有回音"}
    return hall.press("", f"{places[0]}/say", f"{places[0]}/complain", **said)


def export_sheet(hall: Hall) -> TestResponse:
    begun(hall)
    return hall.press("agent", f"{HOME}/", f"{HOME}/sheets/projects.xlsx")


OWN_PAGE: dict[str, Callable[[Hall], TestResponse]] = {
    "own_page.write": on_its_page("message", words="示例：图纸什么时候要？"),
    "own_page.rate": on_its_page("rate", over, level="good", why="示例：快"),
    "own_page.tell": on_its_page("obstacle", on="/say", kind="water", words="示例：水没接"),
    "own_page.complain": complain,
    "enterprise.issue_page": of_enterprise("/page"),
    "enterprise.export_sheet": export_sheet,
    "enterprise.answer_message": of_project("/messages", words="示例：下周一"),
}


def of_open_page(path: str) -> Callable[[Hall], TestResponse]:
    def press(hall: Hall) -> TestResponse:
        page, _ = begun(hall, opened)
        return hall.press("agent", page, f"{page}/{path}")

    return press


def see_messages(hall: Hall) -> TestResponse:
    def written(walked: Walked) -> None:
        own_page.write(walked.session, walked.project, "示例", None, walked.here.now())

    _, page = begun(hall, written)
    return hall.press("agent", page, f"{page}/messages/seen")


OWN_PAGE |= {
    "enterprise.close_page": of_open_page("page/close"),
    "enterprise.page_slip": of_open_page("page.pdf"),
    "enterprise.see_messages": see_messages,
}
