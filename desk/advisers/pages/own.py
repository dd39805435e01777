"""咨询员自己的页面: my village, what I carried, what I was asked."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from desk.advisers import actions, forms, queries
from desk.advisers.rules import ADVISERS, CONSENT, NotForCarrying, check_consent, check_papers
from desk.cases import queries as cases
from desk.cases.actions.expecting import expect
from desk.cases.actions.register import Intake
from desk.cases.rules.intake import Answer, Brought, MaterialState
from desk.cases.rules.people import Person
from desk.cases.rules.stages import STAGE_NAMES
from kernel.contact import parse_phone
from kernel.editions import Edition
from kernel.text import checked_name
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog import queries as catalogue
from services_catalog.rules.items import HANDLING_NAMES, Handling

bp = Blueprint("adviser", __name__, url_prefix="/adviser")
SUGGESTIONS = 12


@bp.get("/")
@open_to(ADVISERS)
def mine() -> ResponseReturnValue:
    """Show what I carried, by number and stage, and what I was asked."""
    with house().reading() as session:
        own, village = queries.adviser_of(session, actor())
        return render_template(
            "desk/advisers/mine.html",
            adviser=own,
            village=village,
            carried=queries.carried(session, actor()),
            enquiries=queries.enquiries_of(session, village.id),
            stage_names=STAGE_NAMES,
        )


@bp.get("/cases/<number>")
@open_to(ADVISERS)
def case(number: str) -> ResponseReturnValue:
    """Show how far a case that I carried has come."""
    with house().reading() as session:
        found = queries.carried_case(session, actor(), number)
        return render_template(
            "desk/advisers/case.html",
            case=found,
            stage=STAGE_NAMES[found.stage],
            materials=cases.materials_of(session, found),
            timeline=cases.timeline(session, found, public_only=True),
        )


@bp.get("/new")
@open_to(ADVISERS)
def choose_item() -> ResponseReturnValue:
    """Find what the neighbour needs."""
    typed = request.args.get("q", "").strip()[:100]
    here = house()
    with here.reading() as session:
        index = here.kept(session, Edition.CATALOGUE, "search", catalogue.index)
        found = catalogue.found(session, index, typed, SUGGESTIONS)
    return render_template(
        "desk/advisers/choose_item.html", typed=typed, found=found, handling_names=HANDLING_NAMES
    )


@bp.get("/new/<code>")
@open_to(ADVISERS)
def new(code: str) -> ResponseReturnValue:
    """Show the short form with which papers are taken in for a neighbour."""
    with house().reading() as session:
        item = catalogue.published(session, code)
        return render_template(
            "desk/advisers/new.html",
            item=item,
            may_carry=item.handling is not Handling.REFERRED,
            materials=catalogue.materials_of(session, item.id),
            consent=CONSENT,
        )


@bp.post("/new/<code>")
@open_to(ADVISERS)
@asks_again(new)
def take_in(code: str) -> ResponseReturnValue:
    """Take papers in for a neighbour who has signed; the counter sees them as 待收件."""
    check_consent("consent" in request.form)
    neighbour = _neighbour()
    with answering() as post:
        if not post.was_answered:
            session, here = post.session, house()
            _, village = queries.adviser_of(session, actor())
            item = catalogue.published(session, code)
            if item.handling is Handling.REFERRED:
                raise NotForCarrying(place=item.place, phone=item.phone)
            ticked = set(request.form.getlist("brought"))
            papers = [
                Brought(paper.name, paper.copies, _state(paper.position, ticked))
                for paper in catalogue.materials_of(session, item.id)
            ]
            brought = sum(one.state is MaterialState.BROUGHT for one in papers)
            check_papers(brought, len(papers))
            intake = Intake(
                item.item.window, item, Answer.EXPECT, neighbour, papers, village=village
            )
            taken = expect(session, intake, actor(), here.now(), here.hall(session))
            post.go_to(".case", number=taken.number)
    return redirect(post.answer, 303)


@bp.post("/enquiries")
@open_to(ADVISERS)
@asks_again(mine)
def ask() -> ResponseReturnValue:
    """Record a question; without an answer it goes to the hall."""
    words = forms.words()
    with answering() as post:
        if not post.was_answered:
            _, village = queries.adviser_of(post.session, actor())
            actions.ask(post.session, village.id, words, actor(), house().now())
            post.go_to(".mine")
    return redirect(post.answer, 303)


def _neighbour() -> Person:
    typed = Typed()
    name = typed.read("name", checked_name)
    phone = typed.optional("phone", parse_phone)
    typed.finish()
    return Person(name=name or "", phone=phone.stored if phone else "")


def _state(position: int, ticked: set[str]) -> MaterialState:
    return MaterialState.BROUGHT if str(position) in ticked else MaterialState.MISSING
