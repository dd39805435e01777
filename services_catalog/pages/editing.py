"""修改事项: the form of an item; save it as a draft, publish, discard, take down."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog import actions, forms, queries
from services_catalog.pages.items import EDITORS, bp, item
from services_catalog.queries import keeping as kept
from services_catalog.rules.editing import LIFE_EVENTS, Keeping, is_sometimes_later
from services_catalog.rules.export import cells_of
from services_catalog.rules.items import (
    HANDLING_NAMES,
    REQUIRED,
    WINDOW_NAMES,
    Entry,
    Handling,
    ItemFacts,
    Window,
)

#: what the form of an item that is not there yet begins with
BLANK = Entry("", ItemFacts("", handling=Handling.HERE), (), Window.GENERAL)


@bp.get("/new")
@open_to(EDITORS)
def new() -> ResponseReturnValue:
    """Show the empty form of an item."""
    return _form(BLANK, Keeping())


@bp.post("/new")
@open_to(EDITORS)
@asks_again(new)
def add() -> ResponseReturnValue:
    """Add an item."""
    return _save("")


@bp.get("/items/<code>/edit")
@open_to(EDITORS)
def edit(code: str) -> ResponseReturnValue:
    """Show the form of an item, filled with its draft, or with what is published."""
    here = house()
    with here.reading() as session:
        entry, keeping = _kept(session, code)
        seal = kept.seal_of(session, kept.item(session, code))
        asks = is_sometimes_later(entry, here.calendar(session))
    return _form(entry, keeping, seal=seal, asks=asks)


@bp.post("/items/<code>/edit")
@open_to(EDITORS)
@asks_again(edit)
def save(code: str) -> ResponseReturnValue:
    """Save the form as a draft, or publish it."""
    return _save(code)


@bp.post("/items/<code>/publish")
@open_to(EDITORS)
@asks_again(item)
def publish(code: str) -> ResponseReturnValue:
    """Publish the draft as it is."""
    here = house()
    with answering() as post:
        if not post.was_answered:
            forms.refuse_if_changed(kept.seal_of(post.session, kept.item(post.session, code)))
            calendar = here.calendar(post.session)
            is_confirmed = forms.is_confirmed()
            actions.publish(
                post.session, actor(), code, here.now(), calendar, is_confirmed=is_confirmed
            )
            post.go_to(".item", code=code)
    return redirect(post.answer, 303)


@bp.post("/items/<code>/discard")
@open_to(EDITORS)
@asks_again(item)
def discard(code: str) -> ResponseReturnValue:
    """Put the draft away."""
    with answering() as post:
        if not post.was_answered:
            forms.refuse_if_changed(kept.seal_of(post.session, kept.item(post.session, code)))
            actions.discard(post.session, actor(), code, house().now())
            post.go_to(".item", code=code)
    return redirect(post.answer, 303)


@bp.post("/items/<code>/take-down")
@open_to(EDITORS)
@asks_again(item)
def take_down(code: str) -> ResponseReturnValue:
    """Take the item down from everywhere it is shown."""
    with answering() as post:
        if not post.was_answered:
            forms.refuse_if_changed(kept.seal_of(post.session, kept.item(post.session, code)))
            actions.take_down(post.session, actor(), code, house().now())
            post.go_to(".item", code=code)
    return redirect(post.answer, 303)


def _save(code: str) -> ResponseReturnValue:
    here, edited = house(), forms.edited(code)
    with answering() as post:
        if not post.was_answered:
            calendar = here.calendar(post.session)
            actions.save(post.session, actor(), edited, here.now(), calendar)
            post.go_to(".item", code=edited.entry.code)
    return redirect(post.answer, 303)


def _kept(session: Session, code: str) -> tuple[Entry, Keeping]:
    version = kept.newest(session, code)
    names = tuple(queries.everyday_names(session, version.item_id))
    entry = Entry(code, queries.facts_of(session, version), names, version.item.window)
    return entry, kept.keeping(session, version.item)


def _form(
    entry: Entry, keeping: Keeping, *, seal: str = "", asks: bool = False
) -> ResponseReturnValue:
    return render_template(
        "services_catalog/edit.html",
        code=entry.code,
        title=entry.facts.title,
        cells=cells_of(entry),
        keeping=keeping,
        seal=forms.seal_shown(seal),
        asks=asks or forms.asked_to_confirm(),
        required=frozenset(REQUIRED),
        windows=[(window.value, words) for window, words in WINDOW_NAMES.items()],
        handlings=[(handling.value, words) for handling, words in HANDLING_NAMES.items()],
        window=(entry.window or Window.GENERAL).value,
        handling=entry.facts.handling.value,
        life_events=LIFE_EVENTS,
    )
