"""值日簿成册查询: a year's log as the typesetter is told it, page after page."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from duty_roster.queries import log as queries
from duty_roster.queries.log import Entry, Page
from duty_roster.rules.log import (
    FIGURE_NAMES,
    HANDED_FOR_ANOTHER,
    LOG_NAMES,
    TAKEN_BACK_WORDS,
    ZERO_WORDS,
    page_words,
)
from kernel.calendar.rules import moment_words
from kernel.clock import town_time
from kernel.staff.queries import names
from kernel.town.queries import the_town

Step = Callable[[int, int], None]


def book(session: Session, year: int, now: datetime, step: Step) -> dict[str, object]:
    """Return everything a year's book says; after each page `step` is told how far it is.

    Setting the whole counts as one page more.
    """
    town, who = the_town(session), names(session)
    found = queries.pages_of(session, year)
    pages = []
    for number, one in enumerate(found, 1):
        pages.append(_page(session, one, who))
        step(number, len(found) + 1)
    return {
        "town": town.name,
        "is_sample": town.is_sample,
        "year": year,
        "as_of": moment_words(now),
        "pages": pages,
    }


def _page(session: Session, page: Page, who: dict[int, str]) -> dict[str, object]:
    handover, figures = page.handover, queries.figures_of(session, page.page.id)
    return {
        "title": page_words(page.page.number, page.page.year),
        "month": town_time(page.page.taken_at).month,
        "leader": page.page.leader,
        "taken": f"{moment_words(page.page.taken_at)} {who[page.page.taken_by_id]}",
        "handed": f"{moment_words(handover.handed_at)} {who[handover.handed_by_id]}"
        if handover
        else "",
        "note": _note(page),
        "figures": [
            f"{FIGURE_NAMES[name]}{figures[name]}" for name in FIGURE_NAMES if name in figures
        ],
        "entries": [_entry(one, who) for one in queries.entries_of(session, page)],
    }


def _note(page: Page) -> str:
    handover = page.handover
    words = [TAKEN_BACK_WORDS] if page.is_taken_back else []
    if handover and handover.is_zero:
        words.append(ZERO_WORDS)
    if handover and handover.reason:
        words.append(HANDED_FOR_ANOTHER.format(reason=handover.reason))
    return "；".join(words)


def _entry(one: Entry, who: dict[int, str]) -> dict[str, object]:
    entry = one.entry
    return {
        "at": f"{town_time(entry.happened_at):%m-%d %H:%M}",
        "kind": LOG_NAMES[entry.kind],
        "party": " ".join(filter(None, (entry.party, one.caller))),
        "content": entry.content,
        "instruction": entry.instruction,
        "result": entry.result,
        "is_open": one.is_open,
        "by": who.get(entry.actor_id or 0, ""),
        "added": [
            f"{moment_words(step.at)} {who.get(step.actor_id or 0, '')} {step.text}"
            for step in one.steps
        ],
        "corrected": [
            f"{moment_words(fix.at)} {who.get(fix.actor_id or 0, '')} {fix.content}"
            for fix in one.corrections
        ],
    }
