"""不予受理与退件: end a case before it is accepted, on paper, with its reason."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.cases.actions import ending
from desk.cases.actions.register import issue_paper, write_line
from desk.cases.records import Case, Decline
from desk.cases.rules.declining import Declined, check_declined
from desk.cases.rules.notices import DECLINED_LINE, ELSEWHERE_LINE, RETURNED_LINE
from desk.cases.rules.paper_words import declined, given_back
from desk.cases.rules.papers import PaperKind, Said
from desk.cases.rules.results import check_reason
from desk.cases.rules.stages import Stage, check_unaccepted
from kernel.access import Actor
from kernel.audit import actions as audit


def decline(session: Session, case: Case, why: Declined, actor: Actor, now: datetime) -> None:
    """Refuse to accept, with ground, reason and the right body; the paper tells the remedies.

    Raises: MoveNotAllowed, DeclineReasonNeeded, RightBodyNeeded.
    """
    check_declined(why)
    ending.end(session, case, Stage.DECLINED, now)
    case.result_note = why.reason
    session.add(
        Decline(case_id=case.id, ground=why.ground, reason=why.reason, right_body=why.right_body)
    )
    line = ELSEWHERE_LINE.format(body=why.right_body) if why.right_body else DECLINED_LINE
    _tell(session, case, (PaperKind.DECLINE, declined(why), line), actor, now)
    facts = {"ground": why.ground, "reason": why.reason}
    audit.record(session, actor, "case.declined", f"case:{case.id}", now, **facts)


def give_back(session: Session, case: Case, reason: str, actor: Actor, now: datetime) -> None:
    """Give papers back that were never accepted; nobody's time being over does it by itself.

    Raises: MoveNotAllowed, AcceptedAlready, ReasonNeeded.
    """
    check_reason(reason)
    check_unaccepted(case.stage)
    ending.end(session, case, Stage.RETURNED, now)
    case.result_note = reason
    said = given_back(reason, is_revoked=False)
    _tell(session, case, (PaperKind.RETURN_NOTICE, said, RETURNED_LINE), actor, now)
    audit.record(session, actor, "case.given_back", f"case:{case.id}", now, reason=reason)


def _tell(
    session: Session,
    case: Case,
    telling: tuple[PaperKind, Said, str],
    actor: Actor,
    now: datetime,
) -> None:
    kind, said, line = telling
    issue_paper(session, case, kind, actor, now, said)
    write_line(session, case, line, actor, now)
