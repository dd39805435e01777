"""更正的动作: put the item or the day of acceptance right, count anew, give the slip out anew."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import approvals, counting_again
from desk.cases.actions.register import intake_limit
from desk.cases.actions.reissuing import reissue
from desk.cases.actions.telling import tell_moved
from desk.cases.actions.writing import list_more_materials, write_line
from desk.cases.queries import counting
from desk.cases.queries.amends import item_code
from desk.cases.records import Approval, Case, Redating
from desk.cases.rules.approvals import APPROVAL_NAMES, ApprovalKind
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.intake import Brought, MaterialState
from desk.cases.rules.notices import dated
from desk.cases.rules.redating import (
    LeaveNeeded,
    NoSuchItem,
    NothingToPutRight,
    OtherWindowsItem,
    PutRight,
    changes,
    check_item,
    inside_line,
    paper_again,
    redated,
    redated_line,
    said_again,
)
from desk.cases.rules.results import check_reason
from desk.cases.rules.silence import statutory_intake
from desk.cases.rules.stages import check_open
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.errors import NotFound
from kernel.hall import Hall
from services_catalog import queries as catalogue
from services_catalog.records import ItemVersion


def leave(session: Session, case: Case, kind: ApprovalKind) -> Approval:
    """Return the answer that allows an act. Raises LeaveNeeded."""
    found = approvals.granted(session, case, kind)
    if found is None:
        raise LeaveNeeded(what=APPROVAL_NAMES[kind])
    return found


def put_right(
    session: Session, case: Case, right: PutRight, actor: Actor, now: datetime, hall: Hall
) -> None:
    """Put the item or the day right, as a leader granted; what stood before stays on record.

    Raises: AlreadyEnded, ReasonNeeded, LeaveNeeded, NothingToPutRight, OtherHandling,
    NotAcceptedYet, RedatedOutOfRange.
    """
    check_open(case.stage)
    check_reason(right.reason)
    granted = leave(session, case, ApprovalKind.REDATING)
    old, item = case.item, _item(session, case, right.item_code)
    check_item(case.stage, old.handling, item.handling)
    accepted_at = redated(case.accepted_at, right.accepted_on, case.received_at, now)
    changed = changes((old.title, item.title), (case.accepted_at, accepted_at))
    if not changed:
        raise NothingToPutRight
    due_before, before = case.due_on, (old.id, case.received_at, case.accepted_at)
    _write(session, case, item, accepted_at)
    _count_anew(session, case, now, hall)
    approvals.use(granted, now)
    row = _row(case, before, (granted, right.reason), actor, now)
    session.add(row)
    session.flush()
    said = said_again(changed, counting.counted(session, case, hall.calendar))
    due = dated(case.due_on, is_provisional=case.is_provisional)
    reissue(session, case, (paper_again(case.stage), said), actor, now)
    write_line(session, case, redated_line(due), actor, now)
    write_line(session, case, inside_line(changed, right.reason), actor, now, public=False)
    if case.due_on != due_before:
        tell_moved(session, case, f"redated{row.id}", hall.town.signature, now)
    facts = {"item": item.id, "from": old.id, "accepted": str(accepted_at), "reason": right.reason}
    audit.record(session, actor, "case.redated", f"case:{case.id}", now, **facts)


def _item(session: Session, case: Case, code: str) -> ItemVersion:
    """Return the item of that code as it is published; the case's own stays as it was taken in."""
    if code.upper() == item_code(session, case).upper():
        return case.item
    try:
        found = catalogue.published(session, catalogue.spelled(session, code))
    except NotFound:
        raise NoSuchItem(code=code) from None
    if found.item.window is not case.window:
        raise OtherWindowsItem(code=code)
    return found


def _row(
    case: Case,
    before: tuple[int, datetime, datetime | None],
    why: tuple[Approval, str],
    actor: Actor,
    now: datetime,
) -> Redating:
    version, received_at, accepted_at = before
    granted, reason = why
    return Redating(
        case_id=case.id,
        approval_id=granted.id,
        at=now,
        by_id=actor.staff_id,
        reason=reason,
        old_version_of_item_id=version,
        version_of_item_id=case.item.id,
        old_received_at=received_at,
        old_accepted_at=accepted_at,
        accepted_at=accepted_at if case.accepted_at is None else case.accepted_at,
    )


def _write(session: Session, case: Case, item: ItemVersion, accepted_at: datetime | None) -> None:
    """Write what is right: who was accepted on a day had brought the papers by then."""
    if item is not case.item:
        _list_its_materials(session, case, item)
        case.item = item
    case.accepted_at = accepted_at
    if accepted_at and accepted_at < case.received_at:
        case.received_at = accepted_at
    session.flush()


def _list_its_materials(session: Session, case: Case, item: ItemVersion) -> None:
    """Add what the right item asks for; what was brought stays, what no longer counts says so."""
    wanted = {one.name: one for one in catalogue.materials_of(session, item.id)}
    listed = queries.materials_of(session, case)
    for paper in listed:
        if paper.name not in wanted and paper.state is not MaterialState.BROUGHT:
            paper.state = MaterialState.NOT_NEEDED
    known = {paper.name for paper in listed}
    more = [
        Brought(one.name, one.copies, MaterialState.MISSING)
        for name, one in wanted.items()
        if name not in known
    ]
    list_more_materials(session, case.id, more, len(listed))


def _count_anew(session: Session, case: Case, now: datetime, hall: Hall) -> None:
    item = case.item
    limits = {
        CountdownKind.HANDLING: (item.promised, item.statutory),
        CountdownKind.INTAKE: (intake_limit(session), statutory_intake(item.item_type)),
    }
    starts = {CountdownKind.HANDLING: case.accepted_at}
    counting_again.correct(session, case, limits, starts, (now, hall.calendar))
