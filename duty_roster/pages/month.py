"""值日表: a month of duty, and putting a leader on a day."""

import calendar as months
from datetime import date, timedelta

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from duty_roster import actions, queries
from duty_roster.rules import YEARS, NotALeader
from kernel.access import Role
from kernel.staff import queries as staff
from kernel.web.doors import STAFF, actor, asks_again, open_to
from kernel.web.fields import Typed, read_day
from kernel.web.form_posts import answering
from kernel.web.house import house

bp = Blueprint("duty", __name__, url_prefix="/duty")
EDITORS = frozenset({Role.DIRECTOR, Role.HEAD, Role.ADMIN})


@bp.get("/")
@open_to(STAFF)
def month() -> ResponseReturnValue:
    """Show who answers for the hall on each day of a month."""
    here = house()
    first = _first_of(request.args.get("month", ""), here.today())
    weeks = months.Calendar().monthdatescalendar(first.year, first.month)
    with here.reading() as session:
        entries = queries.between(session, weeks[0][0], weeks[-1][-1])
        leaders = staff.holding(session, Role.DUTY_LEADER)
    return render_template(
        "duty_roster/month.html",
        first=first,
        weeks=weeks,
        days={entry.day: entry for entry in entries},
        today=here.today(),
        before=f"{first - timedelta(days=1):%Y-%m}",
        after=f"{first + timedelta(days=31):%Y-%m}",
        leaders=[(one.id, f"{one.name} {one.title}") for one in leaders],
        may_edit=actor().is_any(*EDITORS),
    )


@bp.post("/")
@open_to(EDITORS)
@asks_again(month)
def assign() -> ResponseReturnValue:
    """Put a leader on a day."""
    typed = Typed()
    day = typed.read("day", read_day)
    typed.finish()
    chosen = request.form.get("leader", "")
    with answering() as post:
        if not post.was_answered and day is not None:
            leaders = staff.holding(post.session, Role.DUTY_LEADER)
            leader = {str(one.id): one for one in leaders}.get(chosen)
            if leader is None:
                raise NotALeader
            named = (leader.name, leader.title)
            actions.assign(post.session, day, named, actor(), house().now())
            post.go_to(".month", month=f"{day:%Y-%m}")
    return redirect(post.answer, 303)


def _first_of(typed: str, today: date) -> date:
    try:
        first = date.fromisoformat(f"{typed}-01")
    except ValueError:
        return today.replace(day=1)
    return first if first.year in YEARS else today.replace(day=1)
