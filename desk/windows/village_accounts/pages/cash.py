"""现金盘点的页面: the cash box is counted beside its book; what a close asks for."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.village_accounts import forms
from desk.windows.village_accounts.actions import money as actions
from desk.windows.village_accounts.forms import money as money_forms
from desk.windows.village_accounts.pages.books import bp, surroundings
from desk.windows.village_accounts.queries import money, sets
from desk.windows.village_accounts.records import AccountSet
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.cash import FACES
from desk.windows.village_accounts.rules.chart import BANK_CODE, CASH_CODE
from desk.windows.village_accounts.rules.money_papers import count_paper
from desk.windows.village_accounts.rules.periods import words
from kernel.calendar.rules import chinese_date
from kernel.errors import NotFound
from kernel.printing import typeset
from kernel.staff.queries import names
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house


def _month(session: Session, books: AccountSet) -> int:
    _, period = forms.months(sets.last_step(session, books.id).opens)
    return period if period % 100 else books.first_period


@bp.get("/<int:set_id>/cash/<account>")
@open_to(access.VILLAGE_READERS)
def cash(set_id: int, account: str) -> ResponseReturnValue:
    """Show the cash box: what the books say, what is to be handed in, the last count."""
    here = house()
    with here.reading() as session:
        around = surroundings(session, set_id)
        books = sets.account_set(session, set_id, actor())
        leaf, period = money.cash_leaf(session, set_id, account), _month(session, books)
        return render_template(
            "desk/windows/village_accounts/cash.html",
            **around,
            account=leaf,
            accounts=sets.leaves_below(session, set_id, CASH_CODE),
            period=period,
            box=money.cash_box(session, books, here.today()),
            book_fen=money.balance_at(session, leaf.id, period),
            counted=money.count(session, leaf.id, period),
            banks=sets.leaves_below(session, set_id, BANK_CODE)[:1],
            faces=FACES,
            today=here.today(),
            may_reconcile=actor().is_any(*access.RECONCILERS),
            names=names(session),
        )


@bp.post("/<int:set_id>/cash/<account>")
@open_to(access.RECONCILERS)
@asks_again(cash)
def count_cash(set_id: int, account: str) -> ResponseReturnValue:
    """Keep what was found in the cash box."""
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            leaf = money.cash_leaf(post.session, set_id, account)
            period = _month(post.session, books)
            both = period, money_forms.count()
            actions.count_cash(post.session, leaf, both, actor(), house().now())
            to = f"{period // 100}-{period % 100:02}"
            post.go_to(".cash", set_id=set_id, account=leaf.code, to=to)
    return redirect(post.answer, 303)


@bp.get("/<int:set_id>/cash/<account>.pdf")
@open_to(access.VILLAGE_READERS)
def cash_paper(set_id: int, account: str) -> ResponseReturnValue:
    """Return 库存现金盘点表 of a month. Raises: NotFound, before anybody counted."""
    here = house()
    with here.reading() as session:
        books, town = sets.account_set(session, set_id, actor()), here.town(session)
        leaf, period = money.cash_leaf(session, set_id, account), _month(session, books)
        found = money.count(session, leaf.id, period)
        if found is None:
            raise NotFound
        pieces = {one.face_fen: one.pieces for one in found.pieces}
        values = {
            "hall": town.hall,
            "is_sample": town.is_sample,
            "whose": f"{books.name} {leaf.name}",
            "months": words(period),
            "counted_on": chinese_date(found.counted_on),
            "keeper": found.keeper,
            "watcher": names(session)[found.by_id],
            "printed": chinese_date(here.today()),
            **count_paper(found.counted_fen, found.book_fen, pieces, found.note),
        }
    return files.paper(typeset("account_cash", values), f"cash-{set_id}-{leaf.code}-{period}.pdf")


@bp.get("/closing")
@open_to(access.SETTERS)
def closing_settings() -> ResponseReturnValue:
    """Show what a month's close asks for."""
    with house().reading() as session:
        return render_template(
            "desk/windows/village_accounts/closing.html", wanted=money.demands(session)
        )


@bp.post("/closing")
@open_to(access.SETTERS)
@asks_again(closing_settings)
def set_closing() -> ResponseReturnValue:
    """Change what a month's close asks for."""
    with answering() as post:
        if not post.was_answered:
            actions.set_demands(post.session, money_forms.demands(), actor(), house().now())
            post.go_to(".closing_settings")
    return redirect(post.answer, 303)
