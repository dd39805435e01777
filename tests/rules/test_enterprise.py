"""企业代办的规矩: mandates end by themselves, papers are asked for once, steps come in order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk.cases.rules.intake import MaterialState
from desk.cases.rules.stages import Stage
from desk.windows.enterprise.rules.access import sees_all
from desk.windows.enterprise.rules.dossier import (
    AlreadyOver,
    Kept,
    Lacking,
    PapersLacking,
    Wanted,
    check_kept,
    ends_soon,
    lacking,
    taken,
)
from desk.windows.enterprise.rules.mandates import (
    EndsBeforeBegin,
    MandateDoesNotCover,
    MandateEnded,
    MandateFacts,
    MandateNotBegun,
    MandateNotSigned,
    MandateOver,
    MandateRevoked,
    MandateWay,
    NoMandate,
    NoMilestoneChosen,
    SignedOutside,
    TooLongMandate,
    check_mandate,
    check_signed,
    check_terms,
    standing_words,
)
from desk.windows.enterprise.rules.projects import (
    ErrandsStillOpen,
    ProxyStep,
    StepByItself,
    StepNotNext,
    StepsAllTaken,
    Turn,
    check_step,
    turn_of,
    waits_words,
)
from desk.windows.enterprise.rules.schedule import Forecast
from kernel.access import Actor, Role
from services_catalog.rules.items import Handling

TODAY = date(2026, 3, 2)
GOOD = MandateFacts(
    MandateWay.WHOLE, (), date(2026, 1, 1), date(2026, 12, 31), signed_on=date(2026, 1, 5)
)
SOME = replace(GOOD, way=MandateWay.STAGES, covers=("立项", "用地"))


def test_a_valid_mandate_lets_file_on_its_last_day_and_not_a_day_longer() -> None:
    assert check_mandate([GOOD], "立项", GOOD.until_on) is GOOD
    with pytest.raises(MandateEnded) as refused:
        check_mandate([GOOD], "立项", GOOD.until_on + timedelta(days=1))
    assert "2026年12月31日到期" in refused.value.sentence


@pytest.mark.parametrize(
    ("mandates", "refusal"),
    [
        ([], NoMandate),
        ([replace(GOOD, signed_on=None)], MandateNotSigned),
        ([replace(GOOD, from_on=date(2026, 4, 1))], MandateNotBegun),
        ([replace(GOOD, revoked_on=TODAY)], MandateRevoked),
        ([replace(GOOD, way=MandateWay.GUIDE)], MandateDoesNotCover),
        ([replace(SOME, covers=("用地",))], MandateDoesNotCover),
    ],
    ids=["none", "unsigned", "later", "revoked", "guide", "other stage"],
)
def test_without_a_valid_mandate_nothing_is_archived(
    mandates: list[MandateFacts], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        check_mandate(mandates, "立项", TODAY)


def test_any_mandate_that_covers_the_stage_will_do() -> None:
    ended = replace(GOOD, until_on=date(2026, 2, 1))
    assert check_mandate([ended, replace(SOME, covers=("验收",)), SOME], "立项", TODAY) is SOME


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (replace(GOOD, until_on=GOOD.from_on), EndsBeforeBegin),
        (replace(GOOD, until_on=date(2030, 1, 1)), TooLongMandate),
        (replace(SOME, covers=()), NoMilestoneChosen),
    ],
    ids=["back to front", "too long", "no stage"],
)
def test_what_cannot_be_printed(facts: MandateFacts, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_terms(facts)


def test_a_signature_comes_once_and_not_from_tomorrow() -> None:
    printed = replace(GOOD, signed_on=None)
    check_signed(printed, TODAY, TODAY)
    with pytest.raises(SignedOutside):
        check_signed(printed, TODAY + timedelta(days=1), TODAY)
    with pytest.raises(MandateOver):
        check_signed(GOOD, TODAY, TODAY)


def test_a_mandate_says_how_it_stands() -> None:
    assert standing_words(GOOD, TODAY) == "有效"
    assert standing_words(GOOD, date(2026, 12, 21)) == "有效，还有10天到期"
    assert standing_words(GOOD, date(2027, 1, 1)) == "已到期"
    assert standing_words(replace(GOOD, signed_on=None), TODAY) == "未签字"


def test_papers_come_out_of_the_dossier_and_what_ran_out_is_asked_for_again() -> None:
    wanted = [Wanted("营业执照", "复印件1份"), Wanted("红线图"), Wanted("授权书")]
    kept = [
        Kept("授权书", date(2026, 6, 1)),
        Kept("授权书", date(2026, 2, 1)),
        Kept("营业 执照"),
        Kept("红线图", date(2026, 3, 1)),
    ]
    assert lacking(wanted, kept, TODAY) == [Lacking("红线图", date(2026, 3, 1))]
    with pytest.raises(PapersLacking) as refused:
        taken(wanted, kept, TODAY)
    assert "红线图（2026-03-01已过期）" in refused.value.sentence
    brought = taken(wanted, [*kept, Kept("红线图")], TODAY)
    assert [one.state for one in brought] == [MaterialState.BROUGHT] * 3
    assert brought[0].copies == "复印件1份"


def test_a_paper_that_ran_out_is_not_taken_in_and_one_about_to_is_said() -> None:
    with pytest.raises(AlreadyOver):
        check_kept(Kept("授权书", date(2026, 3, 1)), TODAY)
    check_kept(Kept("授权书", TODAY), TODAY)
    assert ends_soon(Kept("授权书", date(2026, 4, 1)), TODAY)
    assert not ends_soon(Kept("授权书", date(2026, 4, 2)), TODAY)
    assert not ends_soon(Kept("授权书"), TODAY)


def test_the_seven_steps_come_in_their_order() -> None:
    first = {ProxyStep.ENTRUSTED}
    check_step(ProxyStep.TAKEN_UP, first, 5)
    with pytest.raises(StepNotNext) as refused:
        check_step(ProxyStep.ARCHIVED, first, 0)
    assert "受理" in refused.value.sentence
    with pytest.raises(StepByItself):
        check_step(ProxyStep.ENTRUSTED, (), 0)
    handled = {*first, ProxyStep.TAKEN_UP, ProxyStep.HANDLED}
    with pytest.raises(ErrandsStillOpen):
        check_step(ProxyStep.DELIVERED, handled, 1)
    check_step(ProxyStep.DELIVERED, handled, 0)
    with pytest.raises(StepsAllTaken):
        check_step(ProxyStep.ARCHIVED, frozenset(ProxyStep), 0)


@pytest.mark.parametrize(
    ("stage", "handling", "lacks", "blockers", "turn"),
    [
        (None, Handling.CARRIED, 0, ("b",), Turn.NOBODY),
        (None, Handling.CARRIED, 2, (), Turn.ENTERPRISE),
        (None, Handling.CARRIED, 0, (), Turn.AGENT),
        (Stage.RECEIVED, Handling.CARRIED, 0, (), Turn.AGENT),
        (Stage.AWAITING_MATERIALS, Handling.CARRIED, 0, (), Turn.ENTERPRISE),
        (Stage.IN_PROGRESS, Handling.CARRIED, 0, (), Turn.BUREAU),
        (Stage.ON_HOLD, Handling.CARRIED, 0, (), Turn.BUREAU),
        (Stage.IN_PROGRESS, Handling.HERE, 0, (), Turn.AGENT),
    ],
)
def test_whose_turn_it_is(
    stage: Stage | None, handling: Handling, lacks: int, blockers: tuple[str, ...], turn: Turn
) -> None:
    assert turn_of(Forecast("a", TODAY, TODAY, blockers), stage, handling, lacks) is turn


@pytest.mark.parametrize("role", [Role.AGENT, Role.DIRECTOR, Role.SUPERVISOR, Role.COUNTER])
def test_who_answers_for_the_hall_sees_every_enterprise_and_an_agent_his_own(role: Role) -> None:
    who = Actor(1, "示例某", frozenset({role}))
    assert sees_all(who) is (role in {Role.DIRECTOR, Role.SUPERVISOR})


def test_a_board_says_for_whom_how_many_wait() -> None:
    assert waits_words([(Turn.ENTERPRISE, 2), (Turn.BUREAU, 1)]) == "企业 2，承办单位 1"
    assert waits_words([]) == "—"
