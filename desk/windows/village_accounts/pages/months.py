"""结账的页面: a month is closed, a year carried over, the last closed month opened again."""

from collections.abc import Callable
from datetime import datetime

from flask import redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.village_accounts import forms
from desk.windows.village_accounts.actions import closing
from desk.windows.village_accounts.pages.books import bp, one
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.records import AccountSet
from desk.windows.village_accounts.rules import access
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house


def _press(
    set_id: int, work: Callable[[Session, AccountSet, datetime], None]
) -> ResponseReturnValue:
    """Do one thing to the months of a set, and show the set."""
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            work(post.session, books, house().now())
            post.go_to(".one", set_id=set_id)
    return redirect(post.answer, 303)


@bp.post("/<int:set_id>/close")
@open_to(access.CLOSERS)
@asks_again(one)
def close(set_id: int) -> ResponseReturnValue:
    """Close the month that the form showed as open."""
    shown = request.form.get("period", "")

    def work(session: Session, books: AccountSet, now: datetime) -> None:
        period = int(shown) if shown.isascii() and shown.isdigit() and len(shown) == 6 else 0
        closing.close_month(session, books, period, actor(), now)

    return _press(set_id, work)


@bp.post("/<int:set_id>/reopen")
@open_to(access.REOPENERS)
@asks_again(one)
def reopen(set_id: int) -> ResponseReturnValue:
    """Open the month closed last again, with a reason."""

    def work(session: Session, books: AccountSet, now: datetime) -> None:
        closing.reopen_month(session, books, forms.reason(), actor(), now)

    return _press(set_id, work)


@bp.post("/<int:set_id>/carry")
@open_to(access.CLOSERS)
@asks_again(one)
def carry(set_id: int) -> ResponseReturnValue:
    """Draft the entries that end the year."""

    def work(session: Session, books: AccountSet, now: datetime) -> None:
        closing.carry_year(session, books, actor(), now)

    return _press(set_id, work)
