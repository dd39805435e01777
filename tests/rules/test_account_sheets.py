"""外来的表: opening balances and what a bank says, with a sentence for every wrong row."""

from datetime import date

import pytest

from desk.windows.village_accounts.rules.bank_sheets import (
    COLUMNS,
    BankRow,
    NoRows,
    oldest_first,
    read_statement,
)
from desk.windows.village_accounts.rules.chart import NotACode as NoSubAccount
from desk.windows.village_accounts.rules.entries import NotBalanced
from desk.windows.village_accounts.rules.opening import (
    NoName,
    NothingFilled,
    OpeningRow,
    read_opening,
    template,
    to_open,
)
from desk.windows.village_accounts.rules.sheet_rows import NoHead, NotRead, WrongRows, fen

HEAD = ["科目编码", "科目名称", "期初借方（元）", "期初贷方（元）"]


def test_opening_balances_are_read_whatever_stands_above_them() -> None:
    table = [
        ["示例村移交表"],
        [],
        HEAD,
        ["10201", "专户存款", "1,000.50", ""],
        ["101", "库存现金", "", ""],
        ["152", "累计折旧", "", "0.50"],
        ["301", "资本", "", " 1000 "],
        ["", "合计", "1000.50", "1000.50"],
    ]
    assert read_opening(table) == [
        OpeningRow("10201", "专户存款", 1000_50),
        OpeningRow("152", "累计折旧", -50),
        OpeningRow("301", "资本", -1000_00),
    ]


def test_every_wrong_row_is_told_by_its_number_in_the_sheet() -> None:
    table = [HEAD, ["10a", "", "1", ""], ["101", "", "1", "1"], ["102", "", "x", ""]]
    with pytest.raises(WrongRows) as refused:
        read_opening(table)
    assert refused.value.sentence == (
        "一行都没有导入。第2行：“10a”不是科目编码，例如 101、11301。"
        " 第3行：“101”借方和贷方只能填一个。 第4行：“x”不是金额，请写成 1234.56 这样。"
    )


def test_a_code_twice_a_sheet_out_of_balance_an_empty_one_and_one_without_head() -> None:
    with pytest.raises(WrongRows, match="第3行：“101”在表里有两行"):
        read_opening([HEAD, ["101", "", "1", ""], ["101", "", "1", ""]])
    with pytest.raises(NotBalanced, match="相差"):
        read_opening([HEAD, ["101", "", "1", ""], ["301", "", "", "1.01"]])
    with pytest.raises(NothingFilled):
        read_opening([HEAD, ["101", "库存现金", "", ""]])
    with pytest.raises(NoHead, match="科目编码、期初借方、期初贷方"):
        read_opening([["编码", "金额"], ["101", "1"]])


def test_sub_accounts_of_a_sheet_are_opened_parents_first_under_their_names() -> None:
    chart = {"113": "内部往来"}
    rows = [OpeningRow("1130101", "示例户", 5), OpeningRow("11301", "一组", 5)]
    assert to_open(rows, chart) == [("11301", "一组"), ("1130101", "示例户")]
    with pytest.raises(NoName):
        to_open([OpeningRow("11302", "", 5)], chart)
    with pytest.raises(NoSubAccount):
        to_open([OpeningRow("199", "示例", 5)], chart)


def test_the_sheet_to_be_filled_can_be_read_again() -> None:
    empty = list(template([("101", "库存现金"), ("301", "资本")]))
    filled = [empty[0], [*empty[1][:2], "7", ""], [*empty[2][:2], "", "7"]]
    assert [one.fen for one in read_opening(filled)] == [700, -700]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("", 0), ("-", 0), ("—", 0), ("¥ 1,234.5", 1234_50), ("-3", -300), ("+2.01", 201)],
)
def test_amounts_of_cells(typed: str, amount: int) -> None:
    assert fen(typed) == amount


@pytest.mark.parametrize("typed", ["1.234", "一百", "1e3", "=1+1"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(NotRead):
        fen(typed)


def test_a_bank_may_call_its_columns_what_it_likes() -> None:
    two = [
        ["示例农商银行对账单"],
        ["交易日期", "摘要", "借方发生额", "贷方发生额", "余额", "对方户名"],
        ["2026-01-05 09:12:33", "转账", "1,000.00", "0.00", "9,000.00", "示例某人"],
        ["20260106", "利息", "", "0.35", "9,000.35", ""],
    ]
    assert read_statement(two) == [
        BankRow(date(2026, 1, 5), "转账", "", -1000_00, 9000_00),
        BankRow(date(2026, 1, 6), "利息", "", 35, 9000_35),
    ]
    one = [["日期", "交易金额", "借贷标志"], ["2026/1/5", "10", "借"], ["2026年1月6日", "3", "贷"]]
    assert [row.fen for row in read_statement(one)] == [-10_00, 3_00]
    signed = [["日期", "金额"], ["2026.1.5", "-10"]]
    assert [row.fen for row in read_statement(signed)] == [-10_00]
    odd = [["哪天", "进", "出"], ["2026-1-5", "", "2"]]
    called = {"on": "哪天", "in": "进", "out": "出"}
    assert [row.fen for row in read_statement(odd, called)] == [-2_00]


def test_what_a_bank_sheet_lacks_is_said() -> None:
    with pytest.raises(NoHead, match="交易日期、收入、支出"):
        read_statement([["摘要"], ["示例"]])
    with pytest.raises(NoRows):
        read_statement([["日期", "收入", "支出"]])
    with pytest.raises(WrongRows) as refused:
        read_statement(
            [["日期", "收入", "支出"], ["2026-02-30", "1", ""], ["2026-01-01", "1", "1"]]
        )
    assert refused.value.sentence == (
        "一行都没有导入。第2行：“2026-02-30”不是日期，请写成 2026-01-05 这样。"
        " 第3行：收入和支出要有一个，也只能有一个。"
    )


def test_an_original_sheet_has_no_other_party_in_it() -> None:
    """What a bank says of other people stays with the bank: no column of ours takes it."""
    taken = {name for every in COLUMNS.values() for name in every}
    assert not [name for name in taken if "对方" in name or "户名" in name]


def test_a_sheet_with_the_newest_on_top_is_turned_round() -> None:
    def line(day: int, fen: int, balance: int | None) -> BankRow:
        return BankRow(date(2026, 1, day), "示例", "", fen, balance)

    rows = [line(30, -1, 99), line(31, -4, 95), line(31, -5, 90)]
    assert oldest_first(rows) == oldest_first(rows[::-1]) == rows
    one_day = rows[1:]  # the days are silent, the balances are not
    assert oldest_first(one_day) == oldest_first(one_day[::-1]) == one_day
    bare = [line(31, 1, None), line(31, 2, None)]
    assert oldest_first(bare) == bare
    assert oldest_first([]) == []
