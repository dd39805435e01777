"""信访窗口首页: what waits for an answer, the most urgent first, and how to find one again."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from desk.cases import queries as cases
from desk.cases.rules.lights import LIGHT_WORDS
from desk.cases.rules.receipts import read_lookup_code, read_number
from desk.cases.rules.stages import OPEN, STAGE_NAMES
from desk.windows.petitions import queries
from desk.windows.petitions.queries import WINDOW
from desk.windows.petitions.rules.kinds import (
    CHANNEL_NAMES,
    READERS,
    TOPIC_NAMES,
    WORKERS,
)
from kernel.staff.queries import names
from kernel.web.doors import actor, open_to
from kernel.web.house import house

bp = Blueprint("petitions", __name__, url_prefix="/windows/petitions")


@bp.get("/")
@open_to(READERS)
def worklist() -> ResponseReturnValue:
    """Show what is open, the most urgent first."""
    here = house()
    with here.reading() as session:
        counts = cases.counts(session, WINDOW)
        return render_template(
            "desk/windows/petitions/worklist.html",
            rows=queries.rows(session, cases.open_at(session, WINDOW), here.now(), here.today()),
            number=sum(counts.get(stage, 0) for stage in OPEN),
            typed="",
            names=names(session),
            **_words(),
        )


@bp.get("/find")
@open_to(READERS)
def find() -> ResponseReturnValue:
    """Find petitions by number, slip, name or phone."""
    typed = request.args.get("q", "").strip()[:200]
    here = house()
    with here.reading() as session:
        by_slip = queries.by_code(session, typed)
        found = cases.find(session, WINDOW, typed) if typed and not by_slip else []
        if by_slip:
            found = [queries.case_of(session, by_slip)]
        is_exact = by_slip or read_number(typed) or read_lookup_code(typed)
        if is_exact and len(found) == 1:
            return redirect(url_for(".case", number=found[0].number), 303)
        return render_template(
            "desk/windows/petitions/worklist.html",
            rows=queries.rows(session, found, here.now(), here.today()),
            number=None,
            typed=typed,
            names=names(session),
            **_words(),
        )


def _words() -> dict[str, object]:
    return {
        "stage_names": STAGE_NAMES,
        "channel_names": CHANNEL_NAMES,
        "topic_names": TOPIC_NAMES,
        "light_words": LIGHT_WORDS,
        "may_work": actor().is_any(*WORKERS),
    }
