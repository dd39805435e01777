"""值日簿成册: a year searched, a year bound."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.board.pages.log.home import bp
from duty_roster.queries import log as queries
from duty_roster.queries.log import Entry, Page
from duty_roster.rules.log import (
    FIGURE_NAMES,
    HANDED_FOR_ANOTHER,
    LOG_NAMES,
    READERS,
    TAKEN_BACK_WORDS,
    ZERO_WORDS,
    LogKind,
    page_words,
)
from kernel.calendar.rules import moment_words
from kernel.clock import town_time
from kernel.printing import typeset
from kernel.staff.queries import names
from kernel.web.doors import open_to
from kernel.web.house import House, house

WORDS_LIMIT = 100


@bp.get("/search")
@open_to(READERS)
def search() -> ResponseReturnValue:
    """Find entries of a year by words, whatever was added to them."""
    typed = request.args.get("q", "").strip()[:WORDS_LIMIT]
    kind = next((one for one in LogKind if one == request.args.get("kind", "")), None)
    year = request.args.get("year", "")
    chosen = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None
    with house().reading() as session:
        found = queries.search(session, typed, chosen, kind) if typed or chosen or kind else []
        return render_template(
            "desk/board/log/search.html",
            typed=typed,
            year=chosen,
            kind=kind,
            years=queries.years(session),
            pages=queries.pages_of(session, chosen or house().today().year),
            kinds=LOG_NAMES.items(),
            log_names=LOG_NAMES,
            page_words=page_words,
            found=found,
            names=names(session),
        )


@bp.get("/book/<int:year>.pdf")
@open_to(READERS)
def book(year: int) -> ResponseReturnValue:
    """Return a year's log as a bound book, page after page, with its contents."""
    here = house()
    with here.reading() as session:
        values = _book(here, session, year)
    answer = Response(typeset("log_book", values, tagged=False), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f"inline; filename=log-{year}.pdf"
    return answer


def _book(here: House, session: Session, year: int) -> dict[str, object]:
    town, who = here.town(session), names(session)
    return {
        "town": town.name,
        "is_sample": town.is_sample,
        "year": year,
        "as_of": moment_words(here.now()),
        "pages": [_page(session, one, who) for one in queries.pages_of(session, year)],
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
        "figures": [f"{FIGURE_NAMES[name]}{number}" for name, number in figures.items()],
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
