"""House rule: every stored day is what its facts say, whatever was done to its case.

The house is grown through every button there is; then all days are derived anew.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app import create_app
from desk.cases.actions.recounting import disagreements
from desk.cases.records import Case, CaseHold, Countdown, Extension
from desk.cases.rules.approvals import ApprovalKind, Asked
from desk.cases.rules.countdowns import CountdownKind
from kernel.clock import FixedClock, town_day
from kernel.web.house import House
from tests.actions.a_relay import granted, held, taken_in
from tests.actions.test_holds import end
from tests.pages.happy_paths import HAPPY, Hall

pytestmark = pytest.mark.parametrize("kind", ["sqlite"])
#: presses that move no case, or put the clock where no later press can stand
ELSEWHERE = ("cases.", "general_window.", "adviser.")


def grow(here: House, clock: FixedClock) -> None:
    """Press every button that concerns cases; hold, extend and hold again over days."""
    hall = Hall(here, create_app(here), clock)
    number = taken_in(here)
    for name, press in HAPPY.items():
        if name.startswith(ELSEWHERE) and name != "cases.let_go":
            press(hall)
    until_on = town_day(here.now()) + timedelta(days=9)
    held(here, number, until_on)
    clock.at += timedelta(days=2)
    held(here, number, until_on, "鉴定")
    granted(here, number, Asked(ApprovalKind.EXTENSION, "要到县里核实", days=7))
    clock.at += timedelta(days=3)
    end(here, number, town_day(here.now()))
    clock.at += timedelta(days=30)
    hall.browsers.clear()  # every session has ended by now
    HAPPY["general_window.close"](hall)


def found_wrong(here: House) -> list[str]:
    with here.reading() as session:
        return disagreements(session, here.calendar(session))


def test_every_stored_day_is_what_its_facts_say(here: House, clock: FixedClock) -> None:
    grow(here, clock)
    with here.reading() as session:
        kinds = set(session.scalars(sa.select(Countdown.kind)))
        assert kinds >= {CountdownKind.HANDLING, CountdownKind.CARRY, CountdownKind.DELIVERY}
        assert session.scalar(sa.select(sa.func.count()).select_from(CaseHold))
        assert session.scalar(sa.select(sa.func.count()).select_from(Extension))
    assert found_wrong(here) == []


def a_day_more(session: Session) -> None:
    countdown = session.scalars(sa.select(Countdown).where(Countdown.due_on.is_not(None))).first()
    assert countdown is not None
    assert countdown.due_on is not None
    countdown.due_on += timedelta(days=1)


def a_hold_that_nobody_counted(session: Session) -> None:
    case = session.scalars(sa.select(Case)).first()
    assert case is not None
    on = town_day(case.received_at)
    hold = CaseHold(
        case_id=case.id,
        hold_type_id=1,
        noticed_on=on,
        expected_end_on=on + timedelta(days=5),
        ended_on=on + timedelta(days=5),
        cap_days=None,
        reason="示例",
        approved_by_id=case.handler_id,
        approved_at=case.received_at,
    )
    session.add(hold)


def a_case_that_shows_another_day(session: Session) -> None:
    case = session.scalars(sa.select(Case).where(Case.due_on.is_not(None))).first()
    assert case is not None
    case.due_on = None


@pytest.mark.parametrize(
    "spoil", [a_day_more, a_hold_that_nobody_counted, a_case_that_shows_another_day]
)
def test_a_day_that_drifted_would_be_noticed(here: House, spoil: Callable[[Session], None]) -> None:
    """The control: spoilt by hand, it is found."""
    taken_in(here)
    assert found_wrong(here) == []
    with here.writing() as session:
        spoil(session)
    assert found_wrong(here) != []
