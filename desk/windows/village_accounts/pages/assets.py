"""三资的页面: the month's wear, rents and ends of contracts, debts by age, 分红清册."""

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.village_accounts.actions import rents as renting
from desk.windows.village_accounts.actions import wear as wearing
from desk.windows.village_accounts.forms import assets as forms
from desk.windows.village_accounts.pages.books import bp, surroundings
from desk.windows.village_accounts.pages.registers import paper
from desk.windows.village_accounts.queries import registers, rents, sets
from desk.windows.village_accounts.queries.bundles import limits
from desk.windows.village_accounts.queries.debts import debts as debts_of
from desk.windows.village_accounts.queries.register_tables import table
from desk.windows.village_accounts.queries.wear import month_of_wear, opening_wear
from desk.windows.village_accounts.rules import access, dividends
from desk.windows.village_accounts.rules.ageing import BANDS
from desk.windows.village_accounts.rules.depreciation import TABLE_HEAD, TABLE_TITLE
from desk.windows.village_accounts.rules.periods import NotAMonth, read_period, words
from desk.windows.village_accounts.rules.register_papers import PaperTable
from desk.windows.village_accounts.rules.register_tables import TableKind
from desk.windows.village_accounts.rules.registers import COLUMNS, REGISTER_NAMES, Register
from desk.windows.village_accounts.rules.rents import NEARNESS_NAMES
from kernel.calendar.rules import chinese_date
from kernel.money import yuan
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house

FOLDER = "desk/windows/village_accounts/registers"


@bp.get("/<int:set_id>/wear")
@open_to(access.VILLAGE_READERS)
def wear(set_id: int) -> ResponseReturnValue:
    """Show 折旧计算表 of the open month, and draft its entry."""
    with house().reading() as session:
        around = surroundings(session, set_id)
        period = sets.last_step(session, set_id).opens
        return render_template(
            f"{FOLDER}/wear.html",
            **around,
            registers=REGISTER_NAMES,
            lines=month_of_wear(session, set_id, period) if period % 100 else [],
            brought=opening_wear(session, sets.account_set(session, set_id, actor())),
        )


@bp.post("/<int:set_id>/wear")
@open_to(access.MAKERS)
@asks_again(wear)
def draft_wear(set_id: int) -> ResponseReturnValue:
    """Draft the entry of the month's wear."""
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            draft = wearing.draft_wear(post.session, books, actor(), house().now())
            post.go_to(".entry", set_id=set_id, uuid=draft.uuid)
    return redirect(post.answer, 303)


@bp.get("/<int:set_id>/wear.pdf")
@open_to(access.VILLAGE_READERS)
def wear_paper(set_id: int) -> Response:
    """Return 折旧计算表 of a month on paper: what its entry rests on."""
    with house().reading() as session:
        books = sets.account_set(session, set_id, actor())
        period = _month(session, set_id)
        lines = month_of_wear(session, set_id, period) if period % 100 else []
        rows = [
            [one.asset.code, one.asset.name, f"{one.asset.months}"]
            + [yuan(fen) for fen in (one.asset.cost_fen, one.fen, one.worn, one.left)]
            for one in lines
        ]
        total = yuan(sum(one.fen for one in lines))
        rows.append([dividends.TOTAL, "", "", "", total, "", ""])
        numbers = [False, False, *([True] * 5)]
        table = PaperTable(books.name, TABLE_TITLE, words(period), TABLE_HEAD, numbers, rows)
        return paper(session, table)


def _month(session: Session, set_id: int) -> int:
    opens = sets.last_step(session, set_id).opens
    try:
        return read_period(request.args.get("to", ""))
    except NotAMonth:
        return opens


@bp.get("/<int:set_id>/rents")
@open_to(access.VILLAGE_READERS)
def rents_due(set_id: int) -> ResponseReturnValue:
    """Show rents that are over or near, and contracts that end."""
    here = house()
    with here.reading() as session:
        around = surroundings(session, set_id)
        books = [sets.account_set(session, set_id, actor())]
        return render_template(
            f"{FOLDER}/rents.html",
            **around,
            registers=REGISTER_NAMES,
            due=rents.rents_due(session, books, here.today()),
            ending=rents.ending(session, books, here.today()),
            nearness=NEARNESS_NAMES,
            limits=limits(session),
            may_register=actor().is_any(*access.REGISTRARS),
        )


@bp.post("/<int:set_id>/rents")
@open_to(access.REGISTRARS)
@asks_again(rents_due)
def receive_rent(set_id: int) -> ResponseReturnValue:
    """Write down which entry a rent came with."""
    contract_id, due_on, entry = forms.rent()
    with answering() as post:
        if not post.was_answered:
            sets.account_set(post.session, set_id, actor())
            found = registers.row(post.session, set_id, Register.CONTRACTS, contract_id)
            renting.receive(post.session, found, due_on, entry, actor(), house().now())
            post.go_to(".rents_due", set_id=set_id)
    return redirect(post.answer, 303)


@bp.get("/<int:set_id>/debts")
@open_to(access.VILLAGE_READERS)
def debts(set_id: int) -> ResponseReturnValue:
    """Show who owes and is owed, and for how long."""
    here = house()
    with here.reading() as session:
        return render_template(
            f"{FOLDER}/debts.html",
            **surroundings(session, set_id),
            registers=REGISTER_NAMES,
            debts=debts_of(session, set_id, here.today()),
            bands=[name for _, name in BANDS],
        )


@bp.get("/<int:set_id>/debts.pdf")
@open_to(access.VILLAGE_READERS)
def debts_paper(set_id: int) -> Response:
    """Return the debts on paper."""
    here = house()
    with here.reading() as session:
        books = sets.account_set(session, set_id, actor())
        return paper(session, table(session, books, TableKind.DEBTS, 0, here.today()))


@bp.get("/<int:set_id>/registers/dividends/<int:row_id>/list.pdf")
@open_to(access.REGISTRARS)
def dividend_paper(set_id: int, row_id: int) -> Response:
    """Return 分红清册: every member with shares and sum, and room to sign."""
    with house().reading() as session:
        books = sets.account_set(session, set_id, actor())
        found = registers.row(session, set_id, Register.DIVIDENDS, row_id)
        rows, total = _shares(session, set_id, found.per_share_fen)
        rows.append([dividends.TOTAL, "", "", "", yuan(total), ""])
        title, when = dividends.TITLE.format(year=found.year), chinese_date(found.decided_on)
        numbers = [False, False, False, True, True, False]
        table = PaperTable(books.name, title, when, dividends.HEAD, numbers, rows)
        return paper(session, table)


def _shares(session: Session, set_id: int, per_share: int) -> tuple[list[list[str]], int]:
    """Return a line for every member, and what all get together."""
    places = {one.name: place for place, one in enumerate(COLUMNS[Register.MEMBERS])}
    rows, total = [], 0
    for number, one in enumerate(registers.rows(session, set_id, Register.MEMBERS), 1):
        fen = dividends.dividend(registers.shares_of(one), per_share)
        name, household, shares = (
            one.cells[places[key]] for key in ("name", "household", "shares")
        )
        rows.append([f"{number}", name, household, shares, yuan(fen), ""])
        total += fen
    return rows, total
