"""质询的动作: take a villager's question in as a case; answer it, in public or to the asker."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from desk.cases import queries as cases
from desk.cases.actions import countdowns, ending
from desk.cases.actions.people import add_parties
from desk.cases.actions.register import Intake, numbered_case
from desk.cases.actions.telling import tell_completion
from desk.cases.actions.writing import write_line
from desk.cases.records import Case
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.intake import Answer
from desk.cases.rules.people import NOBODY, Person
from desk.cases.rules.results import Result
from desk.cases.rules.stages import Stage
from desk.windows.village_accounts.queries.disclosure import Sheet
from desk.windows.village_accounts.queries.questions import WINDOW, Question
from desk.windows.village_accounts.records import DisclosureLine, DisclosureQuestion
from desk.windows.village_accounts.rules.disclosed_months import span_words
from desk.windows.village_accounts.rules.hiding import without_numbers
from desk.windows.village_accounts.rules.questions import (
    ANSWERED_LINE,
    ASKED_LINE,
    ITEM_CODE,
    PUBLIC_LINE,
    AnsweredAlready,
    ItemMissing,
    check_answer,
    check_asked,
    sealed_place,
)
from kernel.access import HOUSE, Actor
from kernel.audit import actions as audit
from kernel.calendar.rules import WorkingCalendar
from kernel.errors import NotFound
from kernel.hall import Hall
from kernel.house_session import vault_of
from kernel.tables import read_csv
from kernel.town.records import Village
from services_catalog import actions as catalogue
from services_catalog import queries as catalogue_queries
from services_catalog.records import ItemVersion
from services_catalog.rules.sheets import read_sheet

STARTER = Path(__file__).parents[1] / "starter" / "items.csv"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a villager wants to know, about which line or the sheet as a whole, and who."""

    sheet: Sheet
    line: DisclosureLine | None
    text: str
    asker: Person


@dataclass(frozen=True, slots=True)
class Answering:
    """What the window says: to everybody, beside a question it words itself, or in private."""

    answer: str
    shown: str
    is_public: bool


def load_items(session: Session, now: datetime, calendar: WorkingCalendar) -> None:
    """Put the item of questions into a catalogue that has never had it."""
    sheet = read_sheet(read_csv(STARTER.name, STARTER.read_bytes()))
    known = catalogue_queries.history
    fresh = [row.entry for row in sheet.rows if not known(session, row.entry.code)]
    if fresh:
        catalogue.take_in_all(session, fresh, now, calendar)


def ask(session: Session, asked: Asked, now: datetime, hall: Hall) -> Case:
    """Take a question in: it is numbered, its days run. Raises: NothingAsked, ItemMissing."""
    check_asked(asked.text)
    audit.refuse_a_clock_that_went_back(session, now)
    sheet = asked.sheet.disclosure
    village = session.get_one(Village, asked.sheet.books.village_id)
    intake = Intake(WINDOW, _item(session), Answer.ACCEPT, asked.asker, (), village=village)
    # whoever drafted the sheet works on it, until somebody else answers
    case = numbered_case(session, intake, Actor(sheet.drafted_by_id, ""), now)
    session.add(case)
    session.flush()
    limits = (case.item.promised, case.item.statutory)
    planned = countdowns.plan(session, CountdownKind.HANDLING, now, limits, hall.calendar)
    countdowns.begin(session, case, planned)
    if asked.asker != NOBODY:
        add_parties(session, case.id, intake.people)
    months = span_words(sheet.first_period, sheet.last_period)
    write_line(session, case, ASKED_LINE.format(village=village.name, months=months), HOUSE, now)
    session.add(_row(session, case, asked))
    session.flush()
    facts = {"sheet": sheet.id, "line": asked.line.line if asked.line else 0}
    audit.record(session, HOUSE, "disclosure.asked", f"case:{case.id}", now, **facts)
    return case


def _row(session: Session, case: Case, asked: Asked) -> DisclosureQuestion:
    sealed = vault_of(session).town.seal(asked.text, sealed_place("asked", case.uuid))
    return DisclosureQuestion(
        case_id=case.id,
        disclosure_id=asked.sheet.disclosure.id,
        line=asked.line.line if asked.line else None,
        asked_sealed=sealed,
        shown="",
        answer_sealed="",
    )


def _item(session: Session) -> ItemVersion:
    try:
        return catalogue_queries.published(session, ITEM_CODE)
    except NotFound:
        raise ItemMissing(code=ITEM_CODE) from None


def answer(
    session: Session, found: Question, said: Answering, actor: Actor, now: datetime, hall: Hall
) -> None:
    """Answer a question and end its case. Raises: as `check_answer`; AnsweredAlready."""
    case, row = found.case, found.row
    if row.answered_at is not None:
        raise AnsweredAlready
    asker = cases.applicant_of(session, case)
    name = asker.name if asker else ""
    check_answer(said.answer, said.shown, is_public=said.is_public, asker=name)
    ending.end(session, case, Stage.COMPLETED, now)
    case.result = Result.DONE
    row.is_public = said.is_public
    row.shown = without_numbers(said.shown) if said.is_public else ""
    spoken = without_numbers(said.answer) if said.is_public else said.answer
    row.answer_sealed = vault_of(session).town.seal(spoken, sealed_place("answer", case.uuid))
    row.answered_at, row.answered_by_id = now, actor.staff_id
    write_line(session, case, PUBLIC_LINE if said.is_public else ANSWERED_LINE, actor, now)
    tell_completion(session, case, cases.people_of(session, case), hall.town.signature, now)
    facts = {"public": said.is_public}
    audit.record(session, actor, "disclosure.answered", f"case:{case.id}", now, **facts)


def reveal(session: Session, found: Question, actor: Actor, now: datetime) -> Person | None:
    """Return who asked, where they said so; the look is recorded."""
    audit.record(session, actor, "case.revealed", f"case:{found.case.id}", now)
    return cases.applicant_of(session, found.case)
