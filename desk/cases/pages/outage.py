"""停电登记的页面: set numbers aside, print them, see what became of each, void the rest."""

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from desk.cases.actions import outage as actions
from desk.cases.actions.register import LOOKUP
from desk.cases.forms import REASON_LIMIT, read_count, reason
from desk.cases.pages.at_hand import bp
from desk.cases.queries import outage as queries
from desk.cases.rules.access import ANY_WORKER, case_path, windows_of
from desk.cases.rules.outage import ENTERED_AT, MOST_NUMBERS, check_count
from kernel.printing import typeset
from kernel.qr import qr_modules
from kernel.staff.queries import names
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import NotAChoice, Typed
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog.rules.items import WINDOW_NAMES, Window


@bp.get("/outage")
@open_to(ANY_WORKER)
def outage() -> ResponseReturnValue:
    """Show the blocks that were set aside, with their figures, and the form for another."""
    with house().reading() as session:
        mine = _windows()
        return render_template(
            "desk/cases/outage.html",
            standings=queries.standings(session, mine),
            windows=[(one.value, WINDOW_NAMES[one]) for one in mine],
            window_names=WINDOW_NAMES,
            staff_names=names(session),
            most=MOST_NUMBERS,
        )


@bp.post("/outage")
@open_to(ANY_WORKER)
@asks_again(outage)
def reserve() -> ResponseReturnValue:
    """Set numbers aside."""
    typed = Typed()
    window = typed.one("window", Window)
    count = typed.read("count", lambda text: check_count(read_count(text)))
    why = typed.text("reason", REASON_LIMIT)
    typed.finish()
    if window is None or window not in _windows():
        raise NotAChoice
    with answering() as post:
        if not post.was_answered:
            wanted = (count or 0, why)
            block = actions.reserve(post.session, window, wanted, actor(), house().now())
            post.go_to("cases.block", block=block.id)
    return redirect(post.answer, 303)


@bp.get("/outage/<int:block>")
@open_to(ANY_WORKER)
def block(block: int) -> ResponseReturnValue:
    """Show what became of each number of a block."""
    with house().reading() as session:
        found = queries.block_of(session, _windows(), block)
        return render_template(
            "desk/cases/block.html",
            block=found,
            lines=queries.lines_of(session, found),
            window_name=WINDOW_NAMES[found.window],
            staff_names=names(session),
            path=case_path,
        )


@bp.post("/outage/<int:block>/void")
@open_to(ANY_WORKER)
@asks_again(block)
def void(block: int) -> ResponseReturnValue:
    """Void the ticked numbers; what was used since stays used."""
    why, numbers = reason(), request.form.getlist("numbers")
    with answering() as post:
        if not post.was_answered:
            found = queries.block_of(post.session, _windows(), block)
            actions.void(post.session, found, (numbers, why), actor(), house().now())
            post.go_to("cases.block", block=block)
    return redirect(post.answer, 303)


@bp.get("/outage/<int:block>/slips.pdf")
@open_to(ANY_WORKER)
def blank_slips(block: int) -> Response:
    """Return the blank slips of what is open of a block, two copies each."""
    here = house()
    with here.reading() as session:
        found = queries.block_of(session, _windows(), block)
        vault, town = here.database.vault, here.town(session)
        slips = [
            {
                "number": line.reserved.number,
                "modules": _modules(vault.token(LOOKUP, line.reserved.case_uuid)),
            }
            for line in queries.lines_of(session, found)
            if line.is_open
        ]
    values = {
        "hall": town.hall,
        "is_sample": town.is_sample,
        "window": WINDOW_NAMES[found.window],
        "duty_phone": town.duty_phone,
        "complaint_phone": town.complaint_phone,
        "slips": slips,
    }
    return files.paper(typeset("blank_slips", values, tagged=False), f"slips-{block}.pdf")


def _windows() -> list[Window]:
    """Return the windows whose slips the actor can enter afterwards."""
    return [one for one in windows_of(actor().roles) if one in ENTERED_AT]


def _modules(code: str) -> list[str]:
    """Return the cells of a slip's code, a row a string of 0 and 1."""
    address = f"{house().settings.public_url}/C/{code}".upper()
    return ["".join("1" if cell else "0" for cell in row) for row in qr_modules(address)]
