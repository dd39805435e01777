"""报表页: early, on time and late by window, item, clerk or village; what stopped the clock."""

from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from desk.board import forms
from desk.board.pages.lists import shown
from desk.board.pages.today import bp
from desk.board.queries import counting, holds, legs
from desk.board.rules import reports as rules
from desk.board.rules.access import READERS, readable
from desk.board.rules.legs import NOTE, shares
from desk.board.rules.lists import PAGE
from desk.board.rules.reports import Dimension, Measure, Span
from desk.cases.pages.at_hand import in_reach
from desk.cases.rules.access import case_path
from desk.cases.rules.legs import LEG_NAMES
from kernel.web.doors import actor, open_to
from kernel.web.house import house

TIMES = (Measure.EARLY, Measure.ON_TIME, Measure.LATE)


@bp.get("/reports")
@open_to(READERS)
def reports() -> ResponseReturnValue:
    """Show a span of days by one dimension, each figure leading to its cases."""
    here, windows = house(), readable(actor().roles)
    span, by = forms.span(here.today()), forms.dimension()
    with here.reading() as session:
        calendar, reach = here.calendar(session), in_reach(actor())
        cases = counting.counted(session, span, windows, reach)
        walked = legs.begun(session, span, (windows, reach), here.now(), calendar)
        return render_template(
            "desk/board/reports.html",
            span=span,
            by=by,
            lines=rules.sheet(cases, span, by),
            dimensions=rules.DIMENSION_NAMES.items(),
            measure_names=rules.MEASURE_NAMES,
            notes=rules.NOTES,
            times=TIMES,
            behind=behind(span, by),
            begun_late=holds.begun_late(session, span, windows, calendar, reach),
            held_twice=holds.held_twice(session, span, windows, reach),
            overrun=holds.overrun(session, windows, here.today(), reach),
            shares=shares([one.walked for one in walked]),
            late_legs=[one for one in walked if one.walked.is_late],
            leg_names=LEG_NAMES,
            leg_note=NOTE,
            case_path=case_path,
            today=here.today(),
        )


@bp.get("/reports/cases")
@open_to(READERS)
def reported() -> ResponseReturnValue:
    """Show the cases behind one figure of a report or of the monthly sheet."""
    here, windows = house(), readable(actor().roles)
    span, by, figure = forms.span(here.today()), forms.dimension(), forms.figure()
    after = request.args.get("after", default=0, type=int)
    with here.reading() as session:
        cases = counting.counted(session, span, windows, in_reach(actor()))
        found = rules.behind(cases, span, by, figure)
        ids = [one.case_id for one in found]
        listed = [one for one in ids if not after or one < after][:PAGE]
        return render_template(
            "desk/board/reported.html",
            **shown(session, counting.by_ids(session, listed)),
            span=span,
            row=figure[0],
            measure=rules.MEASURE_NAMES[figure[1]],
            dimension=rules.DIMENSION_NAMES[by],
            number=len(found),
            next=_next(span, by, figure, listed, ids),
        )


def behind(span: Span, by: Dimension) -> dict[str, str]:
    """Return the part of an address that all figures of one sheet share."""
    return {"first": str(span.first), "last": str(span.last), "by": by.value}


def _next(
    span: Span, by: Dimension, figure: tuple[str, Measure], listed: list[int], ids: list[int]
) -> str:
    """Return the address of the next page, where there is one."""
    if not listed or listed[-1] == ids[-1]:
        return ""
    row, measure = figure
    place = {"row": row, "measure": measure.value, "after": str(listed[-1])}
    return f"{url_for('.reported')}?{urlencode({**behind(span, by), **place})}"
