"""导入导出: sheets come in as long work, a rehearsal first, and go out at once."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from kernel.tables import workbook
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import uploaded_file
from kernel.web.form_posts import Post, answering
from kernel.web.house import house
from kernel.work import actions as work
from kernel.work import queries as works
from kernel.work.rules import PROGRESS_NAMES
from services_catalog import forms, queries
from services_catalog.jobs import IMPORT
from services_catalog.pages.items import EDITORS, READERS, bp
from services_catalog.rules import export, reports


@bp.get("/import")
@open_to(EDITORS)
def sheets(**_: object) -> ResponseReturnValue:
    """Show how to bring a sheet in, and the rehearsals that may be followed by the real thing."""
    with house().reading() as session:
        mine = works.of_owner(session, actor().staff_id or 0)
        return render_template(
            "services_catalog/import.html",
            works=[one for one in mine if one.kind == IMPORT][:10],
            progress_names=PROGRESS_NAMES,
        )


@bp.post("/import")
@open_to(EDITORS)
@asks_again(sheets)
def bring_in() -> ResponseReturnValue:
    """Ask for an import, or for a rehearsal of one, as long work."""
    name, content = uploaded_file()
    is_rehearsal = forms.is_rehearsal()
    with answering() as post:
        if not post.was_answered:
            file = work.put_aside(house().settings.var, name, content)
            _ask(post, file, name, is_rehearsal)
    return redirect(post.answer, 303)


@bp.post("/import/<uuid>")
@open_to(EDITORS)
@asks_again(sheets)
def bring_in_rehearsed(uuid: str) -> ResponseReturnValue:
    """Import for good the file of a rehearsal."""
    with answering() as post:
        if not post.was_answered:
            file, name = _rehearsed(post.session, uuid)
            _ask(post, file, name, is_rehearsal=False)
    return redirect(post.answer, 303)


@bp.get("/export.xlsx")
@open_to(READERS)
def hand_out() -> ResponseReturnValue:
    """Hand out the whole catalogue as a sheet that may be imported again."""
    here = house()
    with here.reading() as session:
        entries = queries.entries(session)
    file = workbook(export.SHEET_NAME, export.sheet(entries))
    name = export.FILE_NAME.format(day=here.today())
    return files.sheet(file, name)


def _ask(post: Post, file: str, name: str, is_rehearsal: bool) -> None:
    who = actor()
    wanted = {
        "file": file,
        "is_rehearsal": is_rehearsal,
        "asked_by": who.staff_id or 0,
    }
    title = reports.REHEARSAL_TITLE if is_rehearsal else reports.IMPORT_TITLE
    asked = (who, house().now())
    asked_for = work.ask(post.session, IMPORT, title.format(name=name), wanted, asked)
    post.go_to("work.one", uuid=asked_for.uuid)


def _rehearsed(session: Session, uuid: str) -> tuple[str, str]:
    """Return file and name of a rehearsal of one's own. Raises NotFound, NotYours, FileGone."""
    rehearsal = works.seen_by(session, uuid, actor())
    file = house().settings.var / work.FOLDER / rehearsal.file_name
    if rehearsal.kind != IMPORT or not rehearsal.file_name or not file.is_file():
        raise reports.FileGone
    return rehearsal.file_name, reports.name_in(rehearsal.title)
