"""项目现状: what is kept is what reckoning anew finds, or is known to be old."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from desk.cases.actions import holds, verbs
from desk.cases.actions.verbs import Acceptance
from desk.cases.records import Case
from desk.cases.rules.holds import Ended
from desk.cases.rules.stages import Stage
from desk.windows.enterprise.actions import enterprises, obstacles, projects, standings
from desk.windows.enterprise.actions.obstacles import Raised
from desk.windows.enterprise.jobs import keep_standings
from desk.windows.enterprise.queries import board, carrying, history, leaders
from desk.windows.enterprise.queries import standings as kept
from desk.windows.enterprise.queries.enterprises import papers
from desk.windows.enterprise.queries.projects import errand
from desk.windows.enterprise.records import Project, ProjectErrand
from desk.windows.enterprise.rules.obstacles import ObstacleKind
from desk.windows.enterprise.rules.projects import ProxyStep
from desk.windows.enterprise.rules.trips import Trips, trips
from kernel.clock import FixedClock
from kernel.editions import Edition, raise_edition
from kernel.web.house import House
from tests.actions.a_project import Walked, begin
from tests.actions.a_relay import a_hold, answered, asked
from tests.builders import clerk

FIRST, SECOND = "QY-001", "QY-003"


@pytest.fixture
def walked(here: House) -> Iterator[Walked]:
    """Yield a project whose mandate is signed, and how it stands is kept."""
    with here.writing() as session:
        found = begin(here, session)
        keep(found)
        yield found


def keep(walked: Walked) -> None:
    here, session = walked.here, walked.session
    standings.keep(session, [walked.project.id], here.now(), here.calendar(session))


def is_old(walked: Walked) -> bool:
    return kept.old_ones(walked.session, None, walked.here.today()) == [walked.project.id]


def shown(walked: Walked) -> tuple[object, object]:
    """Return what a board shows of the project, and what lies ready."""
    here, session = walked.here, walked.session
    found = board.board(session, walked.agent, here.now(), here.calendar(session))
    return found.lines, [(one.bureau, one.count, one.named) for one in found.trips]


def live(walked: Walked) -> tuple[object, object]:
    """Return the same, reckoned anew."""
    road = walked.road
    return [board.line(road)], [
        (one.bureau, one.count, one.named)
        for one in carrying.trips(walked.session, walked.agent, [road])
    ]


def agrees(walked: Walked) -> bool:
    """Say whether a board shows what reckoning anew finds: at once, and when it is kept."""
    at_once = shown(walked) == live(walked)
    keep(walked)
    return at_once and shown(walked) == live(walked) and not is_old(walked)


def test_a_board_shows_what_reckoning_anew_finds_after_every_button(
    walked: Walked, clock: FixedClock
) -> None:
    here, session, agent = walked.here, walked.session, walked.agent
    assert agrees(walked)
    walked.keep_all(FIRST)
    assert is_old(walked), "what was missing is there"
    assert agrees(walked)
    case = walked.file(FIRST)
    assert is_old(walked)
    assert agrees(walked)
    verbs.accept(session, case, Acceptance(), agent, here.now(), here.hall(session))
    assert is_old(walked)
    assert agrees(walked)
    clock.at += timedelta(days=1)
    assert is_old(walked), "another day"
    assert agrees(walked)
    walked.end(case)
    assert agrees(walked)
    for reason in ("示例：不涉及", ""):
        row = errand(session, walked.project, SECOND)
        projects.leave_out(session, walked.road, row, reason, agent, here.now())
        assert is_old(walked)
        assert agrees(walked)
    paper = papers(session, walked.enterprise.id)[0]
    enterprises.remove_paper(session, walked.enterprise, paper, agent, here.now())
    assert is_old(walked)
    assert agrees(walked)


def test_a_hold_and_its_end_are_seen(walked: Walked, clock: FixedClock) -> None:
    here, session, agent = walked.here, walked.session, walked.agent
    walked.keep_all(FIRST)
    case = walked.file(FIRST)
    verbs.accept(session, case, Acceptance(), agent, here.now(), here.hall(session))
    keep(walked)
    for name in ("检验", "鉴定"):
        wish = a_hold(session, here.today() + timedelta(days=9), name)
        answered(here, session, asked(here, session, case, wish), "head")
        assert is_old(walked), "a second hold beside the first, too"
        assert agrees(walked)
    clock.at += timedelta(days=2)
    keep(walked)
    for hold in holds.open_holds(session, case):
        ended = Ended(here.today(), "示例")
        holds.end(session, case, hold, ended, (agent, here.now(), here.hall(session)))
        assert is_old(walked)
        assert agrees(walked)


def test_an_obstacle_that_blocks_an_errand_is_seen_and_so_is_its_end(walked: Walked) -> None:
    here, session, agent = walked.here, walked.session, walked.agent
    walked.keep_all(FIRST)
    keep(walked)
    told = Raised(ObstacleKind.WATER, "示例：水没接", FIRST)
    found = obstacles.raise_obstacle(
        session, walked.project, told, agent, here.now(), here.hall(session)
    )
    assert is_old(walked)
    assert agrees(walked)
    assert shown(walked)[1] == [], "what is blocked lies nowhere ready"
    obstacles.close(session, found, "示例：接通了", agent, here.now())
    assert is_old(walked)
    assert agrees(walked)


def test_leaders_read_slips_trips_spending_and_ratings(walked: Walked) -> None:
    here, session = walked.here, walked.session
    walked.finish(FIRST)
    director, today = clerk(session, "director"), here.today()
    calendar = here.calendar(session)
    stands = leaders.stands(session, director, here.now(), calendar)
    assert [(one.line.id, one.days_late) for one in stands] == [(walked.project.id, 0)]
    carried = leaders.carried(session, director, today, today)
    assert trips(carried) == Trips(1, 1)
    ids = [walked.project.id]
    assert leaders.spent_in(session, ids, today, today) == {}
    assert leaders.ratings(session, director) == {}
    assert history.paces(session, [FIRST], here.now(), calendar) == {}, "one is too few"


@pytest.mark.parametrize("edition", [Edition.CALENDAR, Edition.CATALOGUE])
def test_another_calendar_or_catalogue_makes_it_old(walked: Walked, edition: Edition) -> None:
    assert not is_old(walked)
    raise_edition(walked.session, edition)
    assert is_old(walked)


def test_the_check_would_notice_a_change_without_a_mark(walked: Walked) -> None:
    """The control: a case changed behind everybody's back."""
    walked.keep_all(FIRST)
    case = walked.file(FIRST)
    keep(walked)
    done = {"stage": Stage.COMPLETED, "closed_at": walked.here.now()}
    walked.session.execute(sa.update(Case).where(Case.id == case.id).values(**done))
    walked.session.expire_all()
    assert not is_old(walked)
    assert shown(walked) != live(walked)


def test_the_scheduler_keeps_up_and_rests_when_nothing_changed(
    here: House, clock: FixedClock
) -> None:
    with here.writing() as session:
        for serial in (1, 2, 3):
            begin(here, session, serial)
    assert keep_standings(here) == 3
    assert keep_standings(here) == 0
    clock.at += timedelta(days=1)
    assert keep_standings(here) == 3


def test_what_is_in_the_archive_lies_nowhere_ready(walked: Walked) -> None:
    walked.finish(FIRST)
    walked.keep_all(SECOND)
    keep(walked)
    ready = sa.select(sa.func.count()).where(ProjectErrand.carry_to != "")
    assert walked.session.scalar(ready)
    for row in walked.road.rows:
        if not row.facts.is_over:
            one = errand(walked.session, walked.project, row.errand.key)
            now = walked.here.now()
            projects.leave_out(walked.session, walked.road, one, "示例", walked.agent, now)
    for step in (ProxyStep.DELIVERED, ProxyStep.ARCHIVED):
        walked.step(step)
    assert shown(walked) == ([], [])
    assert walked.session.get_one(Project, walked.project.id).archived_at


def test_a_page_of_the_board_goes_on_where_the_one_before_ended(
    here: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "PAGE", 2)
    with here.writing() as session:
        found = [begin(here, session, serial) for serial in (1, 2, 3)]
        agent, calendar = found[0].agent, here.calendar(session)
        first = board.board(session, agent, here.now(), calendar)
        assert [one.id for one in first.lines] == [found[0].project.id, found[1].project.id]
        assert first.after == found[1].project.id
        rest = board.board(session, agent, here.now(), calendar, first.after)
        assert ([one.id for one in rest.lines], rest.after) == ([found[2].project.id], None)
