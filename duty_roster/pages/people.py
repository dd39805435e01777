"""人员与外出: who stands on the rota, their photo and duties, when they are away; the terms."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from duty_roster.actions import people as actions
from duty_roster.actions.settings import note_settings
from duty_roster.forms import people as forms
from duty_roster.pages.month import EDITORS
from duty_roster.queries import people as roll
from duty_roster.queries import sheets
from duty_roster.records.people import DutyPerson
from duty_roster.rules.people import AWAY_NAMES, SEAT_NAMES
from duty_roster.rules.shifts import DUTY_NAMES, PATTERN_NAMES
from kernel.staff import queries as staff
from kernel.web.doors import STAFF, actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house

bp = Blueprint("duty_people", __name__, url_prefix="/duty/people")


@bp.get("/")
@open_to(STAFF)
def listed() -> ResponseReturnValue:
    """Show everybody on the rota, and who is away from today on."""
    here = house()
    with here.reading() as session:
        people = roll.people(session)
        return render_template(
            "duty_roster/people.html",
            people=people,
            names={one.id: one.name for one in people},
            away=roll.absences_from(session, here.today()),
            photos=roll.photos(session, [one.id for one in people]),
            may_edit=actor().is_any(*EDITORS),
            **_words(session),
        )


@bp.post("/")
@open_to(EDITORS)
@asks_again(listed)
def enter() -> ResponseReturnValue:
    """Put somebody on the rota."""
    facts = forms.person()
    with answering() as post:
        if not post.was_answered:
            person = actions.enter(post.session, facts, actor(), house().now())
            post.go_to(".one", person_id=person.id)
    return redirect(post.answer, 303)


@bp.get("/<int:person_id>")
@open_to(EDITORS)
def one(person_id: int) -> ResponseReturnValue:
    """Show somebody, to be corrected, photographed, sent on leave."""
    here = house()
    with here.reading() as session:
        person = roll.person(session, person_id)
        return render_template(
            "duty_roster/person.html",
            person=person,
            photo=roll.photos(session, [person.id]).get(person.id, ""),
            away=[
                entry
                for entry in roll.absences_from(session, here.today())
                if entry.person_id == person.id
            ],
            today=here.today(),
            **_words(session),
        )


@bp.post("/<int:person_id>")
@open_to(EDITORS)
@asks_again(one)
def correct(person_id: int) -> ResponseReturnValue:
    """Change what is known of somebody."""
    facts = forms.person()
    return _press(
        person_id,
        lambda session, person: actions.correct(session, person, facts, actor(), house().now()),
    )


@bp.post("/<int:person_id>/photo")
@open_to(EDITORS)
@asks_again(one)
def hang_photo(person_id: int) -> ResponseReturnValue:
    """Hang another photo."""
    photo = forms.photo()
    return _press(
        person_id,
        lambda session, person: actions.hang_photo(session, person, photo, actor(), house().now()),
    )


@bp.post("/<int:person_id>/away")
@open_to(EDITORS)
@asks_again(one)
def leave(person_id: int) -> ResponseReturnValue:
    """Note when somebody is away."""
    absence = forms.absence()
    return _press(
        person_id,
        lambda session, person: actions.leave(session, person, absence, actor(), house().now()),
    )


@bp.post("/<int:person_id>/away/<int:absence_id>/cancel")
@open_to(EDITORS)
@asks_again(one)
def cancel_leave(person_id: int, absence_id: int) -> ResponseReturnValue:
    """Take an absence back."""
    here = house()
    return _press(
        person_id,
        lambda session, _: actions.cancel_leave(
            session, roll.absence(session, absence_id), here.today(), actor(), here.now()
        ),
    )


def _press(person_id: int, work: Callable[[Session, DutyPerson], object]) -> ResponseReturnValue:
    with answering() as post:
        if not post.was_answered:
            work(post.session, roll.person(post.session, person_id))
            post.go_to(".one", person_id=person_id)
    return redirect(post.answer, 303)


@bp.get("/settings")
@open_to(EDITORS)
def settings() -> ResponseReturnValue:
    """Show how the town keeps its duty."""
    with house().reading() as session:
        return render_template(
            "duty_roster/settings.html",
            kept=sheets.settings(session),
            patterns=[(one.value, words) for one, words in PATTERN_NAMES.items()],
        )


@bp.post("/settings")
@open_to(EDITORS)
@asks_again(settings)
def set_terms() -> ResponseReturnValue:
    """Change how the town keeps its duty, from the next drawing on."""
    with answering() as post:
        if not post.was_answered:
            forms.settings(sheets.settings(post.session))
            note_settings(post.session, actor(), house().now())
            post.go_to(".settings")
    return redirect(post.answer, 303)


def _words(session: Session) -> dict[str, object]:
    return {
        "duties": [(one.value, words) for one, words in DUTY_NAMES.items()],
        "seats": [(one.value, words) for one, words in SEAT_NAMES.items()],
        "duty_names": DUTY_NAMES,
        "seat_names": SEAT_NAMES,
        "away_names": AWAY_NAMES,
        "kinds": [(one.value, words) for one, words in AWAY_NAMES.items()],
        "accounts": [
            (one.id, f"{one.name} {one.title}")
            for one in staff.everyone(session)
            if one.disabled_at is None
        ],
    }
