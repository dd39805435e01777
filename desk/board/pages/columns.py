"""导出列: which columns the export of a list has, in which order, under which headings."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from desk.board import actions, forms
from desk.board.pages.today import bp
from desk.board.queries import columns as exports
from desk.board.rules.access import SETTERS
from desk.board.rules.export import FIELD_NAMES, PERSONAL
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.get("/columns")
@open_to(SETTERS)
def columns() -> ResponseReturnValue:
    """Show every fact a sheet may carry: those it carries first, in their order."""
    with house().reading() as session:
        kept = exports.columns(session)
    chosen = {column.field: (place, column.heading) for place, column in enumerate(kept, 1)}
    fields = [*chosen, *(field for field in FIELD_NAMES if field not in chosen)]
    return render_template(
        "desk/board/columns.html",
        fields=fields,
        chosen=chosen,
        field_names=FIELD_NAMES,
        personal=PERSONAL,
    )


@bp.post("/columns")
@open_to(SETTERS)
@asks_again(columns)
def set_columns() -> ResponseReturnValue:
    """Keep the columns."""
    wanted = forms.columns()
    with answering() as post:
        if not post.was_answered:
            actions.set_columns(post.session, wanted, actor(), house().now())
            post.go_to(".columns")
    return redirect(post.answer, 303)
