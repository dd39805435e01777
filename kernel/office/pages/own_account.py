"""我的账号: one's own password, second factor, and where one is logged in."""

from typing import cast

import pyotp
from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from kernel.qr import qr_svg
from kernel.staff import actions, queries
from kernel.staff.records import Staff
from kernel.staff.rules import ROLE_NAMES, PasswordsDiffer, is_secret
from kernel.town.queries import the_town
from kernel.web.doors import STAFF, actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house
from kernel.web.sessions import DeskSession

bp = Blueprint("own_account", __name__, url_prefix="/me")


@bp.get("/")
@open_to(STAFF)
def me() -> ResponseReturnValue:
    """Show one's own account: roles, where one is logged in, the second factor."""
    with house().reading() as reading:
        staff = _myself(reading)
        return render_template(
            "office/me.html",
            staff=staff,
            sessions=queries.sessions_of(reading, staff.id),
            role_names=ROLE_NAMES,
        )


@bp.get("/password")
@open_to(STAFF)
def password() -> ResponseReturnValue:
    """Show the form for a new password."""
    return render_template("office/password.html")


@bp.post("/password")
@open_to(STAFF)
@asks_again(password)
def choose_password() -> ResponseReturnValue:
    """Set the chosen password; everybody logs in anew with it."""
    first = request.form.get("password", "")
    if first != request.form.get("again", ""):
        raise PasswordsDiffer
    with answering() as post:
        if not post.was_answered:
            town = the_town(post.session)
            words = [town.name, town.hall, town.signature]
            actions.choose_password(
                post.session, _myself(post.session), first, words, house().now()
            )
            post.go_to("office.login")
    cast(DeskSession, session).leave()
    return redirect(post.answer, 303)


@bp.get("/totp")
@open_to(STAFF)
def totp() -> ResponseReturnValue:
    """Show a secret for the phone, to be proven by its first code."""
    secret = request.form.get("secret", "")
    if not is_secret(secret):
        secret = pyotp.random_base32()
    with house().reading() as reading:
        staff, town = _myself(reading), the_town(reading)
    address = pyotp.TOTP(secret).provisioning_uri(name=staff.username, issuer_name=town.hall)
    return render_template("office/totp.html", secret=secret, picture=qr_svg(address))


@bp.post("/totp")
@open_to(STAFF)
@asks_again(totp)
def set_up_totp() -> ResponseReturnValue:
    """Keep the second factor."""
    secret, code = request.form.get("secret", ""), request.form.get("code", "")
    with answering() as post:
        if not post.was_answered:
            staff = _myself(post.session)
            actions.set_up_totp(post.session, staff, secret, code, house().now())
            post.go_to(".me")
    return redirect(post.answer, 303)


@bp.post("/sessions/end")
@open_to(STAFF)
def end_everywhere() -> ResponseReturnValue:
    """End every session of one's own, this one too."""
    with house().writing() as writing:
        actions.leave_everywhere(writing, actor(), house().now())
    cast(DeskSession, session).leave()
    return redirect(url_for("office.login"), 303)


def _myself(session: Session) -> Staff:
    return queries.by_id(session, actor().staff_id or 0)
