"""企业投诉: with days of its own, in the hands of somebody it does not concern."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from desk.cases.queries import people_of
from desk.cases.queries.reach import reach
from desk.cases.records import Case, Countdown
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.stages import Stage
from desk.messages.records import OutboxMessage
from desk.messages.rules.delivery import repeat_key
from desk.reminders.actions import plan, tell
from desk.reminders.queries.morning import Desk, morning
from desk.reminders.queries.nudges import is_still_true
from desk.reminders.records import Nudge
from desk.reminders.rules.morning import Heading
from desk.reminders.rules.nudges import NudgeKind
from desk.rooms import OWN_RULES, texts_in_reach
from desk.windows.enterprise.actions import complaints as actions
from desk.windows.enterprise.actions import projects
from desk.windows.enterprise.actions.complaints import Complained
from desk.windows.enterprise.queries import complaints
from desk.windows.enterprise.queries.projects import own_cases
from desk.windows.enterprise.rules.complaints import (
    AboutWhom,
    ClosedByAnother,
    ComplaintAbout,
    ComplaintUnanswered,
    NobodyToHear,
)
from kernel.access import Actor, Role
from kernel.clock import FixedClock
from kernel.errors import NotFound
from kernel.staff.actions import set_mobile
from kernel.staff.queries import by_username
from kernel.staff.records import Staff
from kernel.web.house import House
from tests.actions.a_leave import go_away, stand_on_the_rota
from tests.actions.a_project import Walked, begin
from tests.builders import clerk, mobile
from tests.pages.happy_obstacles import a_complaint


@pytest.fixture
def walked(here: House) -> Iterator[Walked]:
    """Yield a project whose mandate is signed."""
    with here.writing() as session:
        yield begin(here, session)


def about(walked: Walked, username: str) -> str:
    """Complain of one person; return the number."""
    who = clerk(walked.session, username).staff_id
    return a_complaint(walked, Complained(ComplaintAbout.PERSON, "示例：态度生硬", who))


def seen_by(walked: Walked, actor: Actor) -> list[str]:
    """Return the numbers of the cases of this window somebody meets anywhere."""
    query = sa.select(Case.number).where(Case.window == complaints.WINDOW, own_cases(actor))
    return list(walked.session.scalars(query))


def test_a_complaint_is_a_case_with_the_days_of_the_catalogue_and_what_was_said_is_sealed(
    walked: Walked,
) -> None:
    number, session = a_complaint(walked), walked.session
    head = clerk(session, "head")
    found = complaints.complaint(session, number, head)
    mine = Countdown.case_id == found.case.id
    (running,) = session.scalars(sa.select(Countdown).where(mine, Countdown.ended_at.is_(None)))
    assert (running.kind, running.promised.amount) == (CountdownKind.HANDLING, 10)
    assert found.case.due_on is not None
    assert found.case.handler_id == clerk(session, "director").staff_id
    stored = session.execute(sa.text("SELECT * FROM enterprise_complaint")).one()
    assert "没人来" not in str(stored)
    names = [person.name for _, person in people_of(session, found.case)]
    assert names == [walked.enterprise.name]


def test_whoever_it_is_about_meets_it_nowhere(walked: Walked) -> None:
    session, director = walked.session, clerk(walked.session, "director")
    head, supervisor = clerk(session, "head"), clerk(session, "supervisor")
    number = about(walked, "director")
    assert complaints.complaint(session, number, head).case.handler_id == head.staff_id
    with pytest.raises(NotFound):
        complaints.complaint(session, number, director)
    assert complaints.complaints(session, director, walked.here.now()) == []
    assert seen_by(walked, director) == []
    assert seen_by(walked, supervisor) == seen_by(walked, head) == [number]
    assert seen_by(walked, walked.agent) == seen_by(walked, clerk(session, "leader1")) == []


def test_a_complaint_about_the_window_is_not_heard_by_who_walks_the_enterprises_matters(
    walked: Walked,
) -> None:
    session, director = walked.session, clerk(walked.session, "director")
    told = Complained(ComplaintAbout.WINDOW, "示例：办得慢")
    agents = (walked.project.agent_id, director.staff_id, None)
    projects.give_to(session, walked.project, agents, director, walked.here.now())
    number = a_complaint(walked, told)
    head = clerk(session, "head")
    assert complaints.complaint(session, number, head).case.handler_id == head.staff_id
    for concerned in (director, walked.agent):
        with pytest.raises(NotFound):
            complaints.complaint(session, number, concerned)
    both = Actor(head.staff_id, "示例", frozenset({Role.HEAD, Role.AGENT}))
    with pytest.raises(NotFound):
        complaints.complaint(session, number, both)


def test_it_is_answered_by_one_and_closed_by_another(walked: Walked) -> None:
    session, here = walked.session, walked.here
    number, now, hall = about(walked, "agent"), here.now(), here.hall(session)
    head, director = clerk(session, "head"), clerk(session, "director")
    found = complaints.complaint(session, number, director)
    with pytest.raises(ComplaintUnanswered):
        actions.close(session, found, head, now, hall)
    actions.answer(session, found, "示例：已当面道歉", director, now)
    with pytest.raises(ClosedByAnother):
        actions.close(session, found, director, now, hall)
    actions.close(session, found, head, now, hall)
    assert (found.case.stage, found.row.closed_by_id) == (Stage.COMPLETED, head.staff_id)
    again = complaints.complaint(session, number, head)
    assert (again.words, again.answer) == ("示例：态度生硬", "示例：已当面道歉")
    running = sa.select(Countdown).where(Countdown.case_id == found.case.id)
    assert [one.ended_at for one in session.scalars(running)] == [now]


def test_where_everybody_is_concerned_nobody_hears(walked: Walked) -> None:
    session, number = walked.session, clerk(walked.session, "head").staff_id
    for role in (Role.DIRECTOR, Role.SUPERVISOR):
        for one in session.scalars(sa.select(Staff).where(Staff.roles.any(role=role))):
            one.disabled_at = walked.here.now()
    session.flush()
    told = Complained(ComplaintAbout.PERSON, "示例", number)
    with pytest.raises(NobodyToHear):
        a_complaint(walked, told)
    with pytest.raises(AboutWhom):
        a_complaint(walked, Complained(ComplaintAbout.PERSON, "示例", 9999))


def test_who_oversees_what_is_late_does_not_meet_a_complaint_about_himself(
    walked: Walked, clock: FixedClock
) -> None:
    session, here, number = walked.session, walked.here, about(walked, "head")
    (running,) = session.scalars(sa.select(Countdown))
    clock.at += timedelta(days=15)
    for name, kind in (("head", NudgeKind.DUTY_LEADER), ("supervisor", NudgeKind.WINDOW_HEAD)):
        told = {"countdown_id": running.id, "due_on": running.due_on, "at": here.now()}
        session.add(Nudge(kind=kind, staff_id=clerk(session, name).staff_id, **told))
    session.flush()

    def overseen(name: str) -> list[str]:
        who = clerk(session, name)
        desk = Desk(who, here.now(), here.calendar(session), reach(OWN_RULES, who))
        return [one.number for one in morning(session, desk).get(Heading.OVERSEEN, ())]

    assert (overseen("head"), overseen("supervisor")) == ([], [number])


def told_late(walked: Walked, clock: FixedClock) -> dict[NudgeKind, str]:
    """Let the complaint's day go by, and tell; return who was told what, by user name."""
    session, here = walked.session, walked.here
    clock.at += timedelta(days=15)
    plan(session, here.now(), 50)
    tell(session, here.now(), here.hall(session), 50, OWN_RULES)
    found = session.execute(
        sa.select(Nudge.kind, Staff.username)
        .join(Staff, Staff.id == Nudge.staff_id)
        .where(Nudge.kind.in_((NudgeKind.WINDOW_HEAD, NudgeKind.DUTY_LEADER)))
    )
    return {row[0]: row[1] for row in found}


@pytest.mark.parametrize(
    ("concerned", "head", "leader"),
    [
        ("agent", "director", "head"),  # the director has it in hand, and watches not over himself
        ("director", "head", "supervisor"),
        ("head", "director", "supervisor"),
        ("leader1", "director", "head"),
    ],
)
def test_a_late_complaint_reaches_a_leader_it_does_not_concern(
    walked: Walked, clock: FixedClock, concerned: str, head: str, leader: str
) -> None:
    about(walked, concerned)
    assert told_late(walked, clock) == {
        NudgeKind.WINDOW_HEAD: head,
        NudgeKind.DUTY_LEADER: leader,
    }


@pytest.mark.parametrize("is_away", [True, False])
def test_while_who_hears_a_complaint_is_away_the_next_who_may_hears_of_its_day_in_copy(
    walked: Walked, clock: FixedClock, is_away: bool
) -> None:
    session, here = walked.session, walked.here
    for serial, name in enumerate(("director", "head", "supervisor"), 31):
        row = by_username(session, name)
        assert row is not None
        set_mobile(session, row, f"+86{mobile(serial)}", clerk(session, "admin"), here.now())
    about(walked, "head")
    if is_away:
        go_away(walked, "director", days=30)
    else:
        stand_on_the_rota(walked, "director")
    (running,) = session.scalars(sa.select(Countdown))
    assert running.yellow_on is not None
    clock.at += timedelta(days=(running.yellow_on - here.today()).days)
    plan(session, here.now(), 50)
    tell(session, here.now(), here.hall(session), 50, OWN_RULES)
    keys = list(session.scalars(sa.select(OutboxMessage.key).order_by(OutboxMessage.id)))
    supervisor = clerk(session, "supervisor").staff_id
    copies = [f"{supervisor}"] if is_away else []
    assert [key.partition(":copy")[2] for key in keys] == ["", *copies]
    assert all(is_still_true(session, key, here.now()) for key in keys)


@pytest.mark.parametrize(("concerned", "meets"), [("head", 0), ("agent", 1)])
def test_the_text_of_its_reminder_is_met_by_nobody_it_concerns(
    walked: Walked, clock: FixedClock, concerned: str, meets: int
) -> None:
    session, here = walked.session, walked.here
    row = by_username(session, "director")
    assert row is not None
    set_mobile(session, row, f"+86{mobile(31)}", clerk(session, "admin"), here.now())
    number = about(walked, concerned)
    told_late(walked, clock)
    (text,) = session.scalars(sa.select(OutboxMessage)).all()
    assert number in text.text
    again = repeat_key(text.key, text.uuid)
    for key in (text.key, again):
        met = {
            name: texts_in_reach(session, clerk(session, name), [key])
            for name in ("head", "director", "counter1")
        }
        assert [len(met[name].seen) for name in met] == [meets, 1, 0]
        assert met["director"].kept == {key}
