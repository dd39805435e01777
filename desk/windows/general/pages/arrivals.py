"""待收件: what village advisers bring, checked paper by paper and answered."""

from flask import redirect
from flask.typing import ResponseReturnValue

from desk.cases import queries
from desk.cases.actions.expecting import check_in
from desk.cases.actions.verbs import check_version
from desk.windows.general import forms
from desk.windows.general.pages.cases import case
from desk.windows.general.pages.worklist import WINDOW, bp
from desk.windows.general.rules import WORKERS
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import version_on_screen
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.post("/cases/<number>/check-in")
@open_to(WORKERS)
@asks_again(case)
def arrive(number: str) -> ResponseReturnValue:
    """Check what an adviser brought, and answer it."""
    answer = forms.answer()
    with answering() as post:
        if not post.was_answered:
            session, here = post.session, house()
            found = queries.at_window(session, WINDOW, number)
            check_version(found, version_on_screen())
            papers = forms.brought(queries.materials_of(session, found))
            asked = (actor(), here.now())
            check_in(session, found, (answer, papers), asked, here.hall(session))
            post.go_to(".paper", number=number)
    return redirect(post.answer, 303)
