"""视为受理的动作: what silence past the intake day does, and the notice a clerk lets go."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import countdowns
from desk.cases.actions.register import issue_paper, write_line
from desk.cases.actions.telling import tell_receipt
from desk.cases.actions.versions import touch
from desk.cases.records import Case, Countdown, DeemedAcceptance
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.deadlines import due
from desk.cases.rules.notices import TOLD_LINE, deemed_line
from desk.cases.rules.paper_words import deemed_words
from desk.cases.rules.papers import PaperKind
from desk.cases.rules.silence import AlreadyTold, is_accepted_by_silence, is_permit
from desk.cases.rules.stages import Stage, move
from kernel.access import HOUSE, Actor
from kernel.audit import actions as audit
from kernel.clock import town_day
from kernel.errors import NotFound
from kernel.hall import Hall


def accept_by_silence(session: Session, case: Case, now: datetime, hall: Hall) -> bool:
    """Accept a case that nobody answered in time, as from the receipt; say whether it was due.

    The applicant is told by a notice that a clerk has looked at. Once done it is not due again.
    Source: 行政许可法 §32(1) 第四项; practice 2.
    """
    silent = _unanswered(session, case, now)
    if silent is None:
        return False
    case.stage = move(case.stage, Stage.IN_PROGRESS)
    case.accepted_at = silent.starts_at
    countdowns.end(session, case, now)
    limits = (case.item.promised, case.item.statutory)
    handling = CountdownKind.HANDLING, case.accepted_at, limits, hall.calendar
    due = countdowns.begin(session, case, countdowns.plan(session, *handling)).due
    session.add(DeemedAcceptance(case_id=case.id, found_at=now))
    by_law = is_permit(case.item.item_type)
    line = deemed_line(town_day(case.accepted_at), due, by_law=by_law)
    write_line(session, case, line, HOUSE, now)
    day = str(town_day(case.accepted_at))
    audit.record(session, HOUSE, "case.deemed_accepted", f"case:{case.id}", now, on=day)
    return True


def tell_deemed(session: Session, case: Case, actor: Actor, now: datetime, hall: Hall) -> None:
    """Let the notice of an acceptance by silence go to the applicant. Raises AlreadyTold."""
    found = session.get(DeemedAcceptance, case.id)
    if found is None or case.accepted_at is None:
        raise NotFound
    if found.told_at is not None:
        raise AlreadyTold
    found.told_at, found.told_by_id = now, actor.staff_id
    counted = due(case.accepted_at, case.item.promised, case.item.statutory, hall.calendar)
    said = replace(deemed_words(case.item.item_type, town_day(case.accepted_at)), counted=counted)
    issue_paper(session, case, PaperKind.ACCEPTANCE, actor, now, said)
    write_line(session, case, TOLD_LINE, actor, now)
    tell_receipt(session, case, queries.people_of(session, case), hall.town.signature, now)
    touch(case)
    audit.record(session, actor, "case.deemed_told", f"case:{case.id}", now)


def _unanswered(session: Session, case: Case, now: datetime) -> Countdown | None:
    """Return the examination of a case that is over and that silence turns into acceptance."""
    accepts_all = countdowns.settings(session).accepts_all_by_silence
    item = case.item
    if case.stage is not Stage.EXAMINING:
        return None
    if not is_accepted_by_silence(item.item_type, item.handling, accepts_all=accepts_all):
        return None
    over = (one for one in countdowns.running(session, case) if one.kind is CountdownKind.INTAKE)
    return next((one for one in over if one.over_at and one.over_at <= now), None)
