"""台账导出的动作: it is written down who took a list out of the house."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.windows.enterprise.rules.leaders import SheetKind
from kernel.access import Actor
from kernel.audit import actions as audit


def note_export(session: Session, kind: SheetKind, rows: int, actor: Actor, now: datetime) -> None:
    """Write down that somebody took a list of projects or errands out of the house."""
    audit.record(session, actor, "projects.exported", f"sheet:{kind}", now, rows=rows)
