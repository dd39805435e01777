"""值班表: drawn up, changed by hand, published in editions; swapped, signed for, subscribed to."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from duty_roster.actions import people as people_actions
from duty_roster.actions import presence, swaps
from duty_roster.actions import sheets as actions
from duty_roster.actions.people import Absence
from duty_roster.queries import calendars, leader_on, on_duty, sheets
from duty_roster.queries import people as roll
from duty_roster.queries import presence as looks
from duty_roster.queries import swaps as waits
from duty_roster.records import DutySheet, DutyTurn
from duty_roster.rules.breaks import BreaksARule, StillBroken
from duty_roster.rules.icalendar import icalendar
from duty_roster.rules.people import AwayKind, BothAway, Seat, SeatTaken, Whereabouts
from duty_roster.rules.presence import AlreadySignedOut, NotOnDuty, NotSignedIn
from duty_roster.rules.sheets import AlreadyDrafted, NotOfThisDuty, SheetStage
from duty_roster.rules.shifts import Duty
from duty_roster.rules.swaps import (
    AlreadyAnswered,
    DeputyIsYourself,
    NotYoursToAnswer,
    NotYourTurn,
    ShiftIsOver,
)
from kernel.access import HOUSE, Actor
from kernel.clock import FixedClock
from kernel.errors import Conflict
from kernel.web.house import House
from tests.builders import BASE, Visitor, clerk

TODAY, APRIL = date(2026, 3, 2), date(2026, 4, 1)
LEADERS = ("leader1", "leader2", "leader3", "leader4", "leader5")


def draft_of(session: Session, here: House, month: date) -> tuple[DutySheet, int]:
    found = sheets.sheet_of(session, month, SheetStage.DRAFT)
    assert found is not None
    return found, found.version


def me(session: Session, username: str) -> int:
    found = roll.by_staff(session, clerk(session, username).staff_id)
    assert found is not None
    return found.id


def put(session: Session, username: str, day: date = TODAY) -> DutyTurn:
    """Let somebody lead a day, whatever the rota said."""
    turns = sheets.published(session, day, day)
    turn = next(one for one in turns if one.duty is Duty.LEADER)
    turn.person_id = me(session, username)
    session.flush()
    return turn


def a_lawful_swap(session: Session, here: House) -> tuple[DutyTurn, str, str]:
    """Return a turn, whose it is, and somebody who may stand in without breaking a rule."""
    owners = {me(session, name): name for name in LEADERS}
    for turn in sheets.published(session, TODAY + timedelta(days=1), TODAY + timedelta(days=60)):
        owner = owners.get(turn.person_id or 0) if turn.duty is Duty.LEADER else None
        for number, deputy in owners.items() if owner else ():
            try:
                swaps._check(session, turn, number)
            except (BreaksARule, DeputyIsYourself):
                continue
            assert owner is not None
            return turn, owner, deputy
    raise AssertionError("no swap is lawful")


def test_a_month_is_drawn_up_changed_and_published_in_editions(here: House) -> None:
    now = here.now()
    with here.writing() as session:
        director = clerk(session, "director")
        actions.revise(session, APRIL, director, now)
        with pytest.raises(AlreadyDrafted):
            actions.revise(session, APRIL, director, now)
        draft = draft_of(session, here, APRIL)
        leads = [one for one in sheets.turns_of(session, draft[0]) if one.duty is Duty.LEADER]
        before = leader_on(session, APRIL)
        actions.place(session, draft, (leads[0].id, None), director, now)
        session.flush()
        assert leader_on(session, APRIL) == before, "a draft is nobody's duty yet"
        with pytest.raises(Conflict):
            actions.place(session, draft, (leads[0].id, None), director, now)
        with pytest.raises(StillBroken, match="没有人"):
            actions.publish(session, draft_of(session, here, APRIL), director, now)
        driver = next(one.id for one in roll.people(session) if one.duty is Duty.DRIVER)
        with pytest.raises(NotOfThisDuty):
            again = draft_of(session, here, APRIL)
            actions.place(session, again, (leads[0].id, driver), director, now)
        assert actions.draw_up(session, APRIL, director, now, here.calendar(session)) == []
        session.flush()
        actions.publish(session, draft_of(session, here, APRIL), director, now)
    with here.reading() as session:
        editions = sa.select(DutySheet.number, DutySheet.stage).where(DutySheet.month == APRIL)
        stages = sorted((number, stage.value) for number, stage in session.execute(editions))
        assert stages == [(1, "replaced"), (2, "published")]
        assert leader_on(session, APRIL) is not None


def test_two_places_change_hands(here: House) -> None:
    now = here.now()
    with here.writing() as session:
        actions.revise(session, APRIL, HOUSE, now)
        draft = draft_of(session, here, APRIL)
        leads = [one for one in sheets.turns_of(session, draft[0]) if one.duty is Duty.LEADER]
        one, other = leads[0].person_id, leads[1].person_id
        actions.exchange(session, draft, (leads[0].id, leads[1].id), HOUSE, now)
        assert (leads[0].person_id, leads[1].person_id) == (other, one)


def test_a_swap_is_asked_agreed_and_approved_and_only_then_in_force(here: House) -> None:
    now = here.now()
    with here.writing() as session:
        turn, owner, deputy = a_lawful_swap(session, here)
        asker, answerer = clerk(session, owner), clerk(session, deputy)
        wanted = (me(session, deputy), "示例开会")
        with pytest.raises(NotYourTurn):
            swaps.ask(session, turn, wanted, answerer, now)
        swap = swaps.ask(session, turn, wanted, asker, now)
        with pytest.raises(NotYoursToAnswer):
            swaps.answer(session, swap, True, asker, now)
        swaps.answer(session, swap, True, answerer, now)
        assert turn.person_id == me(session, owner), "nobody has approved it yet"
        swaps.decide(session, swap, True, clerk(session, "director"), now)
        assert turn.person_id == me(session, deputy)
        with pytest.raises(AlreadyAnswered):
            swaps.withdraw(session, swap, asker, now)


def test_a_swap_waits_for_one_person_after_the_other_until_its_turn_is_over(here: House) -> None:
    now = here.now()
    with here.writing() as session:
        turn, owner, deputy = a_lawful_swap(session, here)
        asker, answerer = clerk(session, owner), clerk(session, deputy)

        def waiting(who: Actor, day: date, *, decides: bool = False) -> int:
            return waits.number_waiting(session, who.staff_id or 0, day, decides=decides)

        swap = swaps.ask(session, turn, (me(session, deputy), "示例开会"), asker, now)
        session.flush()
        assert (waiting(asker, TODAY), waiting(answerer, TODAY)) == (0, 1)
        swaps.answer(session, swap, True, answerer, now)
        session.flush()
        assert (waiting(answerer, TODAY), waiting(asker, TODAY, decides=True)) == (0, 1)
        after = turn.day + timedelta(days=1)
        assert waiting(asker, after, decides=True) == 0
        assert waits.open_swaps(session, after) == []


def test_a_town_that_does_not_approve_lets_two_people_agree(here: House) -> None:
    with here.writing() as session:
        sheets.settings(session).approves_swaps = False
        turn, owner, deputy = a_lawful_swap(session, here)
        wanted = (me(session, deputy), "示例开会")
        swap = swaps.ask(session, turn, wanted, clerk(session, owner), here.now())
        swaps.answer(session, swap, True, clerk(session, deputy), here.now())
        assert turn.person_id == me(session, deputy)


def test_a_swap_is_not_taken_back_by_the_next_edition(here: House) -> None:
    with here.writing() as session:
        turn, _, deputy = a_lawful_swap(session, here)
        month, now = turn.day.replace(day=1), here.now()
        actions.revise(session, month, HOUSE, now)
        swaps.stand_in(session, turn, (me(session, deputy), ""), clerk(session, "director"), now)
        session.flush()
        session.expire_all()
        actions.publish(session, draft_of(session, here, month), HOUSE, now)
        session.flush()
        found = sheets.published(session, turn.day, turn.day)
        assert next(one for one in found if one.duty is Duty.LEADER).person_id == me(
            session, deputy
        )


def test_what_is_over_cannot_be_swapped(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        turn = put(session, "leader1")
        clock.at += timedelta(days=2)
        with pytest.raises(ShiftIsOver):
            swaps.stand_in(session, turn, (me(session, "leader2"), ""), HOUSE, clock.now())


def test_the_secretary_and_the_town_head_cannot_both_go_away(here: House) -> None:
    first, last = date(2026, 5, 4), date(2026, 5, 6)
    with here.writing() as session:
        mine, other = (roll.person(session, me(session, name)) for name in ("leader1", "leader2"))
        meeting = Absence(AwayKind.MEETING, first, last)
        noted = people_actions.leave(session, mine, meeting, HOUSE, here.now())
        with pytest.raises(BothAway, match="2026年5月6日"):
            late = Absence(AwayKind.LEAVE, last, last + timedelta(days=3))
            people_actions.leave(session, other, late, HOUSE, here.now())
        people_actions.cancel_leave(session, noted, TODAY, HOUSE, here.now())
        session.flush()
        people_actions.leave(session, other, meeting, HOUSE, here.now())
        with pytest.raises(SeatTaken):
            facts = people_actions.PersonFacts("示例新", "", Duty.LEADER, Seat.SECRETARY)
            people_actions.enter(session, facts, HOUSE, here.now())


def test_who_signs_in_is_at_the_post_until_they_say_otherwise(here: House) -> None:
    now = here.now()
    with here.writing() as session:
        put(session, "leader1")
        mine, other = clerk(session, "leader1"), clerk(session, "counter1")
        with pytest.raises(NotSignedIn):
            presence.go(session, Whereabouts.IN_VILLAGE, mine, now)
        presence.sign_in(session, mine, now)
        presence.sign_in(session, mine, now)
        session.flush()
        presence.go(session, Whereabouts.IN_VILLAGE, mine, now)
        leader = on_duty(session, now).leader
        assert leader is not None
        assert leader.presence is not None
        assert leader.presence.whereabouts is Whereabouts.IN_VILLAGE
        presence.sign_out(session, mine, now)
        with pytest.raises(AlreadySignedOut):
            presence.go(session, Whereabouts.AT_POST, mine, now)
        with pytest.raises(NotOnDuty):
            presence.sign_in(session, other, now)


def test_a_missed_sign_in_is_told_once_and_stands_on_the_board(
    here: House, clock: FixedClock
) -> None:
    clock.at = datetime.fromisoformat("2026-03-02T08:29:00+08:00")
    with here.writing() as session:
        put(session, "leader1")
        assert presence.note_missed(session, clock.now()) == [], "not yet half an hour"
    clock.at += timedelta(minutes=1)
    with here.writing() as session:
        told = presence.note_missed(session, clock.now())
        assert [one.person.name for one in told] == ["示例郑东禾"], "who has no account cannot sign"
        assert presence.note_missed(session, clock.now()) == []
        assert [one.in_at for one in looks.missed_between(session, TODAY, TODAY)] == [None]
    clock.at += timedelta(minutes=5)
    with here.writing() as session:
        presence.sign_in(session, clerk(session, "leader1"), clock.now())
        session.flush()
        assert not looks.is_any_unnoted(session, clock.now())
        line = looks.missed_between(session, TODAY, TODAY)[0]
        assert (line.name, line.in_at) == ("示例郑东禾", clock.now()), "late is not forgotten"


def test_a_calendar_says_what_was_taken_away(here: House) -> None:
    with here.writing() as session:
        turn, owner, deputy = a_lawful_swap(session, here)
        mine = roll.person(session, me(session, owner))
        before = calendars.events_of(session, mine, TODAY)
        director = clerk(session, "director")
        later = here.now() + timedelta(hours=1)
        swaps.stand_in(session, turn, (me(session, deputy), "示例"), director, later)
        session.flush()
        after = calendars.events_of(session, mine, TODAY)
    assert {one.uid for one in before} == {one.uid for one in after}
    changed = next(one for one in after if one.shift.day == turn.day)
    was = next(one for one in before if one.uid == changed.uid)
    assert (was.is_cancelled, changed.is_cancelled) == (False, True)
    assert changed.sequence == was.sequence + 1
    assert changed.changed_at == later
    said = icalendar("示例的值班", "示例乡便民服务中心, 一楼; 大厅", after)
    lines = said.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = said.replace("\r\n ", "")
    assert unfolded.count("STATUS:CANCELLED") == 1
    assert f"DTSTART;TZID=Asia/Shanghai:{turn.day:%Y%m%d}T080000\r\n" in unfolded
    assert "LOCATION:示例乡便民服务中心\\, 一楼\\; 大厅\r\n" in unfolded
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("\r\nUID:") == len(after)


def test_only_the_address_given_last_opens_a_calendar(
    here: House, visit: Callable[[str], Visitor]
) -> None:
    tokens = []
    for _ in range(2):
        with here.writing() as session:
            mine = roll.person(session, me(session, "leader1"))
            people_actions.give_calendar(session, mine, HOUSE, here.now())
            tokens.append(people_actions.calendar_token(session, mine))
    stranger = visit("").client
    answers = [stranger.get(f"/duty/calendar/{one}.ics", base_url=BASE) for one in tokens]
    assert [one.status_code for one in answers] == [404, 200]
    assert answers[1].content_type == "text/calendar; charset=utf-8"
    assert answers[1].headers["Cache-Control"] == "no-store"


def test_nobody_acts_in_the_name_of_the_house(here: House) -> None:
    with here.writing() as session:
        nobody = Actor(None, "nobody")
        with pytest.raises(NotYourTurn):
            swaps.ask(session, put(session, "leader1"), (1, "示例"), nobody, here.now())
