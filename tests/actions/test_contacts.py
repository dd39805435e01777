"""告知的一生: exactly these texts over a whole life; contacts, and the list of calls."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions import deliveries, holds, verbs
from desk.cases.actions.contacts import appoint, appoint_at_intake, end_contact, note_call
from desk.cases.actions.examining import Found, examine
from desk.cases.queries import by_number, materials_of
from desk.cases.queries.contacts import stored_contact, to_call
from desk.cases.records import Case, CaseCall, CaseContact
from desk.cases.rules.contacts import CallResult, Contact, NothingToTell
from desk.cases.rules.delivery import Manner, Taker
from desk.cases.rules.holds import Ended
from desk.cases.rules.intake import Answer, Brought, MaterialState
from desk.cases.rules.people import Person, Relation
from desk.cases.rules.results import Result
from desk.messages.records import OutboxMessage
from desk.messages.rules.kinds import MessageKind
from kernel.clock import FixedClock
from kernel.house_session import vault_of
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.actions.a_relay import held
from tests.builders import CARRIED, HERE, a_case, clerk, intake, mobile, person

Step = Callable[[Session, Case], None]
THEIRS = f"+86{mobile(2)}"
NOBODYS = replace(person(), phone="")


@pytest.fixture
def desk(here: House, clock: FixedClock) -> "Desk":
    return Desk(here, clock)


class Desk:
    """A case at the counter, a step at a time."""

    def __init__(self, here: House, clock: FixedClock) -> None:
        self.here, self.clock, self.number = here, clock, ""

    def take_in(self, answer: Answer, code: str = HERE, who: Person | None = None) -> None:
        """Register."""
        with self.here.writing() as session:
            taken = intake(session, code, answer, who)
            self.number = a_case(self.here, session, self.here.now(), taken).number

    def do(self, step: Step, days: int = 1) -> None:
        """Do something to the case, some days later."""
        self.clock.at += timedelta(days=days)
        with self.here.writing() as session:
            step(session, self.case(session))

    def case(self, session: Session) -> Case:
        """Return the case."""
        case = by_number(session, self.number)
        assert case is not None
        return case

    def examine(self, answer: Answer, state: MaterialState) -> None:
        """Answer the papers that lie here."""

        def step(session: Session, case: Case) -> None:
            papers = [Brought(one.name, one.copies, state) for one in materials_of(session, case)]
            made = clerk(session), self.here.now()
            examine(session, case, Found(answer, papers), made, self.here.hall(session))

        self.do(step)

    def close(self, manner: Manner = Manner.NOTHING) -> None:
        """Close, and say how the result is handed over."""

        def step(session: Session, case: Case) -> None:
            who, now, hall = clerk(session), self.here.now(), self.here.hall(session)
            verbs.close(session, case, (Result.DONE, ""), who, now, hall)
            deliveries.arrange(session, case, (manner, Taker()), who, now, hall)

        self.do(step)

    def told(self) -> list[tuple[MessageKind, str]]:
        """Return every text to villagers: kind and mobile, in the order of their promise."""
        with self.here.reading() as session:
            town = vault_of(session).town
            texts = sa.select(OutboxMessage).where(OutboxMessage.kind != MessageKind.NUDGE)
            return [
                (one.kind, "+86" + town.open(one.mobile, f"outbox_message|mobile|{one.uuid}"))
                for one in session.scalars(texts.order_by(OutboxMessage.id))
            ]

    def kinds(self) -> list[MessageKind]:
        """Return the kinds alone."""
        return [kind for kind, _ in self.told()]


def test_over_a_whole_life_the_applicant_hears_exactly_this(desk: Desk) -> None:
    """Receipt, one-time notice, acceptance, a stop and the moved promise, the end, the result."""

    def note_something(session: Session, case: Case) -> None:
        verbs.note(session, case, "示例", clerk(session), desk.here.now(), public=True)

    def end_the_hold(session: Session, case: Case) -> None:
        (hold,) = holds.open_holds(session, case)
        asked = clerk(session), desk.here.now(), desk.here.hall(session)
        holds.end(session, case, hold, Ended(desk.here.today(), ""), asked)

    def is_ready(session: Session, case: Case) -> None:
        hall = desk.here.hall(session)
        deliveries.ready(session, case, clerk(session), desk.here.now(), hall)
        deliveries.deliver(session, case, Taker(), clerk(session), desk.here.now())

    desk.take_in(Answer.RECEIVE)
    assert desk.kinds() == [MessageKind.RECEIPT]
    desk.examine(Answer.NOTICE, MaterialState.MISSING)
    desk.examine(Answer.ACCEPT, MaterialState.BROUGHT)
    held(desk.here, desk.number, desk.here.today() + timedelta(days=3))
    desk.do(note_something)
    desk.do(end_the_hold)
    desk.close(Manner.MAKING)
    desk.do(is_ready)
    assert desk.kinds() == [
        MessageKind.RECEIPT,  # papers lie here, the answer comes by …
        MessageKind.NOTICE,
        MessageKind.RECEIPT,  # accepted, done by …
        MessageKind.MOVED,  # the count stops
        MessageKind.MOVED,  # and goes on: done by …
        MessageKind.COMPLETED,
        MessageKind.READY,
    ]


def test_a_carried_case_is_told_when_taken_in_accepted_and_done(desk: Desk) -> None:
    desk.take_in(Answer.CARRY, CARRIED)

    def accepted(session: Session, case: Case) -> None:
        by = verbs.Acceptance()
        now = desk.here.now()
        verbs.accept(session, case, by, clerk(session), now, desk.here.hall(session))

    desk.do(accepted)
    desk.close(Manner.AT_ONCE)
    assert desk.kinds() == [MessageKind.CARRIED, MessageKind.RECEIPT, MessageKind.COMPLETED]


def daughter(desk: Desk, *, both: bool = False, days: int = 100) -> Contact:
    until_on = desk.here.today() + timedelta(days=days)
    return Contact("示例女儿", Relation.CHILD, THEIRS, until_on, has_consent=True, tells_both=both)


def named(desk: Desk, contact: Contact) -> None:
    with desk.here.writing() as session:
        appoint(session, desk.case(session), contact, clerk(session), desk.here.now())


@pytest.mark.parametrize("both", [False, True])
def test_the_contact_is_told_in_place_of_the_applicant_or_both(both: bool, desk: Desk) -> None:
    desk.take_in(Answer.ACCEPT)
    named(desk, daughter(desk, both=both))
    desk.close()
    mine = person().phone
    completed = [mobile for kind, mobile in desk.told() if kind is MessageKind.COMPLETED]
    assert completed == ([mine, THEIRS] if both else [THEIRS])


def test_a_contact_named_at_the_intake_hears_of_the_receipt(desk: Desk) -> None:
    desk.take_in(Answer.ACCEPT, who=NOBODYS)
    assert desk.told() == []
    with desk.here.writing() as session:
        case, now = desk.case(session), desk.here.now()
        appoint_at_intake(session, case, daughter(desk), clerk(session), now, "示例乡")
    assert desk.told() == [(MessageKind.RECEIPT, THEIRS)]
    with desk.here.reading() as session:
        assert to_call(session, list(Window)) == []


@pytest.mark.parametrize("answer", [Answer.RECEIVE, Answer.NOTICE])
def test_at_the_intake_the_contact_hears_what_was_answered(answer: Answer, desk: Desk) -> None:
    desk.take_in(answer, who=NOBODYS)
    with desk.here.writing() as session:
        case, now = desk.case(session), desk.here.now()
        appoint_at_intake(session, case, daughter(desk), clerk(session), now, "示例乡")
    expected = MessageKind.NOTICE if answer is Answer.NOTICE else MessageKind.RECEIPT
    assert desk.told() == [(expected, THEIRS)]


def test_a_consent_ends_by_itself_and_the_call_list_takes_over(desk: Desk) -> None:
    desk.take_in(Answer.ACCEPT, who=NOBODYS)
    named(desk, daughter(desk, days=1))
    desk.clock.at += timedelta(days=1)
    desk.close()
    assert desk.told() == []
    with desk.here.reading() as session:
        assert len(to_call(session, [Window.GENERAL])) == 1


def test_a_contact_that_was_taken_back_is_told_nothing(desk: Desk) -> None:
    desk.take_in(Answer.ACCEPT)
    named(desk, daughter(desk))
    with desk.here.writing() as session:
        end_contact(session, desk.case(session), clerk(session), desk.here.now())
    desk.close()
    assert desk.told()[-1] == (MessageKind.COMPLETED, person().phone)


def test_a_contact_is_sealed_and_another_one_takes_the_place(desk: Desk) -> None:
    desk.take_in(Answer.ACCEPT)
    named(desk, daughter(desk))
    named(desk, replace(daughter(desk), name="示例儿子"))
    with desk.here.reading() as session:
        rows = session.scalars(sa.select(CaseContact).order_by(CaseContact.id)).all()
        assert [one.ended_at is None for one in rows] == [False, True]
        kept = stored_contact(session, desk.case(session))
        assert kept is not None
        assert "示例" not in kept.name_sealed
        assert mobile(2) not in kept.phone_sealed


def test_who_has_neither_stays_on_the_list_until_reached(desk: Desk) -> None:
    desk.take_in(Answer.ACCEPT, who=NOBODYS)
    with desk.here.reading() as session:
        assert to_call(session, [Window.GENERAL]) == []  # they stand before the clerk
    desk.close(Manner.MAKING)
    for result, left in ((CallResult.UNANSWERED, 1), (CallResult.RELAYED, 0)):
        with desk.here.writing() as session:
            note = (result, "示例")
            note_call(session, desk.case(session), note, clerk(session), desk.here.now())
        with desk.here.reading() as session:
            assert len(to_call(session, [Window.GENERAL])) == left
            assert to_call(session, [Window.PETITIONS]) == []
    with desk.here.writing() as session, pytest.raises(NothingToTell):
        told = (CallResult.TOLD, "")
        note_call(session, desk.case(session), told, clerk(session), desk.here.now())
    with desk.here.reading() as session:
        (call,) = session.scalars(sa.select(CaseCall))
        assert call.settled_at is not None
        assert call.words.startswith(f"办件{desk.number}已办结")


def test_two_things_to_tell_are_one_call(desk: Desk) -> None:
    desk.take_in(Answer.ACCEPT, who=NOBODYS)
    desk.close(Manner.MAKING)

    def is_ready(session: Session, case: Case) -> None:
        hall = desk.here.hall(session)
        deliveries.ready(session, case, clerk(session), desk.here.now(), hall)

    desk.do(is_ready)
    with desk.here.reading() as session:
        (one,) = to_call(session, [Window.GENERAL])
        assert [call.kind for call in one.calls] == [MessageKind.COMPLETED, MessageKind.READY]
