"""告知: which text message a step promises, and to whom. Sent later, by the scheduler."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions.reaching import People, reach
from desk.cases.queries.amends import number_of_reopenings
from desk.cases.records import Case, Countdown
from desk.cases.rules.appointments import VENUES, Meeting, key_of, spoken_moment
from desk.cases.rules.countdowns import Dates
from desk.cases.rules.notices import short_date
from desk.cases.rules.stages import Stage
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.wording import (
    Said,
    accepted_text,
    appointment_text,
    carried_text,
    completed_text,
    examined_text,
    held_text,
    moved_text,
    notice_text,
    ready_text,
    receipt_text,
)

#: a day as it was planned, or as it stands
Counted = Dates | Countdown


def tell_receipt(
    session: Session, case: Case, people: People, signature: str, now: datetime
) -> None:
    """Promise the text about what was taken in or accepted, where there is a mobile to reach."""
    if case.stage is Stage.IN_PROGRESS:
        _tell(session, case, people, MessageKind.RECEIPT, _accepted(case, signature), now)
    elif case.carry_by_on:
        wording = partial(carried_text, signature, case.number, _short(case, case.carry_by_on))
        _tell(session, case, people, MessageKind.CARRIED, wording, now)


def tell_completion(
    session: Session, case: Case, people: People, signature: str, now: datetime
) -> None:
    """Promise the text about the close; a case that was taken up again is closed again."""
    wording = partial(completed_text, signature, case.number)
    if again := number_of_reopenings(session, case):
        _tell_once(session, case, (MessageKind.COMPLETED, f"again{again}"), wording, now)
        return
    _tell(session, case, people, MessageKind.COMPLETED, wording, now)


def tell_examining(
    session: Session, case: Case, until: Counted, signature: str, now: datetime
) -> None:
    """Promise the text about papers that lie here to be looked through; told once a case."""
    wording = partial(examined_text, signature, case.number, _day_of(until))
    _tell_once(session, case, (MessageKind.RECEIPT, "examined"), wording, now)


def tell_notice(
    session: Session, case: Case, until: Counted, signature: str, now: datetime
) -> None:
    """Promise the text about a one-time notice; a second one has a day of its own."""
    wording = partial(notice_text, signature, case.number, _day_of(until))
    _tell_once(session, case, (MessageKind.NOTICE, str(until.due_on)), wording, now)


def tell_hold(session: Session, case: Case, hold_id: int, signature: str, now: datetime) -> None:
    """Promise the text about a stop of the count; how long it takes stands in the notice."""
    wording = partial(held_text, signature, case.number)
    _tell_once(session, case, (MessageKind.MOVED, f"held{hold_id}"), wording, now)


def tell_moved(session: Session, case: Case, why: str, signature: str, now: datetime) -> None:
    """Promise the text about a promise that moved; `why` tells one move from another."""
    if case.due_on is None:
        return
    wording = partial(moved_text, signature, case.number, _short(case, case.due_on))
    _tell_once(session, case, (MessageKind.MOVED, why), wording, now)


def tell_ready(session: Session, case: Case, signature: str, now: datetime) -> None:
    """Promise the text about a result that has come and can be fetched."""
    wording = partial(ready_text, signature, case.number)
    _tell_once(session, case, (MessageKind.READY, "result"), wording, now)


def tell_appointment(
    session: Session, case: Case, what: tuple[int, Meeting], signature: str, now: datetime
) -> None:
    """Promise the text about an appointment (its id, when and where); worth nothing once over."""
    which, meeting = what
    words = (spoken_moment(meeting.at), VENUES[meeting.venue])
    wording = partial(appointment_text, signature, case.number, words)
    told = (MessageKind.APPOINTMENT, key_of(case.id, which), wording)
    reach(session, case, queries.people_of(session, case), told, now, until=meeting.at)


def _tell_once(
    session: Session,
    case: Case,
    what: tuple[MessageKind, str],
    wording: Callable[[str], Said],
    now: datetime,
) -> None:
    """Tell what can happen to a case more than once: (kind, which one)."""
    kind, which = what
    people = queries.people_of(session, case)
    reach(session, case, people, (kind, f"case:{case.id}:{kind}:{which}", wording), now)


def _accepted(case: Case, signature: str) -> Callable[[str], Said]:
    if case.due_on is None:
        return partial(accepted_text, signature, case.number)
    return partial(receipt_text, signature, case.number, _short(case, case.due_on))


def _tell(
    session: Session,
    case: Case,
    people: People,
    kind: MessageKind,
    wording: Callable[[str], Said],
    now: datetime,
) -> None:
    reach(session, case, people, (kind, f"case:{case.id}:{kind}", wording), now)


def _short(case: Case, day: date) -> str:
    return short_date(day, is_provisional=case.is_provisional)


def _day_of(until: Counted) -> str:
    return short_date(until.due_on, is_provisional=until.is_provisional) if until.due_on else ""
