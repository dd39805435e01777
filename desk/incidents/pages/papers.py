"""突发事件的纸: the call list to print or to keep on the phone, and the report."""

from datetime import datetime
from urllib.parse import quote

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.incidents import queries
from desk.incidents.actions import where_words
from desk.incidents.pages.night import bp
from desk.incidents.queries import Listed
from desk.incidents.records import Incident
from desk.incidents.rules.calls import STANDING_WORDS, way_words
from desk.incidents.rules.kinds import CLASS_NAMES, KIND_NAMES, LINE_NAMES, READERS, title
from desk.incidents.rules.report import (
    DOWNLOAD_NAME,
    Facts,
    heading,
    opening_words,
    outcome_words,
    told_words,
)
from desk.incidents.rules.reporting import REPORT_NAMES
from kernel.calendar.rules import moment_words
from kernel.clock import town_time
from kernel.printing import typeset
from kernel.staff.queries import names
from kernel.web import files
from kernel.web.doors import open_to
from kernel.web.house import House, house


@bp.get("/<uuid>/list.pdf")
@open_to(READERS)
def list_pdf(uuid: str) -> ResponseReturnValue:
    """Return the call list as paper: its numbers can be tapped, too."""
    here = house()
    with here.reading() as session:
        values = _list_values(here, session, uuid)
    return _pdf(typeset("call_list", values), uuid)


@bp.get("/<uuid>/list.html")
@open_to(READERS)
def list_page(uuid: str) -> ResponseReturnValue:
    """Return the call list as one plain file that a phone keeps and opens without a network."""
    here = house()
    with here.reading() as session:
        page = render_template("desk/incidents/list.html", **_list_values(here, session, uuid))
    answer = make_response(page)
    name = quote(f"{DOWNLOAD_NAME}.html")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@bp.get("/<uuid>/report.pdf")
@open_to(READERS)
def report_pdf(uuid: str) -> ResponseReturnValue:
    """Return the written report: the timeline, typeset."""
    here = house()
    now = here.now()
    with here.reading() as session:
        found = queries.incident(session, uuid)
        values = _report_values(here, session, found, now)
    return _pdf(typeset("incident_report", values), uuid)


def _list_values(here: House, session: Session, uuid: str) -> dict[str, object]:
    found, now = queries.incident(session, uuid), here.now()
    everybody = queries.listed(session, found, now)
    town = here.town(session)
    return {
        "title": title(found.kind, where_words(found.village, found.place)),
        "gist": found.gist,
        "opened": moment_words(found.opened_at),
        "as_of": moment_words(now),
        "town": town.name,
        "is_sample": town.is_sample,
        "duty_phone": town.duty_phone,
        "rows": [
            {
                "label": one.call.label,
                "who": one.contact.who,
                "phone": one.contact.phone,
                "deputy": one.contact.deputy,
                "deputy_phone": one.contact.deputy_phone,
                "standing": STANDING_WORDS[one.standing],
            }
            for one in everybody
        ],
    }


def _report_values(
    here: House, session: Session, found: Incident, now: datetime
) -> dict[str, object]:
    everybody, where = queries.listed(session, found, now), where_words(found.village, found.place)
    facts = Facts(found.kind, where, found.opened_at, found.gist, found.resolved_at, found.outcome)
    made = [one for one in queries.reports(session, found) if one.done_at]
    town, who = here.town(session), names(session)
    return {
        "title": heading(facts, [one.kind for one in made]),
        "town": town.name,
        "is_sample": town.is_sample,
        "duty_phone": town.duty_phone,
        "as_of": moment_words(now),
        "kind": f"{CLASS_NAMES[found.kind]}／{KIND_NAMES[found.kind]}",
        "opening": opening_words(facts),
        "told": told_words(queries.reviewed(found, everybody)),
        "outcome": outcome_words(facts),
        "lines": [
            {
                "at": f"{town_time(one.happened_at):%m-%d %H:%M}",
                "kind": LINE_NAMES[one.kind],
                "text": one.text,
            }
            for one in queries.lines(session, found)
        ],
        "calls": [_called(one) for one in sorted(everybody, key=lambda one: one.call.position)],
        "reports": [
            f"{moment_words(one.done_at)} {REPORT_NAMES[one.kind]} {one.to_whom}"
            for one in made
            if one.done_at
        ],
        "leader": who.get(found.opened_by_id, ""),
        "cases": [one.number for one in queries.cases(session, found)],
    }


def _called(one: Listed) -> dict[str, str]:
    reached = one.reached_at
    return {
        "label": one.call.label,
        "who": one.contact.who,
        "way": way_words(one.told, one.texts),
        "at": f"{town_time(reached):%m-%d %H:%M}" if reached else "",
    }


def _pdf(content: bytes, name: str) -> Response:
    return files.paper(content, f"{name[:8]}.pdf")
