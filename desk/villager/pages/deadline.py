"""期限计算器: any deadline, counted in the open, as a page and as JSON."""

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from desk.villager.rules import Question, answered, as_json, read_question
from kernel.calendar.rules import WorkingCalendar, chinese_date
from kernel.errors import Refusal
from kernel.web.doors import EVERYONE, open_to
from kernel.web.house import house

bp = Blueprint("deadline", __name__)


@bp.get("/deadline")
@open_to(EVERYONE)
def calculator() -> ResponseReturnValue:
    """Count a deadline and show every day of it."""
    here = house()
    asked, counted, sentence = "days" in request.args, None, ""
    try:
        if asked:
            counted = answered(_question(), _calendar())
    except Refusal as refusal:
        sentence = refusal.sentence
    page = render_template(
        "desk/villager/deadline.html",
        counted=counted,
        sentence=sentence,
        today=here.today(),
        chinese_date=chinese_date,
        last_year=max(_calendar().published, default=0),
    )
    return page, 422 if sentence else 200


@bp.get("/api/deadline")
@open_to(EVERYONE)
def interface() -> ResponseReturnValue:
    """Return the same as JSON."""
    return jsonify(as_json(answered(_question(), _calendar())))


def _question() -> Question:
    asked = request.args
    return read_question(asked.get("accepted_on", ""), asked.get("days", ""), asked.get("unit", ""))


def _calendar() -> WorkingCalendar:
    here = house()
    with here.reading() as session:
        return here.calendar(session)
