"""登录: what flask-login needs to know of us."""

from flask import Flask, g
from flask_login import LoginManager, UserMixin


class DeskUser(UserMixin):  # type: ignore[misc]
    """Who is logged in, as flask-login wants it; the session row is what counts."""

    def __init__(self, staff_id: int) -> None:
        self.id = staff_id


def know_the_staff(app: Flask) -> None:
    """Let flask-login find the person whose session this request came with."""
    manager = LoginManager(app)
    manager.session_protection = None

    def load(staff_id: str) -> DeskUser | None:
        who = g.get("actor")
        if who is None or str(who.staff_id) != staff_id:
            return None
        return DeskUser(int(staff_id))

    manager.user_loader(load)
