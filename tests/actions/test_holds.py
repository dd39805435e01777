"""特别程序与延长: what stops and lengthens the count, in golden days, and who is told."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import holds
from desk.cases.records import Approval, Case, CaseHold, Countdown
from desk.cases.rules.approvals import ApprovalKind, Asked
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.extensions import (
    AlreadyExtended,
    ExtensionOutOfRange,
    TooLateToExtend,
)
from desk.cases.rules.holds import (
    EarlierEndNeedsReason,
    Ended,
    EndOutOfRange,
    ExpectedEndNeeded,
    HoldIsOpen,
    HoldIsOver,
    NoSuchHoldType,
)
from desk.cases.rules.papers import PaperKind
from desk.cases.rules.stages import Stage
from desk.messages.records import OutboxMessage
from kernel.clock import FixedClock
from kernel.web.house import House
from tests.actions.a_relay import a_hold, answered, asked, found, granted, held, taken_in
from tests.builders import clerk

EXTENSION = Asked(ApprovalKind.EXTENSION, "要到县里核实", days=3)


def march(day: int) -> datetime:
    """Return half past nine in the township."""
    return datetime(2026, 3, day, 1, 30, tzinfo=UTC)


def end(here: House, number: str, on: date, reason: str = "", place: int = 0) -> None:
    """End a hold of a case."""
    with here.writing() as session:
        case = found(session, number)
        mine = sa.select(CaseHold).where(CaseHold.case_id == case.id).order_by(CaseHold.id)
        hold = session.scalars(mine).all()[place]
        asked_by = (clerk(session), here.now(), here.hall(session))
        holds.end(session, case, hold, Ended(on, reason), asked_by)


def due_on(here: House, number: str) -> date | None:
    with here.reading() as session:
        return found(session, number).due_on


def texts(here: House) -> list[str]:
    with here.reading() as session:
        return list(session.scalars(sa.select(OutboxMessage.text).order_by(OutboxMessage.id)))


def handling(session: Session, case: Case) -> Countdown:
    query = sa.select(Countdown).where(Countdown.case_id == case.id)
    return next(one for one in session.scalars(query) if one.kind is CountdownKind.HANDLING)


def test_a_hold_of_three_working_days_moves_the_due_day_by_three(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here)  # Monday 2 March, ten working days
    assert due_on(here, number) == date(2026, 3, 16)
    clock.at = march(3)
    held(here, number, date(2026, 3, 10))
    with here.reading() as session:
        case = found(session, number)
        assert case.stage is Stage.ON_HOLD
        newest = queries.papers_of(session, case)[0]
        assert newest.kind is PaperKind.HOLD_NOTICE
    clock.at = march(6)
    end(here, number, date(2026, 3, 6))
    assert due_on(here, number) == date(2026, 3, 19)
    with here.reading() as session:
        case = found(session, number)
        assert case.stage is Stage.IN_PROGRESS
        public = [line.text for line in queries.timeline(session, case, public_only=True)]
    assert "特别程序（检验）" in public[1]
    assert "3月19日" in public[2]
    told = texts(here)
    assert "特别程序" in told[1]
    assert "现在最迟3月19日办结" in told[2]


def test_an_earlier_end_needs_its_ground_and_lies_between_notice_and_today(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here)
    clock.at = march(3)
    held(here, number, date(2026, 3, 10))
    clock.at = march(6)
    with pytest.raises(EarlierEndNeedsReason):
        end(here, number, date(2026, 3, 5))
    for day in (date(2026, 3, 2), date(2026, 3, 7)):
        with pytest.raises(EndOutOfRange):
            end(here, number, day, "报告")
    end(here, number, date(2026, 3, 3), "当天就出了报告")
    assert due_on(here, number) == date(2026, 3, 16)
    with pytest.raises(HoldIsOver):
        end(here, number, date(2026, 3, 6))


def test_overlapping_holds_count_once_and_the_last_one_to_end_starts_the_count(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here)
    clock.at = march(3)
    held(here, number, date(2026, 3, 10))
    clock.at = march(4)
    held(here, number, date(2026, 3, 10), "鉴定")
    clock.at = march(6)
    end(here, number, date(2026, 3, 6))
    with here.reading() as session:
        assert found(session, number).stage is Stage.ON_HOLD
    clock.at = march(9)
    end(here, number, date(2026, 3, 9), place=1)
    with here.reading() as session:
        assert found(session, number).stage is Stage.IN_PROGRESS
    # 4, 5, 6 and 9 March do not count, each once
    assert due_on(here, number) == date(2026, 3, 20)


def test_a_hold_that_nobody_ends_stops_at_its_cap(here: House, clock: FixedClock) -> None:
    number = taken_in(here)
    clock.at = march(3)
    held(here, number, date(2026, 3, 10), "公示")
    # capped at ten working days, 4 to 17 March; nine are left to count
    assert due_on(here, number) == date(2026, 3, 30)
    clock.at = march(27)
    end(here, number, date(2026, 3, 27))
    assert due_on(here, number) == date(2026, 3, 30)


def test_what_is_asked_about_a_hold_is_refused_in_words(here: House) -> None:
    number = taken_in(here)
    with here.writing() as session:
        case = found(session, number)
        with pytest.raises(ExpectedEndNeeded):
            asked(here, session, case, a_hold(session, date(2026, 3, 2)))
        with pytest.raises(NoSuchHoldType):
            unknown = Asked(ApprovalKind.HOLD, "送检", None, 999, date(2026, 3, 9))
            asked(here, session, case, unknown)
    held(here, number, date(2026, 3, 10))
    with here.writing() as session, pytest.raises(HoldIsOpen):
        asked(here, session, found(session, number), a_hold(session, date(2026, 3, 12)))


def test_a_hold_recolours_nothing(here: House, clock: FixedClock) -> None:
    number = taken_in(here)
    clock.at = march(18)  # due on the 16th: red since midnight
    held(here, number, date(2026, 3, 27))
    with here.reading() as session:
        mine = handling(session, found(session, number))
        assert mine.red_at == datetime(2026, 3, 16, 16, tzinfo=UTC)
    end(here, number, date(2026, 3, 18))
    with here.reading() as session:
        mine = handling(session, found(session, number))
        assert mine.red_at == datetime(2026, 3, 16, 16, tzinfo=UTC)


def test_an_extension_moves_the_day_once_and_the_applicant_is_told_why(here: House) -> None:
    number = taken_in(here)
    granted(here, number, EXTENSION)
    assert due_on(here, number) == date(2026, 3, 19)
    with here.reading() as session:
        case = found(session, number)
        public = [line.text for line in queries.timeline(session, case, public_only=True)]
        papers = [paper.kind for paper in queries.papers_of(session, case)]
    assert "要到县里核实" in public[-1]
    assert PaperKind.EXTENSION_NOTICE in papers
    assert "现在最迟3月19日办结" in texts(here)[-1]
    with pytest.raises(AlreadyExtended):
        granted(here, number, EXTENSION)


@pytest.mark.parametrize("days", [None, 0, 11])
def test_an_extension_keeps_within_its_most(here: House, days: int | None) -> None:
    number = taken_in(here)
    with pytest.raises(ExtensionOutOfRange):
        granted(here, number, Asked(ApprovalKind.EXTENSION, "核实", days=days))


def test_an_extension_is_asked_and_decided_by_the_due_day(here: House, clock: FixedClock) -> None:
    number, other = taken_in(here), taken_in(here)
    clock.at = march(16)
    granted(here, number, EXTENSION)
    with here.writing() as session:
        waiting = asked(here, session, found(session, other), EXTENSION).id
    clock.at = march(17)
    with here.writing() as session, pytest.raises(TooLateToExtend):
        answered(here, session, session.get_one(Approval, waiting), "head")
