"""报账的签字与去向: who signs what, in which order, and where a bundle goes next."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk.windows.village_accounts.rules.bundles import (
    NoReason,
    NoSlip,
    NotHere,
    PaidLater,
    ReturnReason,
    Station,
    WrongBook,
    after,
    after_payment,
    after_posting,
    check_money,
    check_payment,
    return_words,
    way,
)
from desk.windows.village_accounts.rules.means import Means
from desk.windows.village_accounts.rules.settings import Limits, PayingOrder, SigningOrder
from desk.windows.village_accounts.rules.signing import (
    NoMinutes,
    SameHand,
    SignatureMissing,
    Signed,
    SignedLater,
    SignedOutOfOrder,
    SignPart,
    chain,
    check_chain,
    check_minutes,
)

LIMITS, TODAY = Limits(), date(2026, 3, 31)
FIRST = [SignPart.HANDLER, SignPart.WITNESS, SignPart.SUPERVISION]
JOINT = [SignPart.SECRETARY, SignPart.VILLAGE_HEAD]


@pytest.mark.parametrize(
    ("fen", "approving"),
    [
        (1_000_00, [SignPart.ONE_PEN]),
        (1_000_01, JOINT),
        (5_000_00, JOINT),
        (5_000_01, [*JOINT, SignPart.COMMITTEE]),
        (20_000_00, [*JOINT, SignPart.COMMITTEE]),
        (20_000_01, [*JOINT, SignPart.ASSEMBLY, SignPart.TOWN_LEADER]),
    ],
)
def test_the_more_money_the_more_hands(fen: int, approving: list[SignPart]) -> None:
    assert list(chain(fen, Means.TRANSFER, LIMITS)) == [*FIRST, *approving]
    other = replace(LIMITS, signing_order=SigningOrder.APPROVE_FIRST)
    assert list(chain(fen, Means.TRANSFER, other)) == [*FIRST[:2], *approving, FIRST[2]]


def _signed(**more: object) -> list[Signed]:
    signed = [
        Signed(part, f"示例{place}", TODAY - timedelta(days=9 - place))
        for place, part in enumerate([*FIRST, SignPart.ONE_PEN])
    ]
    return [replace(one, **more) if one.part is SignPart.ONE_PEN else one for one in signed]  # type: ignore[arg-type]


def test_a_chain_is_whole_in_order_and_of_different_hands() -> None:
    needed = chain(80_00, Means.TRANSFER, LIMITS)
    check_chain(needed, _signed(), TODAY)
    with pytest.raises(SignatureMissing):
        check_chain(needed, _signed()[:3], TODAY)
    with pytest.raises(SignedLater):
        check_chain(needed, _signed(on=TODAY + timedelta(days=1)), TODAY)
    with pytest.raises(SignedOutOfOrder):
        check_chain(needed, _signed(on=TODAY - timedelta(days=30)), TODAY)
    for same in ("示例 0", "示例2"):
        with pytest.raises(SameHand):
            check_chain(needed, _signed(name=same), TODAY)


def test_what_was_paid_in_cash_or_comes_in_is_not_paid_again() -> None:
    for means in Means:
        for order in PayingOrder:
            stations = way(means, order)
            assert (Station.PAYMENT in stations) == (means is Means.TRANSFER)
            assert stations[-1] is Station.DONE


def test_paying_and_posting_go_in_the_order_the_town_chose() -> None:
    last = [Station.PAYMENT, Station.POSTING]
    for order, both in ((PayingOrder.PAY_FIRST, last), (PayingOrder.POST_FIRST, last[::-1])):
        assert after(Station.SECOND_REVIEW, Means.TRANSFER, order) is both[0]
    with pytest.raises(NotHere):
        after(Station.PAYMENT, Means.TRANSFER, PayingOrder.PAY_FIRST)


def test_what_is_paid_and_what_is_posted_decides_the_way_whatever_order_is_set_meanwhile() -> None:
    assert after_payment(is_posted=False) is Station.POSTING
    assert after_payment(is_posted=True) is Station.DONE
    assert after_posting(Means.TRANSFER, is_paid=False) is Station.PAYMENT
    assert after_posting(Means.TRANSFER, is_paid=True) is Station.DONE
    for means in (Means.PETTY_CASH, Means.RECEIVED):
        assert after_posting(means, is_paid=False) is Station.DONE


def test_a_bundle_goes_back_with_its_reasons() -> None:
    both = [ReturnReason.HEADING, ReturnReason.OTHER]
    assert return_words(both, "缺印章").splitlines() == ["发票抬头不是本村", "缺印章"]
    for reasons, note in (([], "缺印章"), ([ReturnReason.OTHER], " ")):
        with pytest.raises(NoReason):
            return_words(reasons, note)


def test_money_leaves_with_a_slip_and_out_of_the_right_book() -> None:
    check_payment("HD1", TODAY, TODAY)
    with pytest.raises(NoSlip):
        check_payment(" ", TODAY, TODAY)
    with pytest.raises(PaidLater):
        check_payment("HD1", TODAY + timedelta(days=1), TODAY)
    check_money("10202", Means.TRANSFER)
    check_money("101", Means.RECEIVED)
    for code, means in (
        ("101", Means.TRANSFER),
        ("10202", Means.PETTY_CASH),
        ("513", Means.RECEIVED),
    ):
        with pytest.raises(WrongBook):
            check_money(code, means)


@pytest.mark.parametrize("part", [SignPart.COMMITTEE, SignPart.ASSEMBLY])
def test_what_a_meeting_decided_comes_with_its_minutes(part: SignPart) -> None:
    check_minutes([*FIRST, *JOINT], has_minutes=False)
    check_minutes([*FIRST, *JOINT, part], has_minutes=True)
    with pytest.raises(NoMinutes):
        check_minutes([*FIRST, *JOINT, part], has_minutes=False)


@pytest.mark.parametrize("means", [Means.CORRECT_UP, Means.CORRECT_DOWN])
def test_a_balance_is_put_right_by_all_hands_an_expense_needs_and_pays_nothing(
    means: Means,
) -> None:
    assert chain(30_000_00, means, LIMITS) == chain(30_000_00, Means.TRANSFER, LIMITS)
    assert Station.PAYMENT not in way(means, PayingOrder.PAY_FIRST)
    assert after_posting(means, is_paid=False) is Station.DONE
    for code in ("101", "10201"):
        check_money(code, means)
