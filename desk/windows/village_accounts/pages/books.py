"""看账: the sets of the villages, what is in their books, and what stands in every account."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.village_accounts import forms
from desk.windows.village_accounts.queries import (
    agreements,
    balances,
    entries,
    money,
    originals,
    rents,
    sets,
)
from desk.windows.village_accounts.queries.questions import number_open
from desk.windows.village_accounts.records import AccountSet
from desk.windows.village_accounts.rules import access, kinds
from desk.windows.village_accounts.rules.chart import BANK_CODE, BOOKS, CASH_CODE
from desk.windows.village_accounts.rules.hiding import without_numbers
from desk.windows.village_accounts.rules.periods import last_day, words
from desk.windows.village_accounts.rules.sets import FIVE_RIGHTS
from kernel.access import Role
from kernel.money import capitals, plain_yuan, yuan
from kernel.staff.queries import holding, names
from kernel.town.queries import villages
from kernel.web.doors import actor, open_to
from kernel.web.house import house

bp = Blueprint("accounts", __name__, url_prefix="/windows/accounts")
PAGE_LINES = 200

bp.app_template_filter("yuan")(yuan)
bp.app_template_filter("plain_yuan")(plain_yuan)
bp.app_template_filter("capitals")(capitals)
bp.app_template_filter("month_words")(words)
bp.app_template_filter("without_numbers")(without_numbers)


def surroundings(session: Session, set_id: int) -> dict[str, object]:
    """Return what every page of a set shows. Raises: NotFound, for a clerk of elsewhere."""
    books = sets.account_set(session, set_id, actor())
    return {
        "books": books,
        "opens": sets.last_step(session, books.id).opens,
        "day_books": BOOKS,
        "may_make": actor().is_any(*access.MAKERS),
        "may_check": actor().is_any(*access.CHECKERS),
        "may_close": actor().is_any(*access.CLOSERS),
        "may_reopen": actor().is_any(*access.REOPENERS),
        "may_keep": actor().is_any(*access.KEEPERS),
        "entry_names": kinds.ENTRY_NAMES,
        "side_names": kinds.SIDE_NAMES,
        "kind_names": kinds.KIND_NAMES,
        "number_of": entries.number_of,
    }


@bp.get("/")
@open_to(access.VILLAGE_READERS)
def listed() -> ResponseReturnValue:
    """Show whose books are kept here, and open new ones."""
    with house().reading() as session:
        own = sets.sets_of(session, actor())
        return render_template(
            "desk/windows/village_accounts/listed.html",
            sets=[
                (
                    one,
                    place,
                    sets.last_step(session, one.id),
                    money.cash_box(session, one, house().today()),
                )
                for one, place in own
            ],
            set_names=kinds.SET_NAMES,
            numbering_names=kinds.NUMBERING_NAMES,
            villages=[(one.id, one.name) for one in villages(session)],
            may_keep=actor().is_any(*access.KEEPERS),
            may_set=actor().is_any(*access.SETTERS),
            may_read_all=not sets.is_clerk(actor()),
            questions_open=number_open(session),
        )


@bp.get("/<int:set_id>/")
@open_to(access.VILLAGE_READERS)
def one(set_id: int) -> ResponseReturnValue:
    """Show a set: what waits, what is open, how its months went, what was agreed."""
    with house().reading() as session:
        around = surroundings(session, set_id)
        books = sets.account_set(session, set_id, actor())
        chart = {one.code: one for one in sets.accounts(session, set_id)}
        return render_template(
            "desk/windows/village_accounts/one.html",
            **around,
            drafts=entries.drafts(session, set_id),
            steps=sets.steps(session, set_id),
            step_names=kinds.STEP_NAMES,
            money=[
                (code, name, balances.balance_now(session, chart[code].id))
                for code, name in BOOKS.items()
                if code in chart
            ],
            box=money.cash_box(session, books, house().today()),
            rents=rents.rents_due(session, [books], house().today()),
            ending=rents.ending(session, [books], house().today()),
            bank_leaves=[one.code for one in sets.leaves_below(session, set_id, BANK_CODE)],
            cash_leaves=[one.code for one in sets.leaves_below(session, set_id, CASH_CODE)],
            agreements=sets.agreements(session, set_id),
            agreement_scans=agreements.scans(session, set_id),
            banks=sets.bank_accounts(session, set_id),
            bank_codes=[(code, one.name) for code, one in chart.items() if code[:-2] == "102"],
            clerks=[(one.id, one.name) for one in holding(session, Role.VILLAGE_CLERK)],
            rights=FIVE_RIGHTS,
            names=names(session),
        )


@bp.get("/<int:set_id>/chart")
@open_to(access.VILLAGE_READERS)
def chart(set_id: int) -> ResponseReturnValue:
    """Show the chart of a set."""
    with house().reading() as session:
        around = surroundings(session, set_id)
        accounts = sets.accounts(session, set_id)
        return render_template(
            "desk/windows/village_accounts/chart.html", **around, accounts=accounts
        )


@bp.get("/<int:set_id>/entries/")
@open_to(access.VILLAGE_READERS)
def month(set_id: int) -> ResponseReturnValue:
    """Show the entries of a month in the order of their numbers."""
    with house().reading() as session:
        around = surroundings(session, set_id)
        _, period = _asked(session, set_id)
        return render_template(
            "desk/windows/village_accounts/month.html",
            **around,
            period=period,
            posted=entries.posted(session, set_id, period),
        )


def _asked(session: Session, set_id: int) -> tuple[int, int]:
    return forms.months(sets.last_step(session, set_id).opens)


@bp.get("/<int:set_id>/entries/<uuid>")
@open_to(access.VILLAGE_READERS)
def entry(set_id: int, uuid: str) -> ResponseReturnValue:
    """Show 记账凭证, as it is printed, with what may be done about it."""
    with house().reading() as session:
        around = surroundings(session, set_id)
        found = entries.entry(session, set_id, uuid)
        original = found.reverses_id and session.get(type(found), found.reverses_id)
        return render_template(
            "desk/windows/village_accounts/entry.html",
            **around,
            entry=found,
            accounts={one.id: one for one in sets.accounts(session, set_id)},
            total=sum(one.debit_fen for one in found.postings),
            papers=originals.of_entry(session, found.id),
            original=original,
            taken_back_by=entries.reversal_of(session, found.id),
            cashiers=[(one.id, one.name) for one in holding(session, Role.CASHIER)],
            bookkeepers=[(one.id, one.name) for one in holding(session, Role.BOOKKEEPER)],
            names=names(session),
        )


@bp.get("/<int:set_id>/books/<account>")
@open_to(access.VILLAGE_READERS)
def book(set_id: int, account: str) -> ResponseReturnValue:
    """Show the book of an account in a month, with its running balance."""
    with house().reading() as session:
        around = surroundings(session, set_id)
        found = sets.account(session, set_id, account)
        first, period = _asked(session, set_id)
        after = request.args.get("after", "0")
        turn = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0
        lines = entries.book(session, found, first, turn, PAGE_LINES, period)
        return render_template(
            "desk/windows/village_accounts/book.html",
            **around,
            account=found,
            title=BOOKS.get(found.code, found.name),
            first=first,
            period=period,
            before=balances.balance_before(session, found.id, first, turn),
            lines=[line for _, line in lines],
            next_turn=lines[-1][0] if len(lines) == PAGE_LINES else None,
        )


def day_to_begin_with(books: AccountSet, opens: int, today: date) -> date:
    """Return the day an entry form begins with: today, in the open month."""
    period = opens if opens % 100 else books.first_period
    return today if today.year * 100 + today.month == period else last_day(period)
