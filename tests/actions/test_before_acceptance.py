"""受理之前的动作: examined, noticed once, owed on a pledge, turned down, given back, deemed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import approvals, pledging, silence, turning_down, verbs
from desk.cases.actions.countdowns import settings
from desk.cases.actions.examining import Found, examine, note_papers
from desk.cases.jobs import accept_what_was_not_answered
from desk.cases.records import Approval, Case, Countdown
from desk.cases.rules.approvals import ApprovalKind, Asked
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.declining import Declined, DeclineReasonNeeded, Ground, RightBodyNeeded
from desk.cases.rules.examining import NothingNew, NowComplete, SecondNotice
from desk.cases.rules.intake import Answer, Brought, MaterialState
from desk.cases.rules.papers import PaperKind
from desk.cases.rules.pledges import AlreadySigned, NothingBrought, NotYetUnkept, PapersOwed
from desk.cases.rules.results import ReasonNeeded, Result
from desk.cases.rules.silence import AlreadyTold
from desk.cases.rules.stages import AcceptedAlready, MoveNotAllowed, Stage
from desk.messages.records import OutboxMessage
from kernel.clock import FixedClock, town_day
from kernel.errors import Refusal
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.builders import CARRIED, HERE, a_case, clerk, intake

PERMIT = "BM-052"
#: 2026-03-02 is a Monday: five working days end on the next one
MONDAY, ANSWER_BY = date(2026, 3, 2), date(2026, 3, 9)
Act = Callable[[Session, Case], object]


def taken_in(
    here: House, answer: Answer = Answer.RECEIVE, code: str = HERE, lacking: int = 0
) -> str:
    """Register a case with its first `lacking` papers missing (owed, where that is the answer)."""
    state = MaterialState.OWED if answer is Answer.ACCEPT_OWING else MaterialState.MISSING
    with here.writing() as session:
        taken = intake(session, code, Answer.RECEIVE)
        papers = pile(taken.materials, lacking, state)
        taken = replace(taken, answer=answer, materials=papers)
        return a_case(here, session, here.now(), taken).number


def pile(
    papers: object, lacking: int = 0, state: MaterialState = MaterialState.MISSING
) -> list[Brought]:
    assert isinstance(papers, list)
    return [
        Brought(one.name, one.copies, state if place < lacking else MaterialState.BROUGHT)
        for place, one in enumerate(papers)
    ]


def case_of(session: Session, number: str) -> Case:
    return queries.at_window(session, Window.GENERAL, number)


def do(here: House, number: str, act: Act) -> None:
    with here.writing() as session:
        act(session, case_of(session, number))


def answer(here: House, number: str, given: Answer, lacking: int = 0) -> None:
    owing = given is Answer.ACCEPT_OWING

    def act(session: Session, case: Case) -> None:
        state = MaterialState.OWED if owing else MaterialState.MISSING
        papers = pile(queries.materials_of(session, case), lacking, state)
        asked = (clerk(session), here.now())
        examine(session, case, Found(given, papers), asked, here.hall(session))

    do(here, number, act)


def running(here: House, number: str) -> dict[CountdownKind, date | None]:
    with here.reading() as session:
        return {
            one.kind: one.due_on for one in queries.running_of(session, case_of(session, number))
        }


def stage(here: House, number: str) -> Stage:
    with here.reading() as session:
        return case_of(session, number).stage


def papers(here: House, number: str) -> list[PaperKind]:
    with here.reading() as session:
        return [one.kind for one in queries.papers_of(session, case_of(session, number))]


# ------ 收件审查


def test_papers_handed_in_start_five_working_days_and_the_receipt_says_until_when(
    here: House,
) -> None:
    number = taken_in(here)
    assert stage(here, number) is Stage.EXAMINING
    assert running(here, number) == {CountdownKind.INTAKE: ANSWER_BY}
    with here.reading() as session:
        case = case_of(session, number)
        (paper,) = queries.papers_of(session, case)
        assert "最迟2026年3月9日 周一答复" in paper.words
        (one,) = queries.running_of(session, case)
        assert one.yellow_on == date(2026, 3, 6), "the clerk is warned on day four"
        (text,) = session.scalars(sa.select(OutboxMessage.text))
        assert "最迟3月9日答复是否受理" in text


@pytest.mark.parametrize(
    ("given", "lacking", "leads_to", "runs"),
    [
        (Answer.ACCEPT, 0, Stage.IN_PROGRESS, {CountdownKind.HANDLING: date(2026, 3, 18)}),
        (Answer.NOTICE, 1, Stage.AWAITING_MATERIALS, {CountdownKind.SUPPLEMENT: date(2026, 3, 19)}),
        (
            Answer.ACCEPT_OWING,
            1,
            Stage.IN_PROGRESS,
            {CountdownKind.HANDLING: date(2026, 3, 18), CountdownKind.OWED: date(2026, 3, 11)},
        ),
    ],
)
def test_each_answer_to_examined_papers_ends_the_examination(
    here: House,
    clock: FixedClock,
    given: Answer,
    lacking: int,
    leads_to: Stage,
    runs: dict[CountdownKind, date],
) -> None:
    number = taken_in(here)
    clock.at += timedelta(days=2)
    answer(here, number, given, lacking)
    assert (stage(here, number), running(here, number)) == (leads_to, runs)


def test_what_another_body_accepts_is_carried_after_the_examination(here: House) -> None:
    number = taken_in(here, code=CARRIED)
    answer(here, number, Answer.CARRY)
    assert stage(here, number) is Stage.RECEIVED
    assert set(running(here, number)) == {CountdownKind.CARRY}


def test_what_turns_out_to_be_another_bodys_is_pointed_on_after_the_examination(
    here: House,
) -> None:
    number = taken_in(here, code=CARRIED)
    answer(here, number, Answer.REFER)
    assert (stage(here, number), running(here, number)) == (Stage.REFERRED, {})


def test_a_paper_brought_on_day_six_counts_from_that_day_and_the_wait_counts_for_nothing(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here, Answer.NOTICE, lacking=1)
    clock.at += timedelta(days=8)  # the sixth working day
    answer(here, number, Answer.ACCEPT)
    assert running(here, number) == {CountdownKind.HANDLING: date(2026, 3, 24)}
    with here.reading() as session:
        reds = session.scalars(sa.select(Countdown.red_at).where(Countdown.red_at.is_not(None)))
        assert list(reds) == [], "the applicant's own time has no light of the hall's"


def test_papers_handed_in_again_are_looked_through_within_five_days_of_that_day(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here, Answer.NOTICE, lacking=2)
    clock.at += timedelta(days=7)
    answer(here, number, Answer.RECEIVE)
    assert running(here, number) == {CountdownKind.INTAKE: date(2026, 3, 16)}


def test_some_of_the_papers_are_noted_and_the_applicants_time_runs_on(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here, Answer.NOTICE, lacking=2)
    before = running(here, number)
    clock.at += timedelta(days=1)

    def bring(lacking: int) -> Act:
        def act(session: Session, case: Case) -> None:
            found = pile(queries.materials_of(session, case), lacking)
            note_papers(session, case, found, clerk(session), here.now())

        return act

    do(here, number, bring(1))
    assert (stage(here, number), running(here, number)) == (Stage.AWAITING_MATERIALS, before)
    with pytest.raises(NothingNew):
        do(here, number, bring(1))
    with pytest.raises(NowComplete):
        do(here, number, bring(0))


def test_what_a_notice_asked_for_is_on_its_reprint_after_everything_was_brought(
    here: House,
) -> None:
    number = taken_in(here, Answer.NOTICE, lacking=1)
    answer(here, number, Answer.ACCEPT)
    with here.reading() as session:
        case = case_of(session, number)
        notice = queries.papers_of(session, case)[-1]
        assert notice.kind is PaperKind.ONE_TIME_NOTICE
        assert len(notice.listed.splitlines()) == 1


# ------ 再次告知


def ask(here: House, number: str) -> None:
    asked = Asked(ApprovalKind.SECOND_NOTICE, "县局要求补充")
    do(here, number, lambda s, case: approvals.ask(s, case, asked, clerk(s), here.now()))


def decide(here: House, *, yes: bool) -> None:
    with here.writing() as session:
        approval = session.scalars(sa.select(Approval).order_by(Approval.id.desc())).first()
        assert approval is not None
        head = clerk(session, "head")
        words = (yes, "同意" if yes else "不同意")
        approvals.decide(session, approval, words, head, here.now(), here.hall(session))


def test_a_second_notice_is_a_leaders_to_grant_and_each_grant_is_for_one(here: House) -> None:
    number = taken_in(here, Answer.NOTICE, lacking=1)
    with pytest.raises(SecondNotice, match="请示负责人"):
        answer(here, number, Answer.NOTICE, 1)
    ask(here, number)
    with pytest.raises(SecondNotice):
        answer(here, number, Answer.NOTICE, 1)
    decide(here, yes=False)
    with pytest.raises(SecondNotice):
        answer(here, number, Answer.NOTICE, 1)
    ask(here, number)
    decide(here, yes=True)
    answer(here, number, Answer.NOTICE, 1)
    assert papers(here, number) == [PaperKind.ONE_TIME_NOTICE] * 2
    with pytest.raises(SecondNotice):
        answer(here, number, Answer.NOTICE, 1)


def test_taking_papers_in_to_look_at_them_is_no_way_around_the_second_notice(here: House) -> None:
    number = taken_in(here, Answer.NOTICE, lacking=1)
    answer(here, number, Answer.RECEIVE, 1)
    with pytest.raises(SecondNotice):
        answer(here, number, Answer.NOTICE, 1)


# ------ 容缺


def test_papers_owed_have_a_pledge_a_day_and_an_end(here: House, clock: FixedClock) -> None:
    number = taken_in(here, Answer.ACCEPT_OWING, lacking=2)
    assert papers(here, number) == [PaperKind.PLEDGE, PaperKind.ACCEPTANCE]
    assert running(here, number)[CountdownKind.OWED] == date(2026, 3, 9)
    sign: Act = lambda s, case: pledging.sign(s, case, clerk(s), here.now())  # noqa: E731
    do(here, number, sign)
    with pytest.raises(AlreadySigned):
        do(here, number, sign)
    close_as = {
        result: lambda s, case, result=result: verbs.close(
            s, case, (result, "不符合条件"), clerk(s), here.now(), here.hall(s)
        )
        for result in Result
    }
    with pytest.raises(PapersOwed):
        do(here, number, close_as[Result.GRANTED])
    bring(here, number, [0])
    with pytest.raises(PapersOwed):
        do(here, number, close_as[Result.DONE])
    with pytest.raises(NothingBrought):
        bring(here, number, [0])
    bring(here, number, [1])
    assert set(running(here, number)) == {CountdownKind.HANDLING}
    do(here, number, close_as[Result.GRANTED])


def bring(here: House, number: str, places: list[int]) -> None:
    do(
        here,
        number,
        lambda s, case: pledging.bring_owed(s, case, places, clerk(s), here.now()),
    )


def test_a_pledge_is_revoked_only_after_its_day_with_a_reason_and_never_by_itself(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here, Answer.ACCEPT_OWING, lacking=1)

    def revoke(reason: str) -> Act:
        return lambda s, case: pledging.revoke(s, case, reason, clerk(s), here.now())

    with pytest.raises(NotYetUnkept):
        do(here, number, revoke("没有补"))
    clock.at += timedelta(days=8)
    accept_what_was_not_answered(here)
    assert stage(here, number) is Stage.IN_PROGRESS
    with here.reading() as session:
        (listed,) = queries.unkept(session, Window.GENERAL, here.now())
        assert listed.row.case.number == number
    with pytest.raises(ReasonNeeded):
        do(here, number, revoke(""))
    do(here, number, revoke("到期没有补"))
    assert (stage(here, number), running(here, number)) == (Stage.RETURNED, {})
    assert papers(here, number)[0] is PaperKind.RETURN_NOTICE


# ------ 不予受理, 退件


@pytest.mark.parametrize(
    ("why", "no"),
    [
        (Declined(Ground.NOT_OURS, "归县里管"), RightBodyNeeded),
        (Declined(Ground.NOT_OURS, "", "示例县民政局"), DeclineReasonNeeded),
    ],
)
def test_a_refusal_names_its_reason_and_the_right_body(
    here: House, why: Declined, no: type[Refusal]
) -> None:
    number = taken_in(here)
    with pytest.raises(no):
        do(here, number, lambda s, case: turning_down.decline(s, case, why, clerk(s), here.now()))


def test_a_refusal_is_a_paper_with_the_remedies_and_ends_the_case(here: House) -> None:
    number = taken_in(here)
    why = Declined(Ground.NOT_OURS, "归县里管", "示例县民政局")
    do(here, number, lambda s, case: turning_down.decline(s, case, why, clerk(s), here.now()))
    with here.reading() as session:
        case = case_of(session, number)
        paper = queries.papers_of(session, case)[0]
        assert (case.stage, paper.kind) == (Stage.DECLINED, PaperKind.DECLINE)
        for words in ("归县里管", "请向示例县民政局申请", "60日", "6个月"):
            assert words in paper.words
        assert "示例县民政局" in queries.timeline(session, case, public_only=True)[-1].text
    assert running(here, number) == {}


def test_what_is_accepted_is_neither_declined_nor_given_back(here: House) -> None:
    number = taken_in(here, Answer.ACCEPT)
    why = Declined(Ground.NOT_NEEDED, "不需要")
    with pytest.raises(MoveNotAllowed):
        do(here, number, lambda s, case: turning_down.decline(s, case, why, clerk(s), here.now()))
    with pytest.raises(AcceptedAlready):
        do(here, number, lambda s, case: turning_down.give_back(s, case, "x", clerk(s), here.now()))


def test_an_unsupplied_case_is_listed_after_its_day_and_given_back_by_a_person(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here, Answer.NOTICE, lacking=1)
    clock.at += timedelta(days=15)
    with here.reading() as session:
        assert queries.unsupplied(session, Window.GENERAL, here.now()) == []
    clock.at += timedelta(days=1)
    with here.reading() as session:
        (listed,) = queries.unsupplied(session, Window.GENERAL, here.now())
        assert listed.countdown.due_on == date(2026, 3, 17)
    assert stage(here, number) is Stage.AWAITING_MATERIALS
    do(here, number, lambda s, case: turning_down.give_back(s, case, "逾期", clerk(s), here.now()))
    assert papers(here, number)[0] is PaperKind.RETURN_NOTICE


# ------ 视为受理


def test_silence_accepts_a_permit_from_its_receipt_on_the_day_after_the_fifth(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here, code=PERMIT)
    clock.at += timedelta(days=7)
    assert accept_what_was_not_answered(here) == 0, "the fifth day is not over"
    clock.at += timedelta(days=1)
    assert accept_what_was_not_answered(here) == 1
    assert accept_what_was_not_answered(here) == 0
    with here.reading() as session:
        case = case_of(session, number)
        assert case.accepted_at is not None
        assert (case.stage, town_day(case.accepted_at)) == (Stage.IN_PROGRESS, MONDAY)
        assert case.due_on == date(2026, 3, 9), "five working days from the receipt"
        assert "视为受理" in queries.timeline(session, case, public_only=True)[-1].text
        (untold,) = queries.untold(session, Window.GENERAL)
        assert untold.case.id == case.id
        intake_reds = sa.select(Countdown.red_at).where(Countdown.kind == CountdownKind.INTAKE)
        assert session.scalar(intake_reds) is not None, "the late answer stays red"
    assert papers(here, number) == [PaperKind.INTAKE_RECEIPT], "no notice before a clerk looked"


def test_the_notice_of_a_silent_acceptance_goes_out_once_when_a_clerk_lets_it(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here, code=PERMIT)
    clock.at += timedelta(days=8)
    accept_what_was_not_answered(here)
    tell: Act = lambda s, case: silence.tell_deemed(  # noqa: E731
        s, case, clerk(s), here.now(), here.hall(s)
    )
    do(here, number, tell)
    with pytest.raises(AlreadyTold):
        do(here, number, tell)
    with here.reading() as session:
        paper = queries.papers_of(session, case_of(session, number))[0]
        assert paper.kind is PaperKind.ACCEPTANCE
        assert "第三十二条" in paper.words
        assert queries.untold(session, Window.GENERAL) == []


@pytest.mark.parametrize("code", [HERE, CARRIED])
def test_silence_about_any_other_type_is_late_and_nothing_more(
    here: House, clock: FixedClock, code: str
) -> None:
    number = taken_in(here, code=code)
    clock.at += timedelta(days=30)
    assert accept_what_was_not_answered(here) == 0
    assert stage(here, number) is Stage.EXAMINING


def test_the_town_may_promise_the_same_for_every_type_it_decides_itself(
    here: House, clock: FixedClock
) -> None:
    own, carried = taken_in(here), taken_in(here, code=CARRIED)
    with here.writing() as session:
        settings(session).accepts_all_by_silence = True
    clock.at += timedelta(days=8)
    assert accept_what_was_not_answered(here) == 1
    assert (stage(here, own), stage(here, carried)) == (Stage.IN_PROGRESS, Stage.EXAMINING)


def test_an_answer_on_the_fifth_day_is_in_time(here: House, clock: FixedClock) -> None:
    number = taken_in(here, code=PERMIT)
    clock.at += timedelta(days=7)
    answer(here, number, Answer.ACCEPT)
    clock.at += timedelta(days=7)
    assert accept_what_was_not_answered(here) == 0
    with here.reading() as session:
        accepted_at = case_of(session, number).accepted_at
        assert accepted_at is not None
        assert town_day(accepted_at) == ANSWER_BY
