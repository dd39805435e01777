"""问题、会商、投入: raised, owned, dated, closed; what blocks an errand; what is struck stays."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from desk.windows.enterprise.actions import meetings as meeting_actions
from desk.windows.enterprise.actions import obstacles as actions
from desk.windows.enterprise.actions import spending as spending_actions
from desk.windows.enterprise.actions.obstacles import Raised
from desk.windows.enterprise.actions.settings import set_numbers
from desk.windows.enterprise.queries import meetings, obstacles, spending
from desk.windows.enterprise.queries.settings import settings
from desk.windows.enterprise.records import ObstacleStep
from desk.windows.enterprise.rules.meetings import Agreed, Minutes
from desk.windows.enterprise.rules.obstacles import (
    ErrandObstructed,
    NotAnOwner,
    NotOnTheRoad,
    ObstacleKind,
    ObstaclesLeft,
    ObstacleVerb,
)
from desk.windows.enterprise.rules.projects import ProjectOver, ProxyStep, Turn
from desk.windows.enterprise.rules.settings import Numbers
from kernel.access import Actor, Role
from kernel.audit.queries import count
from kernel.clock import FixedClock
from kernel.errors import Conflict, NotFound
from kernel.web.house import House
from tests.actions.a_project import Walked, begin
from tests.actions.test_projects import FIRST, skip
from tests.builders import clerk
from tests.pages.happy_obstacles import a_meeting, a_payment, an_obstacle


@pytest.fixture
def walked(here: House) -> Iterator[Walked]:
    """Yield a project whose mandate is signed."""
    with here.writing() as session:
        yield begin(here, session)


def close(walked: Walked, number: int) -> None:
    row = obstacles.obstacle(walked.session, walked.project, number)
    actions.close(walked.session, row, "示例：已改线", walked.agent, walked.here.now())


def test_what_blocks_an_errand_keeps_it_from_being_filed_until_it_is_closed(
    walked: Walked,
) -> None:
    walked.keep_all(FIRST)
    assert walked.road.row(FIRST).turn is Turn.AGENT
    row = an_obstacle(walked, FIRST, "示例：水管要过三个村")
    blocked = walked.road.row(FIRST)
    assert (blocked.obstacles, blocked.may_start, blocked.turn) == ((row,), False, Turn.NOBODY)
    with pytest.raises(ErrandObstructed) as refused:
        walked.file(FIRST)
    assert "示例：水管要过三个村（2026年3月2日起）" in refused.value.sentence
    close(walked, row.id)
    assert walked.road.row(FIRST).may_start
    assert walked.file(FIRST).number


def test_what_blocks_an_errand_that_runs_stops_nothing_and_is_shown(walked: Walked) -> None:
    walked.keep_all(FIRST)
    case = walked.file(FIRST)
    row = an_obstacle(walked, FIRST)
    shown = walked.road.row(FIRST)
    assert (shown.obstacles, shown.turn) == ((row,), Turn.AGENT)
    walked.end(case)
    assert walked.road.row(FIRST).obstacles == ()
    assert walked.road.obstacles == (row,), "the project still has it"


def test_an_obstacle_has_an_owner_and_a_day_even_when_the_enterprise_raises_it(
    walked: Walked,
) -> None:
    session, hall = walked.session, walked.here.hall(walked.session)
    told, now = Raised(ObstacleKind.SILENT, "示例：问了三次没有回话"), walked.here.now()
    firm = Actor(None, "enterprise")
    row = actions.raise_obstacle(session, walked.project, told, firm, now, hall)
    assert (row.raised_by_id, row.owner_id) == (None, walked.project.agent_id)
    assert (row.due_on - walked.here.today()).days == 14, "ten working days"
    (step,) = obstacles.steps_of(session, [row])[row.id]
    assert (step.verb, step.actor_id) == (ObstacleVerb.RAISED, None)


def test_only_who_may_look_at_the_project_answers_for_its_obstacles(walked: Walked) -> None:
    session, hall, now = walked.session, walked.here.hall(walked.session), walked.here.now()
    head, stranger = clerk(session, "head"), clerk(session, "counter1")
    told = Raised(ObstacleKind.OTHER, "示例", owner_id=stranger.staff_id)
    with pytest.raises(NotAnOwner):
        actions.raise_obstacle(session, walked.project, told, walked.agent, now, hall)
    with pytest.raises(NotOnTheRoad):
        astray = Raised(ObstacleKind.OTHER, "示例", errand_key="QY-999")
        actions.raise_obstacle(session, walked.project, astray, walked.agent, now, hall)
    row = an_obstacle(walked)
    assert head.staff_id is not None
    given = (head.staff_id, walked.here.today() + timedelta(days=3), row.version)
    actions.give(session, row, given, walked.agent, now)
    assert row.owner_id == head.staff_id
    with pytest.raises(Conflict):
        actions.give(session, row, given, walked.agent, now)


def test_what_was_done_about_an_obstacle_is_only_added_to(
    walked: Walked, clock: FixedClock
) -> None:
    session, row = walked.session, an_obstacle(walked)
    close(walked, row.id)
    clock.at += timedelta(days=2)
    actions.reopen(session, row, "示例：又停水", walked.agent, walked.here.now())
    assert row.closed_at is None
    close(walked, row.id)
    verbs = [one.verb for one in obstacles.steps_of(session, [row])[row.id]]
    assert verbs == [
        *(ObstacleVerb.RAISED, ObstacleVerb.CLOSED),
        *(ObstacleVerb.REOPENED, ObstacleVerb.CLOSED),
    ]
    with pytest.raises(sa.exc.DBAPIError), session.begin_nested():
        session.execute(sa.update(ObstacleStep).values(words=""))


def test_a_project_is_not_archived_over_what_still_stands_in_its_way(walked: Walked) -> None:
    row = an_obstacle(walked)
    walked.finish(FIRST)
    for one in walked.road.rows:
        if not one.facts.is_over:
            skip(walked, one.errand.key)
    walked.step(ProxyStep.DELIVERED)
    with pytest.raises(ObstaclesLeft):
        walked.step(ProxyStep.ARCHIVED)
    close(walked, row.id)
    walked.step(ProxyStep.ARCHIVED)
    with pytest.raises(ProjectOver):
        an_obstacle(walked)
    with pytest.raises(ProjectOver):
        actions.reopen(walked.session, row, "示例", walked.agent, walked.here.now())
    with pytest.raises(ProjectOver):
        a_meeting(walked)


def test_a_list_of_what_is_open_has_the_oldest_first_and_only_ones_own(
    here: House, walked: Walked, clock: FixedClock
) -> None:
    session, old = walked.session, an_obstacle(walked)
    clock.at += timedelta(days=20)
    other = begin(here, session, 2)
    young = an_obstacle(other)
    found = obstacles.all_open(session, walked.agent)
    assert [one.obstacle for one in found] == [old, young]
    days = settings(session).old_days
    assert [one.facts.is_old(here.today(), days) for one in found] == [True, False]
    stranger = Actor(clerk(session, "counter1").staff_id, "示例", frozenset({Role.AGENT}))
    assert obstacles.all_open(session, stranger) == []
    with pytest.raises(NotFound):
        obstacles.obstacle(session, other.project, old.id)


def test_minutes_are_numbered_and_say_which_obstacles_they_moved(
    here: House, walked: Walked
) -> None:
    row = an_obstacle(walked)
    first, second = a_meeting(walked, row, row), a_meeting(walked)
    assert (first.number, second.number) == ("企商〔2026〕1号", "企商〔2026〕2号")
    held = meetings.meeting(walked.session, walked.project, first.id)
    assert held.obstacles == (row,)
    assert held.agreed == (Agreed("示例水务站", "改走村道北侧", here.today()),)
    other = begin(here, walked.session, 2)
    with pytest.raises(NotFound):
        a_meeting(other, row)
    with pytest.raises(NotFound):
        meetings.meeting(walked.session, other.project, first.id)


def test_minutes_of_nothing_are_refused(walked: Walked) -> None:
    told = Minutes(walked.here.today(), "", "", ())
    with pytest.raises(Exception, match="参加"):
        meeting_actions.write_minutes(
            walked.session, walked.project, told, walked.agent, walked.here.now()
        )


def test_what_the_town_spent_adds_up_without_what_was_struck(here: House, walked: Walked) -> None:
    session, project = walked.session, walked.project
    a_payment(walked)
    twice = a_payment(walked)
    a_payment(walked, 1_50)
    assert spending.sums(session, [project.id]) == {project.id: 2 * 890_000_00 + 1_50}
    found = spending.payment(session, project, twice.id)
    before = count(session)
    spending_actions.strike(session, found, "示例：记重了", walked.agent, here.now())
    assert count(session) == before + 1
    assert spending.sums(session, [project.id]) == {project.id: 890_000_00 + 1_50}
    struck = [one.row for one in spending.payments(session, project.id) if one.strike]
    assert struck == [twice], "it stays to be read"
    with pytest.raises(sa.exc.DBAPIError), session.begin_nested():
        session.execute(sa.text("DELETE FROM project_spending"))
    other = begin(here, session, 2)
    with pytest.raises(NotFound):
        spending.payment(session, other.project, twice.id)


def test_the_windows_days_are_the_towns(here: House, walked: Walked) -> None:
    director = clerk(walked.session, "director")
    set_numbers(walked.session, Numbers(3, 7, 20, 10, 6), director, here.now())
    known = settings(walked.session)
    walked.session.refresh(known)
    assert (known.obstacle_days, known.old_days) == (3, 7)
    assert (known.mandate_days, known.paper_days, known.least_history) == (20, 10, 6)
    row = an_obstacle(walked)
    assert (row.due_on - here.today()).days == 3
    assert obstacles.facts_of(row).is_old(here.today() + timedelta(days=7), 7)
