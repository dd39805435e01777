"""时限设置的动作: change what the town decided about time, and which holds it knows.

What runs already keeps the limits it began with.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions.countdowns import settings
from desk.cases.records import HoldType
from desk.cases.rules.settings import HoldTypeKnown, check_hold_type, check_settings
from kernel.access import Actor
from kernel.audit import actions as audit


def change(session: Session, values: dict[str, int], actor: Actor, now: datetime) -> None:
    """Set numbers of days, by name. Raises SettingOutOfRange."""
    check_settings(values)
    town = settings(session)
    before = {name: getattr(town, name) for name in values}
    changed = {name: [before[name], new] for name, new in values.items() if before[name] != new}
    for name, new in values.items():
        setattr(town, name, new)
    audit.record(session, actor, "case_settings.changed", "case_settings:1", now, **changed)


def add_hold_type(
    session: Session, typed: tuple[str, str, int | None], actor: Actor, now: datetime
) -> None:
    """Add a type of hold of the town's own: (name, source, cap in working days)."""
    name, source, cap_days = typed
    check_hold_type(name, source, cap_days)
    if session.scalar(sa.select(HoldType.id).where(HoldType.name == name)):
        raise HoldTypeKnown(name=name)
    added = HoldType(name=name, source=source, cap_days=cap_days, is_retired=False)
    session.add(added)
    session.flush()
    facts = {"name": name, "source": source, "cap": cap_days}
    audit.record(session, actor, "hold_type.added", f"hold_type:{added.id}", now, **facts)


def change_hold_type(
    session: Session,
    kind: HoldType,
    typed: tuple[int | None, bool],
    actor: Actor,
    now: datetime,
) -> None:
    """Set a type's cap and whether it is out of use; holds that run keep theirs."""
    cap_days, is_retired = typed
    check_hold_type(kind.name, kind.source, cap_days)
    kind.cap_days, kind.is_retired = cap_days, is_retired
    facts = {"cap": cap_days, "retired": is_retired}
    audit.record(session, actor, "hold_type.changed", f"hold_type:{kind.id}", now, **facts)
