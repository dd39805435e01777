"""对账与现金: what is proposed, what explains a gap, when cash is handed in, what a count says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.cases.rules.lights import Light
from desk.windows.village_accounts.rules import cash
from desk.windows.village_accounts.rules.cash import (
    Count,
    CountedLater,
    Held,
    NoKeeper,
    Unexplained,
    check_count,
    hand_in_by,
    still_held,
)
from desk.windows.village_accounts.rules.demands import NotDays, check_days
from desk.windows.village_accounts.rules.money_papers import adjustment_paper, count_paper
from desk.windows.village_accounts.rules.reconciling import (
    Adjustment,
    BankItem,
    BookItem,
    NotReconciled,
    SaidOtherwise,
    check_agreed,
    proposed,
)

JANUARY = date(2026, 1, 1)


def bank(number: int, day: int, fen: int) -> BankItem:
    return BankItem(number, date(2026, 1, day), fen, "示例")


def book(number: int, day: int, fen: int) -> BookItem:
    return BookItem(number, 1, date(2026, 1, day), fen, "示例", f"记字第{number}号")


def test_equal_amounts_near_each_other_are_proposed_the_nearest_first() -> None:
    lines = [bank(1, 10, -5), bank(2, 12, -5), bank(3, 12, 7), bank(4, 20, -5)]
    entries = [book(1, 12, -5), book(2, 9, -5), book(3, 11, 8), book(4, 1, -5)]
    found = [(one.id, other.entry_id) for one, other in proposed(lines, entries, 5)]
    assert found == [(1, 2), (2, 1)]
    assert proposed(lines, entries, 0) == [(lines[1], entries[0])]


ITEMS = st.lists(st.tuples(st.integers(1, 28), st.sampled_from([-3, -2, 2, 3])), max_size=12)


@given(ITEMS, ITEMS, st.integers(0, 9))
def test_a_proposal_is_of_equal_amounts_and_takes_each_line_once(
    one: list[tuple[int, int]], other: list[tuple[int, int]], days: int
) -> None:
    lines = [bank(number, *item) for number, item in enumerate(one)]
    entries = [book(number, *item) for number, item in enumerate(other)]
    pairs = proposed(lines, entries, days)
    assert all(a.fen == b.fen and abs((a.on - b.on).days) <= days for a, b in pairs)
    assert len({a.id for a, _ in pairs}) == len({b.key for _, b in pairs}) == len(pairs)


def test_what_is_on_its_way_explains_the_gap_worked_by_hand() -> None:
    """Books 1,000: the bank has 3 interest and took 1 fee; a transfer of 50 is on its way."""
    adjustment = Adjustment(
        105200, 100000, [bank(1, 20, 300), bank(2, 21, -100)], [book(1, 31, -5000)]
    )
    assert adjustment.adjusted_book == adjustment.adjusted_bank == 100200
    check_agreed(adjustment, None)
    check_agreed(adjustment, 105200)
    with pytest.raises(SaidOtherwise):
        check_agreed(adjustment, 105201)
    paper = adjustment_paper(adjustment)
    assert paper["left"] == [
        ["账面存款余额", "1,000.00"],
        ["加：银行已收、账上未收", "3.00"],
        ["　01-20 示例", "3.00"],
        ["减：银行已付、账上未付", "1.00"],
        ["　01-21 示例", "1.00"],
        ["调节后余额", "1,002.00"],
    ]
    assert paper["right"] == [
        ["银行对账单余额", "1,052.00"],
        ["加：账上已收、银行未收", "0.00"],
        ["减：账上已付、银行未付", "50.00"],
        ["　01-31 记字第1号 示例", "50.00"],
        ["调节后余额", "1,002.00"],
    ]


def test_a_gap_nobody_explained_is_refused() -> None:
    with pytest.raises(NotReconciled, match=r"还差0\.01元"):
        check_agreed(Adjustment(1001, 1000, [], []), None)


@pytest.mark.parametrize(
    ("received", "days", "due", "why"),
    [
        ((2026, 1, 5), 3, (2026, 1, 8), "three days"),
        ((2026, 1, 30), 3, (2026, 1, 31), "never in another month"),
        ((2026, 1, 31), 3, (2026, 1, 31), "on the last day, that day"),
        ((2026, 12, 29), 10, (2026, 12, 31), "nor in another year"),
    ],
)
def test_cash_is_handed_in_within_some_days_and_the_month(
    received: tuple[int, int, int], days: int, due: tuple[int, int, int], why: str
) -> None:
    assert hand_in_by(date(*received), days) == date(*due), why


def test_the_oldest_cash_is_handed_in_first() -> None:
    received = [(date(2026, 1, 9), 30), (date(2026, 1, 5), 20)]
    assert still_held(received, 25, 3) == [Held(date(2026, 1, 9), 25, date(2026, 1, 12))]
    assert still_held(received, 50, 3) == []
    assert [one.fen for one in still_held(received, 0, 3)] == [20, 30]


@pytest.mark.parametrize(
    ("after", "light"),
    [(0, Light.GREEN), (1, Light.GREEN), (2, Light.YELLOW), (3, Light.YELLOW), (4, Light.RED)],
)
def test_the_light_of_a_cash_box(after: int, light: Light) -> None:
    held = still_held([(date(2026, 1, 5), 20)], 0, 3)
    assert cash.light(held, date(2026, 1, 5) + timedelta(days=after)) is light
    assert cash.light([], date(2026, 2, 1)) is Light.GREEN


def test_more_than_the_limit_is_told() -> None:
    assert cash.over_limit(5_000_01, 5_000_00) == 1
    assert cash.over_limit(5_000_00, 5_000_00) == 0


def test_a_count_adds_its_notes_up_and_a_difference_is_explained() -> None:
    found = Count(date(2026, 1, 31), {100_00: 3, 50: 1}, "示例保管人", "")
    assert found.fen == 300_50
    check_count(found, 300_50, JANUARY, date(2026, 2, 2))
    with pytest.raises(Unexplained, match=r"相差0\.50元"):
        check_count(found, 300_00, JANUARY, date(2026, 2, 2))
    with pytest.raises(CountedLater):
        check_count(found, 300_50, JANUARY, date(2026, 1, 30))
    with pytest.raises(NoKeeper):
        check_count(Count(JANUARY, {}, " ", ""), 0, JANUARY, JANUARY)
    paper = count_paper(found.fen, 300_00, dict(found.pieces), "多出五角")
    assert paper["capitals"] == "叁佰元伍角"
    assert paper["gap"] == "0.50"


@pytest.mark.parametrize("days", [None, 0, 32])
def test_days_that_make_no_sense_are_refused(days: int | None) -> None:
    with pytest.raises(NotDays):
        check_days(days)
