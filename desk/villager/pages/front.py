"""首页: search, how to ask after a case, today's leader; and the size of the letters."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from desk.villager.rules import is_ours
from kernel.town import queries as town
from kernel.town.rules import DIRECTORY_GROUPS
from kernel.web.doors import EVERYONE, open_to
from kernel.web.house import house
from kernel.web.page_cache import LARGE_COOKIE
from services_catalog import queries as catalogue
from services_catalog.rules.items import HANDLING_NAMES

bp = Blueprint("villager", __name__)
YEAR_SECONDS = 365 * 24 * 3600


@bp.get("/")
@open_to(EVERYONE)
def front() -> ResponseReturnValue:
    """Show the way in for a villager."""
    here = house()
    with here.reading() as session:
        return render_template(
            "desk/villager/front.html",
            sections=catalogue.sections(session),
            events=catalogue.events(session),
        )


@bp.get("/phones")
@open_to(EVERYONE)
def phones() -> ResponseReturnValue:
    """Show the telephone directory and the villages' advisers."""
    with house().reading() as session:
        return render_template(
            "desk/villager/phones.html",
            units=town.open_units(session, house().today()),
            villages=town.villages(session),
            advisers=town.advisers(session),
            groups=DIRECTORY_GROUPS,
        )


@bp.get("/large")
@open_to(EVERYONE)
def large() -> ResponseReturnValue:
    """Turn the large letters on or off, for a year, and go back."""
    back = request.args.get("back", "/")
    answer = make_response(redirect(back if is_ours(back) else url_for(".front"), 303))
    if request.cookies.get(LARGE_COOKIE) == "1":
        answer.delete_cookie(LARGE_COOKIE, path="/")
    else:
        answer.set_cookie(
            LARGE_COOKIE,
            "1",
            max_age=YEAR_SECONDS,
            path="/",
            samesite="Lax",
            httponly=True,
            secure=house().settings.is_secure,
        )
    return answer


@bp.get("/events/<event>")
@open_to(EVERYONE)
def life_event(event: str) -> ResponseReturnValue:
    """Show what has to be done when something happens in a life."""
    with house().reading() as session:
        return render_template(
            "desk/villager/event.html",
            event=event,
            items=catalogue.of_event(session, event),
            handling_names=HANDLING_NAMES,
        )
