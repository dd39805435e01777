"""电话簿: the numbers of seventy units, who keeps each right, and when somebody last rang it."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kernel.access import Role
from kernel.office import forms
from kernel.tables import read_table, workbook
from kernel.town import actions, queries
from kernel.town.rules import DIRECTORY_GROUPS
from kernel.town.rules.directory import CHECK_NAMES, CheckResult, needs_check, shared_numbers
from kernel.town.rules.directory_sheets import FILE_NAME, SHEET_NAME, read_directory, sheet
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import uploaded_file
from kernel.web.form_posts import answering
from kernel.web.house import house

bp = Blueprint("office_directory", __name__, url_prefix="/directory")
EDITORS = frozenset({Role.DIRECTOR, Role.ADMIN})
READERS = EDITORS | {Role.COUNTER, Role.HEAD, Role.SUPERVISOR}


@bp.get("/")
@open_to(READERS)
def units(**_: object) -> ResponseReturnValue:
    """Show the directory by group, old and shared numbers marked."""
    here = house()
    today = here.today()
    with here.reading() as session:
        known = queries.directory(session)
    listed = [one for one in known if one.closed_on is None or today < one.closed_on]
    return render_template(
        "office/directory.html",
        units=listed,
        retired=[one for one in known if one not in listed],
        groups=DIRECTORY_GROUPS,
        shared=shared_numbers((one.name, one.phone) for one in listed),
        old={one.code for one in listed if needs_check(one.checked_on, today)},
        check_names=CHECK_NAMES,
        wrong_note=CHECK_NAMES[CheckResult.WRONG],
        told=(request.args.get("added", ""), request.args.get("changed", "")),
        may_edit=actor().is_any(*EDITORS),
    )


@bp.get("/new")
@open_to(EDITORS)
def new() -> ResponseReturnValue:
    """Show the empty form of a unit."""
    return _form(None)


@bp.post("/new")
@open_to(EDITORS)
@asks_again(new)
def add() -> ResponseReturnValue:
    """Add a unit."""
    facts = forms.unit()
    with answering() as post:
        if not post.was_answered:
            actions.add_unit(post.session, actor(), facts, house().now())
            post.go_to(".units", _anchor=facts.code)
    return redirect(post.answer, 303)


@bp.get("/<unit>/edit")
@open_to(EDITORS)
def edit(unit: str) -> ResponseReturnValue:
    """Show the form of a unit."""
    return _form(unit)


@bp.post("/<unit>/edit")
@open_to(EDITORS)
@asks_again(edit)
def change(unit: str) -> ResponseReturnValue:
    """Change a unit; a new number is new everywhere at once."""
    facts = forms.unit(unit)
    with answering() as post:
        if not post.was_answered:
            actions.change_unit(post.session, actor(), facts, forms.version_seen(), house().now())
            post.go_to(".units", _anchor=unit)
    return redirect(post.answer, 303)


@bp.post("/<unit>/check")
@open_to(EDITORS)
@asks_again(units)
def check(unit: str) -> ResponseReturnValue:
    """Write down that somebody rang the unit today."""
    here, result = house(), forms.check_result()
    with answering() as post:
        if not post.was_answered:
            actions.note_check(post.session, actor(), unit, result, here.today(), here.now())
            post.go_to(".units", _anchor=unit)
    return redirect(post.answer, 303)


@bp.post("/import")
@open_to(EDITORS)
@asks_again(units)
def bring_in() -> ResponseReturnValue:
    """Take a sheet of the directory in, whole or not at all."""
    name, raw = uploaded_file()
    rows = read_directory(read_table(name, raw))
    with answering() as post:
        if not post.was_answered:
            told = actions.import_directory(post.session, actor(), rows, house().now())
            post.go_to(".units", added=told[0], changed=told[1])
    return redirect(post.answer, 303)


@bp.get("/export.xlsx")
@open_to(READERS)
def hand_out() -> ResponseReturnValue:
    """Hand out the directory as a sheet that may be imported again."""
    here = house()
    with here.reading() as session:
        file = workbook(SHEET_NAME, sheet(queries.directory_rows(session)))
    name = FILE_NAME.format(day=here.today())
    return files.sheet(file, name)


def _form(code: str | None) -> ResponseReturnValue:
    with house().reading() as session:
        unit = queries.unit(session, code) if code else None
    return render_template(
        "office/directory_unit.html",
        unit=unit,
        seen=forms.version_shown(unit.version if unit else 0),
        groups=list(DIRECTORY_GROUPS.items()),
    )
