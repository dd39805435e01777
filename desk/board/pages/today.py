"""今日看板: what came, what went, what is late, window by window."""

from datetime import datetime, timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from desk.board.queries.lists import Moment
from desk.board.queries.today import windows_today
from desk.board.rules.access import ANNULLERS, READERS, SETTERS, readable
from desk.board.rules.today import ANNULLED_WITHIN, MISSED_WITHIN, step_name
from desk.cases.pages.at_hand import in_reach
from desk.cases.queries.lights import annulled_since, running_reds
from desk.cases.rules.access import case_path
from desk.cases.rules.countdowns import CountdownKind
from duty_roster.queries.presence import missed_between
from duty_roster.rules.shifts import SHIFT_NAMES
from kernel.staff import queries as staff
from kernel.web.doors import actor, open_to
from kernel.web.house import house
from services_catalog.rules.items import WINDOW_NAMES

bp = Blueprint("board", __name__, url_prefix="/board")


def moment() -> Moment:
    """Return when a page is looked at."""
    here = house()
    return Moment(here.now(), here.today())


@bp.get("/")
@open_to(READERS)
def today() -> ResponseReturnValue:
    """Show the day of every window somebody may read, and everything that is late."""
    here, windows = house(), readable(actor().roles)
    month_ago = here.now() - timedelta(days=ANNULLED_WITHIN)
    week_ago = here.today() - timedelta(days=MISSED_WITHIN)
    reach = in_reach(actor())
    with here.reading() as session:
        found = running_reds(session, here.now(), reach)
        reds = [one for one in found if one.case.window in windows]
        annulled = annulled_since(session, month_ago, reach)
        return render_template(
            "desk/board/today.html",
            days=windows_today(session, windows, moment(), reach),
            late=[one for one in reds if one.countdown.kind is CountdownKind.HANDLING],
            steps=[one for one in reds if one.countdown.kind is not CountdownKind.HANDLING],
            annulled=[one for one in annulled if one.case.window in windows],
            annulled_within=ANNULLED_WITHIN,
            missed=missed_between(session, week_ago, here.today()),
            missed_within=MISSED_WITHIN,
            shift_names=SHIFT_NAMES,
            staff_names=staff.names(session),
            window_names=WINDOW_NAMES,
            step_name=step_name,
            case_path=case_path,
            days_late=days_late,
            may_annul=actor().is_any(*ANNULLERS),
            may_set=actor().is_any(*SETTERS),
            now=here.now(),
            today=here.today(),
        )


def days_late(over_at: datetime | None, now: datetime) -> int:
    """Return how many days have begun since something was over."""
    return (now - over_at).days + 1 if over_at else 0
