"""台账导出的动作: a large list is long work; it is written down who took it out of the house."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.windows.enterprise.rules.leaders import (
    EXPORT_TITLE,
    EXPORT_WORK,
    KIND_NAMES,
    SheetKind,
)
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.work.actions import ask
from kernel.work.records import LongWork


def ask_sheet(
    session: Session, kind: SheetKind, count: int, actor: Actor, now: datetime
) -> LongWork:
    """Put a list of so many projects in the line of long work: what its owner may see then."""
    title = EXPORT_TITLE.format(list=KIND_NAMES[kind], count=count)
    return ask(session, EXPORT_WORK, title, {"kind": kind.value}, (actor, now))


def note_export(session: Session, kind: SheetKind, rows: int, actor: Actor, now: datetime) -> None:
    """Write down that somebody took a list of projects or errands out of the house."""
    audit.record(session, actor, "projects.exported", f"sheet:{kind}", now, rows=rows)
