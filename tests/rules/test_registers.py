"""登记簿的规则: wear, rents and age of debts as golden cases; every cell is read and shown."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.windows.village_accounts.rules.ageing import Moved, banded, left
from desk.windows.village_accounts.rules.depreciation import (
    Wear,
    WearDiffers,
    check_opening,
    share,
    worn,
    worn_before,
)
from desk.windows.village_accounts.rules.register_rows import (
    DaysBackwards,
    NoDeposit,
    NotFilled,
    TooMuchLeft,
    check_row,
    read_cell,
    shown,
)
from desk.windows.village_accounts.rules.register_tables import (
    NO_ACCOUNT,
    SHARED,
    Fund,
    account_words,
    done_words,
    fund_row,
    plan_row,
)
from desk.windows.village_accounts.rules.registers import COLUMNS, Cell, Column, Register
from desk.windows.village_accounts.rules.rents import (
    Lease,
    Nearness,
    due_days,
    months_later,
    near,
    unpaid,
)
from kernel.errors import Refusal

BOUGHT = date(2026, 1, 15)
MONTH, QUARTER = timedelta(days=30), timedelta(days=90)


def month_of(wear: Wear, period: int) -> int:
    """Return what a month takes off where none before was skipped."""
    return share(wear, period, period, worn_before(wear, period))


@pytest.mark.parametrize(
    ("period", "fen", "why"),
    [
        (202601, 0, "nothing in the month it was acquired"),
        (202602, 1_000_00, "the month after is the first"),
        (202701, 1_000_00, "the twelfth"),
        (202702, 0, "nothing once its months are over"),
        (202512, 0, "nothing before"),
    ],
)
def test_an_asset_wears_from_the_month_after(period: int, fen: int, why: str) -> None:
    assert month_of(Wear(BOUGHT, 12_600_00, 600_00, 12), period) == fen, why


def test_odd_fen_are_spread_and_nothing_is_lost() -> None:
    wear = Wear(BOUGHT, 100_00, 0, 3)
    assert [month_of(wear, period) for period in (202602, 202603, 202604)] == [33_33, 33_33, 33_34]


def test_an_asset_given_away_wears_in_that_month_and_no_longer() -> None:
    wear = Wear(BOUGHT, 12_000_00, 0, 12, retired_on=date(2026, 3, 1))
    assert [month_of(wear, period) for period in (202603, 202604)] == [1_000_00, 0]


def test_what_does_not_wear_never_does() -> None:
    assert month_of(Wear(BOUGHT, 12_000_00, 0, 0), 202602) == 0
    assert month_of(Wear(BOUGHT, 100_00, 100_00, 12), 202602) == 0


def test_a_skipped_month_is_made_up_and_what_was_too_much_is_not_given_back() -> None:
    wear = Wear(BOUGHT, 12_600_00, 600_00, 12)
    assert share(wear, 202601, 202604, taken_fen=1_000_00) == 2_000_00
    assert share(wear, 202601, 202703, taken_fen=11_000_00) == 1_000_00
    assert share(wear, 202601, 202604, taken_fen=5_000_00) == 0


def test_what_was_worn_before_the_books_began_is_in_their_opening() -> None:
    wear = Wear(date(2024, 12, 31), 12_000_00, 0, 24)
    assert worn_before(wear, 202601) == 6_000_00
    assert share(wear, 202601, 202601, worn_before(wear, 202601)) == 500_00


@given(st.integers(0, 10**10), st.integers(0, 10**10), st.integers(0, 600))
def test_the_book_value_never_falls_below_what_should_remain(
    cost: int, residual: int, months: int
) -> None:
    wear = Wear(BOUGHT, cost, residual, months)
    periods = [2026 * 100 + 100 * (month // 12) + month % 12 + 1 for month in range(months + 3)]
    total = sum(month_of(wear, period) for period in periods)
    assert total == (max(cost - residual, 0) if months else 0)
    assert worn(wear, periods[-1]) == total


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_a_rent_falls_due_on_the_same_day_or_the_last(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_rents_fall_due_while_the_contract_runs() -> None:
    lease = Lease(date(2028, 12, 31), date(2026, 3, 1), 5_000_00, 12)
    days = [date(2026, 3, 1), date(2027, 3, 1), date(2028, 3, 1)]
    assert list(due_days(lease)) == days
    assert list(due_days(Lease(date(2028, 12, 31), date(2026, 3, 1), 0, 12))) == []


def test_a_rent_is_on_the_list_from_thirty_days_before_until_it_came() -> None:
    lease, today = Lease(date(2028, 12, 31), date(2026, 3, 1), 5_000_00, 1), date(2026, 3, 20)
    over, soon = (date(2026, 3, 1), Nearness.OVER), (date(2026, 4, 1), Nearness.NEAR)
    assert unpaid(lease, [], today, MONTH) == [over, soon]
    assert unpaid(lease, [date(2026, 3, 1)], today, MONTH) == [soon]


@pytest.mark.parametrize(
    ("end", "how"),
    [
        (date(2026, 3, 1), Nearness.OVER),
        (date(2026, 5, 31), Nearness.NEAR),
        (date(2026, 12, 31), None),
    ],
)
def test_the_end_of_a_contract_is_told_ninety_days_before(end: date, how: Nearness | None) -> None:
    assert near(end, date(2026, 3, 20), QUARTER) is how


def test_payments_settle_the_oldest_debt_first() -> None:
    added = [Moved(date(2023, 1, 1), 500), Moved(date(2025, 6, 1), 300)]
    moves = [*added, Moved(date(2026, 1, 1), -600)]
    assert left(moves) == [Moved(date(2025, 6, 1), 200)]
    assert banded(left(moves), date(2026, 3, 1)) == [200, 0, 0, 0]
    assert banded(left(added), date(2026, 3, 1)) == [300, 0, 0, 500]


def test_a_debt_paid_twice_stands_on_the_other_side() -> None:
    assert left([Moved(BOUGHT, 300), Moved(BOUGHT, -500)]) == [Moved(BOUGHT, -200)]


@given(st.lists(st.integers(-1000, 1000), max_size=30))
def test_what_is_left_of_a_debt_is_its_balance(amounts: list[int]) -> None:
    pieces = left(Moved(BOUGHT, fen) for fen in amounts)
    assert sum(one.fen for one in pieces) == sum(amounts)
    assert len({one.fen > 0 for one in pieces}) < 2


@pytest.mark.parametrize(
    ("cell", "typed", "value", "said"),
    [
        (Cell.MONEY, "1,234.5", 123450, "1,234.50"),
        (Cell.HUNDREDTHS, "12.5", 1250, "12.50"),
        (Cell.NUMBER, "12", 12, "12"),
        (Cell.VOUCHER, "2026-03/12", (202603, 12), "(202603, 12)"),
        (Cell.TEXT, " 示例 ", "示例", "示例"),
    ],
)
def test_a_cell_is_read_as_it_is_typed(cell: Cell, typed: str, value: object, said: str) -> None:
    column = Column("x", "示例", cell)
    assert read_cell(column, typed) == value
    assert shown(column, value) == said


@pytest.mark.parametrize(
    ("cell", "typed"),
    [
        (Cell.MONEY, "-1"),
        (Cell.MONEY, "x"),
        (Cell.HUNDREDTHS, "1.234"),
        (Cell.NUMBER, "-1"),
        (Cell.NUMBER, "9" * 20),
        (Cell.VOUCHER, "12"),
        (Cell.VOUCHER, "2026-13/1"),
    ],
)
def test_a_cell_that_says_nothing_is_refused_in_words(cell: Cell, typed: str) -> None:
    with pytest.raises(Refusal):
        read_cell(Column("x", "示例", cell), typed)


def test_a_cell_that_is_needed_is_asked_for_by_name() -> None:
    with pytest.raises(NotFilled, match="请填写名称"):
        read_cell(Column("name", "名称", needed=True), " ")
    assert read_cell(Column("name", "名称"), " ") is None


def test_of_a_document_the_last_four_are_shown() -> None:
    assert shown(Column("x", "证件", is_masked=True), "990101197001010012") == "****0012"


@pytest.mark.parametrize(
    ("register", "said", "refused"),
    [
        (Register.ASSETS, {"cost_fen": 1, "residual_fen": 2}, TooMuchLeft),
        (
            Register.CONTRACTS,
            {"from_on": BOUGHT, "to_on": BOUGHT, "rent_fen": 0, "every_months": 0},
            DaysBackwards,
        ),
        (Register.RECEIPTS, {"state": "used", "fen": None, "entry_id": None}, NoDeposit),
    ],
)
def test_a_row_does_not_contradict_itself(
    register: Register, said: dict[str, object], refused: type[Refusal]
) -> None:
    with pytest.raises(refused):
        check_row(register, said)


def test_every_register_has_columns_with_names_of_their_own() -> None:
    for register in Register:
        names = [one.name for one in COLUMNS[register]]
        assert names
        assert len(set(names)) == len(names)
        assert any(one.needed for one in COLUMNS[register])


@pytest.mark.parametrize(
    ("opening", "month", "why"),
    [
        (6_000_00, 500_00, "what was reckoned was handed over"),
        (9_000_00, 250_00, "the old books took more: less is left for the same months"),
        (0, 1_000_00, "the old books took nothing: the rest is spread, not made up at once"),
    ],
)
def test_what_was_handed_over_as_worn_leaves_the_rest_to_the_months_left(
    opening: int, month: int, why: str
) -> None:
    wear = Wear(date(2024, 12, 5), 12_000_00, 0, 24, opening_fen=opening)
    before = worn_before(wear, 202601)
    assert before == opening
    assert share(wear, 202601, 202601, before) == month, why
    assert share(wear, 202601, 202612, before) == 12_000_00 - opening, "all of it in its life"
    assert share(wear, 202601, 202712, before) == 12_000_00 - opening, "and no more"


def test_the_register_agrees_with_the_trial_balance_or_says_by_how_much() -> None:
    check_opening(6_000_00, 6_000_00)
    with pytest.raises(WearDiffers, match=re.escape("相差1.00元")):
        check_opening(6_000_00, 6_001_00)


def test_a_fund_says_what_came_what_went_and_what_is_left() -> None:
    said = ("示例水渠", "示例局")
    row = fund_row(said, 30_000_00, Fund(20_000_00, 5_000_00), "24101")
    assert row[2:] == ["30,000.00", "20,000.00", "5,000.00", "15,000.00", "24101"]
    assert fund_row(said, 1_00, None, NO_ACCOUNT)[3:6] == ["", "", ""]


@pytest.mark.parametrize(
    ("code", "codes", "words"),
    [
        (None, [], NO_ACCOUNT),
        ("24101", ["24101", "24102"], "24101"),
        ("24101", ["24101", "24101"], SHARED.format(code="24101")),
        ("513", ["513", "51301"], SHARED.format(code="513")),
    ],
)
def test_two_rows_of_one_account_are_not_told_apart(
    code: str | None, codes: list[str], words: str
) -> None:
    assert account_words(code, codes) == words


def test_what_was_done_of_a_plan_is_not_rounded_up() -> None:
    assert plan_row(("计划收入", "示例租金"), 3_00, 2_00, "501")[3:5] == ["2.00", "66%"]
    assert done_words(0, 5) == ""
