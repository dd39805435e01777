"""领导值日: who is put on a day stays there, and whoever asks is told who answers today."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from duty_roster import actions, queries
from duty_roster.records import DutyDay
from kernel.audit.queries import about
from kernel.clock import FixedClock
from kernel.editions import Edition, editions
from kernel.staff.queries import by_username
from kernel.web.house import House
from tests.builders import Visitor, clerk

TODAY = date(2026, 3, 2)
LEADER = ("示例临时甲", "党委委员")
#: for what no database decides
on_one_database = pytest.mark.parametrize("kind", ["sqlite"])


def on_duty(here: House, day: date = TODAY) -> str | None:
    with here.reading() as session:
        entry = queries.leader_on(session, day)
        return entry.leader if entry else None


def test_a_leader_takes_the_place_of_whoever_was_there(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        before = editions(session)[Edition.ROSTER]
        for leader in (LEADER, ("示例临时乙", "乡长")):
            actions.assign(session, TODAY, leader, clerk(session, "director"), clock.now())
    with here.reading() as session:
        (entry,) = queries.between(session, TODAY, TODAY)
        assert (entry.leader, entry.title) == ("示例临时乙", "乡长")
        assert editions(session)[Edition.ROSTER] == before + 2
        assert [one.verb for one in about(session, f"duty:{TODAY}")] == ["duty.assigned"] * 2


def test_a_day_nobody_has_is_a_gap_and_can_be_filled(here: House, clock: FixedClock) -> None:
    beyond = TODAY + timedelta(days=1000)
    assert on_duty(here, beyond) is None
    with here.writing() as session:
        actions.assign(session, beyond, LEADER, clerk(session, "director"), clock.now())
    assert on_duty(here, beyond) == LEADER[0]


def test_turns_fill_the_gaps_and_leave_who_was_put_there(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        session.execute(sa.delete(DutyDay))
        actions.assign(session, TODAY, LEADER, clerk(session, "director"), clock.now())
        actions.take_turns(session, TODAY - timedelta(days=1), 4, [("示例轮值", "书记")])
    with here.reading() as session:
        days = queries.between(session, TODAY - timedelta(days=9), TODAY + timedelta(days=9))
        assert [entry.leader for entry in days] == [
            "示例轮值",
            LEADER[0],
            "示例轮值",
            "示例轮值",
        ]


def test_the_sample_town_has_a_leader_every_day_of_its_first_year(here: House) -> None:
    assert None not in {
        on_duty(here, TODAY + timedelta(days=number)) for number in range(0, 365, 7)
    }


Visit = Callable[[str], Visitor]


def test_the_director_puts_a_leader_on_a_day_and_villagers_read_it_at_once(
    here: House, visit: Visit
) -> None:
    villager, director = visit(""), visit("director")
    with here.reading() as session:
        leader = by_username(session, "leader3")
        assert leader is not None
    villager.open("/")
    director.open("/duty/")
    answer = director.press("/duty/", day=TODAY.isoformat(), leader=str(leader.id))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/duty/?month=2026-03")
    assert leader.name in director.follow(answer).text
    assert leader.name in villager.open("/").text
    assert on_duty(here) == leader.name


def test_a_day_without_a_leader_tells_whom_to_ring(here: House, visit: Visit) -> None:
    with here.writing() as session:
        session.execute(sa.delete(DutyDay))
    assert "今天的值日表还没有排" in visit("").open("/").text


@on_one_database
def test_what_is_not_a_day_or_not_a_leader_is_refused_beside_its_field(
    here: House, visit: Visit
) -> None:
    director = visit("director")
    with here.reading() as session:
        counter = by_username(session, "counter1")
        assert counter is not None
    before = on_duty(here)
    for day, leader, sentence in (
        ("2026-02-30", "1", "日期请写成"),
        (TODAY.isoformat(), "", "请从列出的值班领导里选一位"),
        (TODAY.isoformat(), str(counter.id), "请从列出的值班领导里选一位"),
        (TODAY.isoformat(), "９", "请从列出的值班领导里选一位"),
        (TODAY.isoformat(), "9" * 5000, "请从列出的值班领导里选一位"),
        (TODAY.isoformat(), str(2**63), "请从列出的值班领导里选一位"),
    ):
        director.open("/duty/")
        answer = director.press("/duty/", day=day, leader=leader)
        assert answer.status_code == 422
        assert sentence in answer.text
    assert on_duty(here) == before


@on_one_database
@pytest.mark.parametrize(
    "month", ["", "2026-13", "0001-01", "9999-12", "1999-12", "0000-00", "x", "2026-3", "2026-W01"]
)
def test_a_month_that_cannot_be_shown_is_this_month(visit: Visit, month: str) -> None:
    assert "2026年3月" in visit("counter1").open(f"/duty/?month={month}").text


@on_one_database
@pytest.mark.parametrize("month", ["2000-01", "2026-12", "2999-12"])
def test_a_month_that_can_be_shown_is_shown_with_its_neighbours(visit: Visit, month: str) -> None:
    page = visit("counter1").open(f"/duty/?month={month}")
    assert page.status_code == 200
    assert f"{int(month[:4])}年{int(month[5:])}月" in page.text


@on_one_database
def test_who_may_not_edit_reads_only(visit: Visit) -> None:
    counter = visit("counter1")
    page = counter.open("/duty/").text
    assert "排班或换人" not in page
    assert "排班或换人" in visit("director").open("/duty/").text
    answer = counter.press("/duty/", day=TODAY.isoformat(), leader="1")
    assert answer.status_code == 403
