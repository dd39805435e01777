"""灯的动作: a light is noted at the moment it came, costs what is due, and is annulled by name."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions import verbs
from desk.cases.actions.lights import annul, forget_item, set_default, set_for_item
from desk.cases.jobs import note_lights
from desk.cases.queries import lights
from desk.cases.records import Case, Countdown, RedAnnulment
from desk.cases.rules.countdowns import CountdownKind, Threshold
from desk.cases.rules.intake import Answer
from desk.cases.rules.lights import AlreadyAnnulled, Light, OwnRed, Seen, UnknownItem, shown
from desk.cases.rules.results import ReasonNeeded, Result
from kernel.audit import queries as audit
from kernel.clock import FixedClock
from kernel.web.house import House
from tests.builders import CARRIED, HERE, a_case, clerk, hand_over, intake

YEARS = timedelta(days=700)
LATE = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)


def taken_in(here: House, code: str = HERE, answer: Answer = Answer.ACCEPT) -> int:
    with here.writing() as session:
        return a_case(here, session, here.now(), intake(session, code, answer)).id


def countdown_of(session: Session, case_id: int) -> Countdown:
    found = session.scalar(sa.select(Countdown).where(Countdown.case_id == case_id))
    assert found is not None
    return found


def test_a_light_is_noted_at_the_moment_it_came_however_late_the_pass(
    here: House, clock: FixedClock
) -> None:
    case_id = taken_in(here)
    assert note_lights(here) == 0
    clock.at = LATE
    assert note_lights(here) == 1
    with here.reading() as session:
        noted = countdown_of(session, case_id)
        assert noted.red_at == noted.over_at
        assert noted.yellow_at is not None
        assert noted.red_at is not None
        assert noted.yellow_at < noted.red_at < LATE
        assert noted.red_handler_id == clerk(session).staff_id
        assert audit.first_broken_record(session) is None


def test_a_second_pass_finds_nothing_and_writes_nothing(here: House, clock: FixedClock) -> None:
    taken_in(here)
    clock.at = LATE
    note_lights(here)
    with here.reading() as session:
        before = audit.count(session)
    assert note_lights(here) == 0
    with here.reading() as session:
        assert audit.count(session) == before


def test_what_ended_is_never_looked_at_again(here: House, clock: FixedClock) -> None:
    case_id = taken_in(here)
    with here.writing() as session:
        case = session.get_one(Case, case_id)
        ending, who = (Result.DONE, ""), clerk(session)
        verbs.close(session, case, ending, who, here.now(), here.hall(session))
    clock.at = LATE
    assert note_lights(here) == 0


def test_neither_a_transfer_nor_a_moved_day_recolours_a_red(here: House, clock: FixedClock) -> None:
    case_id = taken_in(here)
    first = clock.at
    clock.at = LATE
    note_lights(here)
    with here.writing() as session:
        hand_over(session, session.get_one(Case, case_id), "counter2", here.now())
        running = countdown_of(session, case_id)
        red_at, running.over_at, running.yellow_on = running.red_at, LATE + YEARS, LATE.date()
    assert note_lights(here) == 0
    with here.reading() as session:
        running = countdown_of(session, case_id)
        assert running.red_at == red_at
        assert running.red_handler_id == clerk(session).staff_id
        shows = lights.lights_of(session, [case_id], first, here.today())
        assert shows == {case_id: Light.RED}


def test_a_step_is_red_while_its_case_has_no_clock_yet(here: House, clock: FixedClock) -> None:
    case_id = taken_in(here, CARRIED, Answer.CARRY)
    clock.at = LATE
    note_lights(here)
    with here.reading() as session:
        (red,) = lights.running_reds(session, here.now())
        assert red.case.id == case_id
        assert red.countdown.kind is CountdownKind.CARRY
        assert lights.lights_of(session, [case_id], here.now(), here.today()) == {}


def test_the_applicants_own_time_shows_no_red(here: House, clock: FixedClock) -> None:
    taken_in(here, HERE, Answer.NOTICE)
    clock.at = LATE
    assert note_lights(here) == 1, "noted once, so that no pass looks at it again"
    with here.reading() as session:
        assert lights.running_reds(session, here.now()) == []


def test_the_pass_reads_two_small_indexes_and_nothing_else(here: House) -> None:
    with here.reading() as session:
        engine = session.get_bind()
        wanted = {
            "ix_countdown_to_redden": lights.about_to_redden(here.now()),
            "ix_countdown_to_yellow": lights.about_to_yellow(here.today()),
        }
        for index, select in wanted.items():
            assert index in plan_of(session, engine.dialect.name, select.limit(100)), index
        every = sa.select(Countdown).where(Countdown.due_on < here.today())
        assert "ix_countdown_to" not in plan_of(session, engine.dialect.name, every), "control"


def plan_of(session: Session, dialect: str, select: sa.Select[Any]) -> str:
    """Return how the database would answer, given that no table is small."""
    if dialect == "postgresql":
        session.execute(sa.text("SET LOCAL enable_seqscan = off"))
    explain = "EXPLAIN" if dialect == "postgresql" else "EXPLAIN QUERY PLAN"
    compiled = select.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    found = session.connection().exec_driver_sql(f"{explain} {compiled}")
    return "\n".join(str(row) for row in found)


def test_a_supervisor_annuls_a_wrong_red_once_with_a_reason(here: House, clock: FixedClock) -> None:
    case_id = taken_in(here)
    clock.at = LATE
    note_lights(here)
    with here.reading() as session:
        number, who = countdown_of(session, case_id).id, clerk(session, "supervisor")
        handler = clerk(session)
    with pytest.raises(ReasonNeeded), here.writing() as session:
        annul(session, number, "", who, here.now())
    with pytest.raises(OwnRed), here.writing() as session:
        annul(session, number, "系统停电", handler, here.now())
    with here.writing() as session:
        annul(session, number, "系统停电，材料当天已办结", who, here.now())
    with pytest.raises(AlreadyAnnulled), here.writing() as session:
        annul(session, number, "再来一次", who, here.now())
    with here.reading() as session:
        assert lights.lights_of(session, [case_id], here.now(), here.today()) == {
            case_id: Light.YELLOW
        }
        (kept,) = lights.annulled_since(session, clock.at - timedelta(days=1))
        assert kept.countdown.red_at is not None, "the event stays"
        assert session.scalar(sa.select(sa.func.count()).select_from(RedAnnulment)) == 1


def test_an_item_is_yellow_when_it_says_so_and_else_when_the_town_does(here: House) -> None:
    def yellow_on(case_id: int) -> tuple[int, int, object]:
        with here.reading() as session:
            one = countdown_of(session, case_id)
            return one.yellow_share, one.yellow_days, one.yellow_on

    usual = yellow_on(taken_in(here))
    with here.writing() as session:
        who = clerk(session, "director")
        set_for_item(session, HERE, Threshold(0, 0), who, here.now())
        set_default(session, Threshold(50, 5), who, here.now())
        item = session.get_one(Case, 1).item.item_id
    own = yellow_on(taken_in(here))
    assert own[:2] == (0, 0)
    assert str(own[2]) > str(usual[2]), "on the last day alone"
    with here.writing() as session:
        forget_item(session, item, who, here.now())
    assert yellow_on(taken_in(here))[:2] == (50, 5)
    with pytest.raises(UnknownItem), here.writing() as session:
        set_for_item(session, "没有", Threshold(1, 1), who, here.now())


@pytest.mark.parametrize("light", list(Light))
def test_the_database_and_the_rule_agree_on_every_light(
    here: House, clock: FixedClock, light: Light
) -> None:
    """Every combination of days, events and annulment, asked of both."""
    case_id, now, today = taken_in(here), here.now(), here.today()
    moments = [None, now - timedelta(hours=1), now, now + timedelta(hours=1)]
    days = [None, today - timedelta(days=1), today, today + timedelta(days=1)]
    for is_annulled in (False, True):
        if is_annulled:
            with here.writing() as session:
                row = {"by_id": 1, "at": now, "reason": "x"}
                session.add(RedAnnulment(countdown_id=countdown_of(session, case_id).id, **row))
        for seen in [
            Seen(day, over, yellow, red, is_annulled)
            for day in days
            for over in moments
            for yellow in (None, now)
            for red in (None, now)
        ]:
            with here.database.writing() as session:
                one = countdown_of(session, case_id)
                one.yellow_on, one.over_at = seen.yellow_on, seen.over_at
                one.yellow_at, one.red_at = seen.yellow_at, seen.red_at
                session.flush()
                condition = lights.showing(light, [CountdownKind.HANDLING], now, today)
                found = session.scalar(sa.select(Case.id).where(condition)) is not None
                assert found == (shown(seen, now, today) is light), seen
