"""顺利的一次: the buttons of the working calendar, its notices and the opening days."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sqlalchemy as sa
from werkzeug.test import TestResponse

from kernel.calendar.actions.opening import set_day
from kernel.calendar.records import CalendarDay, CalendarDraft, CalendarYear
from kernel.calendar.rules import ONE_DAY
from kernel.calendar.rules.notices import DraftStage
from kernel.calendar.rules.opening import Opening
from tests.a_notice import INVENTED_2027
from tests.builders import clerk

if TYPE_CHECKING:  # the table of all presses has these in it
    from tests.pages.happy_paths import Hall

PASTED, TYPED, OPENING = "/cases/calendar/pasted", "/cases/calendar/typed", "/calendar/opening"
ROWS = {
    "first1": "2027-01-01",
    "first2": "2027-02-05",
    "last2": "2027-02-11",
    "first3": "2027-04-05",
    "first4": "2027-05-01",
    "last4": "2027-05-05",
    "makeup4a": "2027-05-08",
    "first5": "2027-06-09",
    "first6": "2027-09-15",
    "first7": "2027-10-01",
    "last7": "2027-10-07",
}


def pasted(hall: Hall) -> TestResponse:
    _give_up_drafts(hall)
    return hall.press("director", PASTED, PASTED, text=INVENTED_2027)


def typed(hall: Hall) -> TestResponse:
    _give_up_drafts(hall)
    return hall.press("director", TYPED, TYPED, year="2027", number="示例号", **ROWS)


def packaged(hall: Hall) -> TestResponse:
    _give_up_drafts(hall)
    with hall.here.writing() as session:
        session.execute(sa.delete(CalendarDay).where(CalendarDay.year == 2026))
        session.execute(sa.delete(CalendarYear).where(CalendarYear.year == 2026))
    return hall.press("director", "/cases/calendar", "/cases/calendar/packaged/2026")


def on_a_draft(button: str) -> Callable[[Hall], TestResponse]:
    def press(hall: Hall) -> TestResponse:
        page = pasted(hall).headers["Location"]
        return hall.press("director", page, f"{page}/{button}")

    return press


def another_day(hall: Hall) -> TestResponse:
    day = str(hall.here.today() + ONE_DAY)
    return hall.press("director", OPENING, f"{OPENING}/days", day=day, is_open="0")


def usual_day(hall: Hall) -> TestResponse:
    day = hall.here.today() + ONE_DAY * 2
    with hall.here.writing() as session:
        set_day(session, day, Opening(False), clerk(session, "admin"), hall.here.now())
    return hall.press("director", OPENING, f"{OPENING}/days/{day}/clear")


def _give_up_drafts(hall: Hall) -> None:
    with hall.here.writing() as session:
        session.execute(sa.update(CalendarDraft).values(stage=DraftStage.DISCARDED))


CALENDAR: dict[str, Callable[[Hall], TestResponse]] = {
    "case_calendar.take_pasted": pasted,
    "case_calendar.take_typed": typed,
    "case_calendar.take_packaged": packaged,
    "case_calendar.apply": on_a_draft("apply"),
    "case_calendar.discard": on_a_draft("discard"),
    "office_calendar.set_week": lambda hall: hall.press(
        "director", OPENING, f"{OPENING}/week", weekdays=["0", "1", "2"]
    ),
    "office_calendar.set_day": another_day,
    "office_calendar.clear_day": usual_day,
}
