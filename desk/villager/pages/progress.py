"""进度查询: the slip's QR, or the number with the last four digits."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.queries import amends, counting, way
from desk.cases.records import Case, DeliveryRecord
from desk.cases.rules.notices import PROVISIONAL, due_words
from desk.cases.rules.receipts import read_lookup_code, read_number
from desk.cases.rules.results import REMEDIES, Result
from desk.cases.rules.slips import day_runs
from desk.cases.rules.stages import STAGE_NAMES
from desk.villager.rules import (
    ADDRESS_TRIES,
    CASE_TRIES,
    SPAN,
    NoSuchCase,
    NoSuchCode,
    check_filled,
)
from kernel.attempts import count_try, take_back
from kernel.calendar.rules import chinese_date
from kernel.clock import town_time
from kernel.errors import NotFound
from kernel.web.doors import EVERYONE, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.house import house

bp = Blueprint("progress", __name__)


@bp.get("/c/<code>")
@bp.get("/C/<code>", endpoint="scanned")
@open_to(EVERYONE)
def by_code(code: str) -> ResponseReturnValue:
    """Show how far the case of a slip has come. The code opens nothing else."""
    g.is_personal = True
    known = read_lookup_code(code)
    with house().reading() as session:
        if known is None:
            raise NoSuchCode
        try:
            case = queries.by_lookup_code(session, known)
        except NotFound:
            amends.refuse_a_dead_code(session, known)
            raise NoSuchCode from None
        return _page(session, case)


@bp.get("/status")
@open_to(EVERYONE)
def ask() -> ResponseReturnValue:
    """Show the form for those without the slip."""
    g.is_personal = True
    return render_template("desk/villager/ask.html")


@bp.post("/status")
@open_to(EVERYONE)
@asks_again(ask)
def answer() -> ResponseReturnValue:
    """Show a case to who knows its number and the last four of phone or document."""
    g.is_personal = True
    here = house()
    written, last = _typed()
    number = read_number(written)
    with here.writing() as session:
        for key, limit in _tried(number):
            count_try(session, key, limit, SPAN, here.now())
    with here.reading() as session:
        case = queries.by_number(session, number) if number else None
        if case is None or not queries.matches_last_four(session, case, last):
            raise NoSuchCase
        page = _page(session, case)
    with here.writing() as session:
        for key, _ in _tried(number):
            take_back(session, key)
    return page


def _typed() -> tuple[str, str]:
    """Return the number and the last four as typed; an empty field is no try, it is asked again."""
    typed = Typed()
    found = typed.read("number", check_filled), typed.read("last", check_filled)
    typed.finish()
    number, last = (one or "" for one in found)
    return number[:40], last[:8]


def _tried(number: str | None) -> list[tuple[str, int]]:
    """Return what a try counts for: the address, and the case where one was named at all."""
    from_where = (f"status-from:{request.remote_addr}", ADDRESS_TRIES)
    return [from_where, (f"status:{number}", CASE_TRIES)] if number else [from_where]


def _page(session: Session, case: Case) -> ResponseReturnValue:
    """Show what a villager may know: no name, no number, no title of a sensitive matter."""
    here = house()
    calendar, asked, case = here.calendar(session), case, amends.goes_on(session, case)
    counted = counting.counted(session, case, calendar)
    binding = counted.binding if counted else None
    running, declined = queries.running_of(session, case), queries.decline_of(session, case)
    is_refused = case.result is Result.DENIED or declined is not None
    return render_template(
        "desk/villager/progress.html",
        case=case,
        stage=STAGE_NAMES[case.stage],
        timeline=queries.timeline(session, case, public_only=True),
        counted=counted,
        runs=[run.words for run in day_runs(binding.steps)] if binding else [],
        due_words=due_words,
        chinese_date=chinese_date,
        town_time=town_time,
        remedies=REMEDIES if is_refused else "",
        right_body=declined.right_body if declined else "",
        running={one.kind.value: one for one in running if one.due_on},
        overdue={one.kind.value for one in running if one.over_at and one.over_at <= here.now()},
        provisional=PROVISIONAL,
        held=[one for one in way.holds_of(session, case, here.now(), calendar) if one.is_open],
        today=here.today(),
        asked=asked,
        late=amends.late_of(session, case),
        delivery=session.get(DeliveryRecord, case.id),
    )
