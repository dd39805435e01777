"""告知: which text message a step promises, and to whom. Sent later, by the scheduler."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from desk.cases.records import Case
from desk.cases.rules.notices import short_date
from desk.cases.rules.people import Part, Person
from desk.cases.rules.stages import Stage
from desk.messages.actions import Promise, queue
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.wording import accepted_text, carried_text, completed_text, receipt_text

People = Sequence[tuple[Part, Person]]


def tell_receipt(
    session: Session, case: Case, people: People, signature: str, now: datetime
) -> None:
    """Promise the text about what was taken in or accepted, where there is a mobile to reach."""
    if case.stage is Stage.IN_PROGRESS:
        _tell(session, case, people, MessageKind.RECEIPT, _accepted(case, signature), now)
    elif case.carry_by_on:
        wording = partial(carried_text, signature, case.number, short_date(case.carry_by_on))
        _tell(session, case, people, MessageKind.CARRIED, wording, now)


def tell_completion(
    session: Session, case: Case, people: People, signature: str, now: datetime
) -> None:
    """Promise the text about the close."""
    wording = partial(completed_text, signature, case.number)
    _tell(session, case, people, MessageKind.COMPLETED, wording, now)


def _accepted(case: Case, signature: str) -> Callable[[str], str]:
    if case.due_on is None:
        return partial(accepted_text, signature, case.number)
    return partial(receipt_text, signature, case.number, short_date(case.due_on))


def _tell(
    session: Session,
    case: Case,
    people: People,
    kind: MessageKind,
    wording: Callable[[str], str],
    now: datetime,
) -> None:
    """Write to the applicant's mobile, else the presenter's; who has none is rung up."""
    mobile = next((person.phone for _, person in people if person.is_mobile), "")
    if mobile:
        queue(session, Promise(f"case:{case.id}:{kind}", kind, mobile, wording), now)
