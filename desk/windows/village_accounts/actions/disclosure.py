"""公开的动作: draft a sheet from the books, write down what happens to it, keep its pictures."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from desk.cases.rules.attachments import AttachedTo, read_scan
from desk.windows.village_accounts.queries import disclosure as queries
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.queries.disclosed import from_registers, with_handlers
from desk.windows.village_accounts.queries.disclosure import Sheet
from desk.windows.village_accounts.records import (
    AccountSet,
    Disclosure,
    DisclosureLine,
    DisclosurePicture,
    DisclosureRelease,
    DisclosureStep,
)
from desk.windows.village_accounts.rules.disclosed_months import (
    SheetTaken,
    check_months,
    span_words,
)
from desk.windows.village_accounts.rules.disclosure import (
    SheetLine,
    digest,
    in_order,
    movements,
    standings,
)
from desk.windows.village_accounts.rules.open_books import (
    PICTURE_TITLES,
    BooksMoved,
    NoReviewer,
    NotAPicture,
    NoVoucherThere,
    NoWhy,
    OwnPicture,
    OwnSheet,
    PictureKind,
    SheetStep,
    check_day,
    check_step,
    picture_place,
)
from kernel.access import Actor
from kernel.audit.actions import record
from kernel.clock import town_day
from kernel.house_session import vault_of
from services_catalog.rules.uploads import PDF


@dataclass(frozen=True, slots=True)
class Happened:
    """What is written down about a step: when, who or where, and what else."""

    on: date
    names: str = ""
    note: str = ""


def draft_sheet(
    session: Session, books: AccountSet, months: tuple[int, int], actor: Actor, now: datetime
) -> Disclosure:
    """Draft a sheet from what is posted in closed months.

    Raises: BeforeBooks, MonthsOpen, SheetTaken, SheetsDoNotAddUp.
    """
    first, last = months
    check_months(first, last, books.first_period, sets.last_step(session, books.id).opens)
    if queries.standing_for(session, books.id, first, last):
        raise SheetTaken(period=span_words(first, last))
    lines = said_by_books(session, books, months)
    sheet = Disclosure(set_id=books.id, first_period=first, last_period=last)
    sheet.digest = digest(books.name, months, lines)
    sheet.drafted_at, sheet.drafted_by_id = now, actor.staff_id or 0
    session.add(sheet)
    session.flush()
    session.add_all(_stored(sheet.id, number, one) for number, one in enumerate(lines, 1))
    session.flush()
    subject = f"disclosure:{sheet.id}"
    record(session, actor, "disclosure.drafted", subject, now, digest=sheet.digest)
    return sheet


def said_by_books(session: Session, books: AccountSet, months: tuple[int, int]) -> list[SheetLine]:
    """Return what a sheet of these months says now. Raises: SheetsDoNotAddUp."""
    stood = queries.stood(session, books.id, *months)
    moved = with_handlers(session, queries.posted_in(session, books.id, *months))
    beside = from_registers(session, books.id, months[1] // 100)
    return in_order([*standings(stood), *movements(moved), *beside])


def _stored(sheet_id: int, number: int, of: SheetLine) -> DisclosureLine:
    return DisclosureLine(
        disclosure_id=sheet_id,
        line=number,
        section=of.section,
        on=of.on,
        gist=of.gist,
        account=of.account,
        voucher=of.voucher,
        by=of.by,
        before_fen=of.before_fen,
        fen=of.fen,
        entry_id=of.entry_id,
    )


def review(
    session: Session, of: Sheet, happened: Happened, scan: bytes, actor: Actor, now: datetime
) -> None:
    """Write down that the committee signed, with the page it signed.

    Raises: as `check_step`; NoReviewer, DayNotYet, NoFile and whatever `read_scan` refuses.
    """
    check_step(SheetStep.REVIEWED, of.done)
    if not happened.names:
        raise NoReviewer
    _check_day(of, happened.on, now)
    keep_picture(session, of, (PictureKind.REVIEW, None), scan, actor, now)
    _step(session, of, SheetStep.REVIEWED, happened, actor, now)


def publish(session: Session, of: Sheet, actor: Actor, now: datetime) -> None:
    """Open a sheet to everybody, for good. Raises: as `check_step`; OwnSheet, BooksMoved."""
    check_step(SheetStep.PUBLISHED, of.done)
    sheet = of.disclosure
    if actor.staff_id == sheet.drafted_by_id:
        raise OwnSheet
    months = (sheet.first_period, sheet.last_period)
    if digest(of.books.name, months, said_by_books(session, of.books, months)) != sheet.digest:
        raise BooksMoved
    _step(session, of, SheetStep.PUBLISHED, Happened(town_day(now)), actor, now)


def hang_up(
    session: Session, of: Sheet, happened: Happened, photo: bytes, actor: Actor, now: datetime
) -> None:
    """Write down where and since when the sheet hangs, with a photo of the board.

    Raises: as `check_step`; DayNotYet, and whatever `read_scan` refuses.
    """
    check_step(SheetStep.POSTED, of.done)
    _check_day(of, happened.on, now)
    keep_picture(session, of, (PictureKind.BOARD, None), photo, actor, now)
    _step(session, of, SheetStep.POSTED, happened, actor, now)


def drop(session: Session, of: Sheet, reason: str, actor: Actor, now: datetime) -> None:
    """Throw a sheet away that was not published. Raises: as `check_step`; NoWhy."""
    check_step(SheetStep.DROPPED, of.done)
    if not reason:
        raise NoWhy
    happened = Happened(town_day(now), "", reason)
    _step(session, of, SheetStep.DROPPED, happened, actor, now)


def _check_day(of: Sheet, on: date, now: datetime) -> None:
    check_day(on, town_day(of.disclosure.drafted_at), town_day(now))


def _step(
    session: Session, of: Sheet, kind: SheetStep, what: Happened, actor: Actor, now: datetime
) -> None:
    step = DisclosureStep(disclosure_id=of.disclosure.id, kind=kind, on=what.on)
    step.names, step.note, step.at, step.by_id = what.names, what.note, now, actor.staff_id or 0
    session.add(step)
    session.flush()
    subject = f"disclosure:{of.disclosure.id}"
    record(session, actor, f"disclosure.{kind}", subject, now, names=what.names, on=what.on)


def keep_picture(
    session: Session,
    of: Sheet,
    what: tuple[PictureKind, int | None],
    content: bytes,
    actor: Actor,
    now: datetime,
) -> DisclosurePicture:
    """Keep a signed page, a photo, or an original redacted by hand (with its line)."""
    kind, line = what
    scan = read_scan(AttachedTo.OTHER, PICTURE_TITLES[kind], content)
    if kind is not PictureKind.REVIEW and scan.media_type == PDF:
        raise NotAPicture
    if line is not None and queries.line_of(session, of, line).entry_id is None:
        raise NoVoucherThere
    uuid = uuid4().hex
    picture = DisclosurePicture(disclosure_id=of.disclosure.id, uuid=uuid, kind=kind, line=line)
    picture.media_type = scan.media_type
    picture.content_sealed = vault_of(session).town.seal_bytes(scan.content, picture_place(uuid))
    picture.at, picture.by_id = now, actor.staff_id or 0
    session.add(picture)
    session.flush()
    subject = f"disclosure:{of.disclosure.id}"
    facts = {"picture": picture.id, "kind": kind, "line": line}
    record(session, actor, "disclosure.picture_kept", subject, now, **facts)
    return picture


def release(session: Session, picture: DisclosurePicture, actor: Actor, now: datetime) -> None:
    """Open a redacted picture to everybody, by a second pair of eyes. Raises: OwnPicture."""
    if actor.staff_id == picture.by_id:
        raise OwnPicture
    _open(session, picture, actor, now, is_public=True)


def take_down(session: Session, picture: DisclosurePicture, actor: Actor, now: datetime) -> None:
    """Close a picture again: a number was left to be seen."""
    _open(session, picture, actor, now, is_public=False)


def _open(
    session: Session, picture: DisclosurePicture, actor: Actor, now: datetime, *, is_public: bool
) -> None:
    row = DisclosureRelease(picture_id=picture.id, is_public=is_public, at=now)
    row.by_id = actor.staff_id or 0
    session.add(row)
    session.flush()
    verb = "disclosure.picture_released" if is_public else "disclosure.picture_taken_down"
    subject = f"disclosure:{picture.disclosure_id}"
    record(session, actor, verb, subject, now, picture=picture.id)
