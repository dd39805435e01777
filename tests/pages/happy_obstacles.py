"""顺利的一次: what comes in a project's way: obstacles, meetings, spending, complaints, days."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from werkzeug.test import TestResponse

from desk.windows.enterprise.actions import complaints, meetings, obstacles, spending
from desk.windows.enterprise.actions.complaints import Complained
from desk.windows.enterprise.actions.obstacles import Raised
from desk.windows.enterprise.queries.complaints import complaint
from desk.windows.enterprise.records import Meeting, Obstacle, Spending
from desk.windows.enterprise.rules.complaints import ComplaintAbout
from desk.windows.enterprise.rules.meetings import Agreed, Minutes
from desk.windows.enterprise.rules.obstacles import ObstacleKind
from desk.windows.enterprise.rules.spending import Spent
from tests.actions.a_project import Walked
from tests.builders import clerk
from tests.pages.happy_enterprise import HOME, begun

if TYPE_CHECKING:  # the table of all presses has these in it
    from tests.pages.happy_paths import Hall


def an_obstacle(walked: Walked, key: str = "", words: str = "示例：三个村争水管走向") -> Obstacle:
    """Raise something that stands in the way."""
    session, hall = walked.session, walked.here.hall(walked.session)
    told = Raised(ObstacleKind.WATER, words, key)
    now = walked.here.now()
    return obstacles.raise_obstacle(session, walked.project, told, walked.agent, now, hall)


def a_meeting(walked: Walked, *moved: Obstacle) -> Meeting:
    """Write the minutes of a meeting."""
    agreed = (Agreed("示例水务站", "改走村道北侧", walked.here.today()),)
    ids = tuple(one.id for one in moved)
    told = Minutes(walked.here.today(), "示例乡会议室", "示例三村、企业、水务站", agreed, ids)
    now = walked.here.now()
    return meetings.write_minutes(walked.session, walked.project, told, walked.agent, now)


def a_payment(walked: Walked, fen: int = 890_000_00) -> Spending:
    """Note what the town paid."""
    told = Spent(fen, walked.here.today(), "示例：10千伏专线", "示例乡", "示例供电所", "示例1号")
    now = walked.here.now()
    return spending.spend(walked.session, walked.project, told, walked.agent, now)


def a_complaint(walked: Walked, told: Complained | None = None) -> str:
    """Take a complaint down; return its number."""
    said = told or Complained(ComplaintAbout.BUREAU, "示例：说了三次没人来", bureau="示例供电所")
    session, here = walked.session, walked.here
    actor, hall = walked.agent, here.hall(session)
    return complaints.complain(session, walked.enterprise, said, actor, here.now(), hall).number


def of_obstacle(button: str, *, is_closed: bool = False, **typed: object) -> Press:
    """Press a button of an obstacle."""

    def press(hall: Hall) -> TestResponse:
        found: list[int] = []

        def prepare(walked: Walked) -> None:
            row = an_obstacle(walked)
            found.append(row.id)
            if is_closed:
                now = walked.here.now()
                obstacles.close(walked.session, row, "示例：已改线", walked.agent, now)

        _, page = begun(hall, prepare)
        page = f"{page}/obstacles"
        return hall.press("agent", page, f"{page}/{found[0]}/{button}", **typed)

    return press


def on_the_page(part: str, **typed: object) -> Press:
    """Fill in the form at the end of one of a project's pages."""

    def press(hall: Hall) -> TestResponse:
        _, page = begun(hall)
        return hall.press("agent", f"{page}/{part}", f"{page}/{part}", **typed)

    return press


def strike(hall: Hall) -> TestResponse:
    found: list[int] = []
    _, page = begun(hall, lambda walked: found.append(a_payment(walked).id))
    page = f"{page}/spending"
    return hall.press("agent", page, f"{page}/{found[0]}/strike", reason="示例：记重了")


def complain(hall: Hall) -> TestResponse:
    page, _ = begun(hall)
    page = f"{page}/complaints"
    return hall.press("agent", page, page, about="window", words="示例：办得慢")


def of_complaint(button: str, *, is_answered: bool = False, **typed: object) -> Press:
    """Press a button of a complaint."""

    def press(hall: Hall) -> TestResponse:
        numbers: list[str] = []

        def prepare(walked: Walked) -> None:
            number, session = a_complaint(walked), walked.session
            numbers.append(number)
            if is_answered:
                head = clerk(session, "head")
                found = complaint(session, number, head)
                complaints.answer(session, found, "示例答复", head, walked.here.now())

        begun(hall, prepare)
        page = f"{HOME}/complaints/{numbers[0]}"
        return hall.press("director", page, f"{page}/{button}", **typed)

    return press


def keep_settings(hall: Hall) -> TestResponse:
    return hall.press("director", f"{HOME}/settings", f"{HOME}/settings", old_days="20")


Press = Callable[["Hall"], TestResponse]
AGREED = {"who_0": "示例水务站", "what_0": "改走村道北侧"}
OBSTACLES: dict[str, Press] = {
    "enterprise.raise_obstacle": on_the_page("obstacles", words="示例：没有水"),
    "enterprise.give_obstacle": of_obstacle("give"),
    "enterprise.close_obstacle": of_obstacle("close", outcome="示例：已通水"),
    "enterprise.reopen_obstacle": of_obstacle("reopen", is_closed=True, reason="示例：又断了"),
    "enterprise.write_minutes": on_the_page("meetings", present="示例三村", **AGREED),
    "enterprise.spend": on_the_page("spending", amount="890000", purpose="示例专线"),
    "enterprise.strike": strike,
    "enterprise.complain": complain,
    "enterprise.answer_complaint": of_complaint("answer", answer="示例：已核查"),
    "enterprise.close_complaint": of_complaint("close", is_answered=True, is_checked="1"),
    "enterprise.keep_settings": keep_settings,
}
