"""银行对账的页面: the bank's sheet comes in, lines are ticked, a month is agreed upon."""

from collections.abc import Callable
from datetime import datetime

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.village_accounts import forms
from desk.windows.village_accounts.actions import money as actions
from desk.windows.village_accounts.forms import money as money_forms
from desk.windows.village_accounts.pages.books import bp, surroundings
from desk.windows.village_accounts.queries import money, sets
from desk.windows.village_accounts.records import Account, AccountSet
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.bank_sheets import COLUMNS, read_statement
from desk.windows.village_accounts.rules.chart import BANK_CODE, CASH_CODE
from desk.windows.village_accounts.rules.money_papers import adjustment_paper
from desk.windows.village_accounts.rules.periods import words
from desk.windows.village_accounts.rules.reconciling import Adjustment, proposed
from kernel.calendar.rules import chinese_date
from kernel.printing import typeset
from kernel.staff.queries import names
from kernel.tables import read_table
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import uploaded_file
from kernel.web.form_posts import answering
from kernel.web.house import house

#: what is done to an account of the bank, in the month shown
Work = Callable[[Session, Account, int, datetime], None]


def _month(session: Session, books: AccountSet) -> int:
    """Return which month is compared: before the first, the first."""
    _, period = forms.months(sets.last_step(session, books.id).opens)
    return period if period % 100 else books.first_period


def _adjusted(session: Session, account: Account, period: int) -> Adjustment:
    """Return 余额调节表: as agreed, else with what the bank's sheets say."""
    agreed = money.reconciliation(session, account.id, period)
    said = money.bank_balance(session, account.id, period)
    bank = agreed.bank_fen if agreed else said
    fen = money.balance_at(session, account.id, period) if bank is None else bank
    return money.adjustment(session, account.id, period, fen)


@bp.get("/<int:set_id>/bank/<account>")
@open_to(access.VILLAGE_READERS)
def bank(set_id: int, account: str) -> ResponseReturnValue:
    """Show the bank's lines beside the books' of a month."""
    with house().reading() as session:
        around = surroundings(session, set_id)
        books = sets.account_set(session, set_id, actor())
        found = money.bank_leaf(session, set_id, account)
        period = _month(session, books)
        adjustment = _adjusted(session, found, period)
        days = money.demands(session).match_days
        book = money.unmatched_books(session, found.id, period)
        return render_template(
            "desk/windows/village_accounts/bank.html",
            **around,
            account=found,
            accounts=sets.leaves_below(session, set_id, BANK_CODE),
            boxes=sets.leaves_below(session, set_id, CASH_CODE),
            period=period,
            adjustment=adjustment,
            pairs=proposed(adjustment.only_bank, book, days),
            unmatched=book,
            matched=money.matched(session, found.id, period),
            statements=money.statements(session, found.id),
            agreed=money.reconciliation(session, found.id, period),
            columns=[(key, every[0]) for key, every in COLUMNS.items()],
            may_reconcile=actor().is_any(*access.RECONCILERS),
            names=names(session),
        )


def _press(set_id: int, account: str, work: Work) -> ResponseReturnValue:
    """Do one thing to an account of the bank; show the same account and month again."""
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            found = money.bank_leaf(post.session, set_id, account)
            period = _month(post.session, books)
            work(post.session, found, period, house().now())
            to = f"{period // 100}-{period % 100:02}"
            post.go_to(".bank", set_id=books.id, account=found.code, to=to)
    return redirect(post.answer, 303)


@bp.post("/<int:set_id>/bank/<account>")
@open_to(access.RECONCILERS)
@asks_again(bank)
def bring_in(set_id: int, account: str) -> ResponseReturnValue:
    """Bring a sheet of the bank in."""
    name, raw = uploaded_file()
    rows = read_statement(read_table(name, raw), money_forms.called())

    def work(session: Session, of: Account, _: int, now: datetime) -> None:
        actions.bring_in(session, of, (name, rows), actor(), now)

    return _press(set_id, account, work)


@bp.post("/<int:set_id>/bank/<account>/match")
@open_to(access.RECONCILERS)
@asks_again(bank)
def match(set_id: int, account: str) -> ResponseReturnValue:
    """Tick lines as the same."""

    def work(session: Session, of: Account, _: int, now: datetime) -> None:
        actions.match(session, of, money_forms.pairs(), actor(), now)

    return _press(set_id, account, work)


@bp.post("/<int:set_id>/bank/<account>/unmatch")
@open_to(access.RECONCILERS)
@asks_again(bank)
def unmatch(set_id: int, account: str) -> ResponseReturnValue:
    """Take a tick back."""

    def work(session: Session, of: Account, _: int, now: datetime) -> None:
        actions.unmatch(session, of, money_forms.number("line"), actor(), now)

    return _press(set_id, account, work)


@bp.post("/<int:set_id>/bank/<account>/discard")
@open_to(access.RECONCILERS)
@asks_again(bank)
def discard_statement(set_id: int, account: str) -> ResponseReturnValue:
    """Throw a sheet of the bank away."""

    def work(session: Session, of: Account, _: int, now: datetime) -> None:
        actions.discard_statement(session, of, money_forms.number("statement"), actor(), now)

    return _press(set_id, account, work)


@bp.post("/<int:set_id>/bank/<account>/agree")
@open_to(access.RECONCILERS)
@asks_again(bank)
def reconcile(set_id: int, account: str) -> ResponseReturnValue:
    """Keep that bank and books of a month agree."""

    def work(session: Session, of: Account, period: int, now: datetime) -> None:
        actions.reconcile(session, of, (period, money_forms.bank_balance()), actor(), now)

    return _press(set_id, account, work)


@bp.get("/<int:set_id>/bank/<account>.pdf")
@open_to(access.VILLAGE_READERS)
def bank_paper(set_id: int, account: str) -> ResponseReturnValue:
    """Return 银行存款余额调节表 of a month, to be signed."""
    here = house()
    with here.reading() as session:
        books = sets.account_set(session, set_id, actor())
        found = money.bank_leaf(session, set_id, account)
        period, town = _month(session, books), here.town(session)
        values = {
            "hall": town.hall,
            "is_sample": town.is_sample,
            "whose": f"{books.name} {found.code} {found.name}",
            "months": words(period),
            "printed": chinese_date(here.today()),
            **adjustment_paper(_adjusted(session, found, period)),
        }
    return files.paper(typeset("account_adjustment", values), f"bank-{account}-{period}.pdf")
