"""审查收件: answer papers that lie here, at the first look or after more were brought.

Five working days from the day the papers came. When more are brought after a notice and still
have to be looked through, five from that day: the law has a full supplement accepted, so a late
answer to it counts from its own receipt.
Source: 行政许可法 §32(1) 第四、五项.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import approvals, countdowns, ending
from desk.cases.actions.pledging import plan_owed, pledge, said_owing
from desk.cases.actions.register import (
    issue_paper,
    opening,
    said_of,
    tell_opening,
    write_line,
)
from desk.cases.actions.verbs import Acceptance, accept
from desk.cases.actions.versions import touch
from desk.cases.actions.writing import note_materials
from desk.cases.records import Case
from desk.cases.rules.approvals import ApprovalKind
from desk.cases.rules.examining import NothingNew, NowComplete, check_notice_number
from desk.cases.rules.intake import (
    STAGE_AFTER,
    Answer,
    Brought,
    MaterialState,
    answers_to,
    as_answered,
    check_answer,
    is_lacking,
)
from desk.cases.rules.notices import PARTLY_LINE, opening_line
from desk.cases.rules.papers import PAPER_OF
from desk.cases.rules.stages import Stage, move
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.hall import Hall

Asked = tuple[Actor, datetime]


@dataclass(frozen=True, slots=True)
class Found:
    """What the counter found in a pile, and what it answers."""

    answer: Answer
    materials: Sequence[Brought]


def examine(session: Session, case: Case, found: Found, asked: Asked, hall: Hall) -> None:
    """Answer the papers of a case that lie here. `asked` is by whom and when.

    Raises: AnswerNotOffered, MaterialsMissing, OwedNotAccepted, NothingOwed, NothingMissing,
    SecondNotice, ClockWentBack.
    """
    actor, now = asked
    audit.refuse_a_clock_that_went_back(session, now)
    allowed = answers_to(case.stage, case.item.handling)
    check_answer(found.answer, case.item.handling, found.materials, allowed)
    materials = as_answered(found.answer, found.materials)
    note_materials(session, case, materials)
    if found.answer in {Answer.ACCEPT, Answer.CARRY}:
        accept(session, case, Acceptance(), actor, now, hall)
    elif found.answer is Answer.ACCEPT_OWING:
        owed = plan_owed(session, now, hall)
        accept(session, case, Acceptance(said=said_owing(owed)), actor, now, hall)
        pledge(session, case, (owed, materials), actor, now)
    else:
        if found.answer is Answer.NOTICE:
            _may_give_notice(session, case, now)
        _answer(session, case, Found(found.answer, materials), asked, hall)


def note_papers(
    session: Session, case: Case, materials: Sequence[Brought], actor: Actor, now: datetime
) -> None:
    """Note papers that came while others are still awaited; the applicant's time runs on.

    Raises: MoveNotAllowed, NothingNew, NowComplete.
    """
    move(case.stage, Stage.EXAMINING)  # where nothing is awaited there is nothing to add to
    before = {one.position for one in queries.materials_of(session, case) if _is_here(one.state)}
    after = {place for place, one in enumerate(materials) if _is_here(one.state)}
    if not after - before:
        raise NothingNew
    lacking = sum(is_lacking(entry) for entry in materials)
    if not lacking:
        raise NowComplete
    note_materials(session, case, as_answered(Answer.NOTICE, materials))
    write_line(session, case, PARTLY_LINE.format(number=lacking), actor, now)
    touch(case)
    audit.record(session, actor, "case.papers_noted", f"case:{case.id}", now, lacking=lacking)


def _answer(session: Session, case: Case, found: Found, asked: Asked, hall: Hall) -> None:
    """Take in for examination, give notice, or point on: a stage, a paper, a text."""
    actor, now = asked
    case.stage = move(case.stage, STAGE_AFTER[found.answer])
    if found.answer is Answer.REFER:
        ending.let_go(session, case, now)
    countdowns.end(session, case, now)
    planned = opening(session, found.answer, case.item, now, hall)
    due = countdowns.begin(session, case, planned).due if planned else None
    write_line(session, case, opening_line(found.answer, case.item.body, due), actor, now)
    said = said_of(session, found.answer, case, planned, found.materials)
    issue_paper(session, case, PAPER_OF[found.answer], actor, now, said)
    if planned:
        told = planned, queries.people_of(session, case)
        tell_opening(session, case, told, hall.town.signature, now)
    lacking = sum(is_lacking(entry) for entry in found.materials)
    facts = {"answer": found.answer, "lacking": lacking}
    audit.record(session, actor, "case.answered", f"case:{case.id}", now, **facts)


def _may_give_notice(session: Session, case: Case, now: datetime) -> None:
    """Let the first notice pass; a second one spends what a leader granted for it."""
    approval = approvals.granted(session, case, ApprovalKind.SECOND_NOTICE)
    check_notice_number(queries.notices_given(session, case), is_granted=approval is not None)
    if approval and queries.notices_given(session, case):
        approvals.use(approval, now)


def _is_here(state: MaterialState) -> bool:
    return state is MaterialState.BROUGHT
