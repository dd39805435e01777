"""按钮表，更正合并重办: what is put right afterwards, as somebody might press it."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bench.walk.verbs import WHY, Press, Verb
from desk.cases import queries
from desk.cases.actions import approvals, merging, outage, redating, reopening
from desk.cases.queries.outage import lines_of
from desk.cases.records import Case, Merge, NumberBlock
from desk.cases.rules.approvals import ApprovalKind, Asked
from desk.cases.rules.intake import Answer
from desk.cases.rules.outage import Late
from desk.cases.rules.redating import PutRight
from services_catalog.rules.items import Window
from tests.builders import CARRIED, HERE, a_case, clerk, intake

OTHERS = (HERE, HERE, "BM-006", CARRIED)


def _granted(press: Press, session: Session, case: Case, kind: ApprovalKind) -> None:
    """Ask the head, who says yes."""
    actor, now, hall = press.asked(session, ("counter1",))
    approval = approvals.ask(session, case, Asked(kind, WHY), actor, now)
    approvals.decide(session, approval, (True, ""), clerk(session, "head"), now, hall)


def _put_right(press: Press, session: Session, case: Case) -> None:
    _granted(press, session, case, ApprovalKind.REDATING)
    day = press.day(-9, 1) if press.dice.random() < 0.7 else None
    right = PutRight(press.dice.choice(OTHERS), day, WHY)
    redating.put_right(session, case, right, *press.asked(session))


def _reopen(press: Press, session: Session, case: Case) -> None:
    _granted(press, session, case, ApprovalKind.REOPENING)
    reopening.reopen(session, case, WHY, *press.asked(session))


def _merge(press: Press, session: Session, case: Case) -> None:
    """Register the same matter once more, and let one of the two go on."""
    who = queries.applicant_of(session, case)
    actor, now, _ = press.asked(session)
    twin = a_case(press.here, session, now, intake(session, HERE, Answer.ACCEPT, who))
    one, other = press.dice.sample((case, twin), 2)
    merging.merge(session, one, other, WHY, actor, now)
    if press.dice.random() < 0.3:
        merging.merge(session, twin, case, WHY, actor, now)


def _merge_away(press: Press, session: Session, case: Case) -> None:
    """Let a case go on in an older one of the same person, where there is one."""
    who = queries.applicant_of(session, case)
    older = session.scalars(sa.select(Case).where(Case.id < case.id).order_by(Case.id.desc()))
    actor, now, _ = press.asked(session)
    for other in older.fetchmany(20):
        found = queries.applicant_of(session, other)
        if who and found and found.document_number == who.document_number:
            merging.merge(session, case, other, WHY, actor, now)
            return


def _undo(press: Press, session: Session, case: Case) -> None:
    """Undo the newest merge, or one that never was."""
    actor, now, hall = press.asked(session)
    merges = sa.select(Merge.case_id).where(Merge.undone_at.is_(None)).order_by(Merge.id.desc())
    newest = session.scalar(merges.limit(1))
    merged = session.get_one(Case, newest) if newest else case
    merging.undo(session, merged, actor, now, hall.calendar)


def _slips(press: Press, session: Session, case: Case) -> None:
    """Set numbers aside, or enter or void some that are."""
    actor, now, hall = press.asked(session)
    block = session.scalars(sa.select(NumberBlock).order_by(NumberBlock.id.desc())).first()
    open_ones = [one for one in lines_of(session, block) if one.is_open] if block else []
    if block is None or not open_ones:
        outage.reserve(session, Window.GENERAL, (press.dice.randint(0, 5), WHY), actor, now)
    elif press.dice.random() < 0.8:
        number = press.dice.choice(open_ones).reserved.number
        moment = block.reserved_at + press.dice.random() * 1.2 * (now - block.reserved_at)
        late = Late(number, moment, press.dice.choice([WHY, WHY, ""]))
        outage.enter(session, intake(session), late, actor, now, hall)
    else:
        outage.void(session, block, ([open_ones[0].reserved.number], WHY), actor, now)


AMENDS: dict[str, tuple[Verb, int]] = {
    "put right": (_put_right, 4),
    "reopen": (_reopen, 3),
    "merge": (_merge, 2),
    "merge away": (_merge_away, 1),
    "undo a merge": (_undo, 4),
    "slips": (_slips, 2),
}
