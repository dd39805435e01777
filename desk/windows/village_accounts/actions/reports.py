"""报表核对: somebody of the town compared a statement's lines with the ministry's appendix."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries.reports import form
from desk.windows.village_accounts.rules.reports.kinds import STATEMENTS, ReportKind
from kernel.access import Actor
from kernel.audit.actions import record
from kernel.errors import NotFound


def note_compared(session: Session, report: ReportKind, actor: Actor, now: datetime) -> None:
    """Take the mark off a statement's newest version. Raises: NotFound, for other reports."""
    if report not in STATEMENTS:
        raise NotFound
    found = form(session, report).record
    if found.compared_at is None:
        found.compared_at, found.compared_by_id = now, actor.staff_id
        subject = f"report_form:{found.id}"
        record(session, actor, "report_form.compared", subject, now, version=found.version)
