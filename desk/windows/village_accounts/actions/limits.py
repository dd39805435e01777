"""村账设置的动作: set the town's limits on originals, signatures and bookkeeping days."""

from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.records import AccountSettings
from desk.windows.village_accounts.rules.settings import Limits
from kernel.access import Actor
from kernel.audit.actions import record


def set_limits(session: Session, limits: Limits, actor: Actor, now: datetime) -> None:
    """Set them; what is on its way is judged by them from now on."""
    values = asdict(limits)
    session.execute(sa.update(AccountSettings).values(**values))
    record(session, actor, "account_settings.set", "account_settings:1", now, **values)
