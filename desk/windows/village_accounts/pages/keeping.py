"""建账与维护: open a set; keep its chart, agreement, bank accounts and clerk."""

from flask import redirect
from flask.typing import ResponseReturnValue

from desk.windows.village_accounts import forms
from desk.windows.village_accounts.actions import sets as actions
from desk.windows.village_accounts.actions.scans import keep_scan
from desk.windows.village_accounts.forms.bundles import maybe_scan
from desk.windows.village_accounts.pages.books import bp, chart, listed, one
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.account_papers import AGREEMENT_SCAN
from kernel.access import Role
from kernel.errors import NotFound
from kernel.staff.queries import holding
from kernel.town.queries import villages
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.post("/")
@open_to(access.KEEPERS)
@asks_again(listed)
def open_set() -> ResponseReturnValue:
    """Open the books of a village."""
    with answering() as post:
        if not post.was_answered:
            place, how = forms.opening(villages(post.session))
            books = actions.open_set(post.session, place, how, actor(), house().now())
            post.go_to(".one", set_id=books.id)
    return redirect(post.answer, 303)


@bp.post("/<int:set_id>/chart")
@open_to(access.KEEPERS)
@asks_again(chart)
def add_account(set_id: int) -> ResponseReturnValue:
    """Open a sub-account."""
    here = house()
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            when = (here.today(), here.now())
            actions.add_account(post.session, books, forms.sub_account(), actor(), when)
            post.go_to(".chart", set_id=set_id)
    return redirect(post.answer, 303)


@bp.post("/<int:set_id>/chart/<account>/retire")
@open_to(access.KEEPERS)
@asks_again(chart)
def retire(set_id: int, account: str) -> ResponseReturnValue:
    """Retire an account; its number is never used again."""
    here = house()
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            found = sets.account(post.session, set_id, account)
            when = (here.today(), here.now())
            actions.retire_account(post.session, books, found, actor(), when)
            post.go_to(".chart", set_id=set_id)
    return redirect(post.answer, 303)


@bp.post("/<int:set_id>/agreement")
@open_to(access.KEEPERS)
@asks_again(one)
def agree(set_id: int) -> ResponseReturnValue:
    """Keep the agreement that was signed, with its scan where that came along."""
    scan, now = maybe_scan(AGREEMENT_SCAN), house().now()
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            kept = actions.agree(post.session, books, forms.agreement(), actor(), now)
            if scan:
                keep_scan(post.session, kept, scan, actor(), now)
            post.go_to(".one", set_id=set_id)
    return redirect(post.answer, 303)


@bp.post("/<int:set_id>/bank")
@open_to(access.KEEPERS)
@asks_again(one)
def register_bank(set_id: int) -> ResponseReturnValue:
    """Say at which bank an account is."""
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            account, where = forms.bank(sets.accounts(post.session, set_id))
            actions.register_bank_account(
                post.session, books, account, where, actor(), house().now()
            )
            post.go_to(".one", set_id=set_id)
    return redirect(post.answer, 303)


@bp.post("/<int:set_id>/clerk")
@open_to(access.KEEPERS)
@asks_again(one)
def appoint(set_id: int) -> ResponseReturnValue:
    """Say who brings this village's papers, and may look at its books."""
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            clerk = forms.staff_choice("clerk", holding(post.session, Role.VILLAGE_CLERK))
            if clerk is None:
                raise NotFound
            actions.appoint_clerk(post.session, books, clerk, actor(), house().now())
            post.go_to(".one", set_id=set_id)
    return redirect(post.answer, 303)
