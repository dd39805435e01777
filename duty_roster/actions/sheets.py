"""值班表: draw a month up, change it by hand, publish it, open its next edition."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from duty_roster.queries import people as roll
from duty_roster.queries import sheets
from duty_roster.records.sheets import DutySheet, DutyTurn
from duty_roster.rules.breaks import Break, breaks, check_publishable
from duty_roster.rules.months import draw_month
from duty_roster.rules.sheets import (
    AlreadyDrafted,
    Nobody,
    NoDraft,
    NoSuchPlace,
    NothingPublished,
    NotOfThisDuty,
    SheetStage,
)
from duty_roster.rules.shifts import Duty, DutyTerms, Turn
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.calendar.rules import WorkingCalendar
from kernel.editions import Edition, raise_edition
from kernel.errors import Conflict


def draw_up(
    session: Session, month: date, actor: Actor, now: datetime, calendar: WorkingCalendar
) -> list[Break]:
    """Draw a month up as a draft, in place of the draft there was; return what cannot hold.

    Raises: Nobody.
    """
    if not any(one.duty is Duty.LEADER for one in roll.members(session)):
        raise Nobody
    terms = sheets.terms(session)
    facts, year = sheets.facts(session, month, terms), sheets.year_before(session, month)
    drawn = draw_month(month, facts, year, calendar, terms)
    sheet = sheets.sheet_of(session, month, SheetStage.DRAFT)
    if sheet is None:
        sheet = _draft(session, month, actor, now)
    else:
        session.execute(sa.delete(DutyTurn).where(DutyTurn.sheet_id == sheet.id))
        sheet.drawn_by_id, sheet.drawn_at = actor.staff_id, now
    _lay_down(session, sheet, drawn.turns)
    reasons = [one.words for one in drawn.reasons]
    audit.record(session, actor, "duty.drawn_up", _subject(sheet), now, reasons=reasons)
    return drawn.reasons


def revise(session: Session, month: date, actor: Actor, now: datetime) -> DutySheet:
    """Open the next edition of a published month, as it stands. Raises AlreadyDrafted."""
    if sheets.sheet_of(session, month, SheetStage.DRAFT):
        raise AlreadyDrafted
    before = sheets.sheet_of(session, month, SheetStage.PUBLISHED)
    if before is None:
        raise NothingPublished
    sheet = _draft(session, month, actor, now)
    _lay_down(session, sheet, [sheets.as_turn(one) for one in sheets.turns_of(session, before)])
    audit.record(session, actor, "duty.revised", _subject(sheet), now)
    return sheet


def place(
    session: Session,
    draft: tuple[DutySheet, int],
    moved: tuple[int, int | None],
    actor: Actor,
    now: datetime,
) -> None:
    """Put somebody (or nobody) on a place of a draft, by hand; `moved` is turn and person.

    A place that somebody else has is exchanged when `move` says so; here the person is set.
    Raises: Conflict, NoSuchPlace, NotOfThisDuty.
    """
    sheet, version = draft
    _check_version(sheet, version)
    turn, person_id = _turn_of(session, sheet, moved[0]), moved[1]
    if person_id is not None and roll.person(session, person_id).duty is not turn.duty:
        raise NotOfThisDuty
    turn.person_id = person_id
    _touch(sheet, now)
    facts = {"day": str(turn.day), "person": person_id}
    audit.record(session, actor, "duty.placed", _subject(sheet), now, **facts)


def exchange(
    session: Session,
    draft: tuple[DutySheet, int],
    moved: tuple[int, int],
    actor: Actor,
    now: datetime,
) -> None:
    """Let two places of a draft change hands: what dragging one onto the other means.

    Raises: Conflict, NoSuchPlace, NotOfThisDuty.
    """
    sheet, version = draft
    _check_version(sheet, version)
    one, other = (_turn_of(session, sheet, turn_id) for turn_id in moved)
    if one.duty is not other.duty:
        raise NotOfThisDuty
    one.person_id, other.person_id = other.person_id, one.person_id
    _touch(sheet, now)
    facts = {"day": str(one.day), "other": str(other.day)}
    audit.record(session, actor, "duty.exchanged", _subject(sheet), now, **facts)


def discard(session: Session, month: date, actor: Actor, now: datetime) -> None:
    """Throw a draft away; what is published stays. Raises NoDraft."""
    sheet = sheets.sheet_of(session, month, SheetStage.DRAFT)
    if sheet is None:
        raise NoDraft
    audit.record(session, actor, "duty.discarded", _subject(sheet), now)
    session.execute(sa.delete(DutyTurn).where(DutyTurn.sheet_id == sheet.id))
    session.delete(sheet)


def publish(
    session: Session, draft: tuple[DutySheet, int], actor: Actor, now: datetime
) -> DutySheet:
    """Publish a draft in place of the edition before it. Raises Conflict, StillBroken."""
    sheet, version = draft
    _check_version(sheet, version)
    terms = sheets.terms(session)
    check_publishable(broken(session, sheet, terms))
    before = sheets.sheet_of(session, sheet.month, SheetStage.PUBLISHED)
    if before:
        before.stage = SheetStage.REPLACED
    sheet.stage = SheetStage.PUBLISHED
    sheet.published_by_id, sheet.published_at = actor.staff_id, now
    raise_edition(session, Edition.ROSTER)
    audit.record(session, actor, "duty.published", _subject(sheet), now, number=sheet.number)
    return sheet


def broken(session: Session, sheet: DutySheet, terms: DutyTerms) -> list[Break]:
    """Return the rules a sheet breaks."""
    turns = [sheets.as_turn(one) for one in sheets.turns_of(session, sheet)]
    return breaks(turns, sheets.facts(session, sheet.month, terms), terms)


def _draft(session: Session, month: date, actor: Actor, now: datetime) -> DutySheet:
    sheet = DutySheet(
        month=month,
        number=sheets.last_number(session, month) + 1,
        stage=SheetStage.DRAFT,
        drawn_by_id=actor.staff_id,
        drawn_at=now,
    )
    session.add(sheet)
    session.flush()
    return sheet


def _lay_down(session: Session, sheet: DutySheet, turns: Sequence[Turn]) -> None:
    session.execute(
        sa.insert(DutyTurn),
        [
            {
                "sheet_id": sheet.id,
                "day": turn.place.day,
                "kind": turn.place.shift.kind,
                "duty": turn.place.duty,
                "place": turn.place.number,
                "person_id": turn.person,
            }
            for turn in turns
        ],
    )


def _turn_of(session: Session, sheet: DutySheet, turn_id: int) -> DutyTurn:
    turn = session.get(DutyTurn, turn_id)
    if turn is None or turn.sheet_id != sheet.id:
        raise NoSuchPlace
    return turn


def _check_version(sheet: DutySheet, version: int) -> None:
    if sheet.version != version or sheet.stage != SheetStage.DRAFT:
        raise Conflict


def _touch(sheet: DutySheet, now: datetime) -> None:
    """Raise the sheet's version: whoever has the old one on screen is told."""
    sheet.drawn_at = now
    flag_modified(sheet, "drawn_at")  # also within one tick of the clock


def _subject(sheet: DutySheet) -> str:
    return f"duty_sheet:{sheet.id}"
