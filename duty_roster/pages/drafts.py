"""排班: a month's draft, drawn up in one press, changed by hand with its conflicts, published."""

from datetime import date

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from duty_roster.actions import sheets as actions
from duty_roster.forms.people import chosen
from duty_roster.pages.month import EDITORS, bp, cells_of, frame
from duty_roster.queries import people as roll
from duty_roster.queries import sheets
from duty_roster.records.people import DutyPerson
from duty_roster.records.sheets import DutySheet, DutyTurn
from duty_roster.rules.breaks import Break, breaks
from duty_roster.rules.months import carried, may_serve
from duty_roster.rules.sheets import NoDraft, SheetStage, check_drawable, first_of
from duty_roster.rules.shifts import BURDEN_NAMES, Burden, month_after
from kernel.calendar.rules import WorkingCalendar
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import version_on_screen
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.get("/draft")
@open_to(EDITORS)
def draft() -> ResponseReturnValue:
    """Show a month's draft with what it breaks, who carries what, and one place to be changed."""
    here = house()
    first = _month()
    with here.reading() as session:
        sheet = sheets.sheet_of(session, first, SheetStage.DRAFT)
        calendar, people = here.calendar(session), roll.people(session)
        turns = sheets.turns_of(session, sheet) if sheet else []
        at = chosen_turn(turns)
        found = _breaks(session, first, turns)
        return render_template(
            "duty_roster/draft.html",
            first=first,
            sheet=sheet,
            cells=cells_of(turns),
            names={one.id: one for one in people},
            published=sheets.sheet_of(session, first, SheetStage.PUBLISHED),
            broken=found,
            broken_days={one.day for one in found},
            at=at,
            choices=_choices(session, first, at, people) if at else [],
            alike=[one for one in turns if at and one.duty is at.duty and one.id != at.id],
            carried=_carried(session, first, turns, calendar),
            burden_names=BURDEN_NAMES,
            **frame(first, here.today(), calendar),
        )


@bp.post("/draft")
@open_to(EDITORS)
@asks_again(draft)
def draw_up() -> ResponseReturnValue:
    """Draw the month up in one press."""
    first = _month()
    check_drawable(first, house().today())
    with answering() as post:
        if not post.was_answered:
            calendar = house().calendar(post.session)
            actions.draw_up(post.session, first, actor(), house().now(), calendar)
            post.go_to(".draft", month=f"{first:%Y-%m}")
    return redirect(post.answer, 303)


@bp.post("/draft/revise")
@open_to(EDITORS)
@asks_again(draft)
def revise() -> ResponseReturnValue:
    """Open the next edition of what is published."""
    first = _month()
    with answering() as post:
        if not post.was_answered:
            actions.revise(post.session, first, actor(), house().now())
            post.go_to(".draft", month=f"{first:%Y-%m}")
    return redirect(post.answer, 303)


@bp.post("/draft/place")
@open_to(EDITORS)
@asks_again(draft)
def place() -> ResponseReturnValue:
    """Put somebody, or nobody, on a place."""
    with answering() as post:
        if not post.was_answered:
            drafted = _drafted(post.session)
            moved = (chosen("turn"), chosen("person") or None)
            actions.place(post.session, drafted, moved, actor(), house().now())
            post.go_to(".draft", month=f"{_month():%Y-%m}")
    return redirect(post.answer, 303)


@bp.post("/draft/exchange")
@open_to(EDITORS)
@asks_again(draft)
def exchange() -> ResponseReturnValue:
    """Let two places change hands: dragged one onto the other, or chosen from the list."""
    with answering() as post:
        if not post.was_answered:
            drafted = _drafted(post.session)
            moved = (chosen("turn"), chosen("other"))
            actions.exchange(post.session, drafted, moved, actor(), house().now())
            post.go_to(".draft", month=f"{_month():%Y-%m}")
    return redirect(post.answer, 303)


@bp.post("/draft/publish")
@open_to(EDITORS)
@asks_again(draft)
def publish() -> ResponseReturnValue:
    """Publish the draft: villagers and the hall screen follow at once."""
    with answering() as post:
        if not post.was_answered:
            actions.publish(post.session, _drafted(post.session), actor(), house().now())
            post.go_to(".month", month=f"{_month():%Y-%m}")
    return redirect(post.answer, 303)


@bp.post("/draft/discard")
@open_to(EDITORS)
@asks_again(draft)
def discard() -> ResponseReturnValue:
    """Throw the draft away."""
    with answering() as post:
        if not post.was_answered:
            actions.discard(post.session, _month(), actor(), house().now())
            post.go_to(".month", month=f"{_month():%Y-%m}")
    return redirect(post.answer, 303)


def _month() -> date:
    return first_of(request.values.get("month", ""), house().today())


def _drafted(session: Session) -> tuple[DutySheet, int]:
    """Return the draft of the month on screen and the version it was shown in. Raises NoDraft."""
    sheet = sheets.sheet_of(session, _month(), SheetStage.DRAFT)
    if sheet is None:
        raise NoDraft
    return sheet, version_on_screen()


def chosen_turn(turns: list[DutyTurn]) -> DutyTurn | None:
    """Return the place that is being changed, if one was chosen."""
    wanted = request.values.get("turn", "")
    return next((one for one in turns if str(one.id) == wanted), None)


def _breaks(session: Session, first: date, turns: list[DutyTurn]) -> list[Break]:
    terms = sheets.terms(session)
    facts = sheets.facts(session, first, terms)
    return breaks([sheets.as_turn(one) for one in turns], facts, terms)


def _choices(
    session: Session, first: date, at: DutyTurn, people: list[DutyPerson]
) -> list[tuple[int, DutyPerson, bool]]:
    """Return who could have a place: the number, the person, and whether the day allows it."""
    terms = sheets.terms(session)
    facts = sheets.facts(session, first, terms)
    able = {one.person for one in facts.members if may_serve(one, at.day, facts, terms)}
    return [(one.id, one, one.id in able) for one in people if one.duty is at.duty]


def _carried(
    session: Session, first: date, turns: list[DutyTurn], calendar: WorkingCalendar
) -> dict[int, dict[Burden, int]]:
    """Return what everybody carries this year, the month on screen included."""
    terms, members = sheets.terms(session), roll.members(session)
    year = sheets.year_before(session, first) + [sheets.as_turn(one) for one in turns]
    after = month_after(first)
    until = after if after.year == first.year else date(first.year, 12, 31)
    return carried(year, calendar, terms, members, until)
