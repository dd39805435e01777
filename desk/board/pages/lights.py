"""灯: when yellow begins, for the town and for single items; and the reds that were wrong."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.board import forms
from desk.board.pages.today import bp
from desk.board.rules.access import ANNULLERS, SETTERS, readable
from desk.board.rules.today import step_name
from desk.cases.actions import countdowns
from desk.cases.actions import lights as actions
from desk.cases.pages.at_hand import in_reach
from desk.cases.queries import lights as queries
from desk.cases.queries.lights import Red
from desk.cases.queries.reach import within
from desk.cases.rules.access import case_path
from kernel.errors import NotFound
from kernel.staff import queries as staff
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog import queries as catalogue


@bp.get("/lights")
@open_to(SETTERS)
def lights() -> ResponseReturnValue:
    """Show when yellow begins."""
    with house().reading() as session:
        return render_template(
            "desk/board/lights.html",
            town_rule=countdowns.settings(session),
            own=queries.thresholds(session),
            items=[(one.code, one.title) for one in catalogue.published_list(session)],
        )


@bp.post("/lights")
@open_to(SETTERS)
@asks_again(lights)
def set_lights() -> ResponseReturnValue:
    """Set when yellow begins: for one item, or, where none is named, for all others."""
    wanted, code = forms.threshold(), request.form.get("code", "").strip()
    with answering() as post:
        if not post.was_answered:
            who, now = actor(), house().now()
            if "code" in request.form:
                actions.set_for_item(post.session, code, wanted, who, now)
            else:
                actions.set_default(post.session, wanted, who, now)
            post.go_to(".lights")
    return redirect(post.answer, 303)


@bp.post("/lights/<int:item_id>/forget")
@open_to(SETTERS)
@asks_again(lights)
def forget_light(item_id: int) -> ResponseReturnValue:
    """Let the town's own rule stand for an item again."""
    with answering() as post:
        if not post.was_answered:
            actions.forget_item(post.session, item_id, actor(), house().now())
            post.go_to(".lights")
    return redirect(post.answer, 303)


@bp.get("/reds/<int:countdown_id>")
@open_to(ANNULLERS)
def red(countdown_id: int) -> ResponseReturnValue:
    """Show a red, and ask why it was wrong."""
    with house().reading() as session:
        found = _red(session, countdown_id)
        return render_template(
            "desk/board/red.html",
            red=found,
            step_name=step_name,
            staff_names=staff.names(session),
            case_path=case_path,
        )


@bp.post("/reds/<int:countdown_id>")
@open_to(ANNULLERS)
@asks_again(red)
def annul(countdown_id: int) -> ResponseReturnValue:
    """Annul a red."""
    reason = forms.reason()
    with answering() as post:
        if not post.was_answered:
            _red(post.session, countdown_id)
            actions.annul(post.session, countdown_id, reason, actor(), house().now())
            post.go_to(".today")
    return redirect(post.answer, 303)


def _red(session: Session, countdown_id: int) -> Red:
    """Return a red of a case that the actor may read. Raises NotFound."""
    found = queries.red(session, countdown_id)
    is_readable = found.case.window in readable(actor().roles)
    if not is_readable or not within(session, [found.case.id], in_reach(actor())):
        raise NotFound
    return found
