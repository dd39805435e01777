"""文书: the paper of a case on screen, ready to print, and the same typeset."""

from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions.register import lookup_code
from desk.cases.records import Case, Paper
from desk.cases.rules.deadlines import Due, due
from desk.cases.rules.intake import Brought, MaterialState
from desk.cases.rules.notices import PROVISIONAL
from desk.cases.rules.papers import (
    BEFORE_ACCEPTANCE,
    LIST_TITLES,
    LISTED_TITLES,
    PAPER_TITLES,
    UNDATED,
    PaperKind,
)
from desk.cases.rules.people import RELATION_NAMES, UNNAMED, Part
from desk.cases.rules.slips import COPIES, advice, by_hand, day_runs, limit_lines, missing_lines
from desk.windows.general.pages.worklist import WINDOW, bp
from desk.windows.general.rules import READERS, WORKERS
from kernel.calendar.rules import chinese_date
from kernel.clock import town_day, town_time
from kernel.contact import masked_phone
from kernel.identity import LABELS, masked_number
from kernel.printing import missing_glyphs, typeset
from kernel.qr import qr_modules, qr_svg
from kernel.staff import queries as staff
from kernel.web.doors import actor, open_to
from kernel.web.house import House, house
from services_catalog.queries import phone_words
from services_catalog.records import ItemVersion


@bp.get("/cases/<number>/paper")
@open_to(READERS)
def paper(number: str) -> ResponseReturnValue:
    """Show the papers given out last, or the chosen one; after an answer they open to print."""
    with house().reading() as session:
        case = queries.at_window(session, WINDOW, number)
        sheets = [_values(house(), session, case, issued) for issued in _chosen(session, case)]
    return render_template(
        "desk/windows/general/paper.html",
        number=case.number,
        sheets=sheets,
        picture=qr_svg(sheets[0]["address"]),
        opens=request.args.get("print") == "1",
        may_work=actor().is_any(*WORKERS),
    )


@bp.get("/cases/<number>/paper.pdf")
@open_to(READERS)
def paper_pdf(number: str) -> ResponseReturnValue:
    """Return the same paper, typeset."""
    with house().reading() as session:
        case = queries.at_window(session, WINDOW, number)
        values = _values(house(), session, case, _chosen(session, case)[0])
    names = "".join(one["name"] for one in values["people"])
    values["words"].extend(filter(None, [by_hand(missing_glyphs(names))]))
    values["modules"] = [[int(cell) for cell in row] for row in qr_modules(values["address"])]
    answer = Response(typeset("paper", values), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f"inline; filename={number}.pdf"
    return answer


def _chosen(session: Session, case: Case) -> list[Paper]:
    """Return the paper that was asked for by its id; else those given out together last."""
    papers = queries.papers_of(session, case)
    wanted = request.args.get("id", "")
    chosen = [one for one in papers if str(one.id) == wanted]
    return chosen or [one for one in papers if one.issued_at == papers[0].issued_at]


def _values(here: House, session: Session, case: Case, issued: Paper) -> dict[str, Any]:
    """Return everything a paper says, as plain values; what it told is as it told it then."""
    town, item = here.town(session), case.item
    is_accepted = issued.kind not in BEFORE_ACCEPTANCE
    is_dated = is_accepted and issued.kind not in UNDATED
    counted = _counted(here, session, case) if is_dated else None
    materials = [
        Brought(entry.name, entry.copies, entry.state, entry.note)
        for entry in queries.materials_of(session, case)
    ]
    binding = counted.binding if counted else None
    doubt = PROVISIONAL if case.is_provisional else ""
    carry_by = chinese_date(case.carry_by_on) + doubt if case.carry_by_on else ""
    return {
        "id": issued.id,
        "kind": issued.kind.value,
        "title": PAPER_TITLES[issued.kind],
        "paper_number": issued.number,
        "hall": town.hall,
        "number": case.number,
        **_matter(session, item),
        "received": _moment(case),
        "accepted": _accepted(case) if is_accepted else "",
        "people": _people(session, case),
        "village": case.village.name if case.village else "",
        "limits": _limits(issued, counted, item),
        "runs": [run.words for run in day_runs(binding.steps)] if binding else [],
        "provisional": binding.provisional if binding else False,
        "listed": _listed(issued.kind, materials),
        "listed_title": LISTED_TITLES.get(issued.kind, LISTED_TITLES[PaperKind.ACCEPTANCE]),
        "list_title": LIST_TITLES.get(issued.kind, ""),
        "missing": _told(issued, materials),
        "words": issued.words.splitlines() or [advice(issued.kind, carry_by)],
        "handler": staff.names(session)[case.handler_id],
        "duty_phone": town.duty_phone,
        "complaint_phone": town.complaint_phone,
        "is_sample": town.is_sample,
        "address": f"{here.settings.public_url}/C/{lookup_code(session, case)}".upper(),
        "issued": chinese_date(town_day(issued.issued_at)),
        "copies": COPIES,
    }


def _limits(issued: Paper, counted: Due | None, item: ItemVersion) -> list[tuple[str, str]]:
    """Return both limits, but none on a paper that is about something else."""
    if issued.kind in UNDATED:
        return []
    return limit_lines(counted, item.promised, item.statutory)


def _accepted(case: Case) -> str:
    return chinese_date(town_day(case.accepted_at)) if case.accepted_at else ""


def _matter(session: Session, item: ItemVersion) -> dict[str, str]:
    return {
        "item": item.title,
        "body": item.body,
        "place": item.place,
        "phone": phone_words(session, item.phone),
        "hours": item.hours,
        "fee": item.fee,
        "limit_note": item.limit_note,
    }


def _told(issued: Paper, materials: list[Brought]) -> list[str]:
    """Return what a paper lists: as it did then, where that was kept."""
    if issued.words:
        return issued.listed.splitlines()
    return missing_lines(materials) if issued.kind is PaperKind.ONE_TIME_NOTICE else []


def _counted(here: House, session: Session, case: Case) -> Due | None:
    if case.accepted_at is None:
        return None
    calendar = here.calendar(session)
    return due(case.accepted_at, case.item.promised, case.item.statutory, calendar)


def _listed(kind: PaperKind, materials: list[Brought]) -> list[tuple[str, str]]:
    """Return (name, copies) of what was taken in; on a referral, of what to bring there."""
    all_of_them = (MaterialState.BROUGHT, MaterialState.MISSING)
    wanted = all_of_them if kind is PaperKind.REFERRAL else (MaterialState.BROUGHT,)
    return [(entry.name, entry.copies) for entry in materials if entry.state in wanted]


def _moment(case: Case) -> str:
    moment = town_time(case.received_at)
    return f"{chinese_date(moment.date())} {moment:%H:%M}"


def _people(session: Session, case: Case) -> list[dict[str, str]]:
    return [
        {
            "part": part.value,
            "is_applicant": str(part is Part.APPLICANT),
            "name": person.name or UNNAMED,
            "document": LABELS[person.document_kind],
            "document_number": masked_number(person.document_number),
            "phone": masked_phone(person.phone) if person.phone else "",
            "relation": RELATION_NAMES[person.relation] if person.relation else "",
        }
        for part, person in queries.people_of(session, case)
    ]
