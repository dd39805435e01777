"""咨询员名册: who serves which village, their training, and what they passed on to the hall."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from desk.advisers import actions, forms, queries
from desk.advisers.rules import KEEPERS, is_in_term
from kernel.access import Role
from kernel.staff import queries as staff
from kernel.town import queries as town
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house

bp = Blueprint("advisers", __name__, url_prefix="/advisers")


@bp.get("/")
@open_to(KEEPERS)
def roll(enquiry_id: int = 0, **_: object) -> ResponseReturnValue:
    """Show every village's two advisers, and the questions that wait for the hall.

    `enquiry_id` is the question whose answer is asked for again.
    """
    here = house()
    with here.reading() as session:
        return render_template(
            "desk/advisers/roll.html",
            villages=town.villages(session),
            advisers=town.advisers(session),
            trainings=queries.trainings(session),
            waiting=queries.unanswered(session),
            asked_again=enquiry_id,
            is_in_term=is_in_term,
            today=here.today(),
        )


@bp.get("/<int:adviser_id>")
@open_to(KEEPERS)
def one(adviser_id: int) -> ResponseReturnValue:
    """Show one adviser: particulars, term, account, training."""
    here = house()
    with here.reading() as session:
        adviser = queries.adviser(session, adviser_id)
        accounts = staff.holding(session, Role.ADVISER)
        return render_template(
            "desk/advisers/one.html",
            adviser=adviser,
            trainings=queries.trainings(session).get(adviser_id, []),
            accounts=[(entry.id, f"{entry.name}（{entry.username}）") for entry in accounts],
            today=here.today(),
        )


@bp.post("/<int:adviser_id>")
@open_to(KEEPERS)
@asks_again(one)
def keep(adviser_id: int) -> ResponseReturnValue:
    """Write an adviser's particulars."""
    said = forms.particulars()
    with answering() as post:
        if not post.was_answered:
            adviser = queries.adviser(post.session, adviser_id)
            actions.keep(post.session, adviser, said, actor(), house().now())
            post.go_to(".roll")
    return redirect(post.answer, 303)


@bp.post("/<int:adviser_id>/training")
@open_to(KEEPERS)
@asks_again(one)
def train(adviser_id: int) -> ResponseReturnValue:
    """Write down a day of training."""
    day = forms.training(house().today())
    with answering() as post:
        if not post.was_answered:
            adviser = queries.adviser(post.session, adviser_id)
            actions.train(post.session, adviser, day, actor(), house().now())
            post.go_to(".one", adviser_id=adviser_id)
    return redirect(post.answer, 303)


@bp.post("/enquiries/<int:enquiry_id>")
@open_to(KEEPERS)
@asks_again(roll)
def answer(enquiry_id: int) -> ResponseReturnValue:
    """Answer a question that an adviser passed on."""
    words = forms.answer()
    with answering() as post:
        if not post.was_answered:
            enquiry = queries.enquiry(post.session, enquiry_id)
            actions.answer(post.session, enquiry, words, actor(), house().now())
            post.go_to(".roll")
    return redirect(post.answer, 303)
