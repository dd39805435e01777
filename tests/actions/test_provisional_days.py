"""暂定: a day beyond the last notice bears its doubt wherever somebody reads it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import deliveries, holds, legs, redating, reopening, verbs
from desk.cases.queries.papers import contents_of
from desk.cases.records import Case, CaseHold
from desk.cases.rules.approvals import ApprovalKind, Asked
from desk.cases.rules.delivery import Manner, Taker
from desk.cases.rules.holds import Ended
from desk.cases.rules.intake import Answer
from desk.cases.rules.legs import LegKind, NewLeg
from desk.cases.rules.papers_contents import kept_text
from desk.cases.rules.redating import PutRight
from desk.cases.rules.results import Result
from desk.messages.records import OutboxMessage
from kernel.clock import FixedClock
from kernel.web.house import House
from tests.actions.a_relay import found, granted, held, taken_in
from tests.builders import CARRIED, HERE, Visitor, clerk

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
Act = Callable[[House, Session, Case], None]
Visit = Callable[[str], Visitor]
CERTAIN = re.compile(r"(?:2027年|(?<!\d)1月)\d+[月日](?![^。，；\x1e]{0,40}（暂定)")
EXTENSION = Asked(ApprovalKind.EXTENSION, "要到县里核实", days=3)


@pytest.fixture
def december(clock: FixedClock) -> FixedClock:
    """Return the clock on a day whose promises end in a year without a notice."""
    clock.at = datetime(2026, 12, 28, 1, 30, tzinfo=UTC)
    return clock


def act(here: House, number: str, work: Act) -> None:
    with here.writing() as session:
        work(here, session, found(session, number))


def a_leg(here: House, session: Session, case: Case) -> None:
    leg = NewLeg(LegKind.ASSIST, "示例县民政局", "示例乡", 5)
    legs.begin(session, case, leg, clerk(session), here.now(), here.hall(session))


def a_late_result(here: House, session: Session, case: Case) -> None:
    now, hall = here.now(), here.hall(session)
    verbs.close(session, case, (Result.GRANTED, "符合条件"), clerk(session), now, hall)
    deliveries.arrange(session, case, (Manner.MAKING, Taker("")), clerk(session), now, hall)


def a_day_put_right(here: House, session: Session, case: Case) -> None:
    right = PutRight(HERE, date(2026, 12, 28), "登记时选错了")
    hall = here.hall(session)
    redating.put_right(session, case, right, clerk(session), here.now(), hall)


def a_hold_ended(here: House, session: Session, case: Case) -> None:
    hold = session.scalars(sa.select(CaseHold).where(CaseHold.case_id == case.id)).one()
    asked = (clerk(session), here.now(), here.hall(session))
    holds.end(session, case, hold, Ended(date(2026, 12, 29), "检验报告已出"), asked)


def taken_up_again(here: House, session: Session, case: Case) -> None:
    reopening.reopen(session, case, "还要办", clerk(session), here.now(), here.hall(session))


def everything_happens(here: House, clock: FixedClock) -> list[str]:
    """Let each verb that names a day act on a case of its own; return their numbers."""
    plain = [taken_in(here), taken_in(here, CARRIED, Answer.CARRY)]
    plain += [taken_in(here, HERE, one) for one in (Answer.RECEIVE, Answer.NOTICE)]
    plain.append(taken_in(here, HERE, Answer.ACCEPT_OWING))
    extended, assisted, made = (taken_in(here) for _ in range(3))
    granted(here, extended, EXTENSION)
    act(here, assisted, a_leg)
    act(here, made, a_late_result)
    stopped, wrong = taken_in(here), taken_in(here)
    held(here, stopped, date(2026, 12, 30))
    clock.at += timedelta(days=1)
    act(here, stopped, a_hold_ended)
    granted(here, wrong, Asked(ApprovalKind.REDATING, "登记错了"))
    clock.at -= timedelta(hours=1)
    granted(here, made, Asked(ApprovalKind.REOPENING, "还要办"))
    act(here, made, taken_up_again)
    return [*plain, extended, assisted, made, stopped, wrong]


def read(here: House, numbers: list[str]) -> list[str]:
    """Return every line, paper and text about these cases."""
    said: list[str] = []
    with here.reading() as session:
        for number in numbers:
            case = found(session, number)
            said += [line.text for line in queries.timeline(session, case, public_only=False)]
            papers = queries.papers_of(session, case)
            said += [kept_text(contents_of(session, case, one)) for one in papers]
        said += session.scalars(sa.select(OutboxMessage.text))
    return said


def test_every_line_paper_and_text_marks_a_day_beyond_the_last_notice(
    here: House, december: FixedClock
) -> None:
    said = read(here, everything_happens(here, december))
    naming = [words for words in said if re.search(r"2027年|(?<!\d)1月\d+日", words)]
    assert len(naming) > 20, "control: days beyond the notice are named at all"
    assert [words for words in naming if CERTAIN.search(words)] == []


def test_every_page_marks_it_too(here: House, december: FixedClock, visit: Visit) -> None:
    numbers = everything_happens(here, december)
    browser = visit("counter1")
    pages = ["/windows/general/", "/board/cases", "/today", "/cases/transfers"]
    pages += [f"/windows/general/cases/{number}" for number in numbers]
    for page in pages:
        text = re.sub(r"<[^>]+>", "", browser.open(page).text)
        assert CERTAIN.search(text) is None, (page, CERTAIN.search(text))
    assert "（暂定）" in browser.open("/windows/general/").text, "control"
