"""信访设置的页面: days, sizes, and who is told of a group visit."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from desk.windows.petitions import forms, queries
from desk.windows.petitions.actions.keeping import set_numbers
from desk.windows.petitions.pages.worklist import bp
from desk.windows.petitions.rules.kinds import EDITORS
from kernel.contact import parse_phone
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog.rules.limits import UNIT_NAMES


@bp.get("/settings")
@open_to(EDITORS)
def settings() -> ResponseReturnValue:
    """Show the town's numbers."""
    with house().reading() as session:
        upward = queries.upward_mobile(session)
        return render_template(
            "desk/windows/petitions/settings.html",
            settings=queries.settings(session),
            upward=parse_phone(upward).display if upward else "",
            units=[(one, UNIT_NAMES[one]) for one in forms.DAY_UNITS],
        )


@bp.post("/settings")
@open_to(EDITORS)
@asks_again(settings)
def keep_settings() -> ResponseReturnValue:
    """Set them."""
    numbers, upward = forms.numbers()
    with answering() as post:
        if not post.was_answered:
            set_numbers(post.session, numbers, upward, actor(), house().now())
            post.go_to(".settings")
    return redirect(post.answer, 303)
