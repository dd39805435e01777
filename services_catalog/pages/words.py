"""百姓的说法: the town's table of words, and what people searched for and did not find."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kernel.editions import Edition
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog import actions, queries
from services_catalog.pages.items import EDITORS, READERS, may_edit
from services_catalog.queries import words as known
from services_catalog.rules.items import HANDLING_NAMES
from services_catalog.rules.wordlist import checked_meanings, checked_word

bp = Blueprint("words", __name__, url_prefix="/catalogue")
SHOWN, SUGGESTIONS = 300, 8


@bp.get("/synonyms")
@open_to(READERS)
def synonyms() -> ResponseReturnValue:
    """Show the table of words, or its rows that hold what was typed."""
    part = request.args.get("q", "").strip()[:40]
    with house().reading() as session:
        rows = known.town_words(session, part)
        word = request.args.get("word", "")
        return render_template(
            "services_catalog/synonyms.html",
            rows=rows[:SHOWN],
            total=len(rows),
            part=part,
            word=word,
            meanings=known.meanings_of(session, word),
            may_edit=may_edit(),
        )


@bp.post("/synonyms")
@open_to(EDITORS)
@asks_again(synonyms)
def save_word() -> ResponseReturnValue:
    """Write what a word means."""
    word = checked_word(request.form.get("word", ""))
    meanings = checked_meanings(request.form.get("meanings", ""))
    with answering() as post:
        if not post.was_answered:
            actions.save_word(post.session, actor(), word, meanings, house().now())
            post.go_to(".synonyms", q=word)
    return redirect(post.answer, 303)


@bp.post("/synonyms/remove")
@open_to(EDITORS)
@asks_again(synonyms)
def remove_word() -> ResponseReturnValue:
    """Take a word out of the table."""
    with answering() as post:
        if not post.was_answered:
            word = request.form.get("word", "")
            actions.remove_word(post.session, actor(), word, house().now())
            post.go_to(".synonyms")
    return redirect(post.answer, 303)


@bp.get("/missed")
@open_to(READERS)
def missed() -> ResponseReturnValue:
    """Show what was searched for in vain, and for one entry the items it may mean."""
    here = house()
    words = request.values.get("words", "")[:40]
    typed = request.args.get("q", words).strip()[:100]
    with here.reading() as session:
        index = here.kept(session, Edition.CATALOGUE, "search", queries.index)
        return render_template(
            "services_catalog/missed.html",
            rows=known.missed(session, SHOWN),
            words=words,
            typed=typed,
            found=queries.found(session, index, typed, SUGGESTIONS) if words else [],
            handling_names=HANDLING_NAMES,
            may_edit=may_edit(),
        )


@bp.post("/missed/name")
@open_to(EDITORS)
@asks_again(missed)
def name_missed() -> ResponseReturnValue:
    """Make some words an everyday name of an item."""
    with answering() as post:
        if not post.was_answered:
            words, code = request.form.get("words", ""), request.form.get("code", "")
            actions.name_missed(post.session, actor(), words, code, house().now())
            post.go_to(".missed")
    return redirect(post.answer, 303)


@bp.post("/missed/explain")
@open_to(EDITORS)
@asks_again(missed)
def explain_missed() -> ResponseReturnValue:
    """Put some words into the table of words."""
    meanings = checked_meanings(request.form.get("meanings", ""))
    with answering() as post:
        if not post.was_answered:
            words = request.form.get("words", "")
            actions.explain_missed(post.session, actor(), words, meanings, house().now())
            post.go_to(".missed")
    return redirect(post.answer, 303)


@bp.post("/missed/ignore")
@open_to(EDITORS)
@asks_again(missed)
def ignore_missed() -> ResponseReturnValue:
    """Say that some words need nothing."""
    with answering() as post:
        if not post.was_answered:
            words = request.form.get("words", "")
            actions.ignore_missed(post.session, actor(), words, house().now())
            post.go_to(".missed")
    return redirect(post.answer, 303)
