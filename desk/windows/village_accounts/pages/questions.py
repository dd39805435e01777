"""质询的页面: what villagers asked about the books, for the centre's window alone."""

from datetime import datetime

from flask import g, redirect, render_template
from flask.typing import ResponseReturnValue

from desk.cases import queries as cases
from desk.cases.actions import verbs
from desk.cases.rules.lights import LIGHT_WORDS
from desk.cases.rules.stages import STAGE_NAMES
from desk.windows.village_accounts.actions import questions as actions
from desk.windows.village_accounts.forms import disclosure as forms
from desk.windows.village_accounts.pages.books import bp
from desk.windows.village_accounts.queries import questions
from desk.windows.village_accounts.rules import access
from desk.windows.village_accounts.rules.disclosed_months import span_words
from desk.windows.village_accounts.rules.questions import ANSWERERS
from kernel.contact import masked_phone
from kernel.staff.queries import names
from kernel.text import masked_name
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import version_on_screen
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.get("/questions/")
@open_to(access.READERS)
def questions_asked() -> ResponseReturnValue:
    """Show what was asked, the most urgent first; not who asked."""
    here = house()
    with here.reading() as session:
        return render_template(
            "desk/windows/village_accounts/questions.html",
            rows=questions.listed(session, actor(), here.now(), here.today()),
            light_words=LIGHT_WORDS,
            span_words=span_words,
        )


@bp.get("/questions/<number>")
@open_to(access.READERS)
def question(number: str) -> ResponseReturnValue:
    """Show one question, with its answer or the form for one."""
    with house().reading() as session:
        found = questions.question(session, number, actor())
        return render_template(
            "desk/windows/village_accounts/question.html",
            question=found,
            case=found.case,
            asker=cases.applicant_of(session, found.case),
            revealed=g.get("is_revealed", False),
            timeline=cases.timeline(session, found.case, public_only=False),
            stage_names=STAGE_NAMES,
            span_words=span_words,
            masked_phone=masked_phone,
            masked_name=masked_name,
            may_answer=actor().is_any(*ANSWERERS),
            names=names(session),
        )


@bp.post("/questions/<number>/answer")
@open_to(ANSWERERS)
@asks_again(question)
def answer_question(number: str) -> ResponseReturnValue:
    """Answer a question, to everybody or to its asker alone."""
    here = house()
    said = forms.answer()
    with answering() as post:
        if not post.was_answered:
            found = questions.question(post.session, number, actor())
            verbs.check_version(found.case, version_on_screen())
            now: datetime = here.now()
            actions.answer(post.session, found, said, actor(), now, here.hall(post.session))
            post.go_to(".question", number=number)
    return redirect(post.answer, 303)


@bp.post("/questions/<number>/reveal")
@open_to(ANSWERERS)
@asks_again(question)
def reveal_asker(number: str) -> ResponseReturnValue:
    """Show name and phone of who asked, once; the look is recorded."""
    with house().writing() as session:
        found = questions.question(session, number, actor())
        actions.reveal(session, found, actor(), house().now())
    g.is_revealed = True
    return question(number)
