"""扫描件的页面: what was scanned in for a case; keep, show for a purpose, take away."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import attachments as actions
from desk.cases.forms import reason
from desk.cases.pages.at_hand import at_hand, bp, press
from desk.cases.queries.attachments import attachment_of, attachments_of
from desk.cases.records import Case
from desk.cases.rules.access import ANY_WORKER
from desk.cases.rules.attachments import (
    ATTACHED_NAMES,
    MOST_BYTES,
    PURPOSES,
    TITLE_LIMIT,
    AttachedTo,
    file_name,
    read_scan,
)
from kernel.hall import Hall
from kernel.staff.queries import names
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.house import house


@bp.get("/<number>/attachments")
@open_to(ANY_WORKER)
def scans(number: str) -> ResponseReturnValue:
    """Show what was scanned in for a case, and the form for more."""
    with house().reading() as session:
        case = at_hand(session, number)
        return render_template(
            "desk/cases/attachments.html",
            case=case,
            found=attachments_of(session, case),
            materials=[one.name for one in queries.materials_of(session, case)],
            kinds=ATTACHED_NAMES,
            purposes=[(one, one) for one in PURPOSES],
            staff_names=names(session),
            most=MOST_BYTES // 1024 // 1024,
        )


@bp.post("/<number>/attachments")
@open_to(ANY_WORKER)
@asks_again(scans)
def keep_scan(number: str) -> ResponseReturnValue:
    """Keep a scanned paper."""
    typed = Typed()
    title, to = typed.text("title", TITLE_LIMIT), typed.choice("attached_to", AttachedTo)
    typed.finish()
    file = request.files.get("file")
    content = file.stream.read(MOST_BYTES + 1) if file else b""
    scan = read_scan(to or AttachedTo.MATERIAL, title, content)

    def work(session: Session, case: Case, hall: Hall) -> None:
        actions.keep(session, case, scan, actor(), house().now())

    return press(number, work)


@bp.post("/<number>/attachments/<int:attachment>/reveal")
@open_to(ANY_WORKER)
@asks_again(scans)
def show_scan(number: str, attachment: int) -> Response:
    """Hand a scanned paper over as a file, for a purpose that is written down."""
    with house().writing() as session:
        case = at_hand(session, number)
        row = attachment_of(session, case, attachment)
        purpose = request.form.get("purpose", "")
        content = actions.reveal(session, row, purpose, actor(), house().now())
        name, media_type = file_name(case.number, row.title, row.media_type), row.media_type
    return files.scan(content, media_type, name)


@bp.post("/<number>/attachments/<int:attachment>/remove")
@open_to(ANY_WORKER)
@asks_again(scans)
def remove_scan(number: str, attachment: int) -> ResponseReturnValue:
    """Take a paper away that does not belong here."""
    why = reason()

    def work(session: Session, case: Case, hall: Hall) -> None:
        row = attachment_of(session, case, attachment)
        actions.remove(session, case, row, why, actor(), house().now())

    return press(number, work)
