"""检举控告: for 纪检 alone. Nobody else sees that there is one."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from desk.windows.petitions import forms, queries
from desk.windows.petitions.actions.discipline import open_sealed, settle
from desk.windows.petitions.pages.worklist import bp
from desk.windows.petitions.rules.kinds import (
    CHANNEL_NAMES,
    DISCIPLINE,
    TOPIC_NAMES,
)
from kernel.staff.queries import names
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.get("/discipline/")
@open_to(DISCIPLINE)
def sealed() -> ResponseReturnValue:
    """Show what was sealed, unopened ones first to see."""
    with house().reading() as session:
        return render_template(
            "desk/windows/petitions/sealed.html",
            found=queries.denunciations(session),
            names=names(session),
        )


@bp.get("/discipline/<code>")
@open_to(DISCIPLINE)
def sealed_one(code: str) -> ResponseReturnValue:
    """Open one; the look is recorded."""
    with house().writing() as session:
        found = queries.denunciation(session, code)
        open_sealed(session, found, actor(), house().now())
        told, outcome = queries.unsealed(session, found)
        return render_template(
            "desk/windows/petitions/sealed_one.html",
            found=found,
            told=told,
            outcome=outcome,
            names=names(session),
            channel_names=CHANNEL_NAMES,
            topic_names=TOPIC_NAMES,
        )


@bp.post("/discipline/<code>")
@open_to(DISCIPLINE)
@asks_again(sealed_one)
def settle_one(code: str) -> ResponseReturnValue:
    """Note what was done about it."""
    outcome = forms.text("outcome")
    with answering() as post:
        if not post.was_answered:
            found = queries.denunciation(post.session, code)
            settle(post.session, found, outcome, actor(), house().now())
            post.go_to(".sealed_one", code=code)
    return redirect(post.answer, 303)
