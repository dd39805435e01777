"""答复: how refusals, conflicts and breakdowns are put into words, with what was typed kept."""

import logging
import secrets

from flask import Flask, current_app, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy import exc
from sqlalchemy.orm.exc import StaleDataError
from werkzeug import Response
from werkzeug.exceptions import HTTPException

from kernel.errors import Conflict, NotFound, Refusal

log = logging.getLogger("desk")
BUSY_SECONDS = 5
#: what must not be shown again: they belong to one showing of a form, or are secrets
NOT_SHOWN_AGAIN = frozenset({"csrf_token", "form_key", "password", "again", "code", "secret"})
#: the database cannot be had just now
AWAY = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)
#: SQLSTATE of a unique value that somebody else took first
TAKEN_MEANWHILE = "23505"


class NotUnderstood(Refusal):
    message = "没看懂这个请求，请核对地址、方法和参数。"


class Busy(Refusal):
    message = "系统正忙，这一步没有保存；请{seconds}秒后再试。"


class BrokenDown(Refusal):
    message = (
        "系统出错了，这一步没有完成，也没有留下半截数据。请再试一次；仍不行请报告编号{trace}。"
    )


class OutOfRange(Refusal):
    """A number, a day or a character that nothing here can hold."""

    message = "里面有超出范围的数字、日期或存不下的特殊字符，请核对后改正；您填写的内容都还在。"
    status = 422


def answer_in_words(app: Flask) -> None:
    """Register the one place where each kind of "no" becomes a page."""
    app.register_error_handler(Refusal, say_no)
    app.register_error_handler(exc.SQLAlchemyError, _of_the_database)
    app.register_error_handler(OverflowError, lambda _: say_no(OutOfRange()))
    app.register_error_handler(CSRFError, _resend)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _breakdown)


def say_no(refusal: Refusal) -> ResponseReturnValue:
    """Show the refused form again with its sentence, or the sentence on a page of its own."""
    g.refusal = refusal
    shown = _asked_again() if request.method == "POST" else None
    if shown is None:
        return _page("kernel/refusal.html", refusal.status, refusal.sentence)
    shown.status_code = refusal.status
    return shown


def _asked_again() -> Response | None:
    """Return the refused form, unless there is none, or what it was about is not there."""
    view = current_app.view_functions.get(request.endpoint or "")
    again = getattr(view, "asks_again", None)
    if again is None:
        return None
    try:
        return make_response(again(**(request.view_args or {})))
    except (Refusal, OverflowError, exc.SQLAlchemyError, HTTPException):
        return None


def _http(error: HTTPException) -> ResponseReturnValue:
    cause = getattr(error, "original_exception", None)
    if cause is not None:  # it broke outside the view: opening the session, or in an answer
        return _of_the_database(cause)
    status = error.code or 500
    if status in {301, 302, 303, 304, 308}:
        return error.get_response()
    if status == 401 and request.method == "POST":
        return _resend(error)
    return _page("kernel/http_error.html", status, NotUnderstood().sentence)


def _resend(_: Exception) -> ResponseReturnValue:
    """The session ended while somebody was typing: give everything back, ready to send again."""
    return _page("kernel/resend.html", 400, NotUnderstood().sentence, typed=_typed())


def _of_the_database(error: Exception) -> ResponseReturnValue:
    """Tell what the database's "no" means to whoever waits at the counter."""
    if isinstance(error, AWAY):
        return _busy(error)
    if isinstance(error, exc.DataError):
        return say_no(OutOfRange())
    if isinstance(error, exc.NoResultFound):  # a number in a form that no row has
        log.warning("no such row, asked for at %s", request.endpoint, exc_info=error)
        return say_no(NotFound())
    if isinstance(error, StaleDataError) or _was_taken_meanwhile(error):
        return say_no(Conflict())
    return _breakdown(error)


def _was_taken_meanwhile(error: Exception) -> bool:
    cause = error.orig if isinstance(error, exc.IntegrityError) else None
    return getattr(cause, "sqlstate", None) == TAKEN_MEANWHILE


def _busy(error: Exception) -> ResponseReturnValue:
    """Locked by a backup, disk full, database away: say so, keep the text, ask to try again."""
    log.error("database unavailable at %s", request.endpoint, exc_info=error)
    sentence = Busy(seconds=BUSY_SECONDS).sentence
    answer = _page("kernel/busy.html", 503, sentence, typed=_typed())
    answer.headers["Retry-After"] = str(BUSY_SECONDS)
    return answer


def _breakdown(error: Exception) -> ResponseReturnValue:
    trace = secrets.token_hex(4)
    log.error("breakdown %s at %s", trace, request.endpoint, exc_info=error)
    sentence = BrokenDown(trace=trace).sentence
    return _page("kernel/breakdown.html", 500, sentence, trace=trace)


def _typed() -> list[tuple[str, str]]:
    """Return what was typed, to be given back; the page that holds it is nobody else's."""
    g.is_personal = True
    try:
        fields = list(request.form.lists())
    except HTTPException:  # too much of it to be read at all
        return []
    return [
        (name, value) for name, values in fields for value in values if name not in NOT_SHOWN_AGAIN
    ]


def _page(template: str, status: int, sentence: str, **values: object) -> Response:
    if request.path.startswith("/api/"):
        answer = jsonify(status=status, detail=sentence, title=sentence, type="about:blank")
        answer.mimetype = "application/problem+json"
    else:
        page = render_template(template, status=status, sentence=sentence, **values)
        answer = make_response(page)
    answer.status_code = status
    return answer
