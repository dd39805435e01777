"""填制与审核: an entry typed by hand, checked by somebody else, thrown away or taken back."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from desk.windows.village_accounts import forms
from desk.windows.village_accounts.actions import posting
from desk.windows.village_accounts.actions.bundle_entries import settle
from desk.windows.village_accounts.pages.books import (
    bp,
    day_to_begin_with,
    entry,
    surroundings,
)
from desk.windows.village_accounts.queries import entries, sets
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.entries import MOST_LINES, Signatures
from desk.windows.village_accounts.rules.kinds import BY_HAND, ENTRY_NAMES, EntryKind
from kernel.access import Role
from kernel.staff.queries import holding
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house

FEW, MANY = 6, MOST_LINES


def _kinds(opens: int) -> tuple[EntryKind, ...]:
    """Return what may be typed now: before the first month the opening balances alone."""
    return BY_HAND if opens % 100 else (EntryKind.OPENING,)


@bp.get("/<int:set_id>/write")
@open_to(access.MAKERS)
def form(set_id: int) -> ResponseReturnValue:
    """Show an empty 记账凭证."""
    here = house()
    with here.reading() as session:
        around = surroundings(session, set_id)
        books = sets.account_set(session, set_id, actor())
        opens = sets.last_step(session, set_id).opens
        kinds = _kinds(opens)
        is_long = bool(request.args.get("many")) or not opens % 100
        return render_template(
            "desk/windows/village_accounts/write.html",
            **around,
            kinds=[(one, ENTRY_NAMES[one]) for one in kinds],
            accounts=[(one.id, f"{one.code} {one.name}") for one in sets.leaves(session, set_id)],
            rows=range(1, (MANY if is_long else FEW) + 1),
            day=day_to_begin_with(books, opens, here.today()),
        )


@bp.post("/<int:set_id>/write")
@open_to(access.MAKERS)
@asks_again(form)
def write(set_id: int) -> ResponseReturnValue:
    """Draft an entry."""
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            written = forms.written(_kinds(sets.last_step(post.session, set_id).opens))
            draft = posting.write(post.session, books, written, actor(), house().now())
            post.go_to(".entry", set_id=set_id, uuid=draft.uuid)
    return redirect(post.answer, 303)


@bp.post("/<int:set_id>/entries/<uuid>/post")
@open_to(access.CHECKERS)
@asks_again(entry)
def put_in_books(set_id: int, uuid: str) -> ResponseReturnValue:
    """Check somebody else's entry and put it in the books."""
    with answering() as post:
        if not post.was_answered:
            sets.account_set(post.session, set_id, actor())
            draft = entries.entry(post.session, set_id, uuid)
            poster = forms.staff_choice("poster", holding(post.session, Role.BOOKKEEPER))
            cashier = forms.staff_choice("cashier", holding(post.session, Role.CASHIER))
            by = Signatures(actor().staff_id or 0, poster or draft.maker_id, cashier)
            here = house()
            hall = here.hall(post.session)
            settle(post.session, draft, by, actor(), here.now(), hall)
            post.go_to(".entry", set_id=set_id, uuid=uuid)
    return redirect(post.answer, 303)


@bp.post("/<int:set_id>/entries/<uuid>/discard")
@open_to(access.MAKERS | access.CHECKERS)
@asks_again(entry)
def discard(set_id: int, uuid: str) -> ResponseReturnValue:
    """Throw a draft away."""
    with answering() as post:
        if not post.was_answered:
            sets.account_set(post.session, set_id, actor())
            draft = entries.entry(post.session, set_id, uuid)
            posting.discard(post.session, draft, actor(), house().now())
            post.go_to(".one", set_id=set_id)
    return redirect(post.answer, 303)


@bp.post("/<int:set_id>/entries/<uuid>/reverse")
@open_to(access.MAKERS)
@asks_again(entry)
def take_back(set_id: int, uuid: str) -> ResponseReturnValue:
    """Draft the red entry that takes this one back."""
    with answering() as post:
        if not post.was_answered:
            sets.account_set(post.session, set_id, actor())
            original = entries.entry(post.session, set_id, uuid)
            red = posting.reverse(post.session, original, forms.reason(), actor(), house().now())
            post.go_to(".entry", set_id=set_id, uuid=red.uuid)
    return redirect(post.answer, 303)
