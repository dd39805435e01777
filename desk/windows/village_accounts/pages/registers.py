"""登记簿的页面: the rows of a register, found, added, changed, struck off, exported and printed."""

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.village_accounts.actions import registers as actions
from desk.windows.village_accounts.forms import registers as forms
from desk.windows.village_accounts.pages.books import bp, surroundings
from desk.windows.village_accounts.queries import registers as queries
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.register_papers import (
    EXPORTED_NAME,
    FRAME,
    LIST_TITLE,
    PaperTable,
)
from desk.windows.village_accounts.rules.registers import (
    COLUMNS,
    FIGURES,
    REGISTER_NAMES,
    Cell,
    Register,
    persons_in,
)
from kernel.calendar.rules import chinese_date
from kernel.printing import typeset
from kernel.tables import workbook
from kernel.town.queries import the_town
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import version_on_screen
from kernel.web.form_posts import answering
from kernel.web.house import house
from kernel.work.actions import put_aside
from kernel.work.rules import goes_alone

FOLDER = "desk/windows/village_accounts/registers"
SEARCH_LIMIT = 100


@bp.get("/<int:set_id>/registers/<register>/")
@open_to(access.VILLAGE_READERS)
def register_of(set_id: int, register: str) -> ResponseReturnValue:
    """Show the rows of a register, and the form for another."""
    which = forms.register_at(register)
    typed, retired = request.args.get("q", "")[:SEARCH_LIMIT], bool(request.args.get("retired"))
    with house().reading() as session:
        return render_template(
            f"{FOLDER}/register.html",
            **surroundings(session, set_id),
            **_words(which),
            rows=queries.rows(session, set_id, which, typed, retired=retired),
            typed=typed,
            with_retired=retired,
            values={},
        )


def _words(which: Register) -> dict[str, object]:
    return {
        "register": which,
        "registers": REGISTER_NAMES,
        "columns": COLUMNS[which],
        "Cell": Cell,
        "may_register": actor().is_any(*access.REGISTRARS),
    }


@bp.post("/<int:set_id>/registers/<register>/")
@open_to(access.REGISTRARS)
@asks_again(register_of)
def add_row(set_id: int, register: str) -> ResponseReturnValue:
    """Add a row."""
    which = forms.register_at(register)
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            said, now = forms.row(which), house().now()
            actions.add(post.session, books, which, said, actor(), now)
            post.go_to(".register_of", set_id=set_id, register=register)
    return redirect(post.answer, 303)


@bp.get("/<int:set_id>/registers/<register>/<int:row_id>")
@open_to(access.VILLAGE_READERS)
def register_row(set_id: int, register: str, row_id: int) -> ResponseReturnValue:
    """Show a row with what may be done about it."""
    which = forms.register_at(register)
    with house().reading() as session:
        around = surroundings(session, set_id)
        row = queries.row(session, set_id, which, row_id)
        return render_template(
            f"{FOLDER}/row.html",
            **around,
            **_words(which),
            row=row,
            row_cells=[queries.cell_of(session, one, row) for one in COLUMNS[which]],
            values={one.name: queries.as_typed(session, one, row) for one in COLUMNS[which]},
        )


@bp.post("/<int:set_id>/registers/<register>/<int:row_id>")
@open_to(access.REGISTRARS)
@asks_again(register_row)
def change_row(set_id: int, register: str, row_id: int) -> ResponseReturnValue:
    """Change a row."""
    which = forms.register_at(register)
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            queries.row(post.session, set_id, which, row_id)
            of, said = (which, row_id, version_on_screen()), forms.row(which)
            actions.change(post.session, books, of, said, actor(), house().now())
            post.go_to(".register_row", set_id=set_id, register=register, row_id=row_id)
    return redirect(post.answer, 303)


@bp.post("/<int:set_id>/registers/<register>/<int:row_id>/retire")
@open_to(access.REGISTRARS)
@asks_again(register_row)
def retire_row(set_id: int, register: str, row_id: int) -> ResponseReturnValue:
    """Strike a row off, with a reason."""
    here, which = house(), forms.register_at(register)
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            of, why = (which, row_id, version_on_screen()), (forms.reason(), here.today())
            actions.retire(post.session, books, of, why, actor(), here.now())
            post.go_to(".register_row", set_id=set_id, register=register, row_id=row_id)
    return redirect(post.answer, 303)


@bp.post("/<int:set_id>/registers/<register>/rows.xlsx")
@open_to(access.VILLAGE_READERS)
@asks_again(register_of)
def register_sheet(set_id: int, register: str) -> ResponseReturnValue:
    """Return a register as a sheet; it is written down who took it."""
    which = forms.register_at(register)
    with house().reading() as session:
        _, rows = _listed(session, set_id, which)
    head = [one.label for one in COLUMNS[which]]
    sheet = workbook(REGISTER_NAMES[which], [head, *rows], by=actor().name)
    if not goes_alone(persons := persons_in(which, len(rows))):
        return _held(set_id, (which, persons), sheet)
    with house().writing() as session:
        actions.note_export(session, set_id, which, len(rows), actor(), house().now())
    return files.sheet(sheet, EXPORTED_NAME.format(register=which, set_id=set_id))


def _held(set_id: int, of: tuple[Register, int], sheet: bytes) -> ResponseReturnValue:
    """Keep a sheet of many persons until somebody else agrees."""
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            file = put_aside(house().settings.var, f"{of[0]}.xlsx", sheet)
            work = actions.hold_export(post.session, books, of, file, actor(), house().now())
            post.go_to("work.one", uuid=work.uuid)
    return redirect(post.answer, 303)


def _listed(session: Session, set_id: int, which: Register) -> tuple[str, list[list[str]]]:
    books = sets.account_set(session, set_id, actor())
    return books.name, [list(one.cells) for one in queries.rows(session, set_id, which)]


@bp.get("/<int:set_id>/registers/<register>/rows.pdf")
@open_to(access.VILLAGE_READERS)
def register_paper(set_id: int, register: str) -> Response:
    """Return a register on paper."""
    which = forms.register_at(register)
    head = [one.label for one in COLUMNS[which]]
    with house().reading() as session:
        name, rows = _listed(session, set_id, which)
        title = LIST_TITLE.format(register=REGISTER_NAMES[which])
        numbers = [one.cell in FIGURES for one in COLUMNS[which]]
        when = chinese_date(house().today())
        return paper(session, PaperTable(name, title, when, head, numbers, rows))


def paper(session: Session, table: PaperTable) -> Response:
    """Return a table on A4, landscape, with figures to the right and room to sign."""
    town, printed = the_town(session), chinese_date(house().today())
    said = {
        "whose": table.whose,
        "title": table.title,
        "months": table.when,
        "hall": town.hall,
        "is_sample": town.is_sample,
        "printed": printed,
        "head": table.head,
        "numbers": table.numbers,
        "rows": [{"cells": [_cell(said) for said in row]} for row in table.rows],
        **FRAME,
    }
    return Response(typeset("account_table", said), mimetype="application/pdf")


def _cell(said: str) -> dict[str, object]:
    return {"depth": 0, "said": said, "strong": False}
