"""值班: what is done to the roster. The caller owns the transaction."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from duty_roster import queries
from duty_roster.records import DutyDay
from duty_roster.rules import turn
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.editions import Edition, raise_edition


def assign(
    session: Session, day: date, leader: tuple[str, str], actor: Actor, now: datetime
) -> None:
    """Put a leader (name, title) on a day, in place of whoever was there."""
    raise_edition(session, Edition.ROSTER)  # first: its row lock puts two who press at once in line
    entry = queries.leader_on(session, day)
    if entry is None:
        entry = DutyDay(day=day, leader="", title="")
        session.add(entry)
    entry.leader, entry.title = leader
    audit.record(session, actor, "duty.assigned", f"duty:{day}", now)


def take_turns(
    session: Session, first: date, days: int, leaders: Sequence[tuple[str, str]]
) -> None:
    """Fill the days that nobody has yet with the leaders (name, title) in turn."""
    last = first + timedelta(days=days - 1)
    taken = {entry.day for entry in queries.between(session, first, last)}
    for offset in range(days):
        day = first + timedelta(days=offset)
        if day not in taken:
            name, title = turn(day, leaders)
            session.add(DutyDay(day=day, leader=name, title=title))
    raise_edition(session, Edition.ROSTER)
