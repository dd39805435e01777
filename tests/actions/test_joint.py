"""主办与协办: each part has its own days; the whole runs on at the window that leads."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import ending, joint, merging, transfers, verbs
from desk.cases.actions.joint import By
from desk.cases.jobs import note_lights
from desk.cases.queries import joint as parts
from desk.cases.queries.lights import running_reds
from desk.cases.queries.way import legs_of
from desk.cases.records import Approval, Case, JointPart, Leg
from desk.cases.rules.approvals import AlreadyWithdrawn, ApprovalKind, Asked
from desk.cases.rules.intake import Answer
from desk.cases.rules.joint import (
    Answered,
    AskedThere,
    AssisterNeeded,
    BeyondTheWhole,
    Opinion,
    OpinionNeeded,
    OwnWindow,
    PartIsOver,
    PartsUnanswered,
    PartTaken,
    TaskNeeded,
    Wanted,
)
from desk.cases.rules.papers import PaperKind
from desk.cases.rules.results import ReasonNeeded, Result
from desk.cases.rules.stages import Stage
from desk.reminders.actions import plan, tell
from desk.reminders.queries.morning import Desk, morning
from desk.reminders.queries.nudges import told_to
from desk.reminders.rules.morning import Heading
from kernel.clock import FixedClock
from kernel.errors import Refusal
from kernel.staff.queries import by_username
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.actions.a_relay import answered, asked, found, taken_in
from tests.builders import clerk

ASKED = Wanted(Window.ENTERPRISE, "", 3, "请核实企业用地情况")
OUTSIDE = Wanted(None, "示例派出所", 3, "请核实户籍")
SAID = Answered(Opinion.AGREE, "情况属实，同意。", "核查记录1份")


def by(here: House, session: Session, who: str = "counter1") -> By:
    return clerk(session, who), here.now(), here.hall(session)


def ask(here: House, number: str, wanted: Wanted = ASKED) -> int:
    """Ask for a part; return its number."""
    with here.writing() as session:
        part = joint.ask(session, found(session, number), wanted, by(here, session))
        return part.leg_id


def answer(here: House, leg: int, said: Answered = SAID, who: str = "agent") -> None:
    with here.writing() as session:
        part, case_id = session.get_one(JointPart, leg), session.get_one(Leg, leg).case_id
        case = session.get_one(Case, case_id)
        joint.answer(session, case, part, said, by(here, session, who))


def close(here: House, number: str) -> None:
    with here.writing() as session:
        case, actor, hall = found(session, number), clerk(session), here.hall(session)
        verbs.close(session, case, (Result.DONE, ""), actor, here.now(), hall)


def due_on(here: House, number: str) -> date | None:
    with here.reading() as session:
        return found(session, number).due_on


def test_the_whole_runs_on_while_a_part_is_asked_taken_and_answered(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here)
    whole = due_on(here, number)
    leg = ask(here, number)
    with here.writing() as session:
        (one,) = parts.waiting_at(session, [Window.ENTERPRISE])
        assert (one.leg.id, one.case.number, parts.waiting_at(session, [Window.GENERAL])) == (
            leg,
            number,
            [],
        )
        joint.take(session, one.case, one.part, clerk(session, "agent"), here.now())
        with pytest.raises(PartTaken):
            joint.take(session, one.case, one.part, clerk(session, "director"), here.now())
    clock.at += timedelta(days=2)
    answer(here, leg)
    assert due_on(here, number) == whole
    with here.reading() as session:
        case = found(session, number)
        (row,) = legs_of(session, case, here.now(), here.hall(session))
        assert row.part is not None
        assert row.leg is not None
        assert (row.part.opinion, row.leg.papers) == (Opinion.AGREE, "核查记录1份")
        assert row.leg.gave == clerk(session, "agent").name
        assert row.leg.took == clerk(session).name
        assert case.stage is Stage.IN_PROGRESS
        assert parts.number_waiting(session, [Window.ENTERPRISE]) == 0
    with pytest.raises(PartIsOver):
        answer(here, leg)
    close(here, number)


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (Wanted(None, "", 3, "核实"), AssisterNeeded),
        (Wanted(Window.ENTERPRISE, "示例派出所", 3, "核实"), AssisterNeeded),
        (Wanted(Window.GENERAL, "", 3, "核实"), OwnWindow),
        (Wanted(Window.ENTERPRISE, "", 3, ""), TaskNeeded),
        (Wanted(Window.ENTERPRISE, "", 300, "核实"), BeyondTheWhole),
    ],
)
def test_a_part_is_of_one_other_has_a_task_and_lies_within_the_whole(
    here: House, wanted: Wanted, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        ask(here, taken_in(here), wanted)


def test_nobody_is_asked_twice_at_once_and_an_answer_has_words(here: House) -> None:
    number = taken_in(here)
    leg = ask(here, number)
    with pytest.raises(AskedThere):
        ask(here, number)
    with pytest.raises(OpinionNeeded):
        answer(here, leg, Answered(Opinion.AGREE, ""))
    answer(here, leg, Answered(Opinion.NOT_OURS, "应由自然资源部门核实"))
    again = ask(here, number)
    assert again != leg


def test_a_case_is_not_closed_over_a_part_unless_why_is_said(here: House) -> None:
    number = taken_in(here)
    leg = ask(here, number)
    with pytest.raises(PartsUnanswered):
        close(here, number)
    with here.writing() as session:
        case, part = found(session, number), session.get_one(JointPart, leg)
        with pytest.raises(ReasonNeeded):
            joint.let_go(session, case, part, "", clerk(session), here.now())
        joint.let_go(session, case, part, "对方系统停机，已电话核实", clerk(session), here.now())
    close(here, number)
    with here.reading() as session:
        lines = queries.timeline(session, found(session, number), public_only=False)
        assert any("已电话核实" in line.text for line in lines)


def test_a_body_outside_gets_a_letter_and_a_window_none(here: House) -> None:
    number = taken_in(here)
    ask(here, number)
    with here.reading() as session:
        kinds = [one.kind for one in queries.papers_of(session, found(session, number))]
        assert PaperKind.JOINT_REQUEST not in kinds
    leg = ask(here, number, OUTSIDE)
    with here.reading() as session:
        newest = queries.papers_of(session, found(session, number))[0]
        assert newest.kind is PaperKind.JOINT_REQUEST
        assert "请核实户籍" in newest.words
    with here.writing() as session:
        part, case = session.get_one(JointPart, leg), found(session, number)
        said = Answered(Opinion.DONE, "已核实", gave="示例民警")
        joint.answer(session, case, part, said, by(here, session))
        rows = legs_of(session, case, here.now(), here.hall(session))
        assert rows[1].leg is not None
        assert (rows[1].leg.gave, rows[1].leg.papers) == ("示例民警", "无纸质材料")


def test_a_late_part_is_its_own_windows_red_and_the_case_is_in_time(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here)
    ask(here, number)
    clock.at = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)  # Friday; it was due on Thursday
    note_lights(here)
    with here.reading() as session:
        (red,) = running_reds(session, here.now())
        assert (red.holder, red.countdown.red_handler_id) == ("企业服务窗口", None)
        assert (found(session, number).due_on or date.max) > date(2026, 3, 6)


def morning_of(here: House, who: str) -> dict[Heading, int]:
    with here.reading() as session:
        desk = Desk(clerk(session, who), here.now(), here.calendar(session), sa.true())
        return {heading: len(lines) for heading, lines in morning(session, desk).items()}


def test_who_is_asked_is_reminded_and_not_who_leads(here: House, clock: FixedClock) -> None:
    number = taken_in(here)
    leg = ask(here, number)
    assert morning_of(here, "agent")[Heading.ASSIST] == 1
    assert Heading.ASSIST not in morning_of(here, "counter1")
    with here.writing() as session:
        case, part = found(session, number), session.get_one(JointPart, leg)
        joint.take(session, case, part, clerk(session, "agent"), here.now())
    assert Heading.ASSIST not in morning_of(here, "director")
    clock.at = datetime(2026, 3, 5, 1, 30, tzinfo=UTC)  # the day it is due
    with here.writing() as session:
        plan(session, here.now(), 100)
        tell(session, here.now(), here.hall(session), 100)
    with here.reading() as session:
        told = {
            who: len(told_to(session, clerk(session, who).staff_id or 0, here.now()))
            for who in ("agent", "counter1")
        }
    assert told["agent"] >= 1
    assert told["counter1"] == 0


def wait_for_everything(here: House, number: str) -> int:
    """Let a leader, a colleague and another window be asked about a case."""
    leg = ask(here, number)
    with here.writing() as session:
        case = found(session, number)
        what = Asked(ApprovalKind.EXTENSION, "要到县里核实", days=5)
        request = asked(here, session, case, what).id
        to = by_username(session, "counter2")
        assert to is not None
        transfers.ask(session, case, to, "休假", clerk(session), here.now())
    assert leg
    return request


def test_what_waited_on_a_case_ends_with_it_and_goes_on_with_it(
    here: House, clock: FixedClock
) -> None:
    earlier, number = taken_in(here), taken_in(here)
    request = wait_for_everything(here, number)
    clock.at += timedelta(hours=1)
    with here.writing() as session:
        case = found(session, number)
        merging.merge(session, case, found(session, earlier), "重复", clerk(session), here.now())
    with here.writing() as session:
        approval = session.get_one(Approval, request)
        assert approval.withdrawn_at == here.now()
        assert transfers.waiting(session, found(session, number)) is None
        assert parts.number_waiting(session, [Window.ENTERPRISE]) == 0
        with pytest.raises(AlreadyWithdrawn):
            answered(here, session, approval, "head")
    with here.writing() as session:
        case, calendar = found(session, number), here.calendar(session)
        merging.undo(session, case, clerk(session), here.now(), calendar)
        assert parts.number_waiting(session, [Window.ENTERPRISE]) == 1
        assert session.get_one(Approval, request).withdrawn_at is None


@pytest.mark.parametrize("stage", [Stage.COMPLETED, Stage.WITHDRAWN, Stage.RETURNED])
def test_whatever_the_end_nobody_is_asked_any_more(here: House, stage: Stage) -> None:
    number = taken_in(here)
    request = wait_for_everything(here, number)
    with here.writing() as session:
        ending.end(session, found(session, number), stage, here.now())
        assert session.get_one(Approval, request).withdrawn_at == here.now()
        assert parts.number_waiting(session, list(Window)) == 0


def test_papers_still_to_be_answered_may_be_assisted_too(here: House) -> None:
    number = taken_in(here, answer=Answer.RECEIVE)
    ask(here, number, Wanted(Window.ENTERPRISE, "", 2, "请看是否归你处受理"))
    with here.reading() as session:
        assert parts.number_waiting(session, [Window.ENTERPRISE]) == 1
