"""计时的动作: begin, end and recount what runs on a case.

The only writer of the derived days, on the countdown and on its case.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.records import (
    Case,
    CaseHold,
    CaseSettings,
    Countdown,
    Extension,
    LightThreshold,
)
from desk.cases.records.windows import WindowExtension
from desk.cases.rules.countdowns import (
    HELD,
    LEGS,
    CountdownKind,
    Dates,
    Facts,
    Threshold,
    capped,
    dates,
    yellow_day,
)
from desk.cases.rules.deadlines import Hold
from desk.cases.rules.lights import morning_of
from desk.cases.rules.stages import OPEN
from kernel.calendar.rules import WorkingCalendar
from kernel.clock import town_day
from kernel.database import table_of
from services_catalog.rules.items import Window
from services_catalog.rules.limits import TimeLimit

Limits = tuple[TimeLimit, TimeLimit]
ONLY_ROW = 1
_BEGIN = sa.insert(table_of(Countdown))
_RUNNING = sa.select(Countdown).where(
    Countdown.case_id == sa.bindparam("case_id"), Countdown.ended_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A countdown that is about to start."""

    facts: Facts
    dates: Dates


@dataclass(frozen=True, slots=True)
class Moved:
    """A due day that a recount changed."""

    countdown: Countdown
    before: date | None


def settings(session: Session) -> CaseSettings:
    """Return what the town decided about time; the session holds on to it, to read it once."""
    found = session.get_one(CaseSettings, ONLY_ROW)
    session.info[CaseSettings] = found
    return found


def most_extension(session: Session, window: Window) -> int:
    """Return by how much a case of a window may be lengthened, in the unit of its limit."""
    own = session.get(WindowExtension, window)
    return own.most_days if own else settings(session).extension_days


def plan(
    session: Session,
    kind: CountdownKind,
    starts_at: datetime,
    limits: Limits,
    calendar: WorkingCalendar,
) -> Planned:
    """Derive the days of a countdown that is about to start.

    Units: `limits` are (promised, statutory).
    """
    town, (promised, statutory) = settings(session), limits
    threshold = Threshold(town.yellow_share, town.yellow_days)
    facts = Facts(kind, starts_at, promised, statutory, threshold=threshold)
    return Planned(facts, dates(facts, calendar))


def write(session: Session, case: Case, planned: Planned, leg_id: int | None = None) -> None:
    """Start what was planned on a case that has its id, yellow when its item says so.

    `leg_id`: it is the time of one of the case's legs.
    """
    planned = _with_own_threshold(session, case.item.item_id, planned)
    row = {**_kept(planned.facts), **columns_of(planned.dates)}
    session.execute(_BEGIN, {"case_id": case.id, "leg_id": leg_id, **row})


def begin(session: Session, case: Case, planned: Planned) -> Dates:
    """Start what was planned and keep its day on the case; return its days."""
    write(session, case, planned)
    show(case, planned.facts.kind, planned.dates)
    return planned.dates


def end(session: Session, case: Case, now: datetime, *kinds: CountdownKind) -> None:
    """End what runs of these kinds; where none is named, all that a case's step can end.

    Late stays late. What other bodies promised goes on as long as the case is open.
    """
    spared = LEGS if case.stage in OPEN else frozenset[CountdownKind]()
    for countdown in running(session, case):
        if countdown.kind in kinds or (not kinds and countdown.kind not in spared):
            end_one(countdown, case, now)


def end_one(countdown: Countdown, case: Case, now: datetime) -> None:
    """End one countdown, with the lights it has shown by now."""
    note_lights(countdown, case.handler_id, now)
    countdown.ended_at = now


def recount(session: Session, case: Case, calendar: WorkingCalendar) -> list[Moved]:
    """Derive the days of what runs on a case anew; return what moved."""
    holds, extension = holds_of(session, case.id, calendar), session.get(Extension, case.id)
    moved = []
    for countdown in running(session, case):
        if extension and countdown.kind in HELD and _is_of(extension, countdown):
            countdown.extension_days = extension.days
        before, derived = countdown.due_on, dates(facts_of(countdown, holds), calendar)
        for name, value in columns_of(derived).items():
            setattr(countdown, name, value)
        show(case, countdown.kind, derived)
        if before != derived.due_on:
            moved.append(Moved(countdown, before))
    return moved


def move_days(session: Session, case: Case, now: datetime, calendar: WorkingCalendar) -> None:
    """Count anew after something moved the days; lights that have shown stay as they were."""
    for countdown in running(session, case):
        note_lights(countdown, case.handler_id, now)
    recount(session, case, calendar)


def running(session: Session, case: Case) -> list[Countdown]:
    """Return what still runs on a case."""
    session.flush()
    return list(session.scalars(_RUNNING, {"case_id": case.id}))


def holds_of(
    session: Session, case_id: int, calendar: WorkingCalendar, until: datetime | None = None
) -> list[Hold]:
    """Return the stretches of a case that do not count, none longer than its cap.

    `until`: those granted by then alone; a count that ended knows of no later one.
    """
    query = sa.select(CaseHold).where(CaseHold.case_id == case_id)
    query = query.where(CaseHold.approved_at <= until) if until else query
    found = session.scalars(query)
    return [capped(one.noticed_on, one.ended_on, one.cap_days, calendar) for one in found]


def facts_of(countdown: Countdown, holds: Sequence[Hold]) -> Facts:
    """Return what the days of a stored countdown follow from."""
    return Facts(
        kind=countdown.kind,
        starts_at=countdown.starts_at,
        promised=countdown.promised,
        statutory=countdown.statutory,
        extension_days=countdown.extension_days,
        threshold=Threshold(countdown.yellow_share, countdown.yellow_days),
        holds=holds,
    )


def note_lights(countdown: Countdown, handler_id: int, now: datetime) -> None:
    """Write down the first yellow and the first red that have been reached by `now`.

    At the moment they came, however late somebody looks; nothing recolours them afterwards.
    """
    if countdown.yellow_at is None and countdown.yellow_on:
        morning = morning_of(countdown.yellow_on)
        countdown.yellow_at = morning if morning <= now else None
    if countdown.red_at is None and countdown.over_at and countdown.over_at <= now:
        countdown.red_at = countdown.over_at
        # an assisting part is another's: its lateness is not the lead's handler's
        is_theirs = countdown.kind is CountdownKind.ASSIST
        countdown.red_handler_id = None if is_theirs else handler_id


def show(case: Case, kind: CountdownKind, derived: Dates) -> None:
    """Keep on the case what lists are sorted by."""
    for name, value in shown(kind, derived).items():
        setattr(case, name, value)


def shown(kind: CountdownKind, derived: Dates) -> dict[str, object]:
    """Return the columns of a case that follow from a countdown of this kind."""
    day = {CountdownKind.HANDLING: "due_on", CountdownKind.CARRY: "carry_by_on"}.get(kind)
    return {day: derived.due_on, "is_provisional": derived.is_provisional} if day else {}


def _is_of(extension: Extension, countdown: Countdown) -> bool:
    """Say whether an extension lengthens this count: not one that began when it was used up."""
    return countdown.extension_days > 0 or extension.granted_at >= countdown.starts_at


def _with_own_threshold(session: Session, item_id: int, planned: Planned) -> Planned:
    facts, derived = planned.facts, planned.dates
    own = session.get(LightThreshold, item_id) if facts.kind is CountdownKind.HANDLING else None
    if own is None or derived.due.binding is None:
        return planned
    threshold = Threshold(own.share, own.days)
    yellow_on = yellow_day(town_day(facts.starts_at), derived.due.binding, threshold)
    return Planned(replace(facts, threshold=threshold), replace(derived, yellow_on=yellow_on))


def _kept(facts: Facts) -> dict[str, object]:
    return {
        "kind": facts.kind,
        "starts_at": facts.starts_at,
        "promised_amount": facts.promised.amount,
        "promised_unit": facts.promised.unit,
        "statutory_amount": facts.statutory.amount,
        "statutory_unit": facts.statutory.unit,
        "extension_days": facts.extension_days,
        "yellow_share": facts.threshold.share,
        "yellow_days": facts.threshold.days,
    }


def columns_of(derived: Dates) -> dict[str, object]:
    """Return the columns of a countdown that are derived."""
    return {
        "due_on": derived.due_on,
        "over_at": derived.over_at,
        "is_provisional": derived.is_provisional,
        "yellow_on": derived.yellow_on,
    }
