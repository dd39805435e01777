"""通知名单与报告时限: what is set up on a quiet day."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from desk.incidents import forms, queries
from desk.incidents.actions.lists import put_on, take_off
from desk.incidents.actions.reporting import set_times
from desk.incidents.pages.night import bp
from desk.incidents.queries.lists import callees, entries, entry, opened_contact
from desk.incidents.rules.kinds import EDITORS, KIND_NAMES, IncidentKind
from kernel.town.queries import open_units
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.get("/lists/")
@open_to(EDITORS)
def lists() -> ResponseReturnValue:
    """Show whom an incident of a kind would ring today, and the reporting times."""
    here = house()
    kind = _kind(request.values.get("kind", ""))
    with here.reading() as session:
        own = [(one, opened_contact(session, one)) for one in entries(session, kind)]
        return render_template(
            "desk/incidents/lists.html",
            kind=kind,
            kinds=KIND_NAMES.items(),
            kind_names=KIND_NAMES,
            own=own,
            everybody=callees(session, kind, None, here.today()),
            units=[(one.code, one.name) for one in open_units(session, here.today())],
            times=queries.times(session),
        )


@bp.post("/lists/")
@open_to(EDITORS)
@asks_again(lists)
def add_entry() -> ResponseReturnValue:
    """Put somebody on a kind's list."""
    added = forms.entry()
    with answering() as post:
        if not post.was_answered:
            put_on(post.session, added, actor(), house().now())
            post.go_to(".lists", kind=added.kind)
    return redirect(post.answer, 303)


@bp.post("/lists/<int:entry_id>/remove")
@open_to(EDITORS)
@asks_again(lists)
def remove_entry(entry_id: int) -> ResponseReturnValue:
    """Take somebody off a list."""
    with answering() as post:
        if not post.was_answered:
            found = entry(post.session, entry_id)
            kind = found.kind
            take_off(post.session, found, actor(), house().now())
            post.go_to(".lists", kind=kind)
    return redirect(post.answer, 303)


@bp.post("/lists/times")
@open_to(EDITORS)
@asks_again(lists)
def keep_times() -> ResponseReturnValue:
    """Set the reporting times."""
    wanted = forms.times()
    with answering() as post:
        if not post.was_answered:
            set_times(post.session, wanted, actor(), house().now())
            post.go_to(".lists")
    return redirect(post.answer, 303)


def _kind(typed: str) -> IncidentKind:
    return next((one for one in IncidentKind if one == typed), IncidentKind.STORM)
