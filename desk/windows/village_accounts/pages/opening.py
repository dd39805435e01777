"""期初余额的页面: hand out the sheet to be filled, take it in, whole or not at all."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from desk.windows.village_accounts.actions.opening import take_in_opening
from desk.windows.village_accounts.pages.books import bp, surroundings
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.opening import SHEET_NAME, read_opening, template
from kernel.tables import read_table, workbook
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import uploaded_file
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.get("/<int:set_id>/opening")
@open_to(access.MAKERS)
def opening(set_id: int) -> ResponseReturnValue:
    """Show how the balances of the old books come in."""
    with house().reading() as session:
        around = surroundings(session, set_id)
        return render_template("desk/windows/village_accounts/opening.html", **around)


@bp.get("/<int:set_id>/opening.xlsx")
@open_to(access.MAKERS)
def opening_sheet(set_id: int) -> ResponseReturnValue:
    """Hand out the sheet to be filled: every account of the set."""
    with house().reading() as session:
        books = sets.account_set(session, set_id, actor())
        chart = [(one.code, one.name) for one in sets.leaves(session, books.id)]
    return files.sheet(workbook(SHEET_NAME, template(chart)), f"opening-{set_id}.xlsx")


@bp.post("/<int:set_id>/opening")
@open_to(access.MAKERS)
@asks_again(opening)
def take_in(set_id: int) -> ResponseReturnValue:
    """Draft the opening entry from a sheet."""
    name, raw = uploaded_file()
    rows = read_opening(read_table(name, raw))
    with answering() as post:
        if not post.was_answered:
            books = sets.account_set(post.session, set_id, actor())
            draft = take_in_opening(post.session, books, rows, actor(), house().now())
            post.go_to(".entry", set_id=set_id, uuid=draft.uuid)
    return redirect(post.answer, 303)
