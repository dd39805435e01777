"""值日簿: the page of the present shift: what the desk did, what is still open, what happened."""

from datetime import datetime, time

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.board.queries.log import day_of
from desk.cases.pages.at_hand import in_reach
from desk.cases.rules.access import case_path
from duty_roster.queries import log as queries
from duty_roster.queries import on_duty
from duty_roster.queries.log import Page
from duty_roster.rules.log import (
    FIGURE_NAMES,
    LOG_NAMES,
    OF_THE_SKY,
    READERS,
    TAKEN_BACK_WORDS,
    WRITERS,
    LogKind,
    is_flood_season,
    page_words,
)
from kernel.clock import TOWN_TZ
from kernel.staff.queries import names
from kernel.web.doors import actor, open_to
from kernel.web.house import house

bp = Blueprint("log", __name__, url_prefix="/log")


@bp.get("/")
@open_to(READERS)
def today() -> ResponseReturnValue:
    """Show the page that is being written; before the first, how to begin."""
    here = house()
    with here.reading() as session:
        page = queries.newest(session)
        on_it = on_duty(session, here.now()).leader
        return render_template(
            "desk/board/log/today.html",
            leader=f"{on_it.person.title} {on_it.person.name}" if on_it else "",
            asked_before=None if page is None else not page.handover,
            **shown(session, page),
        )


@bp.get("/<int:year>/<int:leaf>")
@open_to(READERS)
def page(year: int, leaf: int) -> ResponseReturnValue:
    """Show a page of the book as it stands; nothing on it can be changed."""
    with house().reading() as session:
        found = queries.page(session, year, leaf)
        return render_template("desk/board/log/page.html", **shown(session, found))


def shown(session: Session, page: Page | None) -> dict[str, object]:
    """Return everything a page shows."""
    here = house()
    entries = queries.entries_of(session, page) if page else []
    kept = queries.figures_of(session, page.page.id) if page and page.handover else {}
    day = day_of(session, page, here.now(), in_reach(actor())) if page else None
    return {
        "page": page,
        "title": page_words(page.page.number, page.page.year) if page else "",
        "entries": entries,
        "open_entries": queries.open_entries(session),
        "day": day,
        "figures": kept or (day.figures if day else {}),
        "figure_names": FIGURE_NAMES,
        "log_names": LOG_NAMES,
        "taken_back_words": TAKEN_BACK_WORDS,
        "kinds": [(one, LOG_NAMES[one]) for one in LogKind if one is not LogKind.INCIDENT],
        "lacks": _lacking(session, here.now(), {one.entry.kind for one in entries}),
        "names": names(session),
        "case_path": case_path,
        "midnight": datetime.combine(here.today(), time(0), TOWN_TZ),
        "may_write": actor().is_any(*WRITERS),
        "mine": actor().staff_id,
        "chosen": request.values.get("kind", ""),
    }


def _lacking(session: Session, now: datetime, written: set[LogKind]) -> list[str]:
    """Return what the flood season asks for and nobody has written on this page."""
    season = queries.settings(session)
    if not is_flood_season(house().today(), season.flood_from, season.flood_to):
        return []
    return [LOG_NAMES[one] for one in LogKind if one in OF_THE_SKY and one not in written]
