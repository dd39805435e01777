"""协办窗口的页面: what my window is asked for; of each case what the part needs, and no more."""

from collections.abc import Callable

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import forms, queries
from desk.cases.actions import joint, verbs
from desk.cases.pages.at_hand import bp, unnamed
from desk.cases.queries import joint as parts
from desk.cases.queries.joint import Part
from desk.cases.queries.reach import within
from desk.cases.rules.access import ANY_WORKER, windows_of
from desk.cases.rules.joint import OPINION_NAMES
from desk.cases.rules.lights import LIGHT_WORDS
from desk.cases.rules.receipts import read_number
from desk.cases.rules.stages import STAGE_NAMES
from kernel.access import Actor
from kernel.staff.queries import names
from kernel.web import menu
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import version_on_screen
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog.rules.items import WINDOW_NAMES


@bp.app_context_processor
def _nav() -> dict[str, object]:
    """Give the menu how many parts wait at my windows."""
    return {"parts_waiting": menu.number(ANY_WORKER, _number_waiting)}


def _number_waiting(session: Session, who: Actor) -> int:
    return parts.number_waiting(session, windows_of(who.roles))


@bp.get("/assists")
@open_to(ANY_WORKER)
def assists() -> ResponseReturnValue:
    """Show what my windows were asked for and have not answered."""
    here = house()
    with here.reading() as session:
        found = parts.waiting_at(session, windows_of(actor().roles))
        return render_template(
            "desk/cases/assists.html",
            parts=found,
            lights={one.leg.id: parts.light_of(one, here.now()) for one in found},
            light_words=LIGHT_WORDS,
            window_names=WINDOW_NAMES,
            names=names(session),
        )


@bp.get("/<number>/assist")
@open_to(ANY_WORKER)
def assisting(number: str, **_: object) -> ResponseReturnValue:
    """Show what my window was asked for about a case, and what of the case it needs for that."""
    with house().reading() as session:
        mine = _mine(session, number)
        case = mine[0].case
        is_named = not within(session, [case.id], unnamed())
        return render_template(
            "desk/cases/assist.html",
            case=case,
            parts=mine,
            lights={one.leg.id: parts.light_of(one, house().now()) for one in mine},
            light_words=LIGHT_WORDS,
            applicant=queries.rows(session, [case])[0].applicant if is_named else "",
            materials=queries.materials_of(session, case),
            timeline=queries.timeline(session, case, public_only=True),
            lead=WINDOW_NAMES[case.window],
            opinions=[(one.value, name) for one, name in OPINION_NAMES.items()],
            opinion_names=OPINION_NAMES,
            stage_names=STAGE_NAMES,
            names=names(session),
            pressed=request.path,
        )


@bp.post("/<number>/assist/<int:leg>/take")
@open_to(ANY_WORKER)
@asks_again(assisting)
def take_part(number: str, leg: int) -> ResponseReturnValue:
    """Take a part on for my window."""

    def work(session: Session, found: Part) -> None:
        joint.take(session, found.case, found.part, actor(), house().now())

    return _press(number, leg, work)


@bp.post("/<number>/assist/<int:leg>/answer")
@open_to(ANY_WORKER)
@asks_again(assisting)
def answer_part(number: str, leg: int) -> ResponseReturnValue:
    """Answer for my window."""
    answered = forms.joint_answer()

    def work(session: Session, found: Part) -> None:
        here = house()
        by = (actor(), here.now(), here.hall(session))
        joint.answer(session, found.case, found.part, answered, by)

    return _press(number, leg, work)


def _mine(session: Session, typed: str) -> list[Part]:
    return parts.asked_of(session, read_number(typed) or "", windows_of(actor().roles))


def _press(number: str, leg: int, work: Callable[[Session, Part], None]) -> ResponseReturnValue:
    """Do one verb to a part of my window, on the version that was on screen."""
    with answering() as post:
        if not post.was_answered:
            found = parts.part_of(_mine(post.session, number), leg)
            verbs.check_version(found.case, version_on_screen())
            work(post.session, found)
            post.go_to(".assisting", number=number)
    return redirect(post.answer, 303)
