"""企业窗口设置的页面: the town's own days."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from desk.windows.enterprise.actions.settings import set_numbers
from desk.windows.enterprise.forms import afterwards as forms
from desk.windows.enterprise.pages.board import bp
from desk.windows.enterprise.queries import settings as queries
from desk.windows.enterprise.rules.access import SETTERS
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.get("/settings")
@open_to(SETTERS)
def settings() -> ResponseReturnValue:
    """Show the town's days."""
    with house().reading() as session:
        known = queries.settings(session)
        return render_template("desk/windows/enterprise/settings.html", settings=known)


@bp.post("/settings")
@open_to(SETTERS)
@asks_again(settings)
def keep_settings() -> ResponseReturnValue:
    """Set them."""
    numbers = forms.numbers()
    with answering() as post:
        if not post.was_answered:
            set_numbers(post.session, numbers, actor(), house().now())
            post.go_to(".settings")
    return redirect(post.answer, 303)
