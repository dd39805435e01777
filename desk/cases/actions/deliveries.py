"""送达的动作: after the close, until the result is in the applicant's hand."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import countdowns
from desk.cases.actions.telling import tell_ready
from desk.cases.actions.versions import touch
from desk.cases.actions.writing import issue_paper, write_line
from desk.cases.queries.way import taker_place
from desk.cases.records import Case, DeliveryRecord
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.delivery import (
    AWAITED,
    DELIVERED_LINE,
    MANNER_NAMES,
    POSTED_LINE,
    READY_LINE,
    Manner,
    NothingToDeliver,
    Taker,
    awaited_line,
    check_manner,
    check_posted,
    check_taker,
)
from desk.cases.rules.later_papers import delivered
from desk.cases.rules.notices import dated
from desk.cases.rules.papers import PaperKind
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.hall import Hall
from kernel.house_session import vault_of
from services_catalog.rules.limits import NO_LIMIT, LimitUnit, TimeLimit


def arrange(
    session: Session,
    case: Case,
    arranged: tuple[Manner, Taker],
    actor: Actor,
    now: datetime,
    hall: Hall,
) -> None:
    """Say at the close how the result gets to the applicant (manner, who takes it now).

    Raises: DecisionIsServed.
    """
    manner, taker = arranged
    check_manner(manner, case.result)
    if manner is Manner.NOTHING:
        return
    session.add(
        DeliveryRecord(
            case_id=case.id,
            manner=manner,
            arranged_at=now,
            ready_at=now if manner is Manner.PICK_UP else None,
            tracking="",
            uuid="",
            wrapped_key="",
            taker_sealed="",
        )
    )
    session.flush()
    audit.record(session, actor, "delivery.arranged", f"case:{case.id}", now, manner=manner)
    if manner in AWAITED:
        within = TimeLimit(countdowns.settings(session).delivery_days, LimitUnit.WORKING)
        kind = CountdownKind.DELIVERY
        planned = countdowns.plan(session, kind, now, (within, NO_LIMIT), hall.calendar)
        countdowns.write(session, case, planned)
        by = dated(planned.dates.due_on, is_provisional=planned.dates.is_provisional)
        write_line(session, case, awaited_line(manner, by), actor, now)
    else:
        deliver(session, case, taker, actor, now)


def ready(session: Session, case: Case, actor: Actor, now: datetime, hall: Hall) -> None:
    """Say that what was being made can be fetched; the applicant gets a text."""
    found = awaited(session, case)
    if found.manner is not Manner.MAKING:
        raise NothingToDeliver
    found.manner, found.ready_at = Manner.PICK_UP, now
    write_line(session, case, READY_LINE, actor, now)
    tell_ready(session, case, hall.town.signature, now)
    touch(case)
    audit.record(session, actor, "delivery.ready", f"case:{case.id}", now)


def post(session: Session, case: Case, tracking: str, actor: Actor, now: datetime) -> None:
    """Write down that the result was posted.

    Raises: NothingToDeliver, NotPosted, TrackingNeeded.
    """
    found = awaited(session, case)
    check_posted(found.manner, tracking)
    found.posted_at, found.tracking = now, tracking
    write_line(session, case, POSTED_LINE.format(tracking=tracking), actor, now)
    touch(case)
    audit.record(session, actor, "delivery.posted", f"case:{case.id}", now)


def deliver(session: Session, case: Case, taker: Taker, actor: Actor, now: datetime) -> None:
    """Write down who took the result, sealed; the proof of delivery is printed for signature.

    Nobody named: the applicant in person. Raises: NothingToDeliver, TakerNeeded.
    """
    found = awaited(session, case)
    _seal(session, case, found, taker)
    found.delivered_at, found.delivered_by_id = now, actor.staff_id
    countdowns.end(session, case, now, CountdownKind.DELIVERY)
    said = delivered(MANNER_NAMES[found.manner], found.tracking)
    issue_paper(session, case, PaperKind.DELIVERY_PROOF, actor, now, said)
    write_line(session, case, DELIVERED_LINE, actor, now)
    touch(case)
    audit.record(session, actor, "delivery.done", f"case:{case.id}", now, manner=found.manner)


def awaited(session: Session, case: Case) -> DeliveryRecord:
    """Return what is still to be delivered of a case. Raises NothingToDeliver."""
    found = session.get(DeliveryRecord, case.id)
    if found is None or found.delivered_at is not None:
        raise NothingToDeliver
    return found


def _seal(session: Session, case: Case, found: DeliveryRecord, taker: Taker) -> None:
    applicant = queries.applicant_of(session, case)
    name = taker.name or (applicant.name if applicant else "")
    check_taker(name, taker)
    found.uuid = uuid4().hex
    found.wrapped_key, key = vault_of(session).new_person_key(found.uuid)
    found.taker_sealed = key.seal(name, taker_place(found.uuid))
    found.relation = taker.relation
