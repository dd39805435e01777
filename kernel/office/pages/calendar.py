"""工作日历: which years' notices the town has, and their numbers."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kernel.access import Role
from kernel.calendar import actions, queries
from kernel.text import checked_text
from kernel.web.doors import STAFF, actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house

bp = Blueprint("office_calendar", __name__, url_prefix="/calendar")


@bp.get("/")
@open_to(STAFF)
def years(**_: object) -> ResponseReturnValue:
    """Show every year with its days off and its make-up days."""
    with house().reading() as reading:
        return render_template(
            "office/calendar.html",
            years=queries.years(reading),
            days=queries.days_by_year(reading),
        )


@bp.post("/<int:year>")
@open_to(frozenset({Role.ADMIN, Role.DIRECTOR}))
@asks_again(years)
def set_notice_number(year: int) -> ResponseReturnValue:
    """Write down the number of a year's notice."""
    number = checked_text(request.form.get("notice_number", ""), 60)
    with answering() as post:
        if not post.was_answered:
            now = house().now()
            actions.set_notice_number(post.session, year, number, actor(), now)
            post.go_to(".years")
    return redirect(post.answer, 303)
