"""换班: ask, answer, approve, withdraw; and name somebody to stand in at short notice."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from duty_roster.queries import people as roll
from duty_roster.queries import sheets, swaps
from duty_roster.records.sheets import DutySheet, DutySwap, DutyTurn
from duty_roster.rules.sheets import SheetStage
from duty_roster.rules.shifts import Shift, span_of
from duty_roster.rules.swaps import (
    OPEN,
    SWAP_NAMES,
    AlreadyAnswered,
    AlreadyOpen,
    NotYoursToAnswer,
    NotYourTurn,
    ReasonNeeded,
    ShiftIsOver,
    SwapStage,
    check_deputy,
    check_standing_in,
)
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.editions import Edition, raise_edition


def ask(
    session: Session,
    turn: DutyTurn,
    wanted: tuple[int, str],
    actor: Actor,
    now: datetime,
) -> DutySwap:
    """Ask somebody (deputy, reason) to take one's own turn over.

    Raises: NotYourTurn, ShiftIsOver, AlreadyOpen, ReasonNeeded, DeputyIsYourself, BreaksARule.
    """
    mine = roll.by_staff(session, actor.staff_id)
    if mine is None or turn.person_id != mine.id:
        raise NotYourTurn
    _refuse_what_is_over(session, turn, now)
    if swaps.open_of_turn(session, turn.id):
        raise AlreadyOpen
    if not wanted[1]:
        raise ReasonNeeded
    _check(session, turn, wanted[0])
    swap = _noted(session, turn, wanted, SwapStage.ASKED, actor, now)
    audit.record(session, actor, "swap.asked", _subject(swap), now, deputy=wanted[0])
    return swap


def answer(session: Session, swap: DutySwap, agrees: bool, actor: Actor, now: datetime) -> None:
    """Answer as the deputy. Raises NotYoursToAnswer, AlreadyAnswered, and what `ask` raises."""
    deputy = roll.person(session, swap.deputy_id)
    if actor.staff_id is None or deputy.staff_id != actor.staff_id:
        raise NotYoursToAnswer(name=deputy.name)
    _refuse_unless(swap, SwapStage.ASKED)
    if not agrees:
        return _end(session, swap, SwapStage.REFUSED, actor, now)
    swap.agreed_at, swap.stage = now, SwapStage.AGREED
    audit.record(session, actor, "swap.agreed", _subject(swap), now)
    if not sheets.terms(session).approves_swaps:
        _put_in_force(session, swap, actor, now)
    return None


def decide(session: Session, swap: DutySwap, grants: bool, actor: Actor, now: datetime) -> None:
    """Approve what both agreed to, or not. Raises AlreadyAnswered, and what `ask` raises."""
    _refuse_unless(swap, SwapStage.AGREED)
    if grants:
        _put_in_force(session, swap, actor, now)
    else:
        _end(session, swap, SwapStage.REFUSED, actor, now)


def withdraw(session: Session, swap: DutySwap, actor: Actor, now: datetime) -> None:
    """Take back what one asked for, as long as nothing came of it."""
    mine = roll.by_staff(session, actor.staff_id)
    if mine is None or swap.given_by_id != mine.id:
        raise NotYourTurn
    _refuse_unless(swap, *OPEN)
    _end(session, swap, SwapStage.WITHDRAWN, actor, now)


def stand_in(
    session: Session, turn: DutyTurn, wanted: tuple[int, str], actor: Actor, now: datetime
) -> None:
    """Name somebody (deputy, reason) for a turn at once, as who keeps the rota may.

    Raises: ShiftIsOver, DeputyIsYourself, BreaksARule.
    """
    if turn.person_id == wanted[0]:
        return
    _refuse_what_is_over(session, turn, now)
    terms = sheets.terms(session)
    facts = sheets.facts(session, turn.day.replace(day=1), terms)
    check_standing_in(sheets.as_turn(turn), wanted[0], facts, terms)
    if pending := swaps.open_of_turn(session, turn.id):
        _end(session, pending, SwapStage.WITHDRAWN, actor, now)
    if turn.person_id is not None:
        _noted(session, turn, wanted, SwapStage.IN_FORCE, actor, now).decided_by_id = actor.staff_id
    _hand_over(session, turn, wanted[0])
    subject = f"duty:{turn.day}"
    audit.record(session, actor, "duty.assigned", subject, now, deputy=wanted[0])


def _put_in_force(session: Session, swap: DutySwap, actor: Actor, now: datetime) -> None:
    turn = sheets.turn(session, swap.turn_id)
    _refuse_what_is_over(session, turn, now)
    _check(session, turn, swap.deputy_id)
    _hand_over(session, turn, swap.deputy_id)
    _end(session, swap, SwapStage.IN_FORCE, actor, now)


def _hand_over(session: Session, turn: DutyTurn, deputy_id: int) -> None:
    """Give a turn to its deputy; a draft of the next edition must not take it back."""
    raise_edition(session, Edition.ROSTER)
    before, turn.person_id = turn.person_id, deputy_id
    month = turn.day.replace(day=1)
    sheet = session.get_one(DutySheet, turn.sheet_id)
    draft = sheets.sheet_of(session, month, SheetStage.DRAFT)
    same = (DutyTurn.day == turn.day, DutyTurn.kind == turn.kind, DutyTurn.duty == turn.duty)
    if draft and draft.number > sheet.number:
        mine = (DutyTurn.sheet_id == draft.id, DutyTurn.person_id == before)
        session.execute(sa.update(DutyTurn).where(*mine, *same).values(person_id=deputy_id))


def _check(session: Session, turn: DutyTurn, deputy: int) -> None:
    terms = sheets.terms(session)
    sheet = session.get_one(DutySheet, turn.sheet_id)
    turns = [sheets.as_turn(one) for one in sheets.turns_of(session, sheet)]
    facts = sheets.facts(session, sheet.month, terms)
    check_deputy(turns, sheets.as_turn(turn), deputy, facts, terms)


def _noted(
    session: Session,
    turn: DutyTurn,
    wanted: tuple[int, str],
    stage: SwapStage,
    actor: Actor,
    now: datetime,
) -> DutySwap:
    swap = DutySwap(
        turn_id=turn.id,
        given_by_id=turn.person_id,
        deputy_id=wanted[0],
        reason=wanted[1],
        stage=stage,
        asked_by_id=actor.staff_id,
        asked_at=now,
        decided_at=now if stage is SwapStage.IN_FORCE else None,
    )
    session.add(swap)
    session.flush()
    return swap


def _end(session: Session, swap: DutySwap, stage: SwapStage, actor: Actor, now: datetime) -> None:
    swap.stage, swap.decided_by_id, swap.decided_at = stage, actor.staff_id, now
    audit.record(session, actor, f"swap.{stage.value}", _subject(swap), now)


def _refuse_unless(swap: DutySwap, *stages: SwapStage) -> None:
    if swap.stage not in stages:
        raise AlreadyAnswered(stage=SWAP_NAMES[swap.stage])


def _refuse_what_is_over(session: Session, turn: DutyTurn, now: datetime) -> None:
    ends = span_of(Shift(turn.day, turn.kind), sheets.terms(session))[1]
    if now >= ends:
        raise ShiftIsOver


def _subject(swap: DutySwap) -> str:
    return f"swap:{swap.id}"
