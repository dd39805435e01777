"""容缺承诺的动作: let papers follow, see the signature, take them in, or revoke."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions import countdowns, ending
from desk.cases.actions.versions import touch
from desk.cases.actions.writing import issue_paper, write_line
from desk.cases.records import Case, CaseMaterial, Countdown, Pledge
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.intake import Brought, MaterialState
from desk.cases.rules.notices import (
    OWED_BROUGHT_LINE,
    PLEDGED_LINE,
    REVOKED_LINE,
    owing_line,
)
from desk.cases.rules.paper_words import accepted_owing, given_back, pledged
from desk.cases.rules.papers import PaperKind, Said
from desk.cases.rules.pledges import AlreadySigned, NoPledge, NothingBrought, check_unkept
from desk.cases.rules.results import check_reason
from desk.cases.rules.slips import owed_lines
from desk.cases.rules.stages import Stage, check_open
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.hall import Hall
from services_catalog.rules.limits import NO_LIMIT, LimitUnit, TimeLimit


def plan_owed(session: Session, now: datetime, hall: Hall) -> countdowns.Planned:
    """Count until when papers may follow that are owed from now on."""
    limit = TimeLimit(countdowns.settings(session).owed_days, LimitUnit.WORKING)
    limits = limit, NO_LIMIT
    return countdowns.plan(session, CountdownKind.OWED, now, limits, hall.calendar)


def said_owing(planned: countdowns.Planned) -> Said:
    """Return what the acceptance has to say about papers that may follow."""
    return accepted_owing(planned.dates.due, planned.facts.promised)


def pledge(
    session: Session,
    case: Case,
    owed: tuple[countdowns.Planned, Sequence[Brought]],
    actor: Actor,
    now: datetime,
) -> None:
    """Let papers of an accepted case follow (by when, which): the applicant's own time starts."""
    planned, materials = owed
    due = countdowns.begin(session, case, planned).due
    session.add(Pledge(case_id=case.id, made_at=now))
    said = pledged(due, planned.facts.promised, owed_lines(materials))
    write_line(session, case, owing_line(due), actor, now)
    issue_paper(session, case, PaperKind.PLEDGE, actor, now, said)
    number = sum(entry.state is MaterialState.OWED for entry in materials)
    audit.record(session, actor, "case.papers_owed", f"case:{case.id}", now, owed=number)


def sign(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    """Note that the applicant has signed the pledge before somebody at the counter."""
    found = _pledge(session, case)
    if found.signed_at is not None:
        raise AlreadySigned
    found.signed_at, found.signed_before_id = now, actor.staff_id
    write_line(session, case, PLEDGED_LINE, actor, now)
    touch(case)
    audit.record(session, actor, "case.pledge_signed", f"case:{case.id}", now)


def bring_owed(
    session: Session, case: Case, brought: Collection[int], actor: Actor, now: datetime
) -> None:
    """Take in papers that were owed (their places in the list); the last one ends the wait."""
    check_open(case.stage)
    owed = (CaseMaterial.case_id == case.id, CaseMaterial.state == MaterialState.OWED)
    mine = (*owed, CaseMaterial.position.in_(brought))
    taken = sa.update(CaseMaterial).where(*mine).values(state=MaterialState.BROUGHT)
    places = session.scalars(taken.returning(CaseMaterial.position)).all()
    if not places:
        raise NothingBrought
    if session.scalar(sa.select(CaseMaterial.position).where(*owed).limit(1)) is None:
        countdowns.end(session, case, now, CountdownKind.OWED)
        write_line(session, case, OWED_BROUGHT_LINE, actor, now)
    touch(case)
    audit.record(session, actor, "case.owed_brought", f"case:{case.id}", now, papers=len(places))


def revoke(session: Session, case: Case, reason: str, actor: Actor, now: datetime) -> None:
    """Take back an acceptance whose pledge was not kept, and give the papers back.

    A person decides it, with a reason; no day does it by itself. Raises: NotYetUnkept.
    """
    check_reason(reason)
    owing = _owing(session, case)
    check_unkept(owing.over_at if owing else None, now)
    ending.end(session, case, Stage.RETURNED, now)
    case.result_note = reason
    said = given_back(reason, is_revoked=True)
    issue_paper(session, case, PaperKind.RETURN_NOTICE, actor, now, said)
    write_line(session, case, REVOKED_LINE, actor, now)
    audit.record(session, actor, "case.revoked", f"case:{case.id}", now, reason=reason)


def _pledge(session: Session, case: Case) -> Pledge:
    found = session.get(Pledge, case.id)
    if found is None:
        raise NoPledge
    return found


def _owing(session: Session, case: Case) -> Countdown | None:
    running = countdowns.running(session, case)
    return next((one for one in running if one.kind is CountdownKind.OWED), None)
