"""合并的动作: the later of two registrations goes on in the earlier; undone within the day."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import counting_again, ending
from desk.cases.actions.versions import touch
from desk.cases.actions.writing import write_line
from desk.cases.queries import amends
from desk.cases.records import Case, Merge
from desk.cases.rules.merging import (
    GIVEN_UP_LINE,
    MERGED_LINE,
    MERGED_NOTE,
    TAKEN_LINE,
    UNDONE_LINE,
    NotMerged,
    SameCase,
    check_both_open,
    check_pair,
    check_undo,
)
from desk.cases.rules.results import check_reason
from desk.cases.rules.stages import Stage
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.calendar.rules import WorkingCalendar
from kernel.text import folded


def merge(
    session: Session, one: Case, other: Case, reason: str, actor: Actor, now: datetime
) -> Case:
    """End the later of two registrations of one matter; return the one that goes on.

    Raises: ReasonNeeded, SameCase, OtherWindow, OtherPeople, NotBothOpen.
    """
    check_reason(reason)
    if one.id == other.id:
        raise SameCase
    check_pair([one.window, other.window], [_applicant(session, each) for each in (one, other)])
    survivor, later = amends.earlier_first(one, other)
    for case in (survivor, later):
        check_both_open(case.number, case.stage)
    row = Merge(
        case_id=later.id,
        survivor_id=survivor.id,
        at=now,
        by_id=actor.staff_id,
        reason=reason,
        old_stage=later.stage,
    )
    session.add(row)
    ending.end(session, later, Stage.MERGED, now)
    later.due_on = None
    later.result_note = MERGED_NOTE.format(survivor=survivor.number, reason=reason)
    write_line(session, later, MERGED_LINE.format(survivor=survivor.number), actor, now)
    write_line(session, survivor, TAKEN_LINE.format(merged=later.number), actor, now)
    touch(survivor)
    facts = {"into": survivor.id, "reason": reason}
    audit.record(session, actor, "case.merged", f"case:{later.id}", now, **facts)
    return survivor


def undo(
    session: Session, case: Case, actor: Actor, now: datetime, calendar: WorkingCalendar
) -> None:
    """Let a case that was merged today go on by itself, where it stood.

    Raises: NotMerged, TooLateToUndo.
    """
    row = amends.merge_of(session, case)
    if row is None:
        raise NotMerged
    survivor = session.get_one(Case, row.survivor_id)
    check_undo(row.at, now, survivor.number)
    row.undone_at, row.undone_by_id = now, actor.staff_id
    case.stage, case.closed_at, case.result_note = row.old_stage, None, ""
    counting_again.resume(session, case, row.at, calendar)
    ending.resume(session, case, row.at)
    write_line(session, case, UNDONE_LINE, actor, now)
    write_line(session, survivor, GIVEN_UP_LINE.format(merged=case.number), actor, now)
    touch(survivor)
    facts = {"from": survivor.id}
    audit.record(session, actor, "case.merge_undone", f"case:{case.id}", now, **facts)


def _applicant(session: Session, case: Case) -> str:
    """Return what tells applicants apart: the document where there is one, else the name."""
    found = queries.applicant_of(session, case)
    if found is None:
        return ""
    return found.document_number or folded(found.name)
