"""质询查询: questions about a sheet, for the window, for their asker, and for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases import queries as cases
from desk.cases.records import Case, Countdown
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.lights import Light, Seen, shown
from desk.windows.village_accounts.queries.disclosure import Sheet, with_steps
from desk.windows.village_accounts.records import (
    Disclosure,
    DisclosureLine,
    DisclosureQuestion,
)
from desk.windows.village_accounts.rules.questions import may_meet, may_see_askers, sealed_place
from kernel.access import Actor
from kernel.errors import NotFound
from kernel.house_session import vault_of
from services_catalog.rules.items import Window

WINDOW = Window.VILLAGE_ACCOUNTS
LIST_LIMIT = 200
#: true of the cases that are questions: their persons are shown behind a recorded look alone
IS_QUESTION = Case.id.in_(sa.select(DisclosureQuestion.case_id))


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its case, what it is about, and what was said. Who asked is not in it."""

    case: Case
    row: DisclosureQuestion
    sheet: Sheet
    line: DisclosureLine | None
    asked: str
    answer: str


@dataclass(frozen=True, slots=True)
class Row:
    """A question for a list, with how near its day is."""

    question: Question
    due_on: date | None
    light: Light | None


def question(session: Session, number: str, actor: Actor) -> Question:
    """Return a question, for the window. Raises: NotFound, for people of a village too."""
    if not may_see_askers(actor):
        raise NotFound
    return of_case(session, cases.at_window(session, WINDOW, number))


def own_cases(actor: Actor) -> sa.ColumnElement[bool]:
    """Return what is true of the cases of this window that somebody may see, wherever he looks."""
    return sa.true() if may_meet(actor) else ~IS_QUESTION


def by_slip(session: Session, code: str) -> Question:
    """Return the question whose slip carries a code. Raises: NotFound."""
    return of_case(session, cases.by_lookup_code(session, code))


def of_case(session: Session, case: Case) -> Question:
    """Return the question a case is about. Raises: NotFound."""
    row = session.get(DisclosureQuestion, case.id)
    if row is None:
        raise NotFound
    return _whole(session, case, row)


def _whole(session: Session, case: Case, row: DisclosureQuestion) -> Question:
    town = vault_of(session).town

    def opened(column: str, sealed: str) -> str:
        return town.open(sealed, sealed_place(column, case.uuid)) if sealed else ""

    line = session.get(DisclosureLine, (row.disclosure_id, row.line)) if row.line else None
    asked, answer = opened("asked", row.asked_sealed), opened("answer", row.answer_sealed)
    return Question(
        case,
        row,
        with_steps(session, session.get_one(Disclosure, row.disclosure_id)),
        line,
        asked,
        answer,
    )


def listed(session: Session, actor: Actor, now: datetime, today: date) -> list[Row]:
    """Return questions, the open ones first, the most urgent of them on top."""
    if not may_see_askers(actor):
        raise NotFound
    urgency = (Case.closed_at.is_not(None), Case.due_on, Case.id.desc())
    query = (
        sa.select(Case, DisclosureQuestion)
        .join(DisclosureQuestion, DisclosureQuestion.case_id == Case.id)
        .order_by(*urgency)
        .limit(LIST_LIMIT)
    )
    found = [_whole(session, case, row) for case, row in session.execute(query)]
    lights = _lights(session, [one.case.id for one in found], now, today)
    return [Row(one, one.case.due_on, lights.get(one.case.id)) for one in found]


def _lights(session: Session, ids: Sequence[int], now: datetime, today: date) -> dict[int, Light]:
    query = sa.select(Countdown).where(
        Countdown.case_id.in_(ids),
        Countdown.ended_at.is_(None),
        Countdown.kind == CountdownKind.HANDLING,
    )
    return {
        one.case_id: shown(Seen(one.yellow_on, one.over_at, one.yellow_at, one.red_at), now, today)
        for one in session.scalars(query)
    }


def answered_in_public(session: Session, sheet_id: int) -> list[Question]:
    """Return what everybody may read about a sheet, the oldest first."""
    query = (
        sa.select(Case, DisclosureQuestion)
        .join(DisclosureQuestion, DisclosureQuestion.case_id == Case.id)
        .where(DisclosureQuestion.disclosure_id == sheet_id, DisclosureQuestion.is_public.is_(True))
        .order_by(DisclosureQuestion.answered_at)
    )
    return [_whole(session, case, row) for case, row in session.execute(query)]


def number_open(session: Session) -> int:
    """Return how many questions wait for an answer."""
    query = sa.select(sa.func.count()).where(DisclosureQuestion.answered_at.is_(None))
    return session.scalar(query.select_from(DisclosureQuestion)) or 0
