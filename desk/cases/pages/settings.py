"""时限设置的页面: days, yellow lines, and the holds the town knows."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from desk.cases.actions import countdowns
from desk.cases.actions import settings as actions
from desk.cases.forms import read_count
from desk.cases.pages.at_hand import bp
from desk.cases.queries.approvals import hold_types
from desk.cases.records import HoldType
from desk.cases.rules.settings import BOUNDS, SETTING_WORDS
from kernel.access import Role
from kernel.errors import NotFound
from kernel.text import checked_text
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.form_posts import answering
from kernel.web.house import house

KEEPERS = frozenset({Role.HEAD, Role.DIRECTOR, Role.ADMIN})
NAME_LIMIT, SOURCE_LIMIT = 20, 100


@bp.get("/settings")
@open_to(KEEPERS)
def settings() -> ResponseReturnValue:
    """Show what the town decided about time, ready to be changed."""
    with house().reading() as session:
        return render_template(
            "desk/cases/settings.html",
            town_settings=countdowns.settings(session),
            fields=[(name, *SETTING_WORDS[name], *BOUNDS[name]) for name in BOUNDS],
            hold_types=hold_types(session, retired=True),
        )


@bp.post("/settings")
@open_to(KEEPERS)
@asks_again(settings)
def keep_settings() -> ResponseReturnValue:
    """Change numbers of days."""
    typed = Typed()
    values = {name: typed.read(name, read_count) for name in BOUNDS}
    typed.finish()
    with answering() as post:
        if not post.was_answered:
            kept = {name: value for name, value in values.items() if value is not None}
            actions.change(post.session, kept, actor(), house().now())
            post.go_to(".settings")
    return redirect(post.answer, 303)


@bp.post("/hold-types")
@open_to(KEEPERS)
@asks_again(settings)
def add_hold_type() -> ResponseReturnValue:
    """Add a type of hold of the town's own."""
    typed = Typed()
    name, source = typed.text("name", NAME_LIMIT), typed.text("source", SOURCE_LIMIT)
    cap_days = typed.optional("cap_days", read_count)
    typed.finish()
    with answering() as post:
        if not post.was_answered:
            added = (name, source, cap_days)
            actions.add_hold_type(post.session, added, actor(), house().now())
            post.go_to(".settings")
    return redirect(post.answer, 303)


@bp.post("/hold-types/<int:hold_type>")
@open_to(KEEPERS)
@asks_again(settings)
def change_hold_type(hold_type: int) -> ResponseReturnValue:
    """Set the cap of a type, or put it out of use."""
    typed = Typed()
    cap_days = typed.optional("cap", read_count)
    typed.finish()
    is_retired = checked_text(request.form.get("retired", ""), 1) == "1"
    with answering() as post:
        if not post.was_answered:
            found = post.session.get(HoldType, hold_type)
            if found is None:
                raise NotFound
            set_to = (cap_days, is_retired)
            actions.change_hold_type(post.session, found, set_to, actor(), house().now())
            post.go_to(".settings")
    return redirect(post.answer, 303)
