"""领导看板: slips against target with reasons, old obstacles, trips, spending; the sheets."""

from datetime import timedelta

from flask import Response, redirect, render_template
from flask.typing import ResponseReturnValue

from desk.windows.enterprise.actions.sheets import ask_sheet, note_export
from desk.windows.enterprise.forms import leaders as forms
from desk.windows.enterprise.pages.board import board, bp
from desk.windows.enterprise.queries import leaders as queries
from desk.windows.enterprise.queries import projects, sheets
from desk.windows.enterprise.queries.settings import settings
from desk.windows.enterprise.rules import leaders as rules
from desk.windows.enterprise.rules.access import OVERSEERS, READERS
from desk.windows.enterprise.rules.obstacles import OBSTACLE_NAMES, gist
from desk.windows.enterprise.rules.own_page import RATING_NAMES
from desk.windows.enterprise.rules.trips import DEFINITION, by_agent, trips
from kernel.calendar.rules import chinese_date
from kernel.clock import town_day
from kernel.printing import typeset
from kernel.staff.queries import names
from kernel.tables import workbook
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house

#: more projects than this are read on the sheet
SHOWN = 100


@bp.get("/leaders")
@open_to(OVERSEERS)
def leaders() -> ResponseReturnValue:
    """Show what a leader has to know of all projects."""
    here, month = house(), forms.month(house().today())
    with here.reading() as session:
        found = queries.stands(session, actor(), here.now(), here.calendar(session))
        carried = queries.carried(session, actor(), month.first, month.last)
        spent = queries.spent_in(session, [one.line.id for one in found], month.first, month.last)
        return render_template(
            "desk/windows/enterprise/leaders.html",
            found=found[:SHOWN],
            count=len(found),
            late=[one for one in found if one.days_late],
            old=[(one, each) for one in found for each in one.old],
            old_days=settings(session).old_days,
            obstacle_names=OBSTACLE_NAMES,
            gist=gist,
            day_of=town_day,
            trips=trips(carried),
            by_agent=by_agent(carried),
            definition=DEFINITION,
            spent_fen=sum(spent.values()),
            spent_ever_fen=sum(one.spent_fen for one in found),
            ratings=queries.ratings(session, actor()),
            rating_names=RATING_NAMES,
            month=month,
            before=month.first - timedelta(days=1),
            after=month.last + timedelta(days=1),
            names=names(session),
            kinds=rules.KIND_NAMES,
            today=here.today(),
        )


@bp.post("/sheets/<kind>.xlsx")
@open_to(READERS)
@asks_again(board)
def export_sheet(kind: str) -> ResponseReturnValue:
    """Return the projects, or the errands that are not over, as a sheet; it is written down.

    A large one is made outside the request, with its progress on a page of its own.
    """
    here, chosen = house(), forms.sheet_kind(kind)
    with here.reading() as session:
        count = len(projects.running(session, actor()))
        is_large, at = count > rules.AT_ONCE, (here.now(), here.calendar(session))
        rows = [] if is_large else sheets.sheet(session, chosen, actor(), at)
    if is_large:
        return _asked(chosen, count)
    with answering() as post:
        if not post.was_answered:
            note_export(post.session, chosen, len(rows) - 1, actor(), here.now())
            post.go_to(".board")
    said = workbook(rules.KIND_NAMES[chosen], rows, by=actor().name)
    name = f"{chosen}-{here.today()}.xlsx"
    return files.sheet(said, name)


def _asked(kind: rules.SheetKind, count: int) -> ResponseReturnValue:
    with answering() as post:
        if not post.was_answered:
            work = ask_sheet(post.session, kind, count, actor(), house().now())
            post.go_to("work.one", uuid=work.uuid)
    return redirect(post.answer, 303)


@bp.get("/monthly.pdf")
@open_to(READERS)
def monthly_sheet() -> Response:
    """Return the month's sheet, typeset, to be signed and sealed."""
    here, today = house(), house().today()
    month = forms.month(today)
    with here.reading() as session:
        at, town = (here.now(), here.calendar(session)), here.town(session)
        projects, carried = sheets.month_tables(session, actor(), month, at)
    values = {
        "hall": town.hall,
        "is_sample": town.is_sample,
        "title": rules.SHEET_TITLE,
        "month": rules.month_words(month.first),
        "tables": [
            sheets.printed(rules.PROJECTS_TITLE, projects),
            sheets.printed(rules.TRIPS_TITLE, carried),
        ],
        "row_mm": sheets.ROW_MM,
        "text_pt": sheets.TEXT_PT,
        "notes": [*rules.NOTES, DEFINITION],
        "signed_by": list(rules.SIGNED_BY),
        "seal": rules.SEAL,
        "as_of": chinese_date(today),
        "printed": chinese_date(today),
    }
    name = f"projects-{month.first:%Y-%m}.pdf"
    return files.paper(typeset("monthly", values), name)
