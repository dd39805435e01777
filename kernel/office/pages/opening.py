"""开放日: on which days the hall is open. Not the law's working days: no deadline asks here."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from kernel.access import Role
from kernel.calendar import queries
from kernel.calendar.actions import opening as actions
from kernel.calendar.rules import WEEKDAYS
from kernel.calendar.rules.opening import Opening
from kernel.errors import NotFound
from kernel.office.pages.calendar import bp
from kernel.web.doors import STAFF, actor, asks_again, open_to
from kernel.web.fields import NotADate, Typed, read_day
from kernel.web.form_posts import answering
from kernel.web.house import house

KEEPERS = frozenset({Role.ADMIN, Role.DIRECTOR})
LONGEST = 60


@bp.get("/opening")
@open_to(STAFF)
def opening(**_: object) -> ResponseReturnValue:
    """Show the usual week, and the days on which it is otherwise."""
    here = house()
    with here.reading() as session:
        days = queries.opening_days(session)
    coming = [(day, one) for day, one in sorted(days.exceptions.items()) if day >= here.today()]
    ticked = request.form.getlist("weekdays") if "weekdays" in request.form else None
    return render_template(
        "office/opening.html",
        days=days,
        coming=coming,
        ticked=[int(one) for one in ticked or () if one in "0123456"] if ticked else days.weekdays,
        today_open=days.on(here.today()),
        weekdays=list(enumerate(WEEKDAYS)),
        may_keep=actor().is_any(*KEEPERS),
    )


@bp.post("/opening/week")
@open_to(KEEPERS)
@asks_again(opening)
def set_week() -> ResponseReturnValue:
    """Say on which days of the week the hall is open."""
    ticked = frozenset(int(one) for one in request.form.getlist("weekdays") if one in "0123456")
    with answering() as post:
        if not post.was_answered:
            actions.set_week(post.session, ticked, actor(), house().now())
            post.go_to(".opening")
    return redirect(post.answer, 303)


@bp.post("/opening/days")
@open_to(KEEPERS)
@asks_again(opening)
def set_day() -> ResponseReturnValue:
    """Say what the hall does on one day."""
    typed = Typed()
    day = typed.read("day", read_day)
    hours, note = typed.text("hours", LONGEST), typed.text("note", LONGEST)
    typed.finish()
    if day is None:
        raise NotADate(sentence="")
    with answering() as post:
        if not post.was_answered:
            told = Opening(request.form.get("is_open") == "1", hours, note)
            actions.set_day(post.session, day, told, actor(), house().now())
            post.go_to(".opening")
    return redirect(post.answer, 303)


@bp.post("/opening/days/<on>/clear")
@open_to(KEEPERS)
@asks_again(opening)
def clear_day(on: str) -> ResponseReturnValue:
    """Let one day be as usual again."""
    try:
        day = read_day(on)
    except NotADate:
        raise NotFound from None
    with answering() as post:
        if not post.was_answered:
            actions.clear_day(post.session, day, actor(), house().now())
            post.go_to(".opening")
    return redirect(post.answer, 303)
