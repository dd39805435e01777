"""领导值日: who is put on a day stays there, and whoever asks is told who answers today."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from duty_roster import queries
from duty_roster.actions import swaps
from duty_roster.queries import people, sheets
from duty_roster.queries import swaps as swap_queries
from duty_roster.records import DutyTurn
from duty_roster.rules.shifts import Duty
from kernel.audit.queries import about
from kernel.clock import FixedClock
from kernel.editions import Edition, editions
from kernel.web.house import House
from tests.builders import Visitor, clerk

TODAY = date(2026, 3, 2)
#: for what no database decides
on_one_database = pytest.mark.parametrize("kind", ["sqlite"])


def on_duty(here: House, day: date = TODAY) -> str | None:
    with here.reading() as session:
        entry = queries.leader_on(session, day)
        return entry.leader if entry else None


def leader_id(here: House, username: str) -> int:
    with here.reading() as session:
        found = people.by_staff(session, clerk(session, username).staff_id)
        assert found is not None
        return found.id


def test_who_stands_in_takes_the_place_and_is_written_down(here: House, clock: FixedClock) -> None:
    before = on_duty(here)
    with here.reading() as session:
        edition = editions(session)[Edition.ROSTER]
    deputies = [name for name in ("leader1", "leader2", "leader3") if name_of(here, name) != before]
    for username in deputies[:2]:
        deputy = leader_id(here, username)
        with here.writing() as session:
            turn = next(one for one in sheets.published(session, TODAY, TODAY) if one.place == 1)
            swaps.stand_in(session, turn, (deputy, ""), clerk(session, "director"), clock.now())
    with here.reading() as session:
        assert on_duty(here) == name_of(here, deputies[1])
        assert editions(session)[Edition.ROSTER] == edition + 2
        assert [one.verb for one in about(session, f"duty:{TODAY}")] == ["duty.assigned"] * 2
        assert len(swap_queries.in_force(session, TODAY, TODAY)) == 2


def name_of(here: House, username: str) -> str:
    with here.reading() as session:
        return clerk(session, username).name


def test_a_day_beyond_the_published_months_has_no_leader(here: House) -> None:
    assert on_duty(here, TODAY + timedelta(days=1000)) is None


def test_the_sample_town_has_a_leader_every_day_of_its_first_months(here: House) -> None:
    days = [TODAY + timedelta(days=number) for number in range(88)]
    assert None not in {on_duty(here, day) for day in days}


Visit = Callable[[str], Visitor]


def test_the_director_puts_a_leader_on_a_day_and_villagers_read_it_at_once(
    here: House, visit: Visit
) -> None:
    villager, director = visit(""), visit("director")
    username = next(one for one in ("leader3", "leader4") if name_of(here, one) != on_duty(here))
    name = name_of(here, username)
    villager.open("/")
    director.open("/duty/")
    chosen = str(leader_id(here, username))
    answer = director.press("/duty/", day=TODAY.isoformat(), leader=chosen)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/duty/?month=2026-03")
    assert name in director.follow(answer).text
    assert name in villager.open("/").text
    assert on_duty(here) == name


def test_a_day_without_a_leader_tells_whom_to_ring(here: House, visit: Visit) -> None:
    with here.writing() as session:
        session.execute(sa.delete(DutyTurn))
    assert "今天的值日表还没有排" in visit("").open("/").text


@on_one_database
def test_what_is_not_a_day_or_not_a_leader_is_refused_beside_its_field(
    here: House, visit: Visit
) -> None:
    director = visit("director")
    with here.reading() as session:
        driver = next(one.id for one in people.people(session) if one.duty is Duty.DRIVER)
    before = on_duty(here)
    for day, leader, sentence in (
        ("2026-02-30", "1", "日期请写成"),
        ("2030-01-01", "1", "还没有签发的值班表"),
        (TODAY.isoformat(), "", "请从列出的值班领导里选一位"),
        (TODAY.isoformat(), str(driver), "请从列出的值班领导里选一位"),
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
    assert "临时换人" not in page
    assert "临时换人" in visit("director").open("/duty/").text
    answer = counter.press("/duty/", day=TODAY.isoformat(), leader="1")
    assert answer.status_code == 403
