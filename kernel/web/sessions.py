"""会话: who is at the other end. Staff sessions are rows that can be ended; a visitor has none.

A member of staff carries a random token whose hash is in the table. A visitor's cookie is set
only by a page with a form, is signed, and holds nothing but the form token.
"""

import json
import logging
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask, Request, Response, g
from flask.sessions import SessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import CallbackDict

from kernel.staff.queries import open_session
from kernel.staff.records import StaffSession
from kernel.staff.rules import ABSOLUTE, SEEN_EVERY, is_over
from kernel.vault import token_hash
from kernel.web.house import House

log = logging.getLogger("desk")
VISITOR_SECONDS = 12 * 3600


class DeskSession(CallbackDict[str, Any], SessionMixin):
    """What Flask's extensions keep between requests."""

    def __init__(self, content: dict[str, Any], token: str = "") -> None:
        def changed(_: object) -> None:
            self.modified = True

        super().__init__(content, changed)
        self.modified = False
        self.token = token
        #: a token to hand to the browser with this answer; "" ends the session
        self.next_token: str | None = None
        self.is_stale = False

    def enter(self, token: str) -> None:
        """Let the browser carry `token` from this answer on."""
        self.clear()
        self.next_token = token

    def leave(self) -> None:
        """Take the token away from the browser."""
        self.clear()
        self.next_token = ""


class DeskSessions(SessionInterface):
    """Opens and saves sessions, in the table or in the visitor's cookie."""

    def __init__(self, here: House) -> None:
        self._here = here
        prefix = "__Host-" if here.settings.is_secure else ""
        self._staff_cookie, self._visitor_cookie = f"{prefix}desk", f"{prefix}visitor"
        key = here.database.vault.cookie_key
        self._signer = URLSafeTimedSerializer(key, salt="visitor")
        self._idle = timedelta(minutes=here.settings.idle_minutes)

    def open_session(self, app: Flask, request: Request) -> DeskSession:
        """Return the session of a request, and put its owner on `g`."""
        g.actor, g.must_choose_password = None, False
        token = request.cookies.get(self._staff_cookie, "")
        try:
            opened = self._staff_session(token) if token else None
        except Exception as trouble:  # raised again by the doors: an answer needs a session
            opened, g.trouble = None, trouble
        return DeskSession(self._visitor(request)) if opened is None else opened

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write back what changed, and hand over or take away cookies."""
        if not isinstance(session, DeskSession):
            return
        if session.next_token is not None:
            self._hand_over(session.next_token, response)
        elif session.token and g.actor is not None:
            self._keep(session)
        elif session.modified and session:
            content = self._signer.dumps(dict(session))
            self._set(response, self._visitor_cookie, str(content), VISITOR_SECONDS)

    def _staff_session(self, token: str) -> DeskSession | None:
        with self._here.reading() as reading:
            found = open_session(reading, token_hash(token))
        now = self._here.now()
        if found is None or is_over(found.opened_at, found.seen_at, now, self._idle):
            return None
        opened = DeskSession(json.loads(found.content), token)
        opened.is_stale = now - found.seen_at > SEEN_EVERY
        g.actor, g.must_choose_password = found.actor, found.must_choose_password
        return opened

    def _visitor(self, request: Request) -> dict[str, Any]:
        cookie = request.cookies.get(self._visitor_cookie, "")
        try:
            content = self._signer.loads(cookie, max_age=VISITOR_SECONDS)
        except BadSignature:
            return {}
        return content if isinstance(content, dict) else {}

    def _keep(self, session: DeskSession) -> None:
        if not (session.modified or session.is_stale):
            return
        values: dict[str, str | datetime] = {"seen_at": self._here.now()}
        if session.modified:
            values["content"] = json.dumps(dict(session))
        mine = StaffSession.token_hash == token_hash(session.token)
        try:
            with self._here.writing() as writing:
                writing.execute(sa.update(StaffSession).where(mine).values(values))
        except SQLAlchemyError:  # the page was answered; that it was seen can wait
            log.warning("a session could not be kept")

    def _hand_over(self, token: str, response: Response) -> None:
        if token:
            self._set(response, self._staff_cookie, token, int(ABSOLUTE.total_seconds()))
        else:
            secure = self._here.settings.is_secure
            response.delete_cookie(self._staff_cookie, path="/", secure=secure, httponly=True)

    def _set(self, response: Response, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            path="/",
            httponly=True,
            secure=self._here.settings.is_secure,
            samesite="Lax",
        )
        response.vary.add("Cookie")
