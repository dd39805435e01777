"""到期提醒: what ends soon is told once to agent and consenting contact, unless it was renewed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from desk.messages.records import OutboxMessage
from desk.messages.rules.kinds import MessageKind
from desk.windows.enterprise.actions import enterprises, mandates
from desk.windows.enterprise.actions.enterprises import Named
from desk.windows.enterprise.jobs import tell_what_ends
from desk.windows.enterprise.queries.endings import is_still_ending, near
from desk.windows.enterprise.records import Project
from desk.windows.enterprise.rules.endings import Ending, is_near, key_of, read_key
from desk.windows.enterprise.rules.mandates import MandateFacts, MandateWay
from kernel.access import Actor, Role
from kernel.clock import FixedClock
from kernel.house_session import vault_of
from kernel.staff.actions import set_mobile
from kernel.staff.queries import by_username, everyone, mobile_place
from kernel.web.house import House
from tests.actions.a_leave import go_away, stand_on_the_rota
from tests.actions.a_project import Walked, begin
from tests.builders import clerk, mobile

DAY = timedelta(days=1)


@pytest.fixture
def walked(here: House) -> Iterator[Walked]:
    """Yield a project with a mandate of 40 days, an agent with a phone, a contact who agreed."""
    with here.writing() as session:
        one = begin(here, session, is_ready=False)
        agent = by_username(session, "agent")
        assert agent is not None
        place = mobile_place(agent)
        agent.mobile_sealed = vault_of(session).town.seal(f"+86{mobile(81)}", place)
        named = Named("示例会计", f"+86{mobile(82)}", "", agrees=True)
        enterprises.add_contact(session, one.enterprise, named, one.agent, here.now())
        one.mandate(_of(one, 40))
    yield one


def _of(walked: Walked, days: int) -> MandateFacts:
    today = walked.here.today()
    return MandateFacts(MandateWay.WHOLE, (), today, today + days * DAY)


def keys(here: House) -> list[str]:
    """Return under which keys something was promised."""
    with here.reading() as session:
        query = sa.select(OutboxMessage.key).where(OutboxMessage.kind == MessageKind.ENDING)
        return sorted(session.scalars(query))


def test_a_mandate_that_ends_soon_is_told_once_to_agent_and_consenting_contact(
    here: House, walked: Walked, clock: FixedClock
) -> None:
    clock.at += 9 * DAY
    assert tell_what_ends(here) == 0, "thirty days before, not earlier"
    clock.at += DAY
    assert tell_what_ends(here) == 2, "the director of the firm did not agree to texts"
    found = keys(here)
    assert [key.split(":")[3].rstrip("0123456789") for key in found] == ["contact", "staff"]
    clock.at += DAY
    assert tell_what_ends(here) == 0
    assert keys(here) == found


def phoned(walked: Walked) -> set[str]:
    """Return who of the staff was promised a text, by user name."""
    with walked.here.reading() as session:
        staff = {one.id: one.username for one in everyone(session)}
    return {staff[int(key.rpartition("staff")[2])] for key in keys(walked.here) if "staff" in key}


@pytest.mark.parametrize(
    ("agent", "deputy", "told"),
    [
        ("here", "here", {"agent"}),
        ("away", "here", {"agent", "counter2"}),
        ("unknown", "here", {"agent", "counter2"}),
        ("away", "away", {"agent", "counter2", "director"}),
    ],
)
@pytest.mark.parametrize("what", ["mandate", "paper"])
def test_while_the_agent_may_be_away_the_deputy_is_told_too(
    here: House,
    walked: Walked,
    clock: FixedClock,
    what: str,
    agent: str,
    deputy: str,
    told: set[str],
) -> None:
    with here.writing() as session:
        one = replace(walked, session=session)
        project = session.get_one(Project, walked.project.id)
        project.deputy_id = clerk(session, "counter2").staff_id
        for serial, name in ((83, "counter2"), (84, "director")):
            staff = by_username(session, name)
            assert staff is not None
            set_mobile(session, staff, f"+86{mobile(serial)}", clerk(session, "admin"), here.now())
        for name, place in (("agent", agent), ("counter2", deputy)):
            if place != "unknown":
                stand_on_the_rota(one, name)
            if place == "away":
                go_away(one, name, days=60)
        if what == "paper":
            one.keep("示例甲证", 20)
    if what == "mandate":
        clock.at += 10 * DAY
    assert tell_what_ends(here) == 1 + len(told)
    assert phoned(walked) == told


def test_what_was_renewed_is_not_told_and_a_text_that_waits_is_dropped(
    here: House, walked: Walked, clock: FixedClock
) -> None:
    clock.at += 10 * DAY
    assert tell_what_ends(here) == 2
    key = keys(here)[0]
    with here.writing() as session:
        assert is_still_ending(session, key, here.now())
        young = mandates.draw_up(
            session, walked.project, _of(walked, 365), walked.agent, here.now()
        )
        assert is_still_ending(session, key, here.now()), "a printed one stands for nothing"
        young.signed_on = here.today()
        session.flush()
        assert not is_still_ending(session, key, here.now())


def test_papers_that_run_out_are_told_in_one_text_unless_a_newer_one_lies_there(
    here: House, walked: Walked
) -> None:
    with here.writing() as session:
        one = Walked(here, session, walked.enterprise, walked.project, walked.agent)
        for name, days in (("示例甲证", 20), ("示例乙证", 10), ("示例丙证", 5), ("示例丁证", 90)):
            one.keep(name, days)
        one.keep("示例丙证", 400)
    assert tell_what_ends(here) == 2
    assert all(key.startswith("ending:paper:") for key in keys(here))
    assert tell_what_ends(here) == 0
    with here.reading() as session:
        found = near(session, walked.agent, here.today())
        assert [(one.what, one.name) for one in found] == [
            (Ending.PAPER, "示例乙证"),
            (Ending.PAPER, "示例甲证"),
        ]
        stranger = Actor(clerk(session, "counter1").staff_id, "示例", frozenset({Role.AGENT}))
        assert near(session, stranger, here.today()) == []


def test_what_has_ended_is_told_no_more(here: House, walked: Walked, clock: FixedClock) -> None:
    clock.at += 41 * DAY
    assert tell_what_ends(here) == 0
    today = here.today()
    assert [is_near(today + days * DAY, today, 30) for days in (-1, 0, 30, 31)] == [
        *(False, True, True, False)
    ]
    assert read_key(key_of(Ending.PAPER, 7, "staff3")) == (Ending.PAPER, 7)
