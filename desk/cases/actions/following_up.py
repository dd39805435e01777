"""回访的动作: put on the list who has to be asked, and write down the answer."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import countdowns
from desk.cases.actions.versions import touch
from desk.cases.actions.writing import write_line
from desk.cases.records import Case, FollowUp
from desk.cases.rules.deadlines import deadline
from desk.cases.rules.follow_ups import (
    ASKED_AGAIN,
    AlreadyFollowedUp,
    Helped,
    check_follow_up,
    follow_up_line,
    needs_follow_up,
)
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.clock import town_day
from kernel.errors import NotFound
from kernel.hall import Hall
from services_catalog.rules.limits import LimitUnit, TimeLimit


def plan(session: Session, case: Case, now: datetime, hall: Hall) -> None:
    """Put a carried or referred matter on the list, where there is somebody to ask."""
    if not needs_follow_up(case.item.handling, case.stage):
        return
    if session.get(FollowUp, case.id) is not None:
        return
    if not any(person.phone for _, person in queries.people_of(session, case)):
        return
    session.add(
        FollowUp(case_id=case.id, due_on=_next(session, now, hall), tries=0, note="", helped=None)
    )
    session.flush()


def answer(
    session: Session,
    case: Case,
    answered: tuple[Helped, str],
    actor: Actor,
    now: datetime,
    hall: Hall,
) -> None:
    """Write down what the villager said (helped, note); not settled or not reached: ask again.

    Raises: NotFound, AlreadyFollowedUp, WhatWentWrong.
    """
    helped, note = answered
    found = session.get(FollowUp, case.id)
    if found is None:
        raise NotFound
    if found.answered_at is not None:
        raise AlreadyFollowedUp
    check_follow_up(helped, note)
    found.helped, found.note, found.tries = helped, note, found.tries + 1
    if helped in ASKED_AGAIN:
        found.due_on = _next(session, now, hall)
    else:
        found.answered_at, found.answered_by_id = now, actor.staff_id
    write_line(session, case, follow_up_line(helped, note), actor, now, public=False)
    touch(case)
    audit.record(session, actor, "case.followed_up", f"case:{case.id}", now, helped=helped)


def _next(session: Session, now: datetime, hall: Hall) -> date:
    days = TimeLimit(countdowns.settings(session).follow_up_days, LimitUnit.WORKING)
    return deadline(town_day(now), days, hall.calendar).day
