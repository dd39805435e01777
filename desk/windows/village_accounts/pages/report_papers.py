"""报表的表格文件与纸面: a report as a sheet for a spreadsheet, and typeset to be signed."""

from datetime import date

from flask.typing import ResponseReturnValue

from desk.windows.village_accounts.pages.books import bp
from desk.windows.village_accounts.pages.reports import asked_for, table_of
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.periods import last_day
from desk.windows.village_accounts.rules.reports.kinds import (
    REPORT_NAMES,
    SEAL,
    SIGNED_BY,
    UNIT,
)
from desk.windows.village_accounts.rules.reports.tables import printed, sheet_rows
from kernel.calendar.rules import chinese_date
from kernel.printing import typeset
from kernel.tables import workbook
from kernel.web import files
from kernel.web.doors import open_to
from kernel.web.house import house


@bp.get("/<int:set_id>/reports/<report>.xlsx")
@open_to(access.VILLAGE_READERS)
def report_sheet(set_id: int, report: str) -> ResponseReturnValue:
    """Return a report of one set as a sheet."""
    return _sheet(report, set_id)


@bp.get("/town/<report>.xlsx")
@open_to(access.READERS)
def town_report_sheet(report: str) -> ResponseReturnValue:
    """Return a report of all sets as a sheet."""
    return _sheet(report, None)


def _sheet(report: str, set_id: int | None) -> ResponseReturnValue:
    with house().reading() as session:
        asked = asked_for(session, report, set_id)
        table, mark = table_of(session, asked)
    name = REPORT_NAMES[asked.kind]
    notes = (asked.title, asked.months.words, UNIT, mark)
    file = f"{asked.kind}-{set_id or 'town'}-{asked.months.code}.xlsx"
    return files.sheet(workbook(name, sheet_rows(name, notes, table)), file)


@bp.get("/<int:set_id>/reports/<report>.pdf")
@open_to(access.VILLAGE_READERS)
def report_paper(set_id: int, report: str) -> ResponseReturnValue:
    """Return a report of one set on paper, to be signed and sealed."""
    return _paper(report, set_id)


@bp.get("/town/<report>.pdf")
@open_to(access.READERS)
def town_report_paper(report: str) -> ResponseReturnValue:
    """Return a report of all sets on paper."""
    return _paper(report, None)


def _paper(report: str, set_id: int | None) -> ResponseReturnValue:
    here = house()
    with here.reading() as session:
        asked, town = asked_for(session, report, set_id), here.town(session)
        table, mark = table_of(session, asked)
    values = {
        "hall": town.hall,
        "is_sample": town.is_sample,
        "title": REPORT_NAMES[asked.kind],
        "whose": asked.title,
        "months": asked.months.words,
        "unit": UNIT,
        "mark": mark,
        "wide": len(table.columns) > 6,
        "signed_by": list(SIGNED_BY),
        "seal": SEAL,
        "as_of": chinese_date(_as_of(asked.months.last, here.today())),
        "printed": chinese_date(here.today()),
        **printed(table),
    }
    file = f"{asked.kind}-{set_id or 'town'}-{asked.months.code}.pdf"
    return files.paper(typeset("account_table", values), file)


def _as_of(last: int, today: date) -> date:
    """Return up to which day the figures go."""
    return min(today, last_day(last)) if last % 100 else today
