"""各窗口自己的按钮: what every window does alike on its own page of a case, and where it leads.

A window says how it finds a case of its own; the verbs, and the paper that comes after a
withdrawal, stand here once.
"""

from collections.abc import Callable

from flask import redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.actions import deliveries, verbs
from desk.cases.forms import arrangement
from desk.cases.records import Case
from desk.cases.rules.results import Result
from kernel.hall import Hall
from kernel.text import checked_text
from kernel.web.doors import actor
from kernel.web.fields import version_on_screen
from kernel.web.form_posts import answering
from kernel.web.house import house

NOTE_LIMIT = 500
#: the case of that number at the window, if the actor may touch it. Raises NotFound
Find = Callable[[Session, str], Case]
Work = Callable[[Session, Case, Hall], None]


def press_here(find: Find, number: str, work: Work, then: str = ".case") -> ResponseReturnValue:
    """Do one verb in one transaction, on the version that was on screen."""
    with answering() as post:
        if not post.was_answered:
            found = find(post.session, number)
            verbs.check_version(found, version_on_screen())
            work(post.session, found, house().hall(post.session))
            post.go_to(then, number=number)
    return redirect(post.answer, 303)


def press_note(find: Find, number: str) -> ResponseReturnValue:
    """Write a line into the history."""
    text = checked_text(request.form.get("text", ""), NOTE_LIMIT)
    is_public = request.form.get("public") == "1"

    def work(session: Session, found: Case, hall: Hall) -> None:
        verbs.note(session, found, text, actor(), house().now(), public=is_public)

    return press_here(find, number, work)


def press_withdraw(find: Find, number: str) -> ResponseReturnValue:
    """End a case because its applicant asked, and show the paper that says so, ready to print."""
    reason = checked_text(request.form.get("reason", ""), NOTE_LIMIT)

    def work(session: Session, found: Case, hall: Hall) -> None:
        verbs.withdraw(session, found, reason, actor(), house().now())

    return press_here(find, number, work, ".paper")


def press_close(find: Find, number: str, outcome: tuple[Result, str]) -> ResponseReturnValue:
    """Close a case with its result, and say how that gets to the applicant."""
    arranged = arrangement()

    def work(session: Session, found: Case, hall: Hall) -> None:
        now = house().now()
        verbs.close(session, found, outcome, actor(), now, hall)
        deliveries.arrange(session, found, arranged, actor(), now, hall)

    return press_here(find, number, work)
