"""三资对照表的页面: funds, plan and debts beside the books: on screen, as a sheet, on paper."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.village_accounts.actions.registers import note_export
from desk.windows.village_accounts.pages.books import bp, surroundings
from desk.windows.village_accounts.pages.registers import FOLDER, paper
from desk.windows.village_accounts.queries import register_tables as queries
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.periods import FIRST_YEAR, LAST_YEAR
from desk.windows.village_accounts.rules.register_papers import EXPORTED_NAME, PaperTable
from desk.windows.village_accounts.rules.register_tables import TableKind
from desk.windows.village_accounts.rules.registers import REGISTER_NAMES
from kernel.errors import NotFound
from kernel.tables import workbook
from kernel.text import whole_number
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.house import house


def _table(session: Session, set_id: int, which: str) -> PaperTable:
    """Return the table asked for. Raises: NotFound."""
    if which not in set(TableKind):
        raise NotFound
    books = sets.account_set(session, set_id, actor())
    year = _year(session, set_id)
    return queries.table(session, books, TableKind(which), year, house().today())


def _year(session: Session, set_id: int) -> int:
    asked = whole_number(request.values.get("year", "")) or 0
    opens = sets.last_step(session, set_id).opens
    return asked if FIRST_YEAR <= asked <= LAST_YEAR else opens // 100


@bp.get("/<int:set_id>/tables/<which>")
@open_to(access.VILLAGE_READERS)
def table_of(set_id: int, which: str) -> ResponseReturnValue:
    """Show a table beside the books."""
    with house().reading() as session:
        return render_template(
            f"{FOLDER}/table.html",
            **surroundings(session, set_id),
            registers=REGISTER_NAMES,
            which=which,
            table=_table(session, set_id, which),
            year=_year(session, set_id),
            has_years=which == TableKind.PLAN,
        )


@bp.get("/<int:set_id>/tables/<which>.pdf")
@open_to(access.VILLAGE_READERS)
def table_paper(set_id: int, which: str) -> Response:
    """Return a table on paper."""
    with house().reading() as session:
        return paper(session, _table(session, set_id, which))


@bp.post("/<int:set_id>/tables/<which>.xlsx")
@open_to(access.VILLAGE_READERS)
@asks_again(table_of)
def table_sheet(set_id: int, which: str) -> Response:
    """Return a table as a sheet; it is written down who took it."""
    with house().writing() as session:
        table = _table(session, set_id, which)
        note_export(session, set_id, which, len(table.rows), actor(), house().now())
    name = EXPORTED_NAME.format(register=which, set_id=set_id)
    return files.sheet(workbook(table.title, [table.head, *table.rows]), name)
