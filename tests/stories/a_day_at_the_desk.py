"""一天的值日: a page of the duty log with an entry on it, and a draft of next year's notice."""

import re

from flask import Flask

from tests.a_notice import INVENTED_2027
from tests.builders import Visitor
from tests.pages.happy_calendar import PASTED

LOG_PAGE = "/log/<int:year>/<int:leaf>"


def spend_a_day(app: Flask) -> dict[str, list[str]]:
    """Let a leader write the log and the director paste a notice; return where to look."""
    leader, director = Visitor(app.test_client()), Visitor(app.test_client())
    leader.log_in("leader2")
    leader.open("/log/")
    assert leader.press("/log/take-over", reason="").status_code == 303
    leader.open("/log/")
    written = leader.press(
        "/log/entries", kind="call", content="示例县防汛办来电：今夜有雨", open="1"
    )
    assert written.status_code == 303, written.text
    director.log_in("director")
    director.open(PASTED)
    pasted = director.press(PASTED, text=INVENTED_2027)
    assert pasted.status_code == 303, pasted.text
    draft = re.findall(r"/cases/calendar/(\d+)", pasted.headers["Location"])
    return {"draft_id": draft, "entry": ["1"], "template": ["completed", "emergency"]}
