"""值班设置: the town changes how it keeps its duty."""

from datetime import datetime

from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.editions import Edition, raise_edition


def note_settings(session: Session, actor: Actor, now: datetime) -> None:
    """Record that the terms were changed: pages that show who is on duty may change too."""
    raise_edition(session, Edition.ROSTER)
    audit.record(session, actor, "duty.terms_set", "duty_settings:1", now)
