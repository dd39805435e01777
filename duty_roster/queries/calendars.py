"""日历查询: somebody's turns for their own calendar, with those that were taken from them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from duty_roster.queries import sheets
from duty_roster.records.people import DutyPerson
from duty_roster.records.sheets import DutySheet, DutySwap, DutyTurn
from duty_roster.rules.icalendar import DutyEvent
from duty_roster.rules.sheets import SheetStage
from duty_roster.rules.shifts import Duty, DutyTerms, Shift, ShiftKind, span_of
from duty_roster.rules.swaps import SwapStage

#: what a turn is, whoever has it in whichever edition
Key = tuple[date, ShiftKind, Duty]


def events_of(session: Session, person: DutyPerson, since: date) -> list[DutyEvent]:
    """Return every turn since a day that somebody has, or once had in a published sheet."""
    terms, changes = sheets.terms(session), _changes(session, since)
    query = (
        sa.select(DutyTurn, DutySheet.stage, DutySheet.month)
        .join(DutySheet, DutySheet.id == DutyTurn.sheet_id)
        .where(DutySheet.stage != SheetStage.DRAFT, DutyTurn.day >= since)
    )
    given = sa.select(DutySwap.turn_id).where(
        DutySwap.given_by_id == person.id, DutySwap.stage == SwapStage.IN_FORCE
    )
    mine = query.where(sa.or_(DutyTurn.person_id == person.id, DutyTurn.id.in_(given)))
    found: dict[Key, tuple[bool, date]] = {}
    for turn, stage, month in session.execute(mine):
        has_it = stage == SheetStage.PUBLISHED and turn.person_id == person.id
        key = (turn.day, turn.kind, turn.duty)
        found[key] = (has_it or found.get(key, (False, month))[0], month)
    return [
        _event(person, key, has_it, changes[month], terms)
        for key, (has_it, month) in sorted(found.items())
    ]


def _event(
    person: DutyPerson, key: Key, has_it: bool, changed: tuple[datetime, int], terms: DutyTerms
) -> DutyEvent:
    day, kind, duty = key
    shift = Shift(day, kind)
    uid = f"{day:%Y%m%d}-{kind.value}-{duty.value}-{person.uuid}@township-desk"
    return DutyEvent(uid, shift, duty, span_of(shift, terms), *changed, not has_it)


def _changes(session: Session, since: date) -> dict[date, tuple[datetime, int]]:
    """Return when each month was last changed, and how often: editions and swaps together."""
    first = since.replace(day=1)
    found: dict[date, tuple[datetime, int]] = {}
    editions = sa.select(DutySheet.month, DutySheet.published_at).where(
        DutySheet.month >= first, DutySheet.published_at.is_not(None)
    )
    swapped = (
        sa.select(DutySheet.month, DutySwap.decided_at)
        .join(DutyTurn, DutyTurn.id == DutySwap.turn_id)
        .join(DutySheet, DutySheet.id == DutyTurn.sheet_id)
        .where(DutySheet.month >= first, DutySwap.stage == SwapStage.IN_FORCE)
    )
    for month, at in [*session.execute(editions), *session.execute(swapped)]:
        latest, count = found.get(month, (at, 0))
        found[month] = (max(latest, at), count + 1)
    return found
