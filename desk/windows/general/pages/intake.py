"""收件登记: find the item, type the applicant, tick the papers, give an answer."""

from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import forms as case_forms
from desk.cases.actions import outage
from desk.cases.actions.contacts import appoint_at_intake
from desk.cases.actions.register import Intake, register
from desk.cases.records import Case
from desk.cases.rules.contacts import CONTACT_RELATIONS, USUAL
from desk.cases.rules.intake import ALLOWED, ANSWER_NAMES, Answer
from desk.cases.rules.notices import limit_words
from desk.cases.rules.outage import Late
from desk.cases.rules.people import RELATION_NAMES, Person
from desk.cases.rules.receipts import read_lookup_code, read_number
from desk.windows.general import forms
from desk.windows.general.pages.worklist import WINDOW, bp
from desk.windows.general.rules import WORKERS, ElsewhereHandled, ItemChanged
from kernel.contact import parse_phone
from kernel.editions import Edition
from kernel.hall import Hall
from kernel.households import queries as households
from kernel.households.rules import read_card_code
from kernel.identity import LABELS, SEX_LABELS, DocumentKind
from kernel.town.queries import village_chosen, villages
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog import queries as catalogue
from services_catalog.pages.listening import note_if_missed
from services_catalog.records import ItemVersion
from services_catalog.rules.items import HANDLING_NAMES, WINDOW_NAMES, Window

SUGGESTIONS = 12


@bp.get("/new")
@open_to(WORKERS)
def choose_item() -> ResponseReturnValue:
    """Find the item that somebody asks for, in whatever words; a scanned slip opens its case."""
    typed = request.args.get("q", "")
    if card := read_card_code(typed):
        return redirect(url_for(".choose_item", card=card), 303)
    if read_lookup_code(typed) or read_number(typed):
        return redirect(url_for(".find", q=typed), 303)
    return render_template("desk/windows/general/choose_item.html", **_suggestions(counts=True))


@bp.get("/items")
@open_to(WORKERS)
def suggest() -> ResponseReturnValue:
    """Return the list alone, for the search field that answers while typing."""
    return render_template("desk/windows/general/suggestions.html", **_suggestions())


@bp.get("/new/<code>")
@open_to(WORKERS)
def new(code: str) -> ResponseReturnValue:
    """Show the intake form of an item, as typed before where it was refused."""
    with house().reading() as session:
        item = catalogue.published(session, code)
        known, home = _of_card(session)
        return render_template(
            "desk/windows/general/intake.html",
            known=known,
            home=home,
            item=item,
            elsewhere=_elsewhere(item),
            materials=catalogue.materials_of(session, item.id),
            answers=[(one, ANSWER_NAMES[one]) for one in ALLOWED[item.handling]],
            may_owe=Answer.ACCEPT_OWING in ALLOWED[item.handling],
            handling=HANDLING_NAMES[item.handling],
            today=house().today(),
            limit_words=limit_words,
            village_names=[(one.id, one.name) for one in villages(session)],
            document_kinds=LABELS,
            sexes=SEX_LABELS,
            relations=RELATION_NAMES,
            contact_relations=CONTACT_RELATIONS,
            until_on=house().today() + USUAL,
        )


@bp.post("/new/<code>")
@open_to(WORKERS)
@asks_again(new)
def take_in(code: str) -> ResponseReturnValue:
    """Register the matter with the answer whose button was pressed."""
    here = house()
    now, answer, late = here.now(), case_forms.counter_answer(), case_forms.late_slip()
    applicant, presenter = forms.people(here.today(), is_named=answer is not Answer.REFER)
    outside_number = forms.outside_number()
    contact = case_forms.contact() if "contacted" in request.form else None
    with answering() as post:
        if not post.was_answered:
            session = post.session
            item = _unchanged(session, code)
            intake = Intake(
                window=WINDOW,
                item=item,
                answer=answer,
                applicant=applicant,
                presenter=presenter,
                materials=case_forms.checklist(catalogue.materials_of(session, item.id)),
                village=village_chosen(session, request.form.get("village", "")),
                outside_number=outside_number,
            )
            hall = here.hall(session)
            case = _registered(session, intake, late, now, hall)
            if contact:
                signature = hall.town.signature
                appoint_at_intake(session, case, contact, actor(), now, signature)
            post.go_to(".paper", number=case.number, print=1)
    return redirect(post.answer, 303)


def _registered(
    session: Session, intake: Intake, late: Late | None, now: datetime, hall: Hall
) -> Case:
    """Register what is brought now, or what was written by hand when the power was off."""
    if late:
        return outage.enter(session, intake, late, actor(), now, hall)
    return register(session, intake, actor(), now, hall)


def _suggestions(*, counts: bool = False) -> dict[str, Any]:
    """Return what was typed with what it found; `counts`: a whole question, not half a word."""
    typed = request.args.get("q", "").strip()[:100]
    here = house()
    with here.reading() as session:
        index = here.kept(session, Edition.CATALOGUE, "search", catalogue.index)
        found = catalogue.found(session, index, typed, SUGGESTIONS)
    if counts:
        note_if_missed(index, typed)
    brought = {name: request.args.get(name, "") for name in ("card", "slip")}
    return {"typed": typed, "found": found, **brought, "handling_names": HANDLING_NAMES}


def _of_card(session: Session) -> tuple[Person | None, int | str]:
    """Return what a scanned household card fills in: the head of household and the village."""
    household = households.by_card(session, request.args.get("card", ""))
    if household is None:
        return None, ""
    opened = households.opened(session, household)
    home = f"{household.group}{household.door}"
    known = Person(
        opened.head,
        DocumentKind.RESIDENT_ID,
        phone=parse_phone(opened.phone).display if opened.phone else "",
        address=home,
    )
    return known, household.village_id


def _unchanged(session: Session, code: str) -> ItemVersion:
    """Return the item, if it is still the version whose checklist was on screen."""
    item = catalogue.published(session, code)
    if str(item.id) != request.form.get("item_version"):
        raise ItemChanged
    if elsewhere := _elsewhere(item):
        raise ElsewhereHandled(window=elsewhere)
    return item


def _elsewhere(item: ItemVersion) -> str:
    window = item.item.window
    return "" if window is Window.GENERAL else WINDOW_NAMES[window]
