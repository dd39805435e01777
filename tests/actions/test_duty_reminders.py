"""值班提醒: the afternoon before a turn and at a missed sign-in, once, and only while it is so."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from desk.messages import jobs as messages
from desk.messages.records import OutboxMessage
from desk.messages.rules.delivery import Delivery
from desk.messages.rules.kinds import MessageKind
from desk.reminders.jobs import GUARDS, remind_of_duty
from desk.reminders.queries.duty import of_staff
from desk.reminders.rules.duty import DutyWord
from duty_roster.actions import presence
from kernel.audit.queries import about
from kernel.clock import FixedClock
from kernel.staff.actions import set_mobile
from kernel.staff.queries import by_username
from kernel.web.house import House
from tests.actions.test_nudges import Recorder
from tests.actions.test_rota import me, put
from tests.builders import Visitor, clerk, mobile

TOMORROW = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def turns(here: House) -> None:
    """Give two leaders a work phone; one has today's turn, the other tomorrow's."""
    with here.writing() as session:
        for serial, username in enumerate(("leader1", "leader2"), 11):
            staff = by_username(session, username)
            assert staff is not None
            number = f"+86{mobile(serial)}"
            set_mobile(session, staff, number, clerk(session, "admin"), here.now())
        put(session, "leader1")
        put(session, "leader2", TOMORROW)
        presence.sign_in(session, clerk(session, "leader1"), here.now())


def at(clock: FixedClock, moment: str) -> None:
    """Let it be a moment of the township."""
    clock.at = datetime.fromisoformat(f"{moment}+08:00")


def texts(here: House) -> list[OutboxMessage]:
    with here.reading() as session:
        mine = OutboxMessage.kind == MessageKind.DUTY
        return list(session.scalars(sa.select(OutboxMessage).where(mine)))


def sent(here: House) -> list[str]:
    """Let the outbox go; return the duty texts the carrier got."""
    carrier = Recorder()
    messages.deliver(here, [carrier], GUARDS)
    return [one.text for one in carrier.sent if "值班提醒" in one.text]


def test_the_turn_of_tomorrow_is_told_once_in_the_afternoon(here: House, clock: FixedClock) -> None:
    at(clock, "2026-03-02T15:59")
    assert remind_of_duty(here) == 0
    at(clock, "2026-03-02T16:00")
    assert [remind_of_duty(here) for _ in range(3)] == [1, 0, 0]
    [text] = sent(here)
    assert "3月3日是您的全天值班" in text
    assert remind_of_duty(here) == 0
    with here.reading() as session:
        subject = f"duty_person:{me(session, 'leader2')}"
        assert [one.verb for one in about(session, subject)][-1] == "duty.reminded"


def test_a_turn_that_changed_hands_is_told_to_whoever_has_it(
    here: House, clock: FixedClock
) -> None:
    at(clock, "2026-03-02T16:00")
    assert remind_of_duty(here) == 1
    with here.writing() as session:
        put(session, "leader1", TOMORROW)
    assert sent(here) == []
    assert [one.state for one in texts(here)] == [Delivery.WITHDRAWN]
    assert remind_of_duty(here) == 1
    assert len(sent(here)) == 1


def test_a_missed_sign_in_is_told_to_the_person_once(here: House, clock: FixedClock) -> None:
    at(clock, "2026-03-03T08:29")
    remind_of_duty(here)
    before = len(texts(here))
    clock.at += timedelta(minutes=1)
    assert [remind_of_duty(here) for _ in range(2)] == [1, 0]
    assert len(texts(here)) == before + 1
    assert ["还没签到" in one for one in sent(here)] == [True]
    with here.reading() as session:
        staff = clerk(session, "leader2").staff_id or 0
        assert [one.word for one in of_staff(session, staff, clock.now())] == [DutyWord.MISSED]


def test_who_signs_in_meanwhile_gets_no_text(here: House, clock: FixedClock) -> None:
    at(clock, "2026-03-03T08:30")
    remind_of_duty(here)
    with here.writing() as session:
        presence.sign_in(session, clerk(session, "leader2"), clock.now())
    assert sent(here) == []


def test_who_has_no_work_phone_reads_it_on_the_screen(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        put(session, "leader3", TOMORROW)
    at(clock, "2026-03-03T08:30")
    assert remind_of_duty(here) == 0
    with here.reading() as session:
        staff = clerk(session, "leader3").staff_id or 0
        assert len(of_staff(session, staff, clock.now())) == 1
        assert of_staff(session, clerk(session, "counter1").staff_id or 0, clock.now()) == []


def test_board_and_morning_show_a_missed_sign_in(
    here: House, visit: Callable[[str], Visitor], clock: FixedClock
) -> None:
    at(clock, "2026-03-03T08:30")
    remind_of_duty(here)
    leader = visit("leader2")
    assert "还没签到" in leader.open("/today/").text
    assert "没有按时签到的值班 1 人次" in leader.open("/board/").text
    leader.open("/duty/post/")
    leader.press("/duty/post/in")
    assert "补签" in leader.open("/board/").text
    assert "还没签到" not in leader.open("/today/").text
