"""值班表上纸: a month, or a holiday, on an A4 sheet; and one's own turns as a calendar."""

from datetime import date, timedelta
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from duty_roster.pages.month import bp, cells_of, frame
from duty_roster.queries import calendars, sheets
from duty_roster.queries import people as roll
from duty_roster.records.sheets import DutySheet
from duty_roster.rules.icalendar import MEDIA_TYPE, icalendar
from duty_roster.rules.paper import calendar_name, sheet_title
from duty_roster.rules.sheets import NothingPublished, SheetStage, first_of
from duty_roster.rules.shifts import DUTY_NAMES, Duty, days_of_month
from kernel.calendar.rules import ONE_DAY, chinese_date
from kernel.clock import town_day
from kernel.printing import typeset
from kernel.staff import queries as staff
from kernel.web import files
from kernel.web.doors import EVERYONE, STAFF, open_to
from kernel.web.house import House, house

LOOKING_BACK = timedelta(days=62)
LONGEST_HOLIDAY = 16
DENSE = 5


@bp.get("/sheet.pdf")
@open_to(STAFF)
def sheet_pdf() -> ResponseReturnValue:
    """Return a published month, or some of its days, typeset on A4 landscape."""
    here = house()
    days = _days(here.today())
    with here.reading() as session:
        values = _values(here, session, days)
    name = f"duty-{days[0]:%Y%m%d}-{days[-1]:%Y%m%d}.pdf"
    return files.paper(typeset("duty", values), name)


def _days(today: date) -> list[date]:
    """Return the days asked for: a holiday's, or a whole month's."""
    try:
        first = date.fromisoformat(request.args.get("first", ""))
        last = date.fromisoformat(request.args.get("last", ""))
    except ValueError:
        return list(days_of_month(first_of(request.args.get("month", ""), today)))
    count = min((last - first).days + 1, LONGEST_HOLIDAY)
    return [first + ONE_DAY * number for number in range(max(count, 1))]


def _values(here: House, session: Session, days: list[date]) -> dict[str, Any]:
    """Return everything the sheet says, as plain values."""
    sheet = sheets.sheet_of(session, days[-1].replace(day=1), SheetStage.PUBLISHED)
    turns = sheets.published(session, days[0], days[-1])
    if sheet is None or not turns:
        raise NothingPublished
    town, calendar, names = here.town(session), here.calendar(session), staff.names(session)
    people = {one.id: one for one in roll.people(session)}
    around = frame(days[0].replace(day=1), here.today(), calendar)
    cells = {
        f"{day:%Y-%m-%d}": [{"shift": shift, **_who(mine, people)} for shift, mine in shifts]
        for day, shifts in cells_of(turns).items()
    }
    is_month = len(days) > LONGEST_HOLIDAY
    return {
        "title": sheet_title(town.name, days[0], days[-1], is_month=is_month),
        "hall": town.hall,
        "is_sample": town.is_sample,
        "is_month": is_month,
        # two shifts a day, or many on one: smaller letters, so that a cell holds them
        "dense": len(turns) > DENSE * len(days),
        "weeks": [[f"{day:%Y-%m-%d}" for day in week] for week in around["weeks"]],  # type: ignore[attr-defined]
        "days": [f"{day:%Y-%m-%d}" for day in days],
        "words": {f"{day:%Y-%m-%d}": chinese_date(day) for day in days},
        "rest": [f"{day:%Y-%m-%d}" for day in days if not calendar.is_working(day)],
        "cells": cells,
        "duties": [DUTY_NAMES[duty] for duty in Duty],
        "number": sheet.number,
        "drawer": names.get(sheet.drawn_by_id or 0, ""),
        "signer": names.get(sheet.published_by_id or 0, ""),
        "published": _published_on(sheet),
        "duty_phone": town.duty_phone,
        "complaint_phone": town.complaint_phone,
        "as_of": chinese_date(here.today()),
    }


def _published_on(sheet: DutySheet) -> str:
    return chinese_date(town_day(sheet.published_at)) if sheet.published_at else ""


def _who(turns: list[Any], people: dict[int, Any]) -> dict[str, list[str]]:
    return {
        duty.value: [
            people[one.person_id].name for one in turns if one.duty is duty and one.person_id
        ]
        for duty in Duty
    }


@bp.get("/calendar/<token>.ics")
@open_to(EVERYONE)
def calendar(token: str) -> ResponseReturnValue:
    """Return the turns of whose calendar the address is. It opens nothing else."""
    here = house()
    with here.reading() as session:
        person = roll.by_calendar(session, token)
        events = calendars.events_of(session, person, here.today() - LOOKING_BACK)
        town = here.town(session)
        said = icalendar(calendar_name(person.name), town.hall, events)
    answer = Response(said, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
