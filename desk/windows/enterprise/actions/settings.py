"""企业窗口设置的动作: the town sets its own days."""

from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.enterprise.records import EnterpriseSettings
from desk.windows.enterprise.rules.settings import Numbers
from kernel.access import Actor
from kernel.audit import actions as audit


def set_numbers(session: Session, numbers: Numbers, actor: Actor, now: datetime) -> None:
    """Set the window's own days."""
    facts = asdict(numbers)
    session.execute(sa.update(EnterpriseSettings).values(**facts))
    audit.record(session, actor, "enterprise.settings", "enterprise:settings", now, **facts)
