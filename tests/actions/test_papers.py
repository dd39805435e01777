"""文书留存: every answer and every end is given on paper, and the paper says it for good."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions import deliveries, reprinting, turning_down, verbs
from desk.cases.queries import papers as kept
from desk.cases.records import Case, Paper
from desk.cases.rules.declining import Declined, Ground
from desk.cases.rules.delivery import Manner, Taker
from desk.cases.rules.intake import Answer
from desk.cases.rules.papers import PaperKind
from desk.cases.rules.papers_contents import Contents, ReprintReason
from desk.cases.rules.people import Person
from desk.cases.rules.results import Result
from kernel.clock import FixedClock
from kernel.errors import NotFound
from kernel.town.records import Town
from kernel.web.house import House
from tests.builders import CARRIED, HERE, REFERRED, a_case, clerk, intake, person

RARE = "示例𠮷·﨑"


def registered(
    here: House, answer: Answer = Answer.ACCEPT, code: str = HERE, who: Person | None = None
) -> str:
    with here.writing() as session:
        taken = intake(session, code, answer, who)
        return a_case(here, session, here.now(), taken).number


def case_of(session: Session, number: str) -> Case:
    found = queries.by_number(session, number)
    assert found is not None
    return found


def papers(here: House, number: str) -> list[tuple[PaperKind, Contents]]:
    """Return what every paper of a case says, the newest first."""
    with here.reading() as session:
        case = case_of(session, number)
        found = queries.papers_of(session, case)
        return [(one.kind, kept.contents_of(session, case, one)) for one in found]


def press(here: House, number: str, work: Callable[[Session, Case], None]) -> None:
    with here.writing() as session:
        work(session, case_of(session, number))


def close(here: House, number: str, result: Result, reason: str = "") -> None:
    def work(session: Session, case: Case) -> None:
        ending, actor = (result, reason), clerk(session)
        verbs.close(session, case, ending, actor, here.now(), here.hall(session))

    press(here, number, work)


@pytest.mark.parametrize(
    ("answer", "code", "kinds"),
    [
        (Answer.ACCEPT, HERE, [PaperKind.ACCEPTANCE]),
        (Answer.CARRY, CARRIED, [PaperKind.INTAKE_RECEIPT]),
        (Answer.RECEIVE, HERE, [PaperKind.INTAKE_RECEIPT]),
        (Answer.NOTICE, HERE, [PaperKind.ONE_TIME_NOTICE]),
        (Answer.REFER, REFERRED, [PaperKind.REFERRAL]),
        (Answer.ACCEPT_OWING, HERE, [PaperKind.PLEDGE, PaperKind.ACCEPTANCE]),
    ],
)
def test_every_answer_gives_its_paper_with_the_applicant_on_it(
    here: House, answer: Answer, code: str, kinds: list[PaperKind]
) -> None:
    given = papers(here, registered(here, answer, code, person(1, RARE)))
    assert [kind for kind, _ in given] == kinds
    for _, contents in given:
        assert dict(contents.facts)["申请人"].startswith(RARE)
        assert dict(contents.facts)["事项"].endswith(f"（{code}）")


def test_a_close_and_a_delivery_are_papers_too(here: House) -> None:
    number = registered(here)
    close(here, number, Result.DENIED, "收入超过标准")

    def hand_over(session: Session, case: Case) -> None:
        arranged = (Manner.AT_ONCE, Taker("示例邻居"))
        now, hall = here.now(), here.hall(session)
        deliveries.arrange(session, case, arranged, clerk(session), now, hall)

    press(here, number, hand_over)
    (proof, served), (ended, notice), _ = papers(here, number)
    assert (proof, ended) == (PaperKind.DELIVERY_PROOF, PaperKind.COMPLETION)
    assert "理由：收入超过标准" in notice.words
    assert any("行政复议" in words for words in notice.words)
    with here.reading() as session:
        second = queries.papers_of(session, case_of(session, number))[1].number
    assert served.sections[0].lines == (f"《办结通知》{second}",)


def test_a_withdrawal_is_acknowledged_on_paper_with_what_goes_back(here: House) -> None:
    number = registered(here)
    press(
        here,
        number,
        lambda s, case: verbs.withdraw(s, case, "外出务工", clerk(s), here.now()),
    )
    (kind, notice), _ = papers(here, number)
    assert (kind, notice.title) == (PaperKind.RETURN_NOTICE, "退件通知")
    assert notice.words[0] == "申请人要求撤回申请，本件终止办理。撤回原因：外出务工"
    (back,) = notice.sections
    assert back.heading == "退还的材料"
    assert back.lines


def test_a_refusal_to_accept_gives_the_papers_back_by_name(here: House) -> None:
    number = registered(here, Answer.RECEIVE)
    why = Declined(Ground.NOT_OURS, "不归本机关管", "示例县自然资源局")
    press(
        here,
        number,
        lambda session, case: turning_down.decline(session, case, why, clerk(session), here.now()),
    )
    kind, contents = papers(here, number)[0]
    assert kind is PaperKind.DECLINE
    assert contents.sections[0].heading == "退还的材料"
    assert any("示例县自然资源局" in words for words in contents.words)


def test_an_acceptance_explains_its_days_as_they_were_counted_then(here: House) -> None:
    ((_, contents),) = papers(here, registered(here))
    assert dict(contents.facts)["承诺时限"].endswith("最迟2026年3月16日 周一")
    assert contents.sections[0].heading.startswith("计日明细")


def test_whatever_changes_later_a_paper_says_what_it_said(here: House, clock: FixedClock) -> None:
    number = registered(here, who=person(1, RARE))
    before = papers(here, number)

    def change(session: Session, case: Case) -> None:
        corrected = (person(2, "示例改名"), ["姓名"], "笔误")
        verbs.correct(session, case, corrected, clerk(session), here.now())
        case.handler_id = clerk(session, "director").staff_id or 0
        session.execute(sa.update(Town).values(hall="示例新厅", duty_phone="0000-9999999"))

    press(here, number, change)
    clock.at += timedelta(days=400)
    assert papers(here, number) == before
    close(here, number, Result.DONE)
    newest = papers(here, number)[0][1]
    assert newest.issuer.startswith("示例新厅"), "the control: a new paper says the new words"
    assert dict(newest.facts)["申请人"].startswith("示例改名")


def test_nothing_of_a_person_lies_open_in_a_paper(here: House) -> None:
    registered(here, who=person(1, RARE))
    with here.reading() as session:
        (sealed,) = session.scalars(sa.select(Paper.contents_sealed))
        assert sealed.startswith("v1|")
        for secret in (RARE, "示例", "承办人"):
            assert secret not in sealed


def test_contents_do_not_open_as_another_paper(here: House) -> None:
    first, second = registered(here), registered(here)
    with here.reading() as session:
        mine, other = case_of(session, first), case_of(session, second)
        (paper,), (moved,) = queries.papers_of(session, mine), queries.papers_of(session, other)
        assert kept.contents_of(session, mine, paper).title == "受理通知书"
        session.expunge(paper)
        paper.contents_sealed = moved.contents_sealed
        with pytest.raises(InvalidTag):
            kept.contents_of(session, mine, paper)
        with pytest.raises(NotFound):
            kept.paper_of(session, mine, moved.id)


def test_who_said_nothing_still_gets_a_paper_under_the_towns_key(here: House) -> None:
    with here.writing() as session:
        taken = replace(intake(session, REFERRED, Answer.REFER), applicant=Person(name=""))
        number = a_case(here, session, here.now(), taken).number
    ((_, contents),) = papers(here, number)
    assert "申请人" not in dict(contents.facts)


def test_a_paper_is_printed_again_on_record_and_for_a_reason(here: House) -> None:
    number = registered(here)
    before = papers(here, number)

    def again(session: Session, case: Case) -> None:
        (paper,) = queries.papers_of(session, case)
        with pytest.raises(ReprintReason):
            reprinting.reprint(session, case, paper, "", clerk(session), here.now())
        reprinting.reprint(session, case, paper, "申请人遗失", clerk(session), here.now())

    press(here, number, again)
    assert papers(here, number) == before
    with here.reading() as session:
        line = queries.timeline(session, case_of(session, number), public_only=False)[-1]
    assert (line.is_public, "：申请人遗失" in line.text) == (False, True)
