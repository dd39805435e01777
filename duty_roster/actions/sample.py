"""示例乡的值班表: invented people, and the months from this one on drawn up and published."""

import csv
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from duty_roster.actions import sheets as sheet_actions
from duty_roster.actions.people import PersonFacts, enter
from duty_roster.queries import sheets
from duty_roster.rules.people import Seat
from duty_roster.rules.sheets import SheetStage
from duty_roster.rules.shifts import Duty, month_after
from kernel.access import HOUSE
from kernel.calendar.rules import WorkingCalendar
from kernel.staff.queries import by_username

SAMPLE = Path(__file__).parents[1] / "sample" / "people.csv"


def keep_sample_duty(
    session: Session, kept: tuple[date, int], now: datetime, calendar: WorkingCalendar
) -> None:
    """Enter the sample town's people; from a day on, draw up and publish so many months."""
    for row in csv.DictReader(SAMPLE.read_text(encoding="utf-8").splitlines()):
        staff = by_username(session, row["username"]) if row["username"] else None
        facts = PersonFacts(
            row["name"],
            row["title"],
            Duty(row["duty"]),
            Seat(row["seat"]),
            row["responsibilities"],
            staff.id if staff else None,
        )
        enter(session, facts, HOUSE, now)
    month = kept[0].replace(day=1)
    for _ in range(kept[1]):
        sheet_actions.draw_up(session, month, HOUSE, now, calendar)
        draft = sheets.sheet_of(session, month, SheetStage.DRAFT)
        if draft:
            sheet_actions.publish(session, (draft, draft.version), HOUSE, now)
        month = month_after(month)
