"""来访登记: a visit in a minute; the slip says nothing of the matter, whatever it was."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.windows.petitions import forms, queries
from desk.windows.petitions.actions.registering import Visit, register
from desk.windows.petitions.pages.worklist import bp
from desk.windows.petitions.rules.intake import NotALeader
from desk.windows.petitions.rules.kinds import (
    CHANNEL_NAMES,
    LEADERS,
    MATTER_NAMES,
    TOPIC_NAMES,
    WORKERS,
)
from kernel.staff import queries as staff
from kernel.staff.records import Staff
from kernel.town.queries import village_chosen, villages
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.get("/new")
@open_to(WORKERS)
def new() -> ResponseReturnValue:
    """Show the form; what an incident knows already is filled in."""
    with house().reading() as session:
        return render_template(
            "desk/windows/petitions/new.html",
            matters=MATTER_NAMES.items(),
            channels=CHANNEL_NAMES.items(),
            topics=TOPIC_NAMES.items(),
            village_names=[(one.id, one.name) for one in villages(session)],
            leaders=[(one.id, f"{one.name} {one.title}") for one in _leaders(session)],
            me_id=actor().staff_id,
            settings=queries.settings(session),
            from_incident=request.values.get("incident", "")[:40],
            known=request.args,
        )


@bp.post("/new")
@open_to(WORKERS)
@asks_again(new)
def take_in() -> ResponseReturnValue:
    """Register a visit; show its slip."""
    here = house()
    told, person = forms.told(), forms.person(here.today())
    with answering() as post:
        if not post.was_answered:
            session, now = post.session, here.now()
            village = village_chosen(session, request.form.get("village", ""))
            visit = Visit(told, person, village, _leader(session))
            code, case = register(session, visit, actor(), now, here.hall(session))
            known = {"number": case.number if case else None}
            incident = request.form.get("incident", "")[:40] if case else ""
            post.go_to(".slip", code=code, incident=incident or None, print=1, **known)
    return redirect(post.answer, 303)


@bp.get("/slips/<code>")
@open_to(WORKERS)
def slip(code: str) -> ResponseReturnValue:
    """Show the neutral slip; it is the same for every kind of matter."""
    here = house()
    with here.reading() as session:
        return render_template(
            "desk/windows/petitions/slip.html",
            code=code.upper(),
            received_at=queries.received_at(session, code).received_at,
            opens=request.args.get("print") == "1",
            number=request.args.get("number", "")[:20],
            incident=request.args.get("incident", "")[:40],
        )


def _leaders(session: Session) -> list[Staff]:
    return staff.holding(session, *LEADERS)


def _leader(session: Session) -> Staff:
    found = {str(one.id): one for one in _leaders(session)}
    leader = found.get(request.form.get("leader") or str(actor().staff_id))
    if leader is None:
        raise NotALeader
    return leader
