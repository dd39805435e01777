"""表格与样表: hang a form beside a material; hand it to whoever asks."""

from urllib.parse import quote

from flask import Blueprint, Response, make_response, redirect
from flask.typing import ResponseReturnValue

from kernel.web.doors import EVERYONE, actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog import actions, forms
from services_catalog.pages.items import EDITORS, bp, item
from services_catalog.queries import files
from services_catalog.rules.uploads import SHOWN_INLINE

public = Blueprint("forms", __name__, url_prefix="/forms")
#: a file is looked at, and does nothing: no script, no form, no plugin, not even our own style
SANDBOX = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
KEPT_SECONDS = 3600


@bp.post("/items/<code>/forms")
@open_to(EDITORS)
@asks_again(item)
def hang(code: str) -> ResponseReturnValue:
    """Hang a blank form or a filled sample beside a material."""
    upload = forms.upload()
    with answering() as post:
        if not post.was_answered:
            actions.hang(post.session, actor(), code, upload, house().now())
            post.go_to(".item", code=code, _anchor="materials")
    return redirect(post.answer, 303)


@bp.post("/items/<code>/forms/<int:form_id>/remove")
@open_to(EDITORS)
@asks_again(item)
def remove_form(code: str, form_id: int) -> ResponseReturnValue:
    """Take a form down."""
    with answering() as post:
        if not post.was_answered:
            actions.take_down_form(post.session, actor(), code, form_id, house().now())
            post.go_to(".item", code=code, _anchor="materials")
    return redirect(post.answer, 303)


@public.get("/<int:form_id>/<filename>")
@open_to(EVERYONE)
def download(form_id: int, filename: str) -> Response:
    """Hand over a form, under the name it has now whatever the address says."""
    with house().reading() as session:
        form = files.form_with_content(session, form_id)
    answer = make_response(form.content)
    shown = "inline" if form.media_type in SHOWN_INLINE else "attachment"
    answer.headers["Content-Type"] = form.media_type
    answer.headers["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(form.file_name)}"
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return answer
