"""报账的表格: a paper registered, signatures recorded, the entry of a bundle, the town's limits."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.records import Case
from desk.windows.village_accounts.actions import bundle_entries
from desk.windows.village_accounts.actions import bundles as actions
from desk.windows.village_accounts.actions import originals as papers
from desk.windows.village_accounts.actions.limits import set_limits
from desk.windows.village_accounts.actions.scans import keep_scan
from desk.windows.village_accounts.forms import bundles as forms
from desk.windows.village_accounts.pages.books import bp, day_to_begin_with
from desk.windows.village_accounts.pages.bundles import By, at_hand, case, press
from desk.windows.village_accounts.queries import bundles as queries
from desk.windows.village_accounts.queries import originals, sets
from desk.windows.village_accounts.records import Bundle, OriginalRefusal
from desk.windows.village_accounts.rules import access, original_kinds, settings
from desk.windows.village_accounts.rules.account_papers import (
    MINUTES_SCAN,
    ORIGINAL_SCAN,
    SIGNED_SCAN,
)
from desk.windows.village_accounts.rules.means import CORRECTING, Means
from desk.windows.village_accounts.rules.original_kinds import OriginalKind, Purpose
from desk.windows.village_accounts.rules.signing import PART_NAMES, WITH_MINUTES
from kernel.access import Role
from kernel.money import capitals
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog.rules.uploads import MOST_BYTES

CLERKS = frozenset({Role.VILLAGE_CLERK})
MEGABYTES = MOST_BYTES // 1024 // 1024
#: where money usually comes from, by how it moves
USUAL_MONEY = {Means.TRANSFER: "10202", Means.PETTY_CASH: "101"}
USUAL_INCOMING = "10201"
#: what usually stands beside it; where a balance is put right, until the reason is found: 181
USUAL_BESIDE = {
    Means.TRANSFER: "513",
    Means.PETTY_CASH: "513",
    Means.RECEIVED: "501",
    Means.CORRECT_UP: "181",
    Means.CORRECT_DOWN: "181",
}


@bp.get("/cases/<number>/originals")
@open_to(CLERKS)
def original_form(number: str) -> ResponseReturnValue:
    """Show the form a paper is registered on."""
    with house().reading() as session:
        found, bundle, books = queries.of_case(session, number, actor())
        is_correcting = bundle.means in CORRECTING
        return render_template(
            "desk/windows/village_accounts/original_form.html",
            case=found,
            bundle=bundle,
            books=books,
            limits=queries.limits(session),
            kinds=original_kinds.KIND_NAMES.items(),
            purposes=original_kinds.PURPOSE_NAMES.items(),
            shares=original_kinds.SHARE_NAMES.items(),
            usual=_usual_purpose(bundle.means),
            usual_kind=OriginalKind.BALANCE_PROOF if is_correcting else OriginalKind.E_INVOICE,
            most=MEGABYTES,
        )


def _usual_purpose(means: Means) -> Purpose:
    if means in CORRECTING:
        return Purpose.BALANCE
    return Purpose.INCOME if means is Means.RECEIVED else Purpose.GOODS


@bp.post("/cases/<number>/originals")
@open_to(CLERKS)
@asks_again(original_form)
def take_original(number: str) -> ResponseReturnValue:
    """Register a paper; one that is none goes to the slip that says why."""
    here = house()
    claim, scan = forms.claim(here.today()), forms.maybe_scan(ORIGINAL_SCAN)
    with answering() as post:
        if not post.was_answered:
            session = post.session
            found, bundle = at_hand(session, number)
            taken = papers.take(session, bundle, claim, actor(), here.now())
            if isinstance(taken, OriginalRefusal):
                post.go_to(".refusal", refusal_id=taken.id)
            else:
                if scan:
                    keep_scan(session, taken, scan, actor(), here.now())
                post.go_to(".case", number=found.number)
    return redirect(post.answer, 303)


@bp.post("/cases/<number>/originals/<int:use>/drop")
@open_to(CLERKS)
@asks_again(case)
def drop_original(number: str, use: int) -> ResponseReturnValue:
    """Take a paper out of a bundle."""

    def work(session: Session, found: Case, bundle: Bundle, by: By) -> None:
        papers.drop(session, bundle, use, by[0], by[1])

    return press(number, work)


@bp.get("/cases/<number>/sign")
@open_to(CLERKS)
def signing(number: str) -> ResponseReturnValue:
    """Show whose signatures are wanted, and what is recorded of them."""
    with house().reading() as session:
        found, bundle, books = queries.of_case(session, number, actor())
        return render_template(
            "desk/windows/village_accounts/sign.html",
            case=found,
            books=books,
            total=queries.total(session, bundle),
            needed=actions.needed(session, bundle),
            signed={one.part: one for one in queries.signed(session, bundle)},
            part_names=PART_NAMES,
            with_minutes=WITH_MINUTES,
            most=MEGABYTES,
        )


@bp.post("/cases/<number>/sign")
@open_to(CLERKS)
@asks_again(signing)
def record_signatures(number: str) -> ResponseReturnValue:
    """Record who signed on paper, with the scan of what they signed."""
    scans = forms.scan(SIGNED_SCAN), forms.maybe_scan(MINUTES_SCAN, "minutes")

    def work(session: Session, found: Case, bundle: Bundle, by: By) -> None:
        signed = forms.signatures(actions.needed(session, bundle))
        actions.sign(session, bundle, signed, scans, by[0], by[1])

    return press(number, work)


@bp.get("/cases/<number>/entry")
@open_to(access.MAKERS)
def bundle_entry(number: str) -> ResponseReturnValue:
    """Show the form on which the entry of a bundle is drafted."""
    here = house()
    with here.reading() as session:
        found, bundle, books = queries.of_case(session, number, actor())
        leaves = sets.leaves(session, books.id)
        usual = USUAL_MONEY.get(bundle.means, USUAL_INCOMING)
        return render_template(
            "desk/windows/village_accounts/bundle_entry.html",
            case=found,
            bundle=bundle,
            books=books,
            uses=originals.uses_of(session, bundle),
            total=queries.total(session, bundle),
            accounts=[(one.id, f"{one.code} {one.name}") for one in leaves if not one.is_money],
            money=[(one.id, f"{one.code} {one.name}") for one in leaves if one.is_money],
            usual_money=next((one.id for one in leaves if one.code == usual), ""),
            usual_account=next(
                (one.id for one in leaves if one.code.startswith(USUAL_BESIDE[bundle.means])), ""
            ),
            is_correcting=bundle.means in CORRECTING,
            purpose_names=original_kinds.PURPOSE_NAMES,
            day=day_to_begin_with(books, sets.last_step(session, books.id).opens, here.today()),
        )


@bp.post("/cases/<number>/entry")
@open_to(access.MAKERS)
@asks_again(bundle_entry)
def enter_bundle(number: str) -> ResponseReturnValue:
    """Draft the entry of a bundle, for somebody else to check."""

    def work(session: Session, found: Case, bundle: Bundle, by: By) -> None:
        how = forms.sorting([use.id for use, _ in originals.uses_of(session, bundle)])
        bundle_entries.draft(session, bundle, how, by[0], by[1])

    return press(number, work)


@bp.get("/settings")
@open_to(access.SETTERS)
def limits() -> ResponseReturnValue:
    """Show the town's limits."""
    with house().reading() as session:
        return render_template(
            "desk/windows/village_accounts/limits.html",
            limits=queries.limits(session),
            signing=settings.SIGNING_NAMES.items(),
            paying=settings.PAYING_NAMES.items(),
            capitals=capitals,
        )


@bp.post("/settings")
@open_to(access.SETTERS)
@asks_again(limits)
def keep_limits() -> ResponseReturnValue:
    """Set them."""
    found = forms.limits()
    with answering() as post:
        if not post.was_answered:
            set_limits(post.session, found, actor(), house().now())
            post.go_to(".limits")
    return redirect(post.answer, 303)
