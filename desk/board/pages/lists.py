"""名册: cases by light, window, handler, village, item, stage and day, or by any scrap; exported.

One list for all windows, narrowed to those its reader may read.
"""

from collections.abc import Sequence

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.board import actions, forms
from desk.board.pages.today import bp, moment
from desk.board.queries import columns as exports
from desk.board.queries import lists
from desk.board.rules.access import READERS, SETTERS, readable, reads_whole
from desk.board.rules.export import EXPORT_LIMIT, SHEET_TITLE, Column, TooManyRows, persons_in
from desk.board.rules.lists import (
    GLOW_NAMES,
    MOST_PAGES,
    ORDER_NAMES,
    SCOPE_NAMES,
    Sought,
    read_place,
    written,
)
from desk.cases import queries
from desk.cases.pages.at_hand import in_reach, unnamed
from desk.cases.queries.holding import overrun_of
from desk.cases.queries.lights import lights_of, red_steps_of
from desk.cases.queries.searching import LIST_LIMIT, find_among
from desk.cases.records import Case
from desk.cases.rules.access import ANY_READER, case_path
from desk.cases.rules.lights import LIGHT_WORDS
from desk.cases.rules.receipts import read_lookup_code, read_number
from desk.cases.rules.stages import STAGE_NAMES
from kernel.access import Role
from kernel.staff import queries as staff
from kernel.tables import workbook
from kernel.town.queries import villages
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house
from kernel.work.actions import put_aside
from kernel.work.rules import goes_alone
from services_catalog import queries as catalogue
from services_catalog.rules.items import WINDOW_NAMES

#: who may stand beside a case as its handler
HANDLERS = frozenset(ANY_READER) - {Role.SUPERVISOR}


@bp.get("/cases")
@open_to(READERS)
def cases() -> ResponseReturnValue:
    """Show a page of the list, narrowed as the address says, or what a scrap can mean."""
    typed = request.args.get("q", "").strip()[:200]
    return _found(typed) if typed else _listed()


@bp.post("/cases/export.xlsx")
@open_to(READERS)
@asks_again(cases)
def export() -> ResponseReturnValue:
    """Return the whole list as a sheet with the town's columns; it is written down who took it."""
    sought = forms.sought(request.form, actor().roles)
    with house().reading() as session:
        wanted, found = exports.columns(session), _all(session, sought)
        rows = exports.exported(session, found, wanted, (actor().roles, unnamed()), moment())
    sheet = workbook(SHEET_TITLE, rows, by=actor().name)
    persons = persons_in(wanted, sum(reads_whole(actor().roles, one.window) for one in found))
    if not goes_alone(persons):
        return _held(wanted, (len(found), persons), sheet)
    with answering() as post:
        if not post.was_answered:
            actions.note_export(post.session, wanted, len(found), actor(), house().now())
            post.go_to(".cases", **forms.narrowed(request.form))
    return files.sheet(sheet, f"cases-{house().today()}.xlsx")


def _held(wanted: Sequence[Column], counted: tuple[int, int], sheet: bytes) -> ResponseReturnValue:
    """Keep a sheet of many persons until somebody else agrees."""
    with answering() as post:
        if not post.was_answered:
            told = (*counted, put_aside(house().settings.var, "cases.xlsx", sheet))
            work = actions.hold_export(post.session, wanted, told, actor(), house().now())
            post.go_to("work.one", uuid=work.uuid)
    return redirect(post.answer, 303)


def _listed() -> ResponseReturnValue:
    sought = forms.sought(request.values, actor().roles)
    after = read_place(request.args.get("after", ""), sought.order)
    with house().reading() as session:
        page = lists.page(session, sought, after, moment(), reach=in_reach(actor()))
        return render_template(
            "desk/board/cases.html",
            **shown(session, page.cases),
            **_choices(session),
            typed="",
            narrowed=forms.narrowed(request.values),
            next=written(page.after) if page.after else "",
            is_cut=page.is_cut,
            is_first=after is None,
            looked_back_to=page.after.key if page.after else None,
        )


def _found(typed: str) -> ResponseReturnValue:
    windows = readable(actor().roles)
    with house().reading() as session:
        found = find_among(session, windows, typed, in_reach(actor()), unnamed())
        if (read_number(typed) or read_lookup_code(typed)) and len(found) == 1:
            return redirect(case_path(found[0].window, found[0].number), 303)
        return render_template(
            "desk/board/cases.html",
            **shown(session, found),
            **_choices(session),
            typed=typed,
            narrowed={},
            next="",
            is_cut=len(found) == LIST_LIMIT,
            is_first=True,
            looked_back_to=None,
        )


def shown(session: Session, found: Sequence[Case]) -> dict[str, object]:
    """Return what the rows of a list say."""
    ids, at = [case.id for case in found], moment()
    return {
        "rows": queries.rows(session, found),
        "lights": lights_of(session, ids, at.now, at.today),
        "red_steps": red_steps_of(session, ids, at.now),
        "overrun": overrun_of(session, ids, at.today),
        "light_words": LIGHT_WORDS,
        "stage_names": STAGE_NAMES,
        "window_names": WINDOW_NAMES,
        "staff_names": staff.names(session),
        "case_path": case_path,
    }


def _choices(session: Session) -> dict[str, object]:
    """Return what a list can be narrowed by."""
    return {
        "scopes": SCOPE_NAMES.items(),
        "glows": GLOW_NAMES.items(),
        "orders": ORDER_NAMES.items(),
        "stages": STAGE_NAMES.items(),
        "windows": [(one.value, WINDOW_NAMES[one]) for one in readable(actor().roles)],
        "handlers": [(one.id, one.name) for one in staff.holding(session, *HANDLERS)],
        "villages": [(one.id, one.name) for one in villages(session)],
        "items": [(one.code, one.title) for one in catalogue.published_list(session)],
        "may_set": actor().is_any(*SETTERS),
    }


def _all(session: Session, sought: Sought) -> list[Case]:
    """Return the whole list, or refuse one that is too long or too far between.

    Raises: TooManyRows.
    """
    found: list[Case] = []
    after, reach = None, in_reach(actor())
    for _ in range(MOST_PAGES):
        page = lists.page(session, sought, after, moment(), EXPORT_LIMIT, reach)
        found += page.cases
        if page.after is None and len(found) <= EXPORT_LIMIT:
            return found
        if len(found) >= EXPORT_LIMIT:
            break
        after = page.after
    raise TooManyRows(most=EXPORT_LIMIT)
