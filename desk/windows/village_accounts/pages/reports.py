"""报表页: every report of a village or of all of them, on screen, as a sheet and on paper."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.village_accounts import forms
from desk.windows.village_accounts.pages.books import bp, surroundings
from desk.windows.village_accounts.queries import reports as queries
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.periods import period_of
from desk.windows.village_accounts.rules.reports import accounts, notes, statements
from desk.windows.village_accounts.rules.reports.figures import Figure, under
from desk.windows.village_accounts.rules.reports.formulas import parts
from desk.windows.village_accounts.rules.reports.kinds import (
    NOT_COMPARED,
    OF_ONE_SET,
    REPORT_NAMES,
    STATEMENTS,
    UNIT,
    WHOLE_TOWN,
    ReportKind,
)
from desk.windows.village_accounts.rules.reports.spans import Months, each_month
from desk.windows.village_accounts.rules.reports.tables import Table
from kernel.errors import NotFound
from kernel.web.doors import actor, open_to
from kernel.web.house import house


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report of whom is wanted, for which months."""

    kind: ReportKind
    #: whose books by number, and their names
    whose: Mapping[int, str]
    months: Months
    set_id: int | None

    @property
    def title(self) -> str:
        """Return whose report it is."""
        return WHOLE_TOWN if self.set_id is None else self.whose[self.set_id]

    @property
    def ids(self) -> list[int]:
        """Return whose books they are, by number."""
        return list(self.whose)


def asked_for(session: Session, report: str, set_id: int | None) -> Asked:
    """Read what is wanted. Raises: NotFound."""
    if report not in set(ReportKind):
        raise NotFound
    kind = ReportKind(report)
    if set_id is None:
        if kind in OF_ONE_SET:
            raise NotFound
        whose = {one.id: one.name for one, _ in sets.sets_of(session, actor())}
        opens = period_of(house().today())
    else:
        books = sets.account_set(session, set_id, actor())
        whose, opens = {set_id: books.name}, sets.last_step(session, set_id).opens
    return Asked(kind, whose, Months(*forms.months(opens)), set_id)


def _figures(session: Session, asked: Asked) -> tuple[list[Figure], list[Figure]]:
    """Return the figures of the months, and those of the year."""
    months, ids = asked.months, asked.ids
    of_months = queries.figures(session, ids, months.first, months.last)
    return of_months, queries.figures(session, ids, months.new_year, months.last)


def table_of(session: Session, asked: Asked) -> tuple[Table, str]:
    """Return a report, and the mark it bears."""
    kind, months = asked.kind, asked.months
    names = queries.chart_names(session, asked.ids)
    if kind is ReportKind.LEDGER:
        since = months.first // 100 * 100 + 1
        monthly = queries.by_month(session, asked.ids[0], each_month(since, months.last))
        return accounts.ledger(monthly, names, months.first), ""
    of_months, of_year = _figures(session, asked)
    made: dict[ReportKind, Callable[[], Table]] = {
        ReportKind.BALANCES: lambda: accounts.trial_balance(of_months, names),
        ReportKind.SUMMARY: lambda: accounts.summary(of_months, names),
        ReportKind.INCOME_DETAIL: lambda: accounts.income_detail(of_months, of_year, names),
        ReportKind.NOTES: lambda: notes.notes(of_year, names),
    }
    if kind in made:
        return made[kind](), ""
    form = queries.form(session, kind)
    mark = "" if form.record.compared_at else NOT_COMPARED
    if kind is ReportKind.BALANCE_SHEET:
        return statements.balance_sheet(form.lines, of_year), mark
    return statements.income(form.lines, of_months, of_year), mark


def _composed(session: Session, asked: Asked) -> Sequence[Figure]:
    """Return the accounts a figure of the page is made of: a line's, or all below a code."""
    line = request.args.get("line", "")
    if not line:
        return ()
    of_months, of_year = _figures(session, asked)
    if asked.kind not in STATEMENTS:
        return [one for one in under(of_months, line) if not one.is_empty]
    lines = {one.number: one for one in queries.form(session, asked.kind).lines}
    if line not in lines:
        return ()
    basis = statements.COMPOSED[asked.kind is ReportKind.INCOME]
    return [part.figure for part in parts(lines[line], of_year, basis)]


def _shown(report: str, set_id: int | None) -> ResponseReturnValue:
    with house().reading() as session:
        asked = asked_for(session, report, set_id)
        around = surroundings(session, set_id) if set_id is not None else {"books": None}
        table, mark = table_of(session, asked)
        return render_template(
            "desk/windows/village_accounts/report.html",
            **around,
            asked=asked,
            at=_address_of(asked),
            span=_span(asked.months),
            name=REPORT_NAMES[asked.kind],
            names={
                kind: name
                for kind, name in REPORT_NAMES.items()
                if set_id is not None or kind not in OF_ONE_SET
            },
            table=table,
            mark=mark,
            unit=UNIT,
            composed=_composed(session, asked),
            is_statement=asked.kind in STATEMENTS and not sets.is_clerk(actor()),
        )


def _span(months: Months) -> dict[str, str]:
    """Return the months as an address asks for them; before the first month, January."""
    both = {"from": months.first, "to": months.last}
    return {name: f"{one // 100}-{max(one % 100, 1):02}" for name, one in both.items()}


def _address_of(asked: Asked) -> Callable[..., str]:
    """Return what tells the address of a report of the same books and months."""

    def at(endpoint: str, kind: ReportKind, **more: str) -> str:
        same: dict[str, Any] = {**_span(asked.months), **more, "report": kind.value}
        if asked.set_id is None:
            return url_for(f"accounts.town_{endpoint}", **same)
        return url_for(f"accounts.{endpoint}", set_id=asked.set_id, **same)

    return at


@bp.get("/<int:set_id>/reports/<report>")
@open_to(access.VILLAGE_READERS)
def report(set_id: int, report: str) -> ResponseReturnValue:
    """Show a report of one set; each figure leads to its entries."""
    return _shown(report, set_id)


@bp.get("/town/<report>")
@open_to(access.READERS)
def town_report(report: str) -> ResponseReturnValue:
    """Show a report of all sets together."""
    return _shown(report, None)
