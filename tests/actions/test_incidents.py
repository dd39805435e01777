"""突发事件: a text that did not arrive is no word at all, and the log knows until the end."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.incidents import queries
from desk.incidents.actions import First, open_incident, resolve
from desk.incidents.actions.calls import Attempt, announce, raise_alarm, record_call
from desk.incidents.actions.reporting import report
from desk.incidents.records import Incident
from desk.incidents.rules.calls import (
    EverybodyReached,
    NobodyChosen,
    Outcome,
    Standing,
    Way,
)
from desk.incidents.rules.kinds import AlreadyResolved, IncidentKind, NothingHappened
from desk.incidents.rules.reporting import AlreadyReported, ReportKind
from desk.messages.records import OutboxMessage
from desk.messages.rules.delivery import Delivery
from desk.messages.rules.wording import PhoneInText
from duty_roster.queries import log
from kernel.access import Actor
from kernel.clock import FixedClock
from kernel.web.house import House
from tests.builders import clerk

WORDS = ("示例乡", "今夜有暴雨")
STORM = First(IncidentKind.STORM, None, "", "县防汛办来电")


def opened(here: House, first: First = STORM) -> str:
    with here.writing() as session:
        return open_incident(session, first, clerk(session, "leader1"), here.now()).uuid


def at_hand(session: Session, uuid: str) -> tuple[Incident, Actor]:
    return queries.incident(session, uuid), clerk(session, "leader1")


def alarm(here: House, uuid: str) -> int:
    with here.writing() as session:
        incident, leader = at_hand(session, uuid)
        return raise_alarm(session, incident, WORDS, leader, here.now())


def standings(here: House, uuid: str) -> list[Standing]:
    with here.reading() as session:
        incident = queries.incident(session, uuid)
        return [one.standing for one in queries.listed(session, incident, here.now())]


def deliver(here: House, number: int) -> None:
    """Let the carrier say that so many texts have arrived."""
    with here.writing() as session:
        first = sa.select(OutboxMessage.id).order_by(OutboxMessage.id).limit(number)
        arrived = sa.update(OutboxMessage).where(OutboxMessage.id.in_(first.scalar_subquery()))
        session.execute(arrived.values(state=Delivery.DELIVERED, settled_at=here.now()))


def test_a_text_that_did_not_arrive_in_two_minutes_may_go_again(
    here: House, clock: FixedClock
) -> None:
    uuid = opened(here)
    assert alarm(here, uuid) == 30, "28 villages and two wardens have mobiles"
    assert standings(here, uuid).count(Standing.SENDING) == 30
    clock.at += timedelta(minutes=1)
    deliver(here, 20)
    assert standings(here, uuid).count(Standing.TOLD) == 20
    clock.at += timedelta(minutes=1)
    found = standings(here, uuid)
    assert (found.count(Standing.OPEN), found.count(Standing.SENDING)) == (14, 0)
    assert found == sorted(found, key=list(Standing).index), "who was not reached is on top"
    assert alarm(here, uuid) == 20, "ten people and, this time, their deputies"


def test_an_alarm_stops_when_everybody_was_reached_or_all_is_over(here: House) -> None:
    uuid = opened(here)
    with here.writing() as session:
        incident, leader = at_hand(session, uuid)
        everybody = [one.call.id for one in queries.listed(session, incident, here.now())]
        announce(session, incident, (Way.BROADCAST, everybody), leader, here.now())
    with pytest.raises(EverybodyReached):
        alarm(here, uuid)
    with here.writing() as session:
        incident, leader = at_hand(session, uuid)
        resolve(session, incident, "雨停", leader, here.now())
    with pytest.raises(AlreadyResolved):
        alarm(here, uuid)


def test_what_no_text_may_hold_is_refused_and_nobody_is_written_to(here: House) -> None:
    uuid = opened(here)
    with pytest.raises(PhoneInText), here.writing() as session:
        incident, leader = at_hand(session, uuid)
        raise_alarm(session, incident, ("示例乡", "请打15412345678"), leader, here.now())
    assert standings(here, uuid).count(Standing.OPEN) == 34


def test_a_call_to_somebody_of_another_list_is_not_taken(here: House) -> None:
    uuid = opened(here)
    with pytest.raises(NobodyChosen), here.writing() as session:
        incident, leader = at_hand(session, uuid)
        announce(session, incident, (Way.BROADCAST, []), leader, here.now())
    with pytest.raises(NothingHappened):
        opened(here, First(IncidentKind.ROAD, None, "", ""))


def test_the_log_has_it_until_it_is_over_and_the_final_report_is_owed(here: House) -> None:
    uuid = opened(here)
    with here.writing() as session:
        incident, leader = at_hand(session, uuid)
        assert [one.entry.link for one in log.open_entries(session)] == [f"/incidents/{uuid}"]
        written = queries.owed(session, incident)[1]
        report(session, incident, (written.id, "示例县", ""), leader, here.now())
        with pytest.raises(AlreadyReported):
            report(session, incident, (written.id, "示例县", ""), leader, here.now())
    with here.writing() as session:
        incident, leader = at_hand(session, uuid)
        kinds = [one.kind for one in queries.owed(session, incident)]
        assert kinds == [ReportKind.PHONE, ReportKind.FOLLOW_UP]
        resolve(session, incident, "雨停", leader, here.now())
        kinds = [one.kind for one in queries.owed(session, incident)]
        assert kinds == [ReportKind.PHONE, ReportKind.FINAL], "no more follow-ups"
        assert log.open_entries(session) == []


def test_what_was_recorded_of_a_call_stays(here: House) -> None:
    uuid = opened(here)
    for outcome in (Outcome.MISSED, Outcome.TOLD):
        with here.writing() as session:
            incident, leader = at_hand(session, uuid)
            call = queries.listed(session, incident, here.now())[0].call
            attempt = Attempt(outcome, Way.PHONE, is_deputy=outcome is Outcome.TOLD)
            record_call(session, (incident, call), attempt, leader, here.now())
    with here.reading() as session:
        incident = queries.incident(session, uuid)
        told = [one for one in queries.listed(session, incident, here.now()) if one.told]
        assert [one.outcome for one in told[0].told] == [Outcome.MISSED, Outcome.TOLD]
        assert told[0].standing is Standing.TOLD
