"""表单一次性钥匙: a form pressed twice is answered once, and the second press gets that answer.

Source: design rule 3 of docs/architecture.md.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, request, url_for
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden

from kernel.database import prebuilt, table_of
from kernel.errors import Refusal
from kernel.web.doors import maybe_actor
from kernel.web.house import house
from kernel.web.records import FormPost

KEY_FIELD = "form_key"
CSRF_FIELD = "csrf_token"
KEPT_FOR = timedelta(hours=72)
KEY_LENGTH = 32
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
ELSEWHERE = frozenset({"cross-site", "same-site"})
_CLAIM = prebuilt(sqlite.insert(FormPost).on_conflict_do_nothing().returning(FormPost.key))
_ANSWER = sa.update(table_of(FormPost)).where(FormPost.key == sa.bindparam("mine"))


class NoFormKey(Refusal):
    message = "这张表单不完整，请刷新页面后重新提交。"
    status = 422


class KeyReused(Refusal):
    message = "这张表单已经提交过，内容却和上次不同；请打开新的表单再提交。"


class Post:
    """A form being answered: `session` for the work, `answer` for where to go afterwards."""

    def __init__(self, session: Session, answer: str) -> None:
        self.session = session
        #: where the first press was sent, when this is a second one
        self.answer = answer
        self.was_answered = bool(answer)

    def go_to(self, endpoint: str, **values: Any) -> None:
        """Send this press, and every repetition of it, to a page."""
        self.answer = url_for(endpoint, **values)


def new_form_key() -> str:
    """Return a 128-bit key for a form that is being shown."""
    return secrets.token_hex(KEY_LENGTH // 2)


@contextmanager
def answering() -> Iterator[Post]:
    """Open the one transaction in which a form is answered.

    The key goes in first: a second press waits for the first one, then finds its answer
    in `answer` and `was_answered` true. A refusal rolls the key back with everything else.
    """
    here = house()
    with here.writing() as session:
        post = Post(session, _claim(session, here.now()))
        yield post
        if not post.was_answered:
            session.execute(_ANSWER, {"mine": request.form[KEY_FIELD], "answer": post.answer})


def refuse_what_others_sent(app: Flask) -> None:
    """Refuse a form that a page of another site made the browser send.

    This stands before the form token: a form whose token has run out is shown again, ready to
    be sent, so nobody else may have filled it in.
    """
    app.before_request(_refuse_what_others_sent)


def _refuse_what_others_sent() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method in SAFE_METHODS or hasattr(view, "signed_elsewhere"):
        return
    if request.headers.get("Sec-Fetch-Site") in ELSEWHERE or not _has_our_origin():
        raise Forbidden


def _has_our_origin() -> bool:
    """Say whether nothing speaks against the form being ours.

    Our own pages ask for no referrer, so browsers say `null` for them. Source: the Fetch
    standard, "append a request Origin header".
    """
    origin = request.headers.get("Origin", "null")
    ours = house().settings.public_url.rstrip("/")
    return origin in {"null", ours} or origin.partition("://")[2] == request.host


def forget_old_posts(session: Session, now: datetime) -> None:
    """Delete the keys nobody can press any more."""
    session.execute(sa.delete(FormPost).where(FormPost.at < now - KEPT_FOR))


def _claim(session: Session, now: datetime) -> str:
    """Put the form's key in; return the answer it already has, or an empty string."""
    key = request.form.get(KEY_FIELD, "")
    if len(key) != KEY_LENGTH or not key.isalnum():
        raise NoFormKey
    who, body = maybe_actor(), _body_hash()
    staff_id = who.staff_id if who else None
    claim = {"key": key, "endpoint": request.endpoint, "answer": "", "at": now}
    claimed = session.execute(_CLAIM, {**claim, "staff_id": staff_id, "body_hash": body}).first()
    return "" if claimed else _earlier_answer(session, key, staff_id, body)


def _earlier_answer(session: Session, key: str, staff_id: int | None, body: bytes) -> str:
    earlier = session.get_one(FormPost, key)
    if (earlier.staff_id, earlier.body_hash) != (staff_id, body):
        raise KeyReused
    return earlier.answer


def _body_hash() -> bytes:
    typed = sorted(
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name not in {KEY_FIELD, CSRF_FIELD}
    )
    return hashlib.sha256(repr((request.path, typed)).encode()).digest()
