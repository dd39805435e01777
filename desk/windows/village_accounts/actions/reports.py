"""报表格式与核对: a statement's lines in a new version, compared with the ministry's appendix."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries.reports import form
from desk.windows.village_accounts.records import ReportForm, ReportLine
from desk.windows.village_accounts.rules.reports.formulas import StatementLine
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


def change_lines(
    session: Session,
    report: ReportKind,
    lines: Sequence[StatementLine],
    actor: Actor,
    now: datetime,
) -> None:
    """Keep a new version of a statement's lines, to be compared anew. Raises: NotFound."""
    if report not in STATEMENTS:
        raise NotFound
    version = form(session, report).record.version + 1
    kept = ReportForm(report=report, version=version)
    kept.lines = [
        ReportLine(
            place=place,
            number=one.number,
            name=one.name,
            depth=one.depth,
            half=one.half,
            side=one.side,
            formula=one.formula,
        )
        for place, one in enumerate(lines, 1)
    ]
    session.add(kept)
    session.flush()
    record(session, actor, "report_form.changed", f"report_form:{kept.id}", now, version=version)
