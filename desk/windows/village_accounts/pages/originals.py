"""原始凭证的页面: one paper with where it was used and its pictures; the slips that refused one."""

from collections import Counter

from flask import Response, g, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.queries import at_window
from desk.cases.rules.attachments import file_name
from desk.windows.village_accounts.actions import scans as actions
from desk.windows.village_accounts.forms import bundles as forms
from desk.windows.village_accounts.pages.books import bp
from desk.windows.village_accounts.pages.bundles import case
from desk.windows.village_accounts.queries import bundles, originals, sets
from desk.windows.village_accounts.records import AccountScan, Original
from desk.windows.village_accounts.rules import access, original_kinds
from desk.windows.village_accounts.rules.account_papers import ORIGINAL_SCAN
from kernel.access import Role
from kernel.audit.actions import record
from kernel.contact import masked_phone
from kernel.identity import counter_mask
from kernel.staff.queries import names
from kernel.text import masked_name
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog.rules.uploads import MOST_BYTES


@bp.get("/originals/<uuid>")
@open_to(access.VILLAGE_READERS)
def original(uuid: str) -> ResponseReturnValue:
    """Show a paper, where it was used, and what was scanned of it."""
    with house().reading() as session:
        found = originals.by_uuid(session, uuid)
        originals.check_visible(session, found, actor())
        blue = session.get(Original, found.red_of_id) if found.red_of_id else None
        is_whole = g.get("is_revealed", False)
        return render_template(
            "desk/windows/village_accounts/original.html",
            original=found,
            used=originals.used(session, found.id),
            scans=originals.scans_of(session, [found.id])[found.id],
            blue=blue,
            payee=_payee(session, found, is_whole=is_whole),
            is_whole=is_whole,
            may_add=actor().is_any(Role.VILLAGE_CLERK),
            original_names=original_kinds.KIND_NAMES,
            share_names=original_kinds.SHARE_NAMES,
            names=names(session),
            most=MOST_BYTES // 1024 // 1024,
        )


def _payee(session: Session, found: Original, *, is_whole: bool) -> tuple[str, str, str]:
    name, document, phone = originals.payee(session, found)
    if is_whole or not name:
        return name, document, phone
    return masked_name(name), counter_mask(document), masked_phone(phone)


@bp.post("/originals/<uuid>/payee")
@open_to(access.CENTRE)
@asks_again(original)
def reveal_payee(uuid: str) -> ResponseReturnValue:
    """Show once in full who was paid; the look is recorded."""
    with house().writing() as session:
        found = originals.by_uuid(session, uuid)
        originals.check_visible(session, found, actor())
        subject = f"original:{found.uuid}"
        record(session, actor(), "original.payee_revealed", subject, house().now())
    g.is_revealed = True
    return original(uuid)


@bp.post("/originals/<uuid>/scans")
@open_to(frozenset({Role.VILLAGE_CLERK}))
@asks_again(original)
def keep_original_scan(uuid: str) -> ResponseReturnValue:
    """Keep a picture of a paper."""
    scan = forms.scan(ORIGINAL_SCAN)
    with answering() as post:
        if not post.was_answered:
            found = originals.by_uuid(post.session, uuid)
            originals.check_visible(post.session, found, actor())
            actions.keep_scan(post.session, found, scan, actor(), house().now())
            post.go_to(".original", uuid=uuid)
    return redirect(post.answer, 303)


@bp.post("/originals/<uuid>/scans/<int:scan>")
@open_to(access.VILLAGE_READERS)
@asks_again(original)
def show_original_scan(uuid: str, scan: int) -> Response:
    """Hand the picture of a paper over; the look is recorded."""
    with house().writing() as session:
        found = originals.by_uuid(session, uuid)
        originals.check_visible(session, found, actor())
        row = originals.scan_of(session, found, scan)
        return scan_file(session, row, found.number)


@bp.post("/cases/<number>/scans/<int:scan>")
@open_to(access.VILLAGE_READERS)
@asks_again(case)
def show_bundle_scan(number: str, scan: int) -> Response:
    """Hand the picture of what was signed over; the look is recorded."""
    with house().writing() as session:
        at_window(session, bundles.WINDOW, number)
        found, bundle, _ = bundles.of_case(session, number, actor())
        row = originals.bundle_scan(session, bundle, scan)
        return scan_file(session, row, found.number)


def scan_file(session: Session, row: AccountScan, number: str) -> Response:
    """Return a scan as a file to be kept; the look is written down."""
    content = actions.reveal(session, row, actor(), house().now())
    name = file_name(number, row.title, row.media_type)
    return files.scan(content, row.media_type, name)


@bp.get("/<int:set_id>/refusals/")
@open_to(access.VILLAGE_READERS)
def refused(set_id: int) -> ResponseReturnValue:
    """Show the papers of a set that were not taken, and how many for which reason."""
    with house().reading() as session:
        slips = originals.refusals(session, actor(), set_id)
        return render_template(
            "desk/windows/village_accounts/refusals.html",
            books=sets.account_set(session, set_id, actor()),
            slips=slips,
            counts=Counter(one.ground for one in slips).most_common(),
            ground_names=original_kinds.GROUND_NAMES,
            original_names=original_kinds.KIND_NAMES,
        )
