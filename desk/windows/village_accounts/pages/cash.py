"""现金盘点的页面: the cash box is counted beside its book; what a close asks for."""

from flask import Response, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.village_accounts import forms
from desk.windows.village_accounts.actions import money as actions
from desk.windows.village_accounts.forms import money as money_forms
from desk.windows.village_accounts.pages.books import bp, surroundings
from desk.windows.village_accounts.queries import money, sets
from desk.windows.village_accounts.records import Account, AccountSet
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.cash import FACES
from desk.windows.village_accounts.rules.money_papers import count_paper
from desk.windows.village_accounts.rules.periods import words
from kernel.calendar.rules import chinese_date
from kernel.errors import NotFound
from kernel.printing import typeset
from kernel.staff.queries import names
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house


def _month(session: Session, books: AccountSet) -> int:
    _, period = forms.months(sets.last_step(session, books.id).opens)
    return period if period % 100 else books.first_period


def _cash(session: Session, set_id: int) -> Account:
    """Return the first account of cash: where there are parts, the one in use."""
    return next(one for one in sets.leaves(session, set_id) if one.code.startswith("101"))


@bp.get("/<int:set_id>/cash")
@open_to(access.VILLAGE_READERS)
def cash(set_id: int) -> ResponseReturnValue:
    """Show the cash box: what the books say, what is to be handed in, the last count."""
    here = house()
    with here.reading() as session:
        around = surroundings(session, set_id)
        books = sets.account_set(session, set_id, actor())
        account, period = _cash(session, set_id), _month(session, books)
        return render_template(
            "desk/windows/village_accounts/cash.html",
            **around,
            account=account,
            period=period,
            box=money.cash_box(session, books, here.today()),
            book_fen=money.balance_at(session, account.id, period),
            counted=money.count(session, account.id, period),
            bank_code=next(
                one.code for one in sets.leaves(session, set_id) if one.code.startswith("102")
            ),
            faces=FACES,
            today=here.today(),
            may_reconcile=actor().is_any(*access.RECONCILERS),
            names=names(session),
        )


@bp.post("/<int:set_id>/cash")
@open_to(access.RECONCILERS)
@asks_again(cash)
def count_cash(set_id: int) -> ResponseReturnValue:
    """Keep what was found in the cash box."""
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            account, period = _cash(post.session, set_id), _month(post.session, books)
            both = period, money_forms.count()
            actions.count_cash(post.session, account, both, actor(), house().now())
            post.go_to(".cash", set_id=set_id, to=f"{period // 100}-{period % 100:02}")
    return redirect(post.answer, 303)


@bp.get("/<int:set_id>/cash.pdf")
@open_to(access.VILLAGE_READERS)
def cash_paper(set_id: int) -> ResponseReturnValue:
    """Return 库存现金盘点表 of a month. Raises: NotFound, before anybody counted."""
    here = house()
    with here.reading() as session:
        books, town = sets.account_set(session, set_id, actor()), here.town(session)
        account, period = _cash(session, set_id), _month(session, books)
        found = money.count(session, account.id, period)
        if found is None:
            raise NotFound
        pieces = {one.face_fen: one.pieces for one in found.pieces}
        values = {
            "hall": town.hall,
            "is_sample": town.is_sample,
            "whose": f"{books.name} {account.name}",
            "months": words(period),
            "counted_on": chinese_date(found.counted_on),
            "keeper": found.keeper,
            "watcher": names(session)[found.by_id],
            "printed": chinese_date(here.today()),
            **count_paper(found.counted_fen, found.book_fen, pieces, found.note),
        }
    answer = Response(typeset("account_cash", values), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f"inline; filename=cash-{set_id}-{period}.pdf"
    return answer


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
