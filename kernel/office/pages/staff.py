"""人员管理: the administrator's list of accounts."""

from flask import Blueprint, g, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from kernel.access import Role
from kernel.contact import masked_phone
from kernel.office import forms
from kernel.staff import actions, queries
from kernel.staff.rules import ROLE_NAMES
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house

bp = Blueprint("office_staff", __name__, url_prefix="/staff")
ADMIN = frozenset({Role.ADMIN})


@bp.get("/")
@open_to(ADMIN)
def people(**_: object) -> ResponseReturnValue:
    """Show everybody, and the form for somebody new."""
    with house().reading() as reading:
        return render_template(
            "office/staff.html",
            people=queries.everyone(reading),
            role_names=ROLE_NAMES,
            code=g.get("initial_code"),
            mobiles=_mobiles(reading),
        )


@bp.post("/")
@open_to(ADMIN)
@asks_again(people)
def add() -> ResponseReturnValue:
    """Open an account; its initial code is on the answering page and nowhere else."""
    account, code = forms.account(), actions.new_initial_code()
    with answering() as post:
        if post.was_answered:
            return redirect(post.answer, 303)
        staff = actions.add(post.session, account, actor(), code, house().now())
        post.go_to(".people")
    g.initial_code = (staff.name, staff.username, code)
    return people()


@bp.post("/<int:staff_id>/code")
@open_to(ADMIN)
@asks_again(people)
def issue_code(staff_id: int) -> ResponseReturnValue:
    """Issue a new initial code."""
    with answering() as post:
        if post.was_answered:
            return redirect(post.answer, 303)
        staff = queries.by_id(post.session, staff_id)
        code = actions.issue_code(post.session, staff, actor(), house().now())
        post.go_to(".people")
    g.initial_code = (staff.name, staff.username, code)
    return people()


@bp.post("/<int:staff_id>/disable")
@open_to(ADMIN)
@asks_again(people)
def disable(staff_id: int) -> ResponseReturnValue:
    """Close an account."""
    with answering() as post:
        if not post.was_answered:
            staff = queries.by_id(post.session, staff_id)
            actions.disable(post.session, staff, actor(), house().now())
            post.go_to(".people")
    return redirect(post.answer, 303)


@bp.post("/<int:staff_id>/enable")
@open_to(ADMIN)
@asks_again(people)
def enable(staff_id: int) -> ResponseReturnValue:
    """Open a closed account again."""
    with answering() as post:
        if not post.was_answered:
            staff = queries.by_id(post.session, staff_id)
            actions.enable(post.session, staff, actor(), house().now())
            post.go_to(".people")
    return redirect(post.answer, 303)


@bp.post("/<int:staff_id>/roles")
@open_to(ADMIN)
@asks_again(people)
def set_roles(staff_id: int) -> ResponseReturnValue:
    """Change somebody's roles."""
    with answering() as post:
        if not post.was_answered:
            staff = queries.by_id(post.session, staff_id)
            actions.set_roles(post.session, staff, forms.roles(), actor(), house().now())
            post.go_to(".people")
    return redirect(post.answer, 303)


@bp.post("/<int:staff_id>/mobile")
@open_to(ADMIN)
@asks_again(people)
def set_mobile(staff_id: int) -> ResponseReturnValue:
    """Keep somebody's work phone; left empty, they have none."""
    typed = forms.mobile()
    with answering() as post:
        if not post.was_answered:
            staff = queries.by_id(post.session, staff_id)
            actions.set_mobile(post.session, staff, typed, actor(), house().now())
            post.go_to(".people")
    return redirect(post.answer, 303)


def _mobiles(session: Session) -> dict[int, str]:
    """Return each work phone as a list may show it."""
    found = {one.id: queries.mobile_of(session, one) for one in queries.everyone(session)}
    return {staff_id: masked_phone(mobile) for staff_id, mobile in found.items() if mobile}
