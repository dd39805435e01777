"""办件月报表页: the month on screen, as a sheet and typeset."""

from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.board import forms
from desk.board.pages.reports import behind
from desk.board.pages.today import bp
from desk.board.queries.counting import counted
from desk.board.rules import monthly as rules
from desk.board.rules.access import READERS, readable
from desk.board.rules.reports import MEASURE_NAMES, NOTES, Dimension, Line, Span, sheet
from kernel.calendar.rules import chinese_date
from kernel.printing import typeset
from kernel.tables import workbook
from kernel.web import files
from kernel.web.doors import actor, open_to
from kernel.web.house import house

Tables = dict[Dimension, list[Line]]


@bp.get("/monthly")
@open_to(READERS)
def monthly() -> ResponseReturnValue:
    """Show a month by section and by village; each figure leads to its cases."""
    here = house()
    span = forms.month(here.today())
    with here.reading() as session:
        tables = _tables(session, span)
    return render_template(
        "desk/board/monthly.html",
        month=rules.month_name(span),
        code=rules.month_code(span),
        before=f"{span.first - timedelta(days=1):%Y-%m}",
        after=f"{span.last + timedelta(days=1):%Y-%m}",
        is_running=span.last >= here.today(),
        tables=[(rules.table_title(by), behind(span, by), lines) for by, lines in tables.items()],
        is_empty=all(rules.is_empty(lines) for lines in tables.values()),
        measure_names=MEASURE_NAMES,
        notes=NOTES,
        signed_by=rules.SIGNED_BY,
        seal=rules.SEAL,
        today=here.today(),
    )


@bp.get("/monthly.xlsx")
@open_to(READERS)
def monthly_sheet() -> ResponseReturnValue:
    """Return the month as a sheet."""
    here = house()
    span = forms.month(here.today())
    with here.reading() as session:
        hall, tables = here.town(session).hall, _tables(session, span)
    rows = rules.sheet_rows(hall, span, tables)
    name = f"monthly-{rules.month_code(span)}.xlsx"
    return files.sheet(workbook(rules.SHEET_TITLE, rows), name)


@bp.get("/monthly.pdf")
@open_to(READERS)
def monthly_print() -> ResponseReturnValue:
    """Return the month typeset, ready to be signed and sealed."""
    here = house()
    span, today = forms.month(here.today()), here.today()
    with here.reading() as session:
        town, tables = here.town(session), _tables(session, span)
    values = {
        "hall": town.hall,
        "is_sample": town.is_sample,
        "title": rules.SHEET_TITLE,
        "month": rules.month_name(span),
        "tables": [rules.printed(lines, by) for by, lines in tables.items()],
        "notes": list(NOTES),
        "signed_by": list(rules.SIGNED_BY),
        "seal": rules.SEAL,
        "as_of": chinese_date(min(today, span.last)),
        "printed": chinese_date(today),
    }
    name = f"monthly-{rules.month_code(span)}.pdf"
    return files.paper(typeset("monthly", values), name)


def _tables(session: Session, span: Span) -> Tables:
    cases = counted(session, span, readable(actor().roles))
    return {by: sheet(cases, span, by) for by in rules.TABLES}
