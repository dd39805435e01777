"""短信模板的页面: every text of the house, its length in the worst case, and a preview."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from desk.messages.actions import keeping as actions
from desk.messages.actions.keeping import Wording
from desk.messages.pages.outbox import KEEPERS
from desk.messages.pages.reports import bp
from desk.messages.queries import keeping
from desk.messages.rules.shapes import BLANKS, SHAPES, TemplateName
from desk.messages.rules.templates import filled, longest_values
from desk.messages.rules.wording import billed_parts, signed, text_units
from kernel.errors import NotFound
from kernel.text import checked_text
from kernel.town.queries import the_town
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.form_posts import answering
from kernel.web.house import house

WORDING_LIMIT, SHORT_LIMIT = 500, 40
MARK = "K7QD"


@bp.get("/messages/templates")
@open_to(KEEPERS)
def templates() -> ResponseReturnValue:
    """Show every template with its length for the longest likely values."""
    with house().reading() as session:
        rows = [
            (one, SHAPES[one.name], _measured(one.name, one.wording, one.signature or _signature()))
            for one in keeping.templates(session)
        ]
        return render_template("desk/messages/templates.html", rows=rows)


@bp.get("/messages/templates/<template>")
@open_to(KEEPERS)
def template(template: str) -> ResponseReturnValue:
    """Show a template ready to be changed; a typed wording is counted and previewed."""
    name = _name(template)
    with house().reading() as session:
        versions = keeping.versions(session, name)
        typed = request.form.get("wording", versions[0].wording)
        signature = request.form.get("signature", versions[0].signature) or _signature()
        return render_template(
            "desk/messages/template.html",
            name=name,
            shape=SHAPES[name],
            versions=versions,
            now_in_force=versions[0],
            measured=_measured(name, typed, signature),
            signature=signature,
            longest={blank: BLANKS[blank].longest for blank in SHAPES[name].blanks},
        )


@bp.post("/messages/templates/<template>")
@open_to(KEEPERS)
@asks_again(template)
def change_template(template: str) -> ResponseReturnValue:
    """Put a new wording in force, or only count and preview it."""
    name, typed = _name(template), Typed()
    wording = Wording(
        typed.text("wording", WORDING_LIMIT),
        checked_text(request.form.get("signature", ""), SHORT_LIMIT),
        checked_text(request.form.get("carrier_template", ""), SHORT_LIMIT),
        request.form.get("has_phone") == "1",
        typed.text("owner", SHORT_LIMIT),
    )
    typed.finish()
    with house().reading() as session:
        actions.preview(session, name, wording, the_town(session).signature)
    if request.form.get("only_preview"):
        shown: ResponseReturnValue = globals()["template"](name.value)
        return shown
    with answering() as post:
        if not post.was_answered:
            actions.change_template(post.session, name, wording, actor(), house().now())
            post.go_to(".template", template=name.value)
    return redirect(post.answer, 303)


def _name(text: str) -> TemplateName:
    try:
        return TemplateName(text)
    except ValueError:
        raise NotFound from None


def _signature() -> str:
    with house().reading() as session:
        return the_town(session).signature


def _measured(name: TemplateName, wording: str, signature: str) -> tuple[str, int, int]:
    """Return (the text in its longest likely form, its units, the parts that are billed)."""
    try:
        said = filled(wording, longest_values(name))
    except KeyError:
        said = wording
    text = signed(signature, said, MARK)
    return text, text_units(text), billed_parts(text)
