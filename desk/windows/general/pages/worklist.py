"""综合窗口首页: what is open, what came today, and how to find a case again."""

from datetime import datetime, time
from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from desk.cases import queries
from desk.cases.queries.calendar_moves import beyond_the_notices
from desk.cases.queries.holding import overrun_of
from desk.cases.queries.lights import lights_of
from desk.cases.rules.lights import LIGHT_WORDS, light
from desk.cases.rules.receipts import read_lookup_code, read_number
from desk.cases.rules.stages import OPEN, STAGE_NAMES, Stage
from desk.windows.general.rules import READERS
from kernel.clock import TOWN_TZ
from kernel.web.doors import open_to
from kernel.web.house import house
from services_catalog.rules.items import Window

bp = Blueprint("general_window", __name__, url_prefix="/windows/general")
WINDOW = Window.GENERAL
#: what lies under examination has a list of its own, with the day of its answer
TO_DO = OPEN - {Stage.EXAMINING}


@bp.get("/")
@open_to(READERS)
def worklist() -> ResponseReturnValue:
    """Show what is open, the most urgent first, and what was taken in today."""
    here = house()
    midnight = datetime.combine(here.today(), time(0), TOWN_TZ)
    with here.reading() as session:
        counts = queries.counts(session, WINDOW)
        unsupplied = queries.unsupplied(session, WINDOW, here.now())
        elsewhere = [one.row.case.id for one in unsupplied]
        waiting = queries.open_at(session, WINDOW, TO_DO, elsewhere)
        arrived = queries.received_since(session, WINDOW, midnight)
        ids = {case.id for case in (*waiting, *arrived)}
        calendar = here.calendar(session)
        return render_template(
            "desk/windows/general/worklist.html",
            unpublished=beyond_the_notices(session, calendar),
            last_year=max(calendar.published, default=0),
            examined=queries.examined(session, WINDOW),
            examined_number=counts.get(Stage.EXAMINING, 0),
            unsupplied=unsupplied,
            unkept=queries.unkept(session, WINDOW, here.now()),
            untold=queries.untold(session, WINDOW),
            light_of=partial(light, now=here.now(), today=here.today()),
            waiting=queries.rows(session, waiting),
            lights=lights_of(session, ids, here.now(), here.today()),
            light_words=LIGHT_WORDS,
            overrun=overrun_of(session, ids, here.today()),
            waiting_number=sum(counts.get(stage, 0) for stage in TO_DO) - len(unsupplied),
            stage_names=STAGE_NAMES,
            arrived=queries.rows(session, arrived),
            arrived_number=queries.number_received_since(session, WINDOW, midnight),
            today=here.today(),
        )


@bp.get("/find")
@open_to(READERS)
def find() -> ResponseReturnValue:
    """Find cases by number, name, phone, document or a scanned slip."""
    typed = request.args.get("q", "").strip()[:200]
    with house().reading() as session:
        found = queries.find(session, WINDOW, typed) if typed else []
        exact = read_number(typed) or read_lookup_code(typed)
        if exact and len(found) == 1:
            return redirect(url_for(".case", number=found[0].number), 303)
        rows = queries.rows(session, found)
        return render_template(
            "desk/windows/general/found.html", rows=rows, typed=typed, stage_names=STAGE_NAMES
        )
