"""值日表: a published month of duty as everybody on the staff reads it; somebody stands in."""

import calendar as months
from collections import defaultdict
from datetime import date, timedelta
from itertools import groupby

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from duty_roster.actions import swaps as swap_actions
from duty_roster.forms.people import chosen
from duty_roster.queries import people as roll
from duty_roster.queries import sheets, swaps
from duty_roster.records.people import DutyPerson
from duty_roster.records.sheets import DutyTurn
from duty_roster.rules.sheets import (
    NotALeader,
    NothingPublished,
    SheetStage,
    first_of,
    period,
)
from duty_roster.rules.shifts import DUTY_NAMES, SHIFT_NAMES, Duty, month_after
from kernel.access import Role
from kernel.calendar.rules import ONE_DAY, WorkingCalendar
from kernel.staff import queries as staff
from kernel.web.doors import STAFF, actor, asks_again, open_to
from kernel.web.fields import Typed, read_day
from kernel.web.form_posts import answering
from kernel.web.house import house

bp = Blueprint("duty", __name__, url_prefix="/duty")
EDITORS = frozenset({Role.DIRECTOR, Role.HEAD, Role.ADMIN})
Cells = dict[date, list[tuple[str, list[DutyTurn]]]]


@bp.get("/")
@open_to(STAFF)
def month() -> ResponseReturnValue:
    """Show who is on duty on each day of a month."""
    here = house()
    first = first_of(request.args.get("month", ""), here.today())
    with here.reading() as session:
        sheet = sheets.sheet_of(session, first, SheetStage.PUBLISHED)
        turns = sheets.turns_of(session, sheet) if sheet else []
        people, calendar = roll.people(session), here.calendar(session)
        signed = staff.names(session)
        return render_template(
            "duty_roster/month.html",
            first=first,
            sheet=sheet,
            signer=signed.get(sheet.published_by_id or 0, "") if sheet else "",
            drawer=signed.get(sheet.drawn_by_id or 0, "") if sheet else "",
            has_draft=sheets.sheet_of(session, first, SheetStage.DRAFT) is not None,
            cells=cells_of(turns),
            names={one.id: one for one in people},
            leaders=leaders_of(people, here.today()),
            swapped=swaps.in_force(session, first, month_after(first) - ONE_DAY),
            holidays=holidays_of(first, calendar),
            may_edit=actor().is_any(*EDITORS),
            **frame(first, here.today(), calendar),
        )


@bp.post("/")
@open_to(EDITORS)
@asks_again(month)
def assign() -> ResponseReturnValue:
    """Let a leader stand in on a day of a published month, at once."""
    typed = Typed()
    day = typed.read("day", read_day)
    reason = typed.text("reason", 100)
    typed.finish()
    with answering() as post:
        if not post.was_answered and day is not None:
            turn = _leaders_turn(post.session, day)
            deputy = _leader(post.session, chosen("leader"))
            now = house().now()
            swap_actions.stand_in(post.session, turn, (deputy.id, reason), actor(), now)
            post.go_to(".month", month=f"{day:%Y-%m}")
    return redirect(post.answer, 303)


def _leader(session: Session, person_id: int) -> DutyPerson:
    leaders = {one.id: one for one in roll.people(session) if one.duty is Duty.LEADER}
    if person_id not in leaders:
        raise NotALeader
    return leaders[person_id]


def _leaders_turn(session: Session, day: date) -> DutyTurn:
    turns = sheets.published(session, day, day)
    found = next((one for one in turns if one.duty is Duty.LEADER), None)
    if found is None:
        raise NothingPublished
    return found


def frame(first: date, today: date, calendar: WorkingCalendar) -> dict[str, object]:
    """Return what every sheet of a month stands in."""
    weeks = months.Calendar().monthdatescalendar(first.year, first.month)
    return {
        "weeks": weeks,
        "key": f"{first:%Y-%m}",
        "today": today,
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{month_after(first):%Y-%m}",
        "rest": {day for week in weeks for day in week if not calendar.is_working(day)},
        "duty_names": DUTY_NAMES,
        "shift_names": SHIFT_NAMES,
        "Duty": Duty,
    }


def cells_of(turns: list[DutyTurn]) -> Cells:
    """Return the turns of each day, shift by shift."""
    found: Cells = defaultdict(list)
    for (day, kind), mine in groupby(turns, key=lambda one: (one.day, one.kind)):
        found[day].append((SHIFT_NAMES[kind], list(mine)))
    return found


def leaders_of(people: list[DutyPerson], day: date) -> list[tuple[int, str]]:
    """Return the leaders who are on the rota on a day, as a choice."""
    return [
        (one.id, f"{one.name} {one.title}")
        for one in people
        if one.duty is Duty.LEADER and (one.to_on is None or one.to_on >= day)
    ]


def holidays_of(first: date, calendar: WorkingCalendar) -> list[tuple[date, date, str]]:
    """Return the runs of days off that touch a month and hold a public holiday."""
    return [(begins, ends, period(begins, ends)) for begins, ends in calendar_runs(first, calendar)]


def calendar_runs(first: date, calendar: WorkingCalendar) -> list[tuple[date, date]]:
    """Return the first and last day of each public holiday of a month, weekends beside it too."""
    found: list[tuple[date, date]] = []
    day = first
    while day < month_after(first):
        if day not in calendar.days_off or (found and day <= found[-1][1]):
            day += ONE_DAY
            continue
        begins = ends = day
        while not calendar.is_working(begins - ONE_DAY):
            begins -= ONE_DAY
        while not calendar.is_working(ends + ONE_DAY):
            ends += ONE_DAY
        found.append((begins, ends))
        day = ends + ONE_DAY
    return found
