"""联系人与电话名单的页面: whom to tell for somebody, who is to be rung up, what came of it."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import forms, queries
from desk.cases.actions.contacts import appoint
from desk.cases.actions.contacts import end_contact as end
from desk.cases.actions.contacts import note_call as note
from desk.cases.pages.at_hand import at_hand, bp, in_reach, press, unnamed
from desk.cases.queries.contacts import calls_of, opened_contact, stored_contact, to_call
from desk.cases.records import Case
from desk.cases.rules import call_lists
from desk.cases.rules.access import ANY_WORKER, windows_of
from desk.cases.rules.contacts import (
    CALL_NAMES,
    CALLING,
    CONTACT_RELATIONS,
    USUAL,
    numbers_to_ring,
    reached,
)
from desk.cases.rules.people import RELATION_NAMES
from kernel.audit import actions as audit
from kernel.calendar.rules import chinese_date
from kernel.contact import masked_phone
from kernel.hall import Hall
from kernel.printing import typeset
from kernel.staff.queries import names
from kernel.text import masked_name
from kernel.web import files
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.house import house


@bp.app_context_processor
def _told() -> dict[str, object]:
    """Give every window's page of a case what is known of how its people are told."""
    return {"reach_of": _reach_of, "call_names": CALL_NAMES}


def _reach_of(case: Case) -> dict[str, object]:
    here = house()
    with here.glancing() as session:
        stored, listed = stored_contact(session, case), calls_of(session, case)
        contact = opened_contact(session, stored) if stored else None
        texts = [masked_phone(one.mobile) for one in reached(listed.people, None)]
        return {
            "contact": contact,
            "relation": RELATION_NAMES[stored.relation] if stored else "",
            "phone": masked_phone(contact.phone) if contact else "",
            "is_over": stored is not None and stored.until_on < here.today(),
            "texts": "、".join(texts),
            "calls": listed.calls,
            "tries": listed.tries,
        }


@bp.get("/<number>/contact")
@open_to(ANY_WORKER)
def contact(number: str) -> ResponseReturnValue:
    """Show whom a case names, and the form for somebody else."""
    here = house()
    with here.reading() as session:
        case = at_hand(session, number)
        stored = stored_contact(session, case)
        return render_template(
            "desk/cases/contact.html",
            case=case,
            contact=opened_contact(session, stored) if stored else None,
            relations=CONTACT_RELATIONS,
            relation_names=RELATION_NAMES,
            masked_phone=masked_phone,
            until_on=here.today() + USUAL,
            today=here.today(),
        )


@bp.post("/<number>/contact")
@open_to(ANY_WORKER)
@asks_again(contact)
def appoint_contact(number: str) -> ResponseReturnValue:
    """Keep whom the applicant wants told."""
    named = forms.contact()

    def work(session: Session, case: Case, hall: Hall) -> None:
        appoint(session, case, named, actor(), house().now())

    return press(number, work)


@bp.post("/<number>/contact/end")
@open_to(ANY_WORKER)
@asks_again(contact)
def end_contact(number: str) -> ResponseReturnValue:
    """Tell nobody else from now on."""

    def work(session: Session, case: Case, hall: Hall) -> None:
        end(session, case, actor(), house().now())

    return press(number, work)


@bp.get("/calls")
@open_to(ANY_WORKER)
def calls() -> ResponseReturnValue:
    """Show who is to be rung up, the longest waiting first."""
    with house().reading() as session:
        return render_template(
            "desk/cases/calls.html",
            found=to_call(session, windows_of(actor().roles), in_reach(actor())),
            masked_name=masked_name,
            masked_phone=masked_phone,
        )


@bp.get("/calls.pdf")
@open_to(ANY_WORKER)
def print_calls() -> ResponseReturnValue:
    """Set the list with whole names and numbers: a recorded reveal; who is unnamed is not on it."""
    here, who = house(), actor()
    with here.writing() as session:
        found = to_call(session, windows_of(who.roles), in_reach(who) & ~unnamed())
        facts = {"number": len(found), "purpose": CALLING}
        audit.record(session, who, "calls.printed", "calls", here.now(), **facts)
        town = here.town(session)
    rows = [
        call_lists.Ring(
            number=one.case.number,
            name=next((person.name for _, person in one.people), ""),
            village=one.case.village.name if one.case.village else "",
            phones=tuple(f"{name}　{dialled}" for name, dialled in numbers_to_ring(one.people)),
            words=tuple(call.words for call in one.calls),
            tried=len(one.tries),
        )
        for one in found
    ]
    values = call_lists.sheet(rows, (town.hall, town.is_sample, chinese_date(here.today())))
    return files.paper(typeset("list", values), "calls.pdf")


@bp.get("/<number>/call")
@open_to(ANY_WORKER)
def calling(number: str) -> ResponseReturnValue:
    """Show whom to ring up and what to say; a recorded reveal."""
    with house().writing() as session:
        case = at_hand(session, number)
        facts = {"purpose": CALLING}
        audit.record(session, actor(), "case.revealed", f"case:{case.id}", house().now(), **facts)
        return render_template(
            "desk/cases/calling.html",
            case=case,
            found=calls_of(session, case),
            numbers=list(numbers_to_ring(queries.people_of(session, case))),
            names=names(session),
        )


@bp.post("/<number>/call")
@open_to(ANY_WORKER)
@asks_again(calling)
def note_call(number: str) -> ResponseReturnValue:
    """Write down what came of a call or visit."""
    made = forms.call_made()

    def work(session: Session, case: Case, hall: Hall) -> None:
        note(session, case, made, actor(), house().now())

    return press(number, work)
