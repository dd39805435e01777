"""答复: how refusals, conflicts and breakdowns are put into words, with what was typed kept."""

import logging
import secrets

from flask import Flask, current_app, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug import Response
from werkzeug.exceptions import HTTPException

from kernel.errors import Conflict, Refusal

log = logging.getLogger("desk")
BUSY_SECONDS = "5"
#: what must not be shown again: they belong to one showing of a form, or are secrets
NOT_SHOWN_AGAIN = frozenset({"csrf_token", "form_key", "password", "again", "code"})


def answer_in_words(app: Flask) -> None:
    """Register the one place where each kind of "no" becomes a page."""
    app.register_error_handler(Refusal, say_no)
    app.register_error_handler(StaleDataError, lambda _: say_no(Conflict()))
    app.register_error_handler(CSRFError, _resend)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _breakdown)


def say_no(refusal: Refusal) -> ResponseReturnValue:
    """Show the refused form again with its sentence, or the sentence on a page of its own."""
    g.refusal = refusal
    view = current_app.view_functions.get(request.endpoint or "")
    again = getattr(view, "asks_again", None)
    if again is not None and request.method == "POST":
        answer = make_response(again(**(request.view_args or {})))
        answer.status_code = refusal.status
        return answer
    return _page("kernel/refusal.html", refusal.status, refusal.sentence)


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status in {301, 302, 303, 304, 308}:
        return error.get_response()
    if status == 401 and request.method == "POST":
        return _resend(error)
    return _page("kernel/http_error.html", status)


def _resend(_: Exception) -> ResponseReturnValue:
    """The session ended while somebody was typing: give everything back, ready to send again."""
    return _page("kernel/resend.html", 400, typed=_typed())


def _busy(error: OperationalError) -> ResponseReturnValue:
    """Locked by a backup, disk full, database away: say so, keep the text, ask to try again."""
    log.error("database unavailable: %s", type(error.orig).__name__)
    answer = _page("kernel/busy.html", 503, typed=_typed())
    answer.headers["Retry-After"] = BUSY_SECONDS
    return answer


def _breakdown(error: Exception) -> ResponseReturnValue:
    trace = secrets.token_hex(4)
    log.error("breakdown %s at %s", trace, request.endpoint, exc_info=error)
    return _page("kernel/breakdown.html", 500, trace=trace)


def _typed() -> list[tuple[str, str]]:
    """Return what was typed; an answer that shows it is nobody's to keep."""
    g.is_personal = True
    return [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name not in NOT_SHOWN_AGAIN
    ]


def _page(template: str, status: int, sentence: str = "", **values: object) -> Response:
    if request.path.startswith("/api/"):
        answer = jsonify(status=status, detail=sentence, title=sentence, type="about:blank")
        answer.mimetype = "application/problem+json"
    else:
        page = render_template(template, status=status, sentence=sentence, **values)
        answer = make_response(page)
    answer.status_code = status
    return answer
