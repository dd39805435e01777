"""收件登记: which answer bears out for which matter and which papers, and papers' numbers."""

from itertools import product

import pytest

from desk.cases.rules.intake import (
    ALLOWED,
    ANSWER_NAMES,
    STAGE_AFTER,
    Answer,
    AnswerNotOffered,
    Brought,
    MaterialsMissing,
    MaterialState,
    NothingMissing,
    NothingOwed,
    OwedNotAccepted,
    answers_to,
    as_answered,
    check_answer,
)
from desk.cases.rules.papers import PAPER_OF, PAPER_TITLES, PAPER_WORDS, PaperKind, paper_number
from desk.cases.rules.stages import Stage
from kernel.errors import Refusal
from services_catalog.rules.items import Handling

BROUGHT, MISSING, OWED, NOT_NEEDED = MaterialState
ID = Brought("身份证", "原件1份", BROUGHT)
NO_BOOK = Brought("户口簿", "复印件1份", MISSING)
BOOK_LATER = Brought("户口簿", "复印件1份", OWED)
NO_CARD_NEEDED = Brought("残疾人证", "", NOT_NEEDED)
BAD_PHOTO = Brought("照片", "2张", BROUGHT, "背景要白色")
WORD_ON_WHAT_IS_NOT_NEEDED = Brought("残疾人证", "", NOT_NEEDED, "本人没有残疾")

PILES = {
    "nothing is asked for": [],
    "all is here": [ID, ID],
    "one lacks": [ID, NO_BOOK],
    "one is not needed": [ID, NO_CARD_NEEDED],
    "one has a flaw": [ID, BAD_PHOTO],
    "one lacks and one has a flaw": [NO_BOOK, BAD_PHOTO],
    "one is owed": [ID, BOOK_LATER],
    "one is owed and one lacks": [BOOK_LATER, NO_BOOK],
    "a word stands by what is not needed": [ID, WORD_ON_WHAT_IS_NOT_NEEDED],
}
COMPLETE = {
    "nothing is asked for",
    "all is here",
    "one is not needed",
    "a word stands by what is not needed",
}
#: 可办 is accepted, 代办 is carried, and nothing else is done with what is only pointed on;
#: what another body accepts the town cannot let owe; what is done here nobody is sent away with
OFFERED = {
    Handling.HERE: {Answer.ACCEPT, Answer.ACCEPT_OWING, Answer.RECEIVE, Answer.NOTICE},
    Handling.CARRIED: {Answer.CARRY, Answer.RECEIVE, Answer.NOTICE, Answer.REFER},
    Handling.REFERRED: {Answer.REFER},
}


def expected(answer: Answer, handling: Handling, pile: str) -> type[Refusal] | None:
    if answer is Answer.EXPECT:
        return None  # an adviser takes what a neighbour has; the counter judges it
    if answer not in OFFERED[handling]:
        return AnswerNotOffered
    if answer in (Answer.ACCEPT, Answer.CARRY, Answer.ACCEPT_OWING):
        return expected_of_acceptance(answer, pile)
    return NothingMissing if answer is Answer.NOTICE and pile in COMPLETE else None


def expected_of_acceptance(answer: Answer, pile: str) -> type[Refusal] | None:
    if "lacks" in pile:
        return MaterialsMissing
    is_owing = answer is Answer.ACCEPT_OWING
    if ("owed" in pile) is is_owing:
        return None
    return NothingOwed if is_owing else OwedNotAccepted


@pytest.mark.parametrize(("answer", "handling", "pile"), list(product(Answer, Handling, PILES)))
def test_an_answer_is_given_when_matter_and_papers_bear_it_out(
    answer: Answer, handling: Handling, pile: str
) -> None:
    no = expected(answer, handling, pile)
    if no is None:
        check_answer(answer, handling, PILES[pile])
        return
    with pytest.raises(no):
        check_answer(answer, handling, PILES[pile])


def test_an_answer_that_is_not_offered_is_refused_with_those_that_are() -> None:
    with pytest.raises(AnswerNotOffered) as refused:
        check_answer(Answer.ACCEPT, Handling.CARRIED, [])
    assert refused.value.sentence == (
        "这个事项本厅不能“受理”，可以答复：收件代办、收件待审查、一次性告知、转介。"
    )


def test_with_what_lies_here_nobody_is_pointed_on_or_asked_to_hand_it_in_again() -> None:
    with pytest.raises(
        AnswerNotOffered, match="可以答复：受理、收件待审查、一次性告知、容缺受理。"
    ):
        check_answer(Answer.REFER, Handling.HERE, [ID], answers_to(Stage.EXPECTED, Handling.HERE))
    with pytest.raises(AnswerNotOffered, match="可以答复：收件代办、收件待审查、一次性告知。"):
        carried = answers_to(Stage.EXPECTED, Handling.CARRIED)
        check_answer(Answer.REFER, Handling.CARRIED, [ID], carried)
    with pytest.raises(AnswerNotOffered, match="可以答复：受理、一次性告知、容缺受理。"):
        check_answer(
            Answer.RECEIVE, Handling.HERE, [ID], answers_to(Stage.EXAMINING, Handling.HERE)
        )


@pytest.mark.parametrize(
    "stage", sorted(set(Stage) - {Stage.EXPECTED, Stage.EXAMINING, Stage.AWAITING_MATERIALS})
)
def test_papers_are_answered_only_while_an_answer_is_open(stage: Stage) -> None:
    assert answers_to(stage, Handling.HERE) == ()


def test_what_might_be_owed_is_missing_under_every_other_answer() -> None:
    pile = [ID, BOOK_LATER]
    assert as_answered(Answer.ACCEPT_OWING, pile) == pile
    assert as_answered(Answer.NOTICE, pile) == [ID, NO_BOOK]


def test_every_paper_that_lacks_is_named_at_once() -> None:
    with pytest.raises(MaterialsMissing, match="还缺：户口簿、村委会证明。"):
        check_answer(
            Answer.ACCEPT, Handling.HERE, [NO_BOOK, ID, Brought("村委会证明", "", MISSING)]
        )


def test_each_answer_has_its_name_its_stage_its_paper_and_its_papers_word() -> None:
    assert set(Answer) == set(ANSWER_NAMES) == set(STAGE_AFTER) == set(PAPER_OF)
    assert set(PaperKind) == set(PAPER_TITLES) == set(PAPER_WORDS) >= set(PAPER_OF.values())
    assert len(set(PAPER_WORDS.values())) == len(PaperKind)
    assert STAGE_AFTER == {
        Answer.ACCEPT: Stage.IN_PROGRESS,
        Answer.CARRY: Stage.RECEIVED,
        Answer.RECEIVE: Stage.EXAMINING,
        Answer.ACCEPT_OWING: Stage.IN_PROGRESS,
        Answer.NOTICE: Stage.AWAITING_MATERIALS,
        Answer.REFER: Stage.REFERRED,
        Answer.EXPECT: Stage.EXPECTED,
    }


def test_the_first_answer_of_each_matter_is_the_one_most_people_get() -> None:
    assert [ALLOWED[handling][0] for handling in Handling] == [
        Answer.ACCEPT,
        Answer.CARRY,
        Answer.REFER,
    ]


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (PaperKind.ACCEPTANCE, "便民受〔2026〕17号"),
        (PaperKind.INTAKE_RECEIPT, "便民收〔2026〕17号"),
        (PaperKind.ONE_TIME_NOTICE, "便民告〔2026〕17号"),
        (PaperKind.REFERRAL, "便民转〔2026〕17号"),
    ],
)
def test_a_papers_number_names_kind_year_and_serial(kind: PaperKind, number: str) -> None:
    assert paper_number(kind, 2026, 17) == number
