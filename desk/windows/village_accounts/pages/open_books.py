"""公开账本: what a village published, for everybody; and a question about any line of it."""

from flask import Blueprint, Response, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.actions.register import lookup_code
from desk.cases.rules.receipts import read_lookup_code
from desk.cases.rules.stages import STAGE_NAMES
from desk.windows.village_accounts.actions import questions as actions
from desk.windows.village_accounts.forms import disclosure as forms
from desk.windows.village_accounts.queries import disclosure as queries
from desk.windows.village_accounts.queries import pictures, questions
from desk.windows.village_accounts.queries.disclosure import Sheet
from desk.windows.village_accounts.queries.entries import number_of
from desk.windows.village_accounts.records import DisclosureLine
from desk.windows.village_accounts.rules.disclosed_months import span_words
from desk.windows.village_accounts.rules.disclosure import (
    DIGEST_SHOWN,
    SECTION_NAMES,
    STANDING,
    Section,
)
from desk.windows.village_accounts.rules.questions import (
    ADDRESS_TRIES,
    ITEM_CODE,
    SHEET_TRIES,
    SPAN,
)
from kernel.attempts import count_try
from kernel.calendar.rules import chinese_date
from kernel.errors import NotFound
from kernel.qr import qr_svg
from kernel.town.queries import village as town_village
from kernel.town.records import Village
from kernel.web import files
from kernel.web.doors import EVERYONE, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog.queries import published
from services_catalog.rules.limits import spoken

bp = Blueprint("open_books", __name__)
FOLDER = "desk/windows/village_accounts/open"
PAGE_LINES = 80
#: the number of a line that stands for the whole sheet
WHOLE = 0


@bp.get("/books/<code>/")
@open_to(EVERYONE)
def village(code: str) -> ResponseReturnValue:
    """Show what a village has published."""
    with house().reading() as session:
        place = town_village(session, code.upper())
        return render_template(
            f"{FOLDER}/village.html",
            village=place,
            sheets=queries.published_of(session, place),
            span_words=span_words,
        )


@bp.get("/books/sheets/<int:sheet_id>")
@bp.get("/B/<int:sheet_id>", endpoint="scanned")
@open_to(EVERYONE)
def sheet(sheet_id: int) -> ResponseReturnValue:
    """Show what a sheet comes to, class by class, and what was asked about it."""
    with house().reading() as session:
        found = queries.published(session, sheet_id)
        told = queries.told(session, found)
        return render_template(
            f"{FOLDER}/sheet.html",
            **_around(session, found),
            told=told,
            sections=[(one, told.of(one)) for one in Section],
            questions=questions.answered_in_public(session, sheet_id),
            digest=found.disclosure.digest[:DIGEST_SHOWN],
        )


def _around(session: Session, found: Sheet) -> dict[str, object]:
    """Return what every page of a sheet shows."""
    of = found.disclosure
    return {
        "sheet": found,
        "village": session.get_one(Village, found.books.village_id),
        "months": span_words(of.first_period, of.last_period),
        "section_names": SECTION_NAMES,
        "standing": STANDING,
        "number_of": number_of,
    }


@bp.get("/books/sheets/<int:sheet_id>/<section>")
@open_to(EVERYONE)
def section(sheet_id: int, section: str) -> ResponseReturnValue:
    """Show the lines of one class, a page at a time."""
    if section not in set(Section):
        raise NotFound
    typed = request.args.get("after", "0")
    after = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 0
    with house().reading() as session:
        found = queries.published(session, sheet_id)
        told = queries.told(session, found)
        lines = [one for one in told.of(Section(section)) if one.line > after]
        return render_template(
            f"{FOLDER}/section.html",
            **_around(session, found),
            told=told,
            section=Section(section),
            lines=lines[:PAGE_LINES],
            next=lines[PAGE_LINES - 1].line if len(lines) > PAGE_LINES else None,
        )


@bp.get("/books/sheets/<int:sheet_id>/lines/<int:line>")
@open_to(EVERYONE)
def line(sheet_id: int, line: int) -> ResponseReturnValue:
    """Show one line, its original where it was released, and the form to ask about it."""
    with house().reading() as session:
        found = queries.published(session, sheet_id)
        told = queries.told(session, found)
        one = _line(session, found, line)
        asked = questions.answered_in_public(session, sheet_id)
        return render_template(
            f"{FOLDER}/line.html",
            **_around(session, found),
            line=one,
            number=line,
            told=told,
            has_original=pictures.public_of_line(session, sheet_id, line) is not None,
            answered_within=spoken(published(session, ITEM_CODE).promised),
            questions=[row for row in asked if (row.row.line or WHOLE) == line],
        )


def _line(session: Session, found: Sheet, line: int) -> DisclosureLine | None:
    return queries.line_of(session, found, line) if line != WHOLE else None


@bp.post("/books/sheets/<int:sheet_id>/lines/<int:line>")
@open_to(EVERYONE)
@asks_again(line)
def ask(sheet_id: int, line: int) -> ResponseReturnValue:
    """Take a villager's question in, and give out its slip."""
    here = house()
    text, asker = forms.question()
    with here.writing() as session:
        now, where = here.now(), request.remote_addr
        count_try(session, f"books-from:{where}", ADDRESS_TRIES, SPAN, now)
        count_try(session, f"books-about:{sheet_id}", SHEET_TRIES, SPAN, now)
    with answering() as post:
        if not post.was_answered:
            found = queries.published(post.session, sheet_id)
            about = _line(post.session, found, line)
            asked = actions.Asked(found, about, text, asker)
            case = actions.ask(post.session, asked, here.now(), here.hall(post.session))
            post.go_to(".slip", code=lookup_code(post.session, case))
    return redirect(post.answer, 303)


@bp.get("/q/<code>")
@bp.get("/Q/<code>", endpoint="slip_scanned")
@open_to(EVERYONE)
def slip(code: str) -> ResponseReturnValue:
    """Show a question's slip to who holds it: how far it is, and the answer."""
    g.is_personal = True
    here = house()
    known = read_lookup_code(code)
    if known is None:
        raise NotFound
    with here.reading() as session:
        found = questions.by_slip(session, known)
        address = f"{here.settings.public_url}/Q/{known}".upper()
        return render_template(
            f"{FOLDER}/slip.html",
            **_around(session, found.sheet),
            question=found,
            stage=STAGE_NAMES[found.case.stage],
            chinese_date=chinese_date,
            today=here.today(),
            picture=qr_svg(address),
        )


@bp.get("/books/sheets/<int:sheet_id>/lines/<int:line>/file")
@open_to(EVERYONE)
def original(sheet_id: int, line: int) -> Response:
    """Show the redacted original of a line that was released."""
    with house().reading() as session:
        queries.published(session, sheet_id)
        picture = pictures.public_of_line(session, sheet_id, line)
        if picture is None:
            raise NotFound
        return files.picture(*pictures.content(session, picture))
