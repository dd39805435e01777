"""灯的动作: note the lights that have come, annul a red that was wrong, set when yellow begins."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions.countdowns import note_lights, settings
from desk.cases.queries.lights import STAFFS, about_to_redden, about_to_yellow, red
from desk.cases.records import Countdown, LightThreshold, RedAnnulment
from desk.cases.rules.countdowns import Threshold
from desk.cases.rules.lights import UnknownItem, check_annulment
from desk.cases.rules.results import check_reason
from kernel.access import HOUSE, Actor
from kernel.audit import actions as audit
from kernel.clock import town_day
from services_catalog.records import ServiceItem


def note_due(session: Session, now: datetime, limit: int) -> int:
    """Note the lights that have come by `now`, at most `limit` of each; return how many.

    Each at the moment it came, however late the pass is. Two schedulers share the work.
    """
    found: dict[int, tuple[Countdown, int]] = {}
    for select in (about_to_redden(now), about_to_yellow(town_day(now))):
        locked = select.limit(limit).with_for_update(skip_locked=True, of=Countdown)
        found |= {row[0].id: (row[0], row[1]) for row in session.execute(locked)}
    for countdown, handler_id in found.values():
        _note(session, countdown, handler_id, now)
    return len(found)


def annul(session: Session, countdown_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """Say that a red was wrong: it stays on record, and no longer counts.

    Raises: NotFound, ReasonNeeded, AlreadyAnnulled, OwnRed.
    """
    found = red(session, countdown_id)
    countdown, case = found.countdown, found.case
    check_reason(reason)
    check_annulment(
        countdown.red_at,
        is_annulled=found.is_annulled,
        handlers=frozenset({case.handler_id, countdown.red_handler_id, found.taken_by_id}),
        by=actor.staff_id,
    )
    row = RedAnnulment(countdown_id=countdown_id, by_id=actor.staff_id, at=now, reason=reason)
    session.add(row)
    facts = {"kind": countdown.kind, "red_at": str(countdown.red_at), "reason": reason}
    audit.record(session, actor, "red.annulled", f"case:{case.id}", now, **facts)


def set_default(session: Session, threshold: Threshold, actor: Actor, now: datetime) -> None:
    """Set when yellow begins for every item that says nothing else; what runs keeps its own."""
    town = settings(session)
    town.yellow_share, town.yellow_days = threshold.share, threshold.days
    facts = {"share": threshold.share, "days": threshold.days}
    audit.record(session, actor, "light.default_set", "case_settings:1", now, **facts)


def set_for_item(
    session: Session, code: str, threshold: Threshold, actor: Actor, now: datetime
) -> None:
    """Set when yellow begins for one item. Raises: UnknownItem."""
    item_id = session.scalar(sa.select(ServiceItem.id).where(ServiceItem.code == code))
    if item_id is None:
        raise UnknownItem(code=code)
    own = session.get(LightThreshold, item_id) or LightThreshold(item_id=item_id)
    own.share, own.days = threshold.share, threshold.days
    session.add(own)
    facts = {"share": threshold.share, "days": threshold.days}
    audit.record(session, actor, "light.item_set", f"item:{item_id}", now, **facts)


def forget_item(session: Session, item_id: int, actor: Actor, now: datetime) -> None:
    """Let the town's own threshold stand for an item again."""
    session.execute(sa.delete(LightThreshold).where(LightThreshold.item_id == item_id))
    audit.record(session, actor, "light.item_forgotten", f"item:{item_id}", now)


def _note(session: Session, countdown: Countdown, handler_id: int, now: datetime) -> None:
    was_red = countdown.red_at is not None
    note_lights(countdown, handler_id, now)
    if countdown.red_at and not was_red and countdown.kind in STAFFS:
        facts = {
            "kind": countdown.kind,
            "red_at": str(countdown.red_at),
            "handler": countdown.red_handler_id,
        }
        audit.record(session, HOUSE, "red.came", f"case:{countdown.case_id}", now, **facts)
