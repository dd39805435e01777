"""值班表查询: the town's terms, a month's editions and turns, and what the rules need of them."""

from collections.abc import Iterable
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from duty_roster.queries import log
from duty_roster.queries import people as roll
from duty_roster.records.sheets import DutySettings, DutySheet, DutyTurn
from duty_roster.rules.breaks import Facts
from duty_roster.rules.sheets import SheetStage
from duty_roster.rules.shifts import DutyTerms, Place, Shift, Turn, month_after
from kernel.calendar.rules import ONE_DAY
from kernel.errors import NotFound

ONLY_ROW = 1


def settings(session: Session) -> DutySettings:
    """Return how the town keeps its duty, to be edited."""
    return session.get_one(DutySettings, ONLY_ROW)


def terms(session: Session) -> DutyTerms:
    """Return how the town keeps its duty, as the rules see it."""
    own, season = settings(session), log.settings(session)
    return DutyTerms(
        own.workday,
        own.restday,
        own.day_from,
        own.night_from,
        own.officers,
        own.drivers,
        own.gap_days,
        divmod(season.flood_from, 100),
        divmod(season.flood_to, 100),
        own.approves_swaps,
        own.nudge_minutes,
    )


def sheet_of(session: Session, month: date, stage: SheetStage) -> DutySheet | None:
    """Return a month's published sheet, or its draft."""
    mine = (DutySheet.month == month, DutySheet.stage == stage)
    return session.scalar(sa.select(DutySheet).where(*mine))


def last_number(session: Session, month: date) -> int:
    """Return the number of a month's newest edition; 0 before the first."""
    query = sa.select(sa.func.max(DutySheet.number)).where(DutySheet.month == month)
    return session.scalar(query) or 0


def turns_of(session: Session, sheet: DutySheet) -> list[DutyTurn]:
    """Return the turns of a sheet, by day."""
    return in_order(session.scalars(sa.select(DutyTurn).where(DutyTurn.sheet_id == sheet.id)))


def published(session: Session, first: date, last: date) -> list[DutyTurn]:
    """Return the published turns from `first` to `last`, both included, by day."""
    query = (
        sa.select(DutyTurn)
        .join(DutySheet, DutySheet.id == DutyTurn.sheet_id)
        .where(DutySheet.stage == SheetStage.PUBLISHED, DutyTurn.day.between(first, last))
    )
    return in_order(session.scalars(query))


def turn(session: Session, turn_id: int) -> DutyTurn:
    """Return a published turn. Raises NotFound."""
    found = session.get(DutyTurn, turn_id)
    if found is None or session.get_one(DutySheet, found.sheet_id).stage != SheetStage.PUBLISHED:
        raise NotFound
    return found


def in_order(turns: Iterable[DutyTurn]) -> list[DutyTurn]:
    """Return turns by day, shift, kind of duty and place."""
    return sorted(turns, key=lambda one: as_turn(one).place.rank)


def as_turn(entry: DutyTurn) -> Turn:
    """Return a stored turn as the rules see it."""
    place = Place(Shift(entry.day, entry.kind), entry.duty, entry.place)
    return Turn(place, entry.person_id)


def facts(session: Session, month: date, terms: DutyTerms) -> Facts:
    """Return what the rules have to know to judge a month."""
    after, rest = month_after(month), timedelta(days=terms.gap_days)
    around = [
        *published(session, month - rest, month - ONE_DAY),
        *published(session, after, after + rest),
    ]
    away = roll.absences(session, month, after - ONE_DAY)
    return Facts(roll.members(session), away, [as_turn(one) for one in around])


def year_before(session: Session, month: date) -> list[Turn]:
    """Return the published turns of the year before a month."""
    found = published(session, date(month.year, 1, 1), month - ONE_DAY)
    return [as_turn(one) for one in found]
