"""期限变动查询: which running countdowns a year's notice moves, and whom that has to be told."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import MINYEAR, date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.records import Case, CaseContact, CaseHold, CaseParty, Countdown
from desk.cases.rules.calendar_changes import Change, Derivation
from desk.cases.rules.countdowns import (
    HELD,
    LENGTHENED,
    CountdownKind,
    Dates,
    Facts,
    Threshold,
    capped,
)
from desk.cases.rules.deadlines import Hold
from kernel.calendar.rules import WorkingCalendar
from kernel.clock import town_day
from kernel.database import table_of
from kernel.house_session import vault_of
from services_catalog.records import ItemVersion
from services_catalog.rules.limits import LimitUnit, TimeLimit

#: what a preview reads at a time
STRIDE = 2000
#: of what kernel.contact keeps, only a mobile begins so
MOBILE = "+86"
Holds = dict[int, list[Hold]]
#: what a countdown says of itself beside its start; the last columns of a row
_SAID = (
    *("kind", "promised_amount", "promised_unit", "statutory_amount", "statutory_unit"),
    *("extension_days", "yellow_share", "yellow_days"),
    *("due_on", "over_at", "is_provisional", "yellow_on"),
)
#: a slip with two days: the one that does not bind lies later and is not stored
_PRINTS_TWO = (
    (Countdown.kind == CountdownKind.HANDLING)
    & Countdown.promised_unit.in_(LENGTHENED)
    & Countdown.statutory_unit.in_(LENGTHENED)
    & (
        (Countdown.promised_amount != Countdown.statutory_amount)
        | (Countdown.promised_unit != Countdown.statutory_unit)
    )
)
_OPEN_ENDED = Countdown.due_on.is_(None) & Countdown.kind.in_(HELD)


class Moving(NamedTuple):
    """A countdown beside what it will be."""

    row: Any
    derived: Dates
    #: what will be seen of it
    change: Change


def touched(session: Session, from_on: date, after_id: int = 0) -> list[int]:
    """Return the running countdowns, from `after_id` on, whose count may reach `from_on`."""
    reaches = (Countdown.due_on >= from_on) | _OPEN_ENDED
    mine = (Countdown.ended_at.is_(None), Countdown.id > after_id, reaches | _PRINTS_TWO)
    return sorted(session.scalars(sa.select(Countdown.id).where(*mine)))


def rows(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    """Return these countdowns where they still run, each with what is said of its case."""
    return session.execute(_ROWS, {"ids": list(ids)}).all()


def moving(session: Session, rows: Sequence[Any], derivation: Derivation) -> list[Moving]:
    """Return what is something else under another calendar: what binds after what does not."""
    holds = _holds(session, rows, derivation.calendar)
    found = []
    for row in rows:
        like = _like(row, holds)
        moves = derivation.alike.get(like)
        if moves is None:
            moves = derivation.alike[like] = _moves(row, holds, derivation)
        derived, changes = moves
        found += [Moving(row, derived, change) for change in changes]
    return found


def all_moving(
    session: Session, from_on: date, derivation: Derivation, after_id: int = 0
) -> Iterator[Moving]:
    """Yield every countdown, from `after_id` on, that would be something else."""
    ids = touched(session, from_on, after_id)
    for start in range(0, len(ids), STRIDE):
        yield from moving(session, rows(session, ids[start : start + STRIDE]), derivation)


def titles_of(session: Session, found: Sequence[Moving]) -> dict[int, str]:
    """Return what each of their cases is about, by case."""
    mine = Case.id.in_({one.row.case_id for one in found})
    query = sa.select(Case.id, ItemVersion.title).where(mine)
    query = query.join(ItemVersion, ItemVersion.id == Case.version_of_item_id)
    return {row[0]: row[1] for row in session.execute(query)}


def own_mobiles(session: Session, case_ids: Sequence[int]) -> dict[int, str]:
    """Return the mobile of each case's own people, where no contact was named beside them."""
    vault, found = vault_of(session), dict[int, str]()
    for case_id, uuid, wrapped, sealed in session.execute(_PHONES, {"case_ids": list(case_ids)}):
        if sealed and case_id not in found:
            phone = vault.person_key(wrapped, uuid).open(sealed, f"case_party|phone|{uuid}")
            if phone.startswith(MOBILE):
                found[case_id] = phone
    return found


def beyond_the_notices(session: Session, calendar: WorkingCalendar) -> int:
    """Return how many running limits end after the last year that any notice speaks of."""
    last_on = date(max(calendar.published, default=MINYEAR), 12, 31)
    late = (Countdown.ended_at.is_(None), Countdown.due_on > last_on)
    return session.scalar(sa.select(sa.func.count()).select_from(Countdown).where(*late)) or 0


def _like(row: Any, holds: Holds) -> object:
    """Return all that a countdown's moves follow from: thousands are alike in it."""
    in_hours = LimitUnit.HOUR in (row.promised_unit, row.statutory_unit)
    begun = row.starts_at if in_hours else town_day(row.starts_at)
    held = tuple(holds.get(row.case_id, ())) if row.kind in HELD else ()
    return (begun, held, row[-len(_SAID) :])


def _moves(row: Any, holds: Holds, derivation: Derivation) -> tuple[Dates, list[Change]]:
    """Return the days of one of those that are alike, and what will be seen of it."""
    facts = _facts(row, holds)
    new = derivation.of(facts)
    changes = derivation.printed(facts)
    return new, [*changes, _change(row, new)] if _is_rewritten(row, new) else changes


def _change(row: Any, new: Dates) -> Change:
    kind, was, now = CountdownKind(row.kind), row.is_provisional, new.is_provisional
    return Change(kind, row.due_on, new.due_on, was, now)


def _is_rewritten(row: Any, new: Dates) -> bool:
    """Say whether any derived column differs, seen or not."""
    before = (row.due_on, row.over_at, row.is_provisional, row.yellow_on)
    return before != (new.due_on, new.over_at, new.is_provisional, new.yellow_on)


# plain tables: nothing here becomes an object, and there are a hundred thousand of them
_RUNS, _CASE, _PARTY = (table_of(record).c for record in (Countdown, Case, CaseParty))
_ROWS = (
    sa.select(
        *(_RUNS.id, _RUNS.case_id, _CASE.number, _RUNS.starts_at),
        *(_RUNS[name] for name in _SAID),
    )
    .join(_CASE.id.table, _CASE.id == _RUNS.case_id)
    .where(_RUNS.id.in_(sa.bindparam("ids", expanding=True)), _RUNS.ended_at.is_(None))
    .order_by(_RUNS.id)
)
_HOLDS = sa.select(
    *(CaseHold.case_id, CaseHold.noticed_on, CaseHold.ended_on, CaseHold.cap_days)
).where(CaseHold.case_id.in_(sa.bindparam("case_ids", expanding=True)))
_PHONES = (
    sa.select(_PARTY.case_id, _PARTY.uuid, _PARTY.wrapped_key, _PARTY.phone_sealed)
    .where(
        _PARTY.case_id.in_(sa.bindparam("case_ids", expanding=True)),
        _PARTY.case_id.not_in(sa.select(CaseContact.case_id)),
    )
    .order_by(_PARTY.id)
)


def _holds(session: Session, rows: Sequence[Any], calendar: WorkingCalendar) -> Holds:
    ids = [row.case_id for row in rows if row.kind in HELD]
    found: Holds = defaultdict(list)
    for case_id, noticed_on, ended_on, cap in session.execute(_HOLDS, {"case_ids": ids}):
        found[case_id].append(capped(noticed_on, ended_on, cap, calendar))
    return found


def _facts(row: Any, holds: Holds) -> Facts:
    """Return what the days of a stored countdown follow from."""
    return Facts(
        kind=row.kind,
        starts_at=row.starts_at,
        promised=TimeLimit(row.promised_amount, row.promised_unit),
        statutory=TimeLimit(row.statutory_amount, row.statutory_unit),
        extension_days=row.extension_days,
        threshold=Threshold(row.yellow_share, row.yellow_days),
        holds=holds.get(row.case_id, ()) if row.kind in HELD else (),
    )
