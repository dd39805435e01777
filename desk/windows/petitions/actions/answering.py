"""信访的办理: take up or guide elsewhere, hand on, answer, and what comes after the answer."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from desk.cases import queries as cases
from desk.cases.actions import countdowns, ending, joint
from desk.cases.actions.telling import tell_completion, tell_receipt
from desk.cases.actions.versions import touch
from desk.cases.actions.writing import issue_paper, write_line
from desk.cases.records import Case
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.papers import PaperKind, Said
from desk.cases.rules.results import Result
from desk.cases.rules.stages import Stage, check_open, move
from desk.windows.petitions import queries
from desk.windows.petitions.records import PetitionHandOn
from desk.windows.petitions.rules import answers
from desk.windows.petitions.rules.answers import BodyNeeded, Ground, HandOn, OpinionNeeded
from desk.windows.petitions.rules.kinds import Outcome
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.hall import Hall
from kernel.staff.records import Staff


@dataclass(frozen=True, slots=True)
class Declining:
    """不予受理: why, and where to turn instead."""

    ground: Ground
    body: str
    reason: str


@dataclass(frozen=True, slots=True)
class HandingOn:
    """转送、交办: to whom, with what words, and by when a report is wanted."""

    way: HandOn
    body: str
    note: str
    report_by_on: date | None


def accept(session: Session, case: Case, actor: Actor, now: datetime, hall: Hall) -> None:
    """Take a petition up: its sixty days begin, and it is told so in writing."""
    case.stage = move(case.stage, Stage.IN_PROGRESS)
    countdowns.end(session, case, now)
    case.accepted_at = now
    limits = (case.item.promised, case.item.statutory)
    planned = countdowns.plan(session, CountdownKind.HANDLING, now, limits, hall.calendar)
    countdowns.begin(session, case, planned)
    is_provisional = case.is_provisional
    said = answers.accepted(case.due_on, is_provisional=is_provisional)
    issue_paper(session, case, PaperKind.PETITION_ACCEPTED, actor, now, said)
    line = answers.accepted_line(case.due_on, is_provisional=is_provisional)
    write_line(session, case, line, actor, now)
    tell_receipt(session, case, cases.people_of(session, case), hall.town.signature, now)
    audit.record(session, actor, "petition.accepted", f"case:{case.id}", now)


def decline(
    session: Session, case: Case, declining: Declining, actor: Actor, now: datetime
) -> None:
    """Do not take a petition up, and say where it belongs. Raises: BodyNeeded."""
    answers.check_ground(declining.ground, declining.body)
    ending.end(session, case, Stage.DECLINED, now)
    queries.petition(session, case).ground = declining.ground
    case.result_note = declining.reason
    said = answers.not_accepted(declining.ground, declining.body, declining.reason)
    issue_paper(session, case, PaperKind.PETITION_DECLINED, actor, now, said)
    write_line(session, case, answers.DECLINED_LINE, actor, now)
    facts = {"ground": declining.ground}
    audit.record(session, actor, "petition.declined", f"case:{case.id}", now, **facts)


def hand_on(session: Session, case: Case, to: HandingOn, actor: Actor, now: datetime) -> None:
    """Send a petition to the body it is for (转送 ends it here), or give it to one to work on.

    Raises: BodyNeeded, AlreadyEnded, MoveNotAllowed.
    """
    if not to.body:
        raise BodyNeeded
    check_open(case.stage)
    if to.way is HandOn.FORWARDED:
        ending.end(session, case, Stage.REFERRED, now)
    session.add(
        PetitionHandOn(
            case_id=case.id,
            way=to.way,
            body=to.body,
            note=to.note,
            report_by_on=to.report_by_on,
            at=now,
            actor_id=actor.staff_id,
        )
    )
    touch(case)
    said = answers.handed_on(to.way, to.body, to.note, to.report_by_on)
    issue_paper(session, case, PaperKind.PETITION_HANDED_ON, actor, now, said)
    is_forwarded = to.way is HandOn.FORWARDED
    line = answers.FORWARDED_LINE if is_forwarded else answers.ASSIGNED_LINE
    write_line(session, case, line.format(body=to.body), actor, now, public=is_forwarded)
    facts = {"way": to.way, "body": to.body}
    audit.record(session, actor, "petition.handed_on", f"case:{case.id}", now, **facts)


def give_to(session: Session, case: Case, leader: Staff, actor: Actor, now: datetime) -> None:
    """Make another leader answer for a petition."""
    check_open(case.stage)
    queries.petition(session, case).leader_id = leader.id
    touch(case)
    line = answers.LEADER_LINE.format(name=leader.name)
    write_line(session, case, line, actor, now, public=False)
    audit.record(session, actor, "petition.given_to", f"case:{case.id}", now, to=leader.id)


def answer(
    session: Session,
    case: Case,
    given: tuple[Outcome, str],
    actor: Actor,
    now: datetime,
    hall: Hall,
) -> None:
    """Answer a petition (outcome, findings) on the 处理意见书. Raises: OpinionNeeded."""
    outcome, text = given
    if not text:
        raise OpinionNeeded
    joint.check_all_answered(session, case)
    ending.end(session, case, Stage.COMPLETED, now)
    case.result, case.result_note = Result.DONE, text
    queries.petition(session, case).outcome = outcome
    said: Said = answers.opinion(outcome, text, queries.settings(session).review_days)
    issue_paper(session, case, PaperKind.PETITION_OPINION, actor, now, said)
    write_line(session, case, answers.ANSWERED_LINE, actor, now)
    tell_completion(session, case, cases.people_of(session, case), hall.town.signature, now)
    audit.record(session, actor, "petition.answered", f"case:{case.id}", now, outcome=outcome)
