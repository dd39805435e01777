"""装修: what every page of the application stands on, put up in one place."""

from datetime import date

from flask import Flask, g, request
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.routing import IntegerConverter

from kernel.calendar.queries import opening_days
from kernel.calendar.rules import chinese_date, chinese_moment
from kernel.calendar.rules.opening import Opening
from kernel.clock import town_day, town_time
from kernel.editions import Edition
from kernel.town.queries import NoTownYet
from kernel.town.records import Town
from kernel.web import doors
from kernel.web.answers import answer_in_words
from kernel.web.fields import sentence_beside, sentence_on_top, ticked_before, typed_before
from kernel.web.form_posts import new_form_key, refuse_what_others_sent
from kernel.web.headers import guard_answers, style_sheet
from kernel.web.house import House
from kernel.web.login import know_the_staff
from kernel.web.packing import pack_answers
from kernel.web.page_cache import LARGE_COOKIE
from kernel.web.sessions import DeskSessions

MOST_BYTES = 4 * 1024 * 1024
MOST_FORM_BYTES = 500_000
MOST_PARTS = 500


#: what stands on an error page before there is a town
NO_TOWN = Town(
    name="", hall="", duty_phone="", complaint_phone="", address="", hours="", is_sample=False
)


class RowNumber(IntegerConverter):
    """A whole number in an address: one that a row may have, or there is no such page."""

    regex = r"[0-9]{1,9}"


def furnish(app: Flask, here: House, csrf: CSRFProtect) -> None:
    """Put up sessions, doors, form tokens, headers and answers."""
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_FORM_BYTES,
        MAX_FORM_PARTS=MOST_PARTS,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        SECRET_KEY=here.database.vault.cookie_key,
        TRAP_HTTP_EXCEPTIONS=False,
    )
    app.url_map.converters["int"] = RowNumber
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.session_interface = DeskSessions(here)
    know_the_staff(app)
    refuse_what_others_sent(app)
    doors.watch_the_doors(app)
    csrf.init_app(app)
    answer_in_words(app)
    guard_answers(app)
    pack_answers(app)
    _teach_templates(app, here)


def exempt_webhooks(app: Flask) -> None:
    """Let views that carry a signature of their own do without the form token."""
    csrf = app.extensions["csrf"]
    for view in app.view_functions.values():
        if getattr(view, "signed_elsewhere", False):
            csrf.exempt(view)


def _teach_templates(app: Flask, here: House) -> None:
    style = style_sheet()

    def surroundings() -> dict[str, object]:
        return {
            "town": _known_town(here),
            "is_large": request.cookies.get(LARGE_COOKIE) == "1",
            "me": doors.maybe_actor(),
            "refusal": g.get("refusal"),
        }

    app.context_processor(surroundings)
    app.jinja_env.globals.update(
        opening_today=lambda: _opening_today(here),
        style_sheet=style,
        form_key=new_form_key,
        sentence_beside=sentence_beside,
        sentence_on_top=sentence_on_top,
        typed_before=typed_before,
        ticked_before=ticked_before,
    )
    app.jinja_env.filters.update(
        clock=lambda at: chinese_moment(town_time(at), here.today()),
        day=_day,
        day_words=chinese_date,
        day_of=lambda at: chinese_date(town_day(at)),
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _known_town(here: House) -> Town:
    """Return the town; while the database is away, as it was: error pages are pages too."""
    try:
        with here.glancing() as session:
            return here.town(session)
    except (SQLAlchemyError, NoTownYet):
        return here.last_known_town() or NO_TOWN


def _opening_today(here: House) -> Opening | None:
    """Return whether the hall is open today; None while the database is away."""
    try:
        with here.glancing() as session:
            days = here.kept(session, Edition.TOWN, "opening", opening_days)
    except SQLAlchemyError:
        return None
    return days.on(here.today())


def _day(day: date | None) -> str:
    """Return a day as date fields take it."""
    return f"{day:%Y-%m-%d}" if day else ""
