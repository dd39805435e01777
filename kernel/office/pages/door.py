"""登录与退出: the door."""

from typing import cast
from urllib.parse import urlsplit

from flask import Blueprint, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user

from kernel.access import Role
from kernel.office import forms
from kernel.staff import actions, queries
from kernel.staff.actions import Browser
from kernel.staff.rules import ROLE_NAMES, SAMPLE_PASSWORD
from kernel.town.queries import the_town
from kernel.web.devices import remember_device
from kernel.web.doors import EVERYONE, STAFF, actor, asks_again, open_to
from kernel.web.house import house
from kernel.web.login import DeskUser
from kernel.web.sessions import DeskSession

bp = Blueprint("office", __name__)


@bp.get("/login")
@open_to(EVERYONE)
def login() -> ResponseReturnValue:
    """Show the door; in a sample town, with its invented accounts beside it."""
    g.is_personal = True
    with house().reading() as reading:
        samples = queries.sample_accounts(reading) if the_town(reading).is_sample else []
        return render_template(
            "office/login.html",
            samples=samples,
            role_names=ROLE_NAMES,
            sample_password=SAMPLE_PASSWORD,
            next=request.values.get("next", ""),
        )


@bp.post("/login")
@open_to(EVERYONE)
@asks_again(login)
def enter() -> ResponseReturnValue:
    """Let somebody in, with a new session token."""
    typed, now = forms.login(), house().now()
    with house().writing() as writing:
        actions.count_login(writing, typed, now)
    with house().reading() as reading:
        staff_id = actions.check_login(reading, typed, now).id
    browser = Browser(request.user_agent.string, session["csrf_token"], _session().token)
    with house().writing() as writing:
        staff = queries.by_id(writing, staff_id)
        actions.check_code(writing, staff, typed.code, now)
        token = actions.enter(writing, staff, browser, now)
        actions.forgive_login(writing, typed)
    login_user(DeskUser(staff_id))
    _session().enter(token)
    answer = make_response(redirect(_own_address(request.form.get("next", "")), 303))
    remember_device(answer, staff.username)
    return answer


@bp.post("/logout")
@open_to(STAFF)
def leave() -> ResponseReturnValue:
    """End this session, here and in the table."""
    with house().writing() as writing:
        actions.leave(writing, _session().token, actor(), house().now())
    _session().leave()
    answer = make_response(redirect(url_for(".login"), 303))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@bp.get("/start")
@open_to(STAFF)
def start() -> ResponseReturnValue:
    """Send everyone to the room they work in."""
    who = actor()
    if who.is_any(Role.COUNTER, Role.DIRECTOR, Role.HEAD, Role.SUPERVISOR, Role.DUTY_LEADER):
        return redirect(url_for("general_window.worklist"), 303)
    if who.is_any(Role.AGENT):
        return redirect(url_for("reminders.today"), 303)
    if who.is_any(Role.ADVISER):
        return redirect(url_for("adviser.mine"), 303)
    if who.is_any(Role.DISCIPLINE):
        return redirect(url_for("petitions.sealed"), 303)
    if who.is_any(Role.ADMIN):
        return redirect(url_for("office_staff.people"), 303)
    return redirect(url_for("own_account.me"), 303)


def _own_address(wanted: str) -> str:
    """Return where to go after the door: only ever a page of this house."""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return url_for(".start")
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if ours and not parts.netloc else url_for(".start")


def _session() -> DeskSession:
    return cast(DeskSession, session)
