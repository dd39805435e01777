"""每月装订的页面: every paper of a month in one place, and the books of accounts on paper."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.village_accounts import forms
from desk.windows.village_accounts.pages.books import bp, surroundings
from desk.windows.village_accounts.queries import sets, vouchers
from desk.windows.village_accounts.records import AccountSet
from desk.windows.village_accounts.rules import access, month_papers
from desk.windows.village_accounts.rules.month_papers import PAPER_NAMES, MonthPaper
from desk.windows.village_accounts.rules.periods import words
from desk.windows.village_accounts.rules.reports.kinds import (
    REPORT_NAMES,
    SEAL,
    SIGNED_BY,
    UNIT,
    ReportKind,
)
from desk.windows.village_accounts.rules.reports.spans import Months
from desk.windows.village_accounts.rules.reports.tables import Table, printed, sheet_rows
from kernel.calendar.rules import chinese_date
from kernel.errors import NotFound
from kernel.printing import typeset
from kernel.tables import workbook
from kernel.web import files
from kernel.web.doors import actor, open_to
from kernel.web.house import house


def _month(session: Session, books: AccountSet) -> int:
    _, period = forms.months(sets.last_step(session, books.id).opens)
    return period if period % 100 else books.first_period


@bp.get("/<int:set_id>/papers")
@open_to(access.VILLAGE_READERS)
def papers_of_month(set_id: int) -> ResponseReturnValue:
    """Show everything that is bound together at the end of a month."""
    with house().reading() as session:
        around = surroundings(session, set_id)
        books = sets.account_set(session, set_id, actor())
        period = _month(session, books)
        return render_template(
            "desk/windows/village_accounts/month_papers.html",
            **around,
            period=period,
            cover=month_papers.cover(period, vouchers.vouchers(session, set_id, period)),
            papers=PAPER_NAMES,
            reports=REPORT_NAMES,
            summary=ReportKind.SUMMARY,
            leaves=sets.leaves(session, set_id),
        )


@bp.get("/<int:set_id>/papers/<paper>.pdf")
@open_to(access.VILLAGE_READERS)
def paper_of_month(set_id: int, paper: str) -> ResponseReturnValue:
    """Return one of a month's papers. Raises: NotFound."""
    if paper not in set(MonthPaper):
        raise NotFound
    here, kind = house(), MonthPaper(paper)
    with here.reading() as session:
        books, town = sets.account_set(session, set_id, actor()), here.town(session)
        period = _month(session, books)
        same = {
            "hall": town.hall,
            "is_sample": town.is_sample,
            "title": PAPER_NAMES[kind],
            "whose": books.name,
            "months": words(period),
            "unit": UNIT,
            "printed": chinese_date(here.today()),
        }
        template, values = _said(session, books, period, kind)
    return _pdf(template, {**same, **values}, f"{kind}-{set_id}-{period}")


def _said(
    session: Session, books: AccountSet, period: int, kind: MonthPaper
) -> tuple[str, dict[str, object]]:
    """Return the template of a paper, and what stands on it."""
    if kind is MonthPaper.PAYMENTS:
        table = month_papers.payments(vouchers.payments(session, books.id, period))
        return "account_table", _signed(table)
    if kind is MonthPaper.REQUESTS:
        both = vouchers.transfers(session, books.id, period)
        return "account_request", {"requests": [month_papers.request(*one) for one in both]}
    if kind is MonthPaper.BOOK_COVERS:
        bound = vouchers.bound(session, books)
        return "account_covers", {"books": list(month_papers.BOOKS_KEPT), "cover": None, **bound}
    every = vouchers.vouchers(session, books.id, period)
    if kind is MonthPaper.COVER:
        return "account_covers", {"books": [], "cover": month_papers.cover(period, every)}
    pages = [page for one in every for page in month_papers.pages_of(one)]
    return "account_vouchers", {"pages": pages}


def _signed(table: Table) -> dict[str, object]:
    ends: dict[str, object] = {"mark": "", "wide": len(table.columns) > 6, "seal": SEAL}
    return {**ends, "signed_by": list(SIGNED_BY), "as_of": "", **printed(table)}


def _pdf(template: str, values: dict[str, object], name: str) -> Response:
    return files.paper(typeset(template, values), f"{name}.pdf")


def _pages(session: Session, set_id: int, account: str) -> tuple[AccountSet, str, Months, Table]:
    """Return the book of an account over the months asked for."""
    books = sets.account_set(session, set_id, actor())
    found = sets.account(session, set_id, account)
    months = Months(*forms.months(sets.last_step(session, set_id).opens))
    lines = vouchers.book_lines(session, found, months.first, months.last)
    return books, f"{found.code} {found.name}", months, month_papers.book_pages(*lines)


@bp.get("/<int:set_id>/books/<account>.pdf")
@open_to(access.VILLAGE_READERS)
def book_paper(set_id: int, account: str) -> ResponseReturnValue:
    """Return the book of an account on paper: 明细账, 日记账."""
    here = house()
    with here.reading() as session:
        town = here.town(session)
        books, title, months, table = _pages(session, set_id, account)
    same = {
        "hall": town.hall,
        "is_sample": town.is_sample,
        "title": title,
        "whose": books.name,
        "months": months.words,
        "unit": UNIT,
        "printed": chinese_date(here.today()),
    }
    return _pdf("account_table", {**same, **_signed(table)}, f"{account}-{set_id}-{months.code}")


@bp.get("/<int:set_id>/books/<account>.xlsx")
@open_to(access.VILLAGE_READERS)
def book_sheet(set_id: int, account: str) -> ResponseReturnValue:
    """Return the book of an account as a sheet."""
    with house().reading() as session:
        books, title, months, table = _pages(session, set_id, account)
    rows = sheet_rows(title, (books.name, months.words, UNIT), table)
    file = f"{account}-{set_id}-{months.code}.xlsx"
    return files.sheet(workbook(account, rows), file)
