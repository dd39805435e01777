"""原始凭证: which paper proves what, and why one is none."""

from dataclasses import replace
from datetime import date

import pytest

from desk.windows.village_accounts.rules.judging import UNKNOWN, Known, Used, judge
from desk.windows.village_accounts.rules.original_kinds import (
    Ground,
    OriginalKind,
    Purpose,
    Share,
)
from desk.windows.village_accounts.rules.originals import (
    CapitalsDiffer,
    Entered,
    MoreThanFace,
    NoAmount,
    NotItsNumber,
    NotWhole,
    NotYet,
    OtherPurpose,
    PayeeNeeded,
    RedTooLarge,
    RedUnlinked,
    check_entered,
    check_payee,
    check_purpose,
    check_red,
    key_of,
)
from desk.windows.village_accounts.rules.settings import (
    BandsBackwards,
    Limits,
    NotAStretch,
    check_bands,
    read_stretches,
    reporting_day,
)
from kernel.errors import Refusal
from kernel.money import capitals

LIMITS, TODAY = Limits(), date(2026, 3, 31)
INVOICE = Entered(
    OriginalKind.E_INVOICE,
    Purpose.GOODS,
    code="",
    number="26330000000000000017",
    issuer="示例农资店",
    issued_on=date(2026, 3, 2),
    face_fen=800_00,
    amount_fen=800_00,
    gist="购买农具",
)
OLD = {"kind": OriginalKind.TAX_INVOICE, "code": "033002100111", "number": "12345678"}
SMALL = {"kind": OriginalKind.SELF_MADE, "purpose": Purpose.SMALL, "number": "零2026-3"}


@pytest.mark.parametrize(
    ("change", "ground"),
    [
        ({}, None),
        (OLD, None),
        ({"kind": OriginalKind.WHITE_SLIP}, Ground.WHITE_SLIP),
        ({"purpose": Purpose.HOSPITALITY}, Ground.HOSPITALITY),
        ({"gist": "接待检查组招待用餐"}, Ground.HOSPITALITY),
        ({"purpose": Purpose.WAGES}, Ground.WRONG_KIND),
        ({"kind": OriginalKind.BANK_SLIP}, Ground.WRONG_KIND),
        ({"kind": OriginalKind.PAYROLL, "purpose": Purpose.WAGES}, None),
        ({**SMALL, "face_fen": 500_00, "amount_fen": 500_00}, None),
        ({**SMALL, "face_fen": 500_01, "amount_fen": 500_01}, Ground.OVER_SMALL),
    ],
)
def test_what_a_paper_proves(change: dict[str, object], ground: Ground | None) -> None:
    found = judge(replace(INVOICE, **change), UNKNOWN, LIMITS, in_cash=False)  # type: ignore[arg-type]
    assert (found and found.ground) == ground


@pytest.mark.parametrize(("fen", "ground"), [(1_000_00, None), (1_000_01, Ground.IN_CASH)])
def test_large_sums_go_by_bank_alone(fen: int, ground: Ground | None) -> None:
    paper = replace(INVOICE, face_fen=fen, amount_fen=fen)
    found = judge(paper, UNKNOWN, LIMITS, in_cash=True)
    assert (found and found.ground) == ground
    assert judge(paper, UNKNOWN, LIMITS, in_cash=False) is None


@pytest.mark.parametrize(
    ("share", "earlier", "fen", "ground"),
    [
        (Share.WHOLE, (Share.WHOLE, 800_00), 800_00, Ground.USED),
        (Share.WHOLE, (Share.SPLIT, 1), 800_00, Ground.USED),
        (Share.SPLIT, (Share.WHOLE, 800_00), 1, Ground.USED),
        (Share.SPLIT, (Share.SPLIT, 300_00), 500_00, None),
        (Share.INSTALMENT, (Share.SPLIT, 300_00), 500_01, Ground.OVER_FACE),
    ],
)
def test_a_paper_is_used_once_or_within_its_face(
    share: Share, earlier: tuple[Share, int], fen: int, ground: Ground | None
) -> None:
    known = Known([Used(earlier[1], earlier[0], "示例村 C26-00001-3")])
    found = judge(replace(INVOICE, share=share, amount_fen=fen), known, LIMITS, in_cash=False)
    assert (found and found.ground) == ground
    assert found is None or "示例村 C26-00001-3" in found.words


def test_what_a_red_invoice_took_back_is_not_used() -> None:
    found = judge(INVOICE, Known(red_fen=-1), LIMITS, in_cash=False)
    assert found is not None
    assert found.ground is Ground.OVER_FACE


def test_hospitality_is_refused_where_the_town_says_so() -> None:
    paper = replace(INVOICE, purpose=Purpose.HOSPITALITY)
    assert judge(paper, UNKNOWN, replace(LIMITS, refuses_hospitality=False), in_cash=False) is None


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"number": "2633000000000000001"}, NotItsNumber),
        ({"code": "033002100111"}, NotItsNumber),
        ({**OLD, "code": ""}, NotItsNumber),
        ({**SMALL, "number": ""}, NotItsNumber),
        ({"amount_fen": 0}, NoAmount),
        ({"amount_fen": 800_01, "share": Share.SPLIT}, MoreThanFace),
        ({"amount_fen": -800_00}, MoreThanFace),
        ({"amount_fen": 700_00}, NotWhole),
        ({"issued_on": date(2026, 4, 1)}, NotYet),
        ({"face_fen": 801_00, "amount_fen": 801_00}, CapitalsDiffer),
    ],
)
def test_what_is_typed_wrongly_is_asked_again(
    change: dict[str, object], refusal: type[Refusal]
) -> None:
    check_entered(INVOICE, "捌佰元整", TODAY)
    with pytest.raises(refusal):
        check_entered(replace(INVOICE, **change), "捌佰元整", TODAY)  # type: ignore[arg-type]


def test_the_same_paper_has_the_same_key_however_it_is_typed() -> None:
    key = key_of(OriginalKind.TAX_INVOICE, "0330 0210-0111", "１２３４５６７８", "V01")
    assert key == key_of(OriginalKind.TAX_INVOICE, "033002100111", "12345678", "V02")


def test_a_village_numbers_its_own_lists() -> None:
    lists = [key_of(OriginalKind.PAYROLL, "", "误工 1", place) for place in ("V01", "V02")]
    assert lists[0] != lists[1]
    assert lists[0] == key_of(OriginalKind.PAYROLL, "x", "误工1", "V01")


def test_a_red_invoice_is_no_larger_than_the_blue_one() -> None:
    red = replace(INVOICE, face_fen=-300_00, amount_fen=-300_00)
    check_entered(red, capitals(-300_00), TODAY)
    check_red(red, 300_00)
    with pytest.raises(RedUnlinked):
        check_red(red, None)
    with pytest.raises(RedTooLarge):
        check_red(red, 299_99)


def test_a_small_list_says_who_was_paid() -> None:
    small = replace(INVOICE, kind=OriginalKind.SELF_MADE)
    check_payee(INVOICE, ("", "", ""))
    with pytest.raises(PayeeNeeded):
        check_payee(small, ("示例甲", "", ""))


@pytest.mark.parametrize(
    ("today", "opens"),
    [("03-04", "03-05"), ("03-10", "03-10"), ("03-11", "03-20"), ("03-26", "04-05")],
)
def test_bundles_are_looked_at_on_bookkeeping_days(today: str, opens: str) -> None:
    day = reporting_day(date.fromisoformat(f"2026-{today}"), LIMITS.reporting_days)
    assert f"{day:%m-%d}" == opens


def test_bookkeeping_days_are_stretches_of_a_month() -> None:
    assert read_stretches(" 5-10，20 ") == "5-10,20-20"
    assert reporting_day(date(2026, 4, 30), "31-31") == date(2026, 5, 31)
    for typed in ("", "0-5", "10-5", "32", "a"):
        with pytest.raises(NotAStretch):
            read_stretches(typed)


def test_bands_rise() -> None:
    check_bands(LIMITS)
    with pytest.raises(BandsBackwards):
        check_bands(replace(LIMITS, joint_fen=1_000_00))


@pytest.mark.parametrize(("before", "is_taken"), [(0, True), (240_00, True), (240_01, False)])
def test_small_lists_of_one_day_stay_within_their_limit_together(
    before: int, *, is_taken: bool
) -> None:
    paper = replace(INVOICE, face_fen=260_00, amount_fen=260_00, **SMALL)  # type: ignore[arg-type]
    found = judge(paper, Known(small_fen=before), LIMITS, in_cash=False)
    assert (found is None) == is_taken
    assert found is None or "同一天" in found.words


@pytest.mark.parametrize(("purpose", "corrects"), [(Purpose.GOODS, True), (Purpose.BALANCE, False)])
def test_a_balance_is_put_right_in_a_bundle_of_its_own(purpose: Purpose, *, corrects: bool) -> None:
    paper = replace(INVOICE, purpose=purpose)
    check_purpose(paper, corrects=not corrects)
    with pytest.raises(OtherPurpose):
        check_purpose(paper, corrects=corrects)
