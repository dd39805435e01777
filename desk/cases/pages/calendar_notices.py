"""放假通知: enter next year's, see every date it moves, and only then apply it."""

from datetime import date

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.actions import calendar_moves
from desk.cases.queries.calendar_moves import Moving, all_moving, beyond_the_notices, titles_of
from desk.cases.rules.calendar_changes import DIRECTION_NAMES, Derivation, Direction, tally
from kernel.access import Role
from kernel.calendar import queries
from kernel.calendar.actions import drafts
from kernel.calendar.records import CalendarDraft
from kernel.calendar.rules.notices import (
    SOURCE_NAMES,
    DraftStage,
    Notice,
    NoticeSource,
    first_moved_day,
)
from kernel.calendar.rules.wording import (
    TypedRow,
    WrongSpan,
    days_between,
    notice_of_rows,
    read_notice,
    read_year,
    spoken_days,
)
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.form_posts import answering
from kernel.web.house import house

bp = Blueprint("case_calendar", __name__, url_prefix="/cases/calendar")
KEEPERS = frozenset({Role.DIRECTOR, Role.ADMIN})
ROWS = range(1, 10)
LONGEST_NOTICE, LONGEST_NUMBER, LONGEST_REASON = 8000, 60, 300
#: changes on one page of a preview
LISTED = 200
#: what waits to be applied, or was cut off in the middle
STILL_MOVES = frozenset({DraftStage.DRAFT, DraftStage.APPLYING})


@bp.get("")
@open_to(KEEPERS)
def overview(**_: object) -> ResponseReturnValue:
    """Show how far the notices reach, what was entered, and how to enter one."""
    here = house()
    with here.reading() as session:
        calendar = here.calendar(session)
        last = max(calendar.published, default=0)
        return render_template(
            "desk/cases/calendar.html",
            last=last,
            last_year=last,
            unpublished=beyond_the_notices(session, calendar),
            drafts=queries.drafts(session),
            source_names=SOURCE_NAMES,
            packaged=drafts.packaged_years(session),
        )


@bp.get("/pasted")
@open_to(KEEPERS)
def paste() -> ResponseReturnValue:
    """Show where a notice's own words are pasted."""
    return render_template("desk/cases/calendar_pasted.html", next_year=_next_year())


@bp.post("/pasted")
@open_to(KEEPERS)
@asks_again(paste)
def take_pasted() -> ResponseReturnValue:
    """Read a notice from its own words, and keep it as a draft."""
    typed = Typed()
    text = typed.text("text", LONGEST_NOTICE)
    year = typed.optional("year", read_year)
    number, reason = typed.text("number", LONGEST_NUMBER), typed.text("reason", LONGEST_REASON)
    typed.finish()
    return _keep(read_notice(text, year, number), NoticeSource.PASTED, reason)


@bp.get("/typed")
@open_to(KEEPERS)
def type_in() -> ResponseReturnValue:
    """Show the rows in which a notice is typed."""
    return render_template("desk/cases/calendar_typed.html", rows=ROWS, next_year=_next_year())


@bp.post("/typed")
@open_to(KEEPERS)
@asks_again(type_in)
def take_typed() -> ResponseReturnValue:
    """Keep what was typed row by row as a draft."""
    typed = Typed()
    year = typed.read("year", read_year)
    number, reason = typed.text("number", LONGEST_NUMBER), typed.text("reason", LONGEST_REASON)
    rows = [_row(typed, place) for place in ROWS]
    typed.finish()
    return _keep(notice_of_rows(year or 0, number, rows), NoticeSource.TYPED, reason)


@bp.post("/packaged/<int:year>")
@open_to(KEEPERS)
@asks_again(overview)
def take_packaged(year: int) -> ResponseReturnValue:
    """Keep as a draft what the installed package says of a year."""
    return _keep(drafts.packaged(year), NoticeSource.PACKAGE, "")


@bp.get("/<int:draft_id>")
@open_to(KEEPERS)
def preview(draft_id: int) -> ResponseReturnValue:
    """List every date that an entered notice moves, before anybody applies it."""
    here, start = house(), max(0, request.args.get("from", 0, type=int))
    with here.reading() as session:
        entered = queries.draft(session, draft_id)
        notice = queries.notice_of(session, entered)
        found = _moving(session, entered, notice) if entered.stage in STILL_MOVES else []
        shown = found[start : start + LISTED]
        return render_template(
            "desk/cases/calendar_preview.html",
            draft=entered,
            source=SOURCE_NAMES[entered.source],
            off=spoken_days(notice.days_off),
            makeup=spoken_days(notice.makeup_days),
            counted=tally([one.change for one in found]),
            found=shown,
            titles=titles_of(session, shown),
            number=len(found),
            start=start,
            step=LISTED,
            is_being_done=calendar_moves.is_being_done(session, entered),
            direction_names=DIRECTION_NAMES,
            today=here.today(),
        )


@bp.post("/<int:draft_id>/apply")
@open_to(KEEPERS)
@asks_again(preview)
def apply(draft_id: int) -> ResponseReturnValue:
    """Ask for a notice to be applied: it takes as long as there are cases."""
    with answering() as post:
        if not post.was_answered:
            entered = queries.draft(post.session, draft_id, locked=True)
            work = calendar_moves.order(post.session, entered, actor(), house().now())
            post.go_to("work.one", uuid=work.uuid)
    return redirect(post.answer, 303)


@bp.post("/<int:draft_id>/discard")
@open_to(KEEPERS)
@asks_again(preview)
def discard(draft_id: int) -> ResponseReturnValue:
    """Give a draft up."""
    with answering() as post:
        if not post.was_answered:
            entered = queries.draft(post.session, draft_id, locked=True)
            calendar_moves.refuse_while_being_done(post.session, entered)
            drafts.discard(post.session, entered, actor(), house().now())
            post.go_to(".overview")
    return redirect(post.answer, 303)


def _keep(notice: Notice, source: NoticeSource, reason: str) -> ResponseReturnValue:
    with answering() as post:
        if not post.was_answered:
            how = (source, reason)
            entered = drafts.enter(post.session, notice, how, actor(), house().now())
            post.go_to(".preview", draft_id=entered.id)
    return redirect(post.answer, 303)


def _moving(session: Session, entered: CalendarDraft, notice: Notice) -> list[Moving]:
    """Return what would still be seen to change: what comes earlier first, it is most urgent.

    Of a notice that was cut off in the middle, what is left: it is in force already, and the day
    on a slip that does not bind is compared with the calendar before it.
    """
    after = queries.calendar_with(session, notice)
    before = queries.calendar_before(session, entered, drafts.packaged(entered.year))
    first = entered.moves_from_on
    if entered.stage is DraftStage.DRAFT:
        first = first_moved_day(house().calendar(session), after, entered.year)
    if first is None:
        return []
    order = {Direction.EARLIER: 0, Direction.LATER: 1, Direction.CONFIRMED: 2, None: 3}
    moves = all_moving(session, first, Derivation(after, before), entered.reached_id)
    found = [one for one in moves if one.change.direction]
    return sorted(found, key=lambda one: (order[one.change.direction], one.row.id))


def _row(typed: Typed, place: int) -> TypedRow:
    first = typed.day(f"first{place}")
    last, makeup = typed.day(f"last{place}"), [typed.day(f"makeup{place}{one}") for one in "ab"]
    days: tuple[date, ...] = ()
    try:
        days = days_between(first, last or first) if first else ()
    except WrongSpan as wrong:
        typed.sentences.setdefault(f"last{place}", wrong.sentence)
    return TypedRow(days, tuple(day for day in makeup if day))


def _next_year() -> int:
    here = house()
    with here.reading() as session:
        return max(here.calendar(session).published, default=here.today().year - 1) + 1
