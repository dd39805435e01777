"""停电登记的动作: set numbers aside, enter what was written by hand, void what was not used."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions.numbering import take_block
from desk.cases.actions.register import LOOKUP, Intake, register
from desk.cases.actions.writing import write_line
from desk.cases.queries.outage import reserved
from desk.cases.records import Case, NumberBlock, ReservedNumber
from desk.cases.rules.outage import (
    Late,
    LateSlip,
    NotReserved,
    NumberUsed,
    check_count,
    check_late_reason,
    check_number,
    check_true_moment,
    late_sentence,
)
from desk.cases.rules.results import check_reason
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.database import table_of
from kernel.hall import Hall
from kernel.house_session import vault_of
from kernel.vault import token_hash
from services_catalog.rules.items import Window

_SET_ASIDE = sa.insert(table_of(ReservedNumber))


def reserve(
    session: Session, window: Window, wanted: tuple[int, str], actor: Actor, now: datetime
) -> NumberBlock:
    """Set numbers (how many, why) of a window's own series aside, each with its code.

    Raises: CountOutOfRange, ReasonNeeded, ClockWentBack.
    """
    count, reason = wanted
    check_count(count)
    check_reason(reason)
    audit.refuse_a_clock_that_went_back(session, now)
    block = NumberBlock(
        window=window, count=count, reason=reason, reserved_at=now, reserved_by_id=actor.staff_id
    )
    session.add(block)
    session.flush()
    numbers = take_block(session, window, now, count)
    session.execute(_SET_ASIDE, [_row(session, block, number) for number in numbers])
    facts = {"count": count, "first": numbers[0], "last": numbers[-1], "reason": reason}
    audit.record(session, actor, "numbers.reserved", f"number_block:{block.id}", now, **facts)
    return block


def enter(
    session: Session, intake: Intake, late: Late, actor: Actor, now: datetime, hall: Hall
) -> Case:
    """Register what was written by hand, under its own number and from its own moment.

    Raises: NotReserved, NumberUsed, NumberVoid, TrueMomentOutOfRange, LateReasonNeeded,
    and what
    `register` does.
    """
    check_late_reason(late.reason)
    found = reserved(session, late.number)
    if found is None or found[1].window is not intake.window:
        raise NotReserved(number=late.number)
    row, block = found
    check_number(row.number, is_used=row.case_id is not None, is_void=row.voided_at is not None)
    check_true_moment(late.true_at, block.reserved_at, now)
    slip = LateSlip(row.number, row.case_uuid, late.true_at)
    case = register(session, replace(intake, slip=slip), actor, now, hall)
    _use(session, row.number, case, late, actor, now)
    write_line(session, case, late_sentence(late.true_at, now), actor, now)
    facts = {"number": row.number, "true_at": str(late.true_at), "reason": late.reason}
    audit.record(session, actor, "case.entered_late", f"case:{case.id}", now, **facts)
    return case


def void(
    session: Session,
    block: NumberBlock,
    why: tuple[Collection[str], str],
    actor: Actor,
    now: datetime,
) -> int:
    """Void numbers of a block that nobody used (which, why); return how many.

    Raises: ReasonNeeded.
    """
    numbers, reason = why
    check_reason(reason)
    unused = (
        ReservedNumber.block_id == block.id,
        ReservedNumber.number.in_(numbers),
        ReservedNumber.case_id.is_(None),
        ReservedNumber.voided_at.is_(None),
    )
    values = {"voided_at": now, "voided_by_id": actor.staff_id, "reason": reason}
    change = sa.update(ReservedNumber).where(*unused).values(values)
    voided = len(session.execute(change.returning(ReservedNumber.number)).all())
    facts = {"count": voided, "reason": reason}
    audit.record(session, actor, "numbers.voided", f"number_block:{block.id}", now, **facts)
    return voided


def _row(session: Session, block: NumberBlock, number: str) -> dict[str, object]:
    uuid = uuid4().hex
    code = vault_of(session).token(LOOKUP, uuid)
    row = {"number": number, "block_id": block.id, "case_uuid": uuid, "reason": ""}
    return {**row, "lookup_hash": token_hash(code)}


def _use(
    session: Session, number: str, case: Case, late: Late, actor: Actor, now: datetime
) -> None:
    """Spend a number unless somebody else has, at this very moment even."""
    spent = session.execute(
        sa.update(ReservedNumber)
        .where(
            ReservedNumber.number == number,
            ReservedNumber.case_id.is_(None),
            ReservedNumber.voided_at.is_(None),
        )
        .values(
            case_id=case.id,
            true_at=late.true_at,
            entered_at=now,
            entered_by_id=actor.staff_id,
            reason=late.reason,
        )
        .returning(ReservedNumber.number)
    ).first()
    if spent is None:
        raise NumberUsed(number=number)
