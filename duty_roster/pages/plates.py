"""岗位牌: who is on duty now, on the hall's screen and for every public page; their photos."""

from flask import Blueprint, Response, g, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from duty_roster.queries import Plate, on_duty
from duty_roster.queries import people as roll
from duty_roster.rules.people import WHEREABOUTS_NAMES
from duty_roster.rules.shifts import DUTY_NAMES, SHIFT_NAMES
from kernel.clock import town_time
from kernel.web.doors import EVERYONE, open_to
from kernel.web.house import house

bp = Blueprint("plates", __name__)
#: a photo's address is that of its content: it never changes
KEPT_SECONDS = 30 * 24 * 3600
#: how often the screen asks, and how often it starts afresh where no script runs
EVERY_SECONDS = 10


@bp.app_context_processor
def _teach() -> dict[str, object]:
    """Let every template ask who is on duty now."""
    return {"plate_now": plate_now}


def plate_now() -> Plate | None:
    """Return who is on duty at this moment; None while the database is away."""
    here = house()
    try:
        with here.reading() as session:
            return on_duty(session, here.now())
    except SQLAlchemyError:
        return None


@bp.get("/screen")
@open_to(EVERYONE)
def screen() -> ResponseReturnValue:
    """Show who is on duty, as large as the hall's screen."""
    return _shown("duty_roster/screen.html")


@bp.get("/screen/now")
@open_to(EVERYONE)
def now() -> ResponseReturnValue:
    """Return what stands on the screen at this moment, for the screen that is on already."""
    return _shown("duty_roster/screen_now.html")


def _shown(template: str) -> ResponseReturnValue:
    here = house()
    with here.reading() as session:
        plate = on_duty(session, here.now())
    g.is_personal = True  # where somebody is, is told here alone and kept nowhere
    return render_template(
        template,
        plate=plate,
        now=town_time(here.now()),
        every=EVERY_SECONDS,
        duty_names=DUTY_NAMES,
        shift_names=SHIFT_NAMES,
        whereabouts=WHEREABOUTS_NAMES,
    )


@bp.get("/duty/photo/<digest>")
@open_to(EVERYONE)
def photo(digest: str) -> ResponseReturnValue:
    """Hand over a photo of the post plate."""
    with house().reading() as session:
        found = roll.photo(session, digest)
        answer = Response(found.content, mimetype=found.media_type)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}, immutable"
    return answer
