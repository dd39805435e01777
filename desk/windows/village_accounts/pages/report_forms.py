"""报表格式的页面: the lines of a statement, handed out as a sheet and taken in again put right."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from desk.windows.village_accounts.actions import reports as actions
from desk.windows.village_accounts.pages.books import bp
from desk.windows.village_accounts.queries import reports as queries
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.reports.form_sheets import SHEET_NAME, read_form, sheet
from desk.windows.village_accounts.rules.reports.kinds import (
    REPORT_NAMES,
    STATEMENTS,
    ReportKind,
)
from kernel.errors import NotFound
from kernel.staff.queries import names
from kernel.tables import read_table, workbook
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import uploaded_file
from kernel.web.form_posts import answering
from kernel.web.house import house


def _statement(report: str) -> ReportKind:
    if report not in STATEMENTS:
        raise NotFound
    return ReportKind(report)


@bp.get("/forms/<report>")
@open_to(access.READERS)
def report_lines(report: str) -> ResponseReturnValue:
    """Show the lines of a statement, and who compared them."""
    kind = _statement(report)
    with house().reading() as session:
        form = queries.form(session, kind)
        return render_template(
            "desk/windows/village_accounts/report_lines.html",
            kind=kind,
            name=REPORT_NAMES[kind],
            others=[(one, REPORT_NAMES[one]) for one in STATEMENTS],
            form=form.record,
            lines=form.lines,
            may_compare=actor().is_any(*access.COMPARERS),
            names=names(session),
        )


@bp.get("/forms/<report>.xlsx")
@open_to(access.READERS)
def report_lines_sheet(report: str) -> ResponseReturnValue:
    """Hand out the lines of a statement as a sheet."""
    kind = _statement(report)
    with house().reading() as session:
        lines = queries.form(session, kind).lines
    return files.sheet(workbook(SHEET_NAME, sheet(lines)), f"lines-{kind}.xlsx")


@bp.post("/forms/<report>")
@open_to(access.COMPARERS)
@asks_again(report_lines)
def change_report_lines(report: str) -> ResponseReturnValue:
    """Take the lines of a statement in as a new version."""
    kind = _statement(report)
    name, raw = uploaded_file()
    lines = read_form(read_table(name, raw))
    with answering() as post:
        if not post.was_answered:
            actions.change_lines(post.session, kind, lines, actor(), house().now())
            post.go_to(".report_lines", report=report)
    return redirect(post.answer, 303)


@bp.post("/forms/<report>/compared")
@open_to(access.COMPARERS)
@asks_again(report_lines)
def compared(report: str) -> ResponseReturnValue:
    """Note that somebody compared a statement's lines with the ministry's appendix."""
    kind = _statement(report)
    with answering() as post:
        if not post.was_answered:
            actions.note_compared(post.session, kind, actor(), house().now())
            post.go_to(".report_lines", report=report)
    return redirect(post.answer, 303)
