"""预约的一生: told once, taken back when it is moved, called off or over; on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions.appointments import agree, end
from desk.cases.actions.contacts import appoint
from desk.cases.actions.verbs import withdraw
from desk.cases.queries import by_number
from desk.cases.queries.appointments import coming, standing
from desk.cases.queries.contacts import to_call
from desk.cases.records import Appointment, Case
from desk.cases.rules.appointments import (
    AppointmentEnd,
    HallIsClosed,
    Meeting,
    NobodyToMeet,
    NotYetOver,
    SameAppointment,
    Venue,
)
from desk.cases.rules.contacts import Contact
from desk.cases.rules.people import Person, Relation
from desk.messages.actions import tasks
from desk.messages.actions.sending import UNGUARDED, Guards, reserve
from desk.messages.records import MessageTemplate, OutboxMessage
from desk.messages.rules.delivery import Delivery
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.shapes import TemplateName
from desk.reminders.jobs import GUARDS
from kernel.calendar.actions.opening import set_day
from kernel.calendar.rules.opening import Opening
from kernel.clock import FixedClock
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.builders import HERE, a_case, clerk, intake, mobile, person

#: half past two in the township
WEDNESDAY = datetime(2026, 3, 4, 6, 30, tzinfo=UTC)
MEETING = Meeting(WEDNESDAY, Venue.HALL)
NEXT_DAY = Meeting(WEDNESDAY + timedelta(days=1), Venue.HOME)
Step = Callable[[Session, Case], None]


@pytest.fixture
def number(here: House, clock: FixedClock) -> str:
    return registered(here, clock)


def registered(here: House, clock: FixedClock, who: Person | None = None) -> str:
    with here.writing() as session:
        found = a_case(here, session, here.now(), intake(session, HERE, who=who)).number
    clock.at += timedelta(minutes=5)
    return found


def do(here: House, number: str, step: Step) -> None:
    with here.writing() as session:
        case = by_number(session, number)
        assert case is not None
        step(session, case)


def agreed(here: House, number: str, meeting: Meeting = MEETING) -> None:
    def step(session: Session, case: Case) -> None:
        signature = here.town(session).signature
        agree(session, case, meeting, clerk(session), here.now(), signature)

    do(here, number, step)


def ended(here: House, number: str, how: AppointmentEnd) -> None:
    do(here, number, lambda session, case: end(session, case, how, clerk(session), here.now()))


def texts(here: House) -> list[OutboxMessage]:
    with here.reading() as session:
        of_kind = OutboxMessage.kind == MessageKind.APPOINTMENT
        query = sa.select(OutboxMessage).where(of_kind).order_by(OutboxMessage.id)
        return list(session.scalars(query))


def sent(here: House, guards: Guards = GUARDS) -> list[str]:
    """Return the texts about appointments that would go out now."""
    kinds = frozenset({MessageKind.APPOINTMENT})
    with here.writing() as session:
        lot = reserve(session, ["console"], here.now(), 9, kinds, guards)
    return [one.outgoing.text for one in lot]


def test_an_appointment_is_told_once_with_number_hour_and_place(here: House, number: str) -> None:
    agreed(here, number)
    (text,) = texts(here)
    assert f"办件{number}约定3月4日14时30分在大厅办理" in text.text
    assert text.expires_at <= WEDNESDAY
    with here.reading() as session:
        ((one, row),) = coming(session, [Window.GENERAL])
    assert (one.at, row.case.number) == (WEDNESDAY, number)


def test_one_that_is_near_is_worth_nothing_once_it_is_over(here: House, number: str) -> None:
    soon = Meeting(here.now() + timedelta(hours=2), Venue.VILLAGE)
    agreed(here, number, soon)
    assert texts(here)[0].expires_at == soon.at


def test_another_time_takes_the_first_text_back(here: House, number: str) -> None:
    agreed(here, number)
    agreed(here, number, NEXT_DAY)
    assert [one.state for one in texts(here)] == [Delivery.WITHDRAWN, Delivery.PENDING]
    (said,) = sent(here)
    assert "3月5日14时30分在家中" in said
    with here.reading() as session:
        hows = session.scalars(sa.select(Appointment.how).order_by(Appointment.id)).all()
    assert hows == [AppointmentEnd.MOVED, None]


def test_what_was_called_off_is_not_told_and_can_be_agreed_again(here: House, number: str) -> None:
    agreed(here, number)
    ended(here, number, AppointmentEnd.CANCELLED)
    assert sent(here) == []
    agreed(here, number)
    assert len(sent(here)) == 1


@pytest.mark.parametrize("guards", [GUARDS, UNGUARDED], ids=["guarded", "control"])
def test_nobody_is_told_to_come_about_a_case_that_was_taken_back(
    here: House, number: str, guards: Guards
) -> None:
    agreed(here, number)
    do(
        here,
        number,
        lambda session, case: withdraw(session, case, "不办了", clerk(session), here.now()),
    )
    assert len(sent(here, guards)) == (guards is UNGUARDED)


def test_one_that_reached_nobody_and_was_sent_again_is_taken_back_with_it(
    here: House, number: str
) -> None:
    agreed(here, number)
    with here.writing() as session:
        one = session.get_one(OutboxMessage, texts(here)[0].id)
        one.state, one.rings_at = Delivery.UNDELIVERED, here.now()
        tasks.send_again(session, one, "当时停机", clerk(session), here.now())
    ended(here, number, AppointmentEnd.CANCELLED)
    assert [one.state for one in texts(here)] == [Delivery.UNDELIVERED, Delivery.WITHDRAWN]
    assert [one.rings_at for one in texts(here)] == [None, None]


def test_a_contact_reads_a_text_that_any_carrier_can_carry(
    here: House, clock: FixedClock, number: str
) -> None:
    daughter = Contact("示例女儿", Relation.CHILD, f"+86{mobile(2)}", date(2026, 8, 29), True)
    do(
        here,
        number,
        lambda session, case: appoint(session, case, daughter, clerk(session), here.now()),
    )
    agreed(here, number)
    (text,) = texts(here)
    with here.reading() as session:
        template = session.get_one(MessageTemplate, text.template_id)
    assert template.name is TemplateName.APPOINTMENT_CONTACT
    assert f"您代为联系的办件{number}约定" in text.text
    assert text.blanks is not None
    assert number in text.blanks


def test_whom_no_text_reaches_is_rung_up_unless_it_is_called_off(
    here: House, clock: FixedClock
) -> None:
    number = registered(here, clock, replace(person(), phone=""))
    agreed(here, number)
    with here.reading() as session:
        ((call,),) = [one.calls for one in to_call(session, [Window.GENERAL])]
    assert "14时30分在大厅" in call.words
    ended(here, number, AppointmentEnd.CANCELLED)
    with here.reading() as session:
        assert to_call(session, [Window.GENERAL]) == []


def test_nobody_comes_to_a_closed_door(here: House, number: str) -> None:
    with here.writing() as session:
        day = here.today() + timedelta(days=2)
        set_day(session, day, Opening(is_open=False), clerk(session, "director"), here.now())
    with pytest.raises(HallIsClosed):
        agreed(here, number)
    agreed(here, number, replace(MEETING, venue=Venue.VILLAGE))


def test_the_same_time_is_not_agreed_twice(here: House, number: str) -> None:
    agreed(here, number)
    with pytest.raises(SameAppointment):
        agreed(here, number)


def test_nobody_is_met_about_a_case_that_was_taken_back(here: House, number: str) -> None:
    do(
        here,
        number,
        lambda session, case: withdraw(session, case, "不办了", clerk(session), here.now()),
    )
    with pytest.raises(NobodyToMeet):
        agreed(here, number)


def test_that_somebody_stayed_away_is_known_after_the_hour(
    here: House, clock: FixedClock, number: str
) -> None:
    agreed(here, number)
    with pytest.raises(NotYetOver):
        ended(here, number, AppointmentEnd.MISSED)
    clock.at = WEDNESDAY + timedelta(minutes=30)
    ended(here, number, AppointmentEnd.MISSED)
    with here.reading() as session:
        case = by_number(session, number)
        assert case is not None
        assert standing(session, case) is None
