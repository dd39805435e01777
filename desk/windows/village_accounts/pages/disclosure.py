"""财务公开的页面: draft a sheet, write down review and posting, publish it, keep its pictures."""

from collections.abc import Callable
from datetime import datetime

from flask import Response, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.village_accounts.actions import disclosure as actions
from desk.windows.village_accounts.forms import disclosure as forms
from desk.windows.village_accounts.pages.books import bp, surroundings
from desk.windows.village_accounts.queries import disclosure as queries
from desk.windows.village_accounts.queries import pictures, sets
from desk.windows.village_accounts.queries.disclosure import Sheet
from desk.windows.village_accounts.queries.questions import answered_in_public
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.disclosed_months import SPAN_NAMES, span_words
from desk.windows.village_accounts.rules.disclosure import SECTION_NAMES, STANDING, Section
from desk.windows.village_accounts.rules.open_books import STEP_NAMES, PictureKind
from kernel.staff.queries import names
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house

FOLDER = "desk/windows/village_accounts/disclosure"


@bp.get("/<int:set_id>/disclosures/")
@open_to(access.VILLAGE_READERS)
def sheets(set_id: int) -> ResponseReturnValue:
    """Show the sheets of a set, and draft another."""
    with house().reading() as session:
        return render_template(
            f"{FOLDER}/sheets.html",
            **surroundings(session, set_id),
            sheets=queries.sheets_of(session, set_id),
            spans=SPAN_NAMES.items(),
            step_names=STEP_NAMES,
            span_words=span_words,
        )


@bp.post("/<int:set_id>/disclosures/")
@open_to(access.MAKERS)
@asks_again(sheets)
def draft_sheet(set_id: int) -> ResponseReturnValue:
    """Draft a sheet from the books."""
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            months = forms.sheet_months()
            made = actions.draft_sheet(post.session, books, months, actor(), house().now())
            post.go_to(".sheet", set_id=set_id, sheet_id=made.id)
    return redirect(post.answer, 303)


@bp.get("/<int:set_id>/disclosures/<int:sheet_id>")
@open_to(access.VILLAGE_READERS)
def sheet(set_id: int, sheet_id: int) -> ResponseReturnValue:
    """Show a sheet as it will be read, with what has to be done next."""
    here = house()
    with here.reading() as session:
        around = surroundings(session, set_id)
        found = queries.sheet(session, set_id, sheet_id)
        return render_template(
            f"{FOLDER}/sheet.html",
            **around,
            sheet=found,
            told=queries.told(session, found),
            pictures=pictures.of_sheet(session, sheet_id),
            kinds=PictureKind,
            questions=answered_in_public(session, sheet_id),
            Section=Section,
            section_names=SECTION_NAMES,
            standing=STANDING,
            step_names=STEP_NAMES,
            span_words=span_words,
            may_publish=actor().is_any(*access.PUBLISHERS),
            may_see_pictures=actor().is_any(*access.READERS),
            names=names(session),
            today=here.today(),
        )


def _press(
    set_id: int, sheet_id: int, work: Callable[[Session, Sheet, datetime], None]
) -> ResponseReturnValue:
    """Do one thing to a sheet, and show it."""
    with answering() as post:
        if not post.was_answered:
            sets.account_set(post.session, set_id, actor())
            found = queries.sheet(post.session, set_id, sheet_id)
            work(post.session, found, house().now())
            post.go_to(".sheet", set_id=set_id, sheet_id=sheet_id)
    return redirect(post.answer, 303)


@bp.post("/<int:set_id>/disclosures/<int:sheet_id>/review")
@open_to(access.MAKERS | access.CHECKERS)
@asks_again(sheet)
def reviewed(set_id: int, sheet_id: int) -> ResponseReturnValue:
    """Write down that the committee signed."""
    what, scan = forms.happened(), forms.picture()

    def work(session: Session, found: Sheet, now: datetime) -> None:
        actions.review(session, found, what, scan, actor(), now)

    return _press(set_id, sheet_id, work)


@bp.post("/<int:set_id>/disclosures/<int:sheet_id>/publish")
@open_to(access.PUBLISHERS)
@asks_again(sheet)
def publish(set_id: int, sheet_id: int) -> ResponseReturnValue:
    """Open a sheet to everybody."""

    def work(session: Session, found: Sheet, now: datetime) -> None:
        actions.publish(session, found, actor(), now)

    return _press(set_id, sheet_id, work)


@bp.post("/<int:set_id>/disclosures/<int:sheet_id>/posted")
@open_to(access.MAKERS | access.CHECKERS)
@asks_again(sheet)
def hung_up(set_id: int, sheet_id: int) -> ResponseReturnValue:
    """Write down where the sheet hangs, with a photo of the board."""
    what, photo = forms.happened(), forms.picture()

    def work(session: Session, found: Sheet, now: datetime) -> None:
        actions.hang_up(session, found, what, photo, actor(), now)

    return _press(set_id, sheet_id, work)


@bp.post("/<int:set_id>/disclosures/<int:sheet_id>/drop")
@open_to(access.MAKERS | access.CHECKERS)
@asks_again(sheet)
def drop(set_id: int, sheet_id: int) -> ResponseReturnValue:
    """Throw a sheet away that was not published."""
    why = forms.why_dropped()

    def work(session: Session, found: Sheet, now: datetime) -> None:
        actions.drop(session, found, why, actor(), now)

    return _press(set_id, sheet_id, work)


@bp.get("/<int:set_id>/disclosures/<int:sheet_id>/lines/<int:line>")
@open_to(access.MAKERS | access.CHECKERS)
def redacted(set_id: int, sheet_id: int, line: int) -> ResponseReturnValue:
    """Show the form for an original that was redacted by hand, and those kept so far."""
    with house().reading() as session:
        around = surroundings(session, set_id)
        found = queries.sheet(session, set_id, sheet_id)
        return render_template(
            f"{FOLDER}/redacted.html",
            **around,
            sheet=found,
            line=queries.line_of(session, found, line),
            pictures=pictures.of_line(session, sheet_id, line),
            names=names(session),
            span_words=span_words,
        )


@bp.post("/<int:set_id>/disclosures/<int:sheet_id>/lines/<int:line>")
@open_to(access.MAKERS | access.CHECKERS)
@asks_again(redacted)
def keep_redacted(set_id: int, sheet_id: int, line: int) -> ResponseReturnValue:
    """Keep an original that was redacted by hand; nobody outside sees it yet."""
    content = forms.picture()
    with answering() as post:
        if not post.was_answered:
            sets.account_set(post.session, set_id, actor())
            found = queries.sheet(post.session, set_id, sheet_id)
            what = (PictureKind.REDACTED, line)
            actions.keep_picture(post.session, found, what, content, actor(), house().now())
            post.go_to(".redacted", set_id=set_id, sheet_id=sheet_id, line=line)
    return redirect(post.answer, 303)


@bp.post("/<int:set_id>/disclosures/<int:sheet_id>/pictures/<int:picture>/release")
@open_to(access.CHECKERS | access.PUBLISHERS)
@asks_again(sheet)
def release(set_id: int, sheet_id: int, picture: int) -> ResponseReturnValue:
    """Let everybody see a redacted original."""

    def work(session: Session, found: Sheet, now: datetime) -> None:
        row = pictures.redacted(session, found, picture)
        actions.release(session, row, actor(), now)

    return _press(set_id, sheet_id, work)


@bp.post("/<int:set_id>/disclosures/<int:sheet_id>/pictures/<int:picture>/take-down")
@open_to(access.MAKERS | access.CHECKERS | access.PUBLISHERS)
@asks_again(sheet)
def take_down(set_id: int, sheet_id: int, picture: int) -> ResponseReturnValue:
    """Close a redacted original again."""

    def work(session: Session, found: Sheet, now: datetime) -> None:
        row = pictures.redacted(session, found, picture)
        actions.take_down(session, row, actor(), now)

    return _press(set_id, sheet_id, work)


@bp.get("/<int:set_id>/disclosures/<int:sheet_id>/pictures/<int:picture>/file")
@open_to(access.READERS)
def picture_file(set_id: int, sheet_id: int, picture: int) -> Response:
    """Hand a picture over to the window."""
    with house().reading() as session:
        sets.account_set(session, set_id, actor())
        found = queries.sheet(session, set_id, sheet_id)
        return files.picture(*pictures.content(session, pictures.of(session, found, picture)))
