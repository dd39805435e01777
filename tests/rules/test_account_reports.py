"""村账报表: statements worked by hand, and identities that hold for any books at all."""

import csv
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.windows.village_accounts.rules.kinds import AccountKind, Side
from desk.windows.village_accounts.rules.reports import accounts, notes, statements
from desk.windows.village_accounts.rules.reports.figures import Figure
from desk.windows.village_accounts.rules.reports.form_sheets import NoLines, read_form, sheet
from desk.windows.village_accounts.rules.reports.formulas import (
    NotAFormula,
    StatementLine,
    UnknownLine,
    check_lines,
    parts,
    reckoned,
    starts,
)
from desk.windows.village_accounts.rules.reports.spans import Months, each_month
from desk.windows.village_accounts.rules.reports.tables import Table, shown, typed
from desk.windows.village_accounts.rules.sheet_rows import WrongRows
from tests.house.tree import ROOT

STARTER = ROOT / "migrations" / "starter"
SUB_ACCOUNTS = {"10201": "102", "10202": "102", "11301": "113", "11302": "113"}
SUB_ACCOUNTS |= {"32201": "322", "3220201": "322", "3220202": "322", "3220203": "322"}


def _rows(name: str) -> list[dict[str, str]]:
    with (STARTER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CHART = {row["code"]: row for row in _rows("0021_standard_accounts.csv")}
PARENTS = set(SUB_ACCOUNTS.values())
LEAVES = sorted((set(CHART) - PARENTS) | set(SUB_ACCOUNTS))
NAMES = {code: row["name"] for code, row in CHART.items()}
FLOWS = [code for code in LEAVES if code.startswith(("5", "321", "32202"))]


def lines(report: str) -> list[StatementLine]:
    return [
        StatementLine(
            row["number"],
            row["name"],
            int(row["depth"]),
            int(row["half"]),
            Side(row["side"]),
            row["formula"],
        )
        for row in _rows("0022_report_lines.csv")
        if row["report"] == report
    ]


SHEET, INCOME = lines("balance-sheet"), lines("income")


def figure(code: str, before: int, debits: int = 0, credits_: int = 0, closing: int = 0) -> Figure:
    row = CHART[SUB_ACCOUNTS.get(code, code)]
    kind, side = AccountKind(row["kind"]), Side(row["side"])
    return Figure(code, row["name"], kind, before, debits, credits_, closing, 1, side)


#: a village's year, worked by hand. It begins with 1,000 in the bank, a car of 500 of which 100
#: is written off, a loan of 300 and capital of 1,100. It earns 400, gets 200, spends 150 on its
#: administration and 50 on welfare, lends 80 to a member, owes another 30 for work (welfare),
#: takes 60 into the reserve and promises its members 90.
YEAR = (
    figure("10201", 1000, 600, 280),
    figure("11301", 0, 80),
    figure("11302", 0, 0, 30),
    figure("151", 500),
    figure("152", -100),
    figure("201", -300),
    figure("211", 0, 0, 90),
    figure("301", -1100),
    figure("311", 0, 0, 60),
    figure("3220201", 0, 60),
    figure("3220202", 0, 90),
    figure("501", 0, 0, 400),
    figure("503", 0, 0, 200),
    figure("513", 0, 150),
    figure("514", 0, 80),
)


def amounts_of(
    report: Sequence[StatementLine], figures: Sequence[Figure], basis: object
) -> dict[str, int]:
    found = reckoned(report, figures, basis)  # type: ignore[arg-type]
    return {line.name: found[line.number] for line in report if line.formula}


def test_the_balance_sheet_of_a_year_worked_by_hand() -> None:
    end = amounts_of(SHEET, YEAR, statements.at_end)
    assert end["货币资金"] == 1320
    assert end["应收款项"] == 80
    assert end["固定资产净值"] == 400
    assert end["资产总计"] == 1800
    assert end["应付款项"] == 120
    assert end["负债合计"] == 420
    assert end["公积公益金"] == 60
    assert end["未分配收益"] == 220
    assert end["负债和所有者权益总计"] == 1800
    start = amounts_of(SHEET, YEAR, statements.at_start)
    assert start["资产总计"] == start["负债和所有者权益总计"] == 1400


def test_the_income_statement_of_a_year_worked_by_hand() -> None:
    year = amounts_of(INCOME, YEAR, statements.in_year)
    assert year["二、经营收益"] == 250
    assert year["三、收益总额"] == 370
    assert year["四、净收益"] == 370
    assert year["减：提取公积公益金"] == 60
    assert year["向成员分配"] == 90
    assert year["六、年末未分配收益"] == 220


def test_a_year_that_was_carried_over_has_still_earned_what_it_earned() -> None:
    carried = {"501": 400, "503": 200, "513": -150, "514": -80, "32201": -370}
    closed = [
        figure(
            one.code, one.before, one.debits + max(fen, 0), one.credits + max(-fen, 0), closing=fen
        )
        for one in (*YEAR, figure("32201", 0))
        for fen in [carried.get(one.code, 0)]
    ]
    assert amounts_of(INCOME, closed, statements.in_year) == amounts_of(
        INCOME, YEAR, statements.in_year
    )
    assert amounts_of(SHEET, closed, statements.at_end) == amounts_of(
        SHEET, YEAR, statements.at_end
    )
    assert all(one.after == 0 for one in closed if one.code.startswith("5"))


def test_what_income_was_taken_over_with_in_the_middle_of_a_year_belongs_to_the_year() -> None:
    taken_over = figure("501", -70, 0, 30)
    assert taken_over.since_new_year == -100
    assert taken_over.moved == -30
    assert figure("32201", -500, 0, 20).since_new_year == -20


MOVES = st.lists(
    st.tuples(st.sampled_from(LEAVES), st.sampled_from(LEAVES), st.integers(1, 10**9)),
    max_size=40,
)


def ledger(opening: list[tuple[str, str, int]], moves: list[tuple[str, str, int]]) -> list[Figure]:
    """Return the figures of books in which every amount stands once on each side."""
    before = dict.fromkeys(LEAVES, 0)
    for debit, credit, fen in opening:
        before[debit] += fen
        before[credit] -= fen
    debits, credits_ = dict.fromkeys(LEAVES, 0), dict.fromkeys(LEAVES, 0)
    for debit, credit, fen in moves:
        debits[debit] += fen
        credits_[credit] += fen
    return [figure(code, before[code], debits[code], credits_[code]) for code in LEAVES]


@given(MOVES, MOVES)
def test_assets_are_liabilities_and_equity_in_any_books(
    opening: list[tuple[str, str, int]], moves: list[tuple[str, str, int]]
) -> None:
    figures = ledger(opening, moves)
    for basis in (statements.at_end, statements.at_start):
        found = amounts_of(SHEET, figures, basis)
        assert found["资产总计"] == found["负债和所有者权益总计"]
    undistributed = amounts_of(SHEET, figures, statements.at_end)["未分配收益"]
    assert amounts_of(INCOME, figures, statements.in_year)["六、年末未分配收益"] == undistributed


def test_the_identity_notices_an_account_that_a_form_forgets() -> None:
    """The control: without 在建工程 the two sides of the sheet differ."""
    short = [
        StatementLine(
            one.number, one.name, one.depth, one.half, one.side, one.formula.replace("153", "154")
        )
        for one in SHEET
    ]
    figures = ledger([], [("153", "301", 5)])
    found = amounts_of(short, figures, statements.at_end)
    assert found["资产总计"] != found["负债和所有者权益总计"]


@given(MOVES, MOVES)
def test_both_sides_of_a_trial_balance_and_of_a_summary_agree(
    opening: list[tuple[str, str, int]], moves: list[tuple[str, str, int]]
) -> None:
    figures = ledger(opening, moves)
    trial = [cell.fen for cell in accounts.trial_balance(figures, NAMES).rows[-1].cells[2:]]
    assert trial[0::2] == trial[1::2]
    summed = [cell.fen for cell in accounts.summary(figures, NAMES).rows[-1].cells[2:]]
    assert summed == [sum(fen for *_, fen in moves)] * 2


def test_the_notes_say_what_the_sums_are_made_of() -> None:
    names = {**NAMES, "10201": "专户存款", "11301": "示例户", "11302": "示例户二"}
    told = as_read(notes.notes(YEAR, names))
    assert ["10201", "专户存款", "13.20", "10.00"] in told
    assert ["11302", "示例户二", "-0.30", "0.00"] in told
    assert ["", "没有余额", "", ""] in told
    assert [row[0] for row in told if row[0] and row[0][1] == "、"] == [
        *(heading for heading, _ in notes.SAID),
        *(heading for heading, _ in notes.SECTIONS),
        notes.REST[0],
    ]


def as_read(table: Table) -> list[list[str]]:
    return [[shown(cell) for cell in row.cells] for row in table.rows]


def test_income_detail_lists_what_came_and_went_and_what_is_left() -> None:
    names = {**NAMES, "50101": "发包收入"}
    of_year = (figure("501", 0), figure("513", 0, 150), figure("503", 0, 0, 200))
    rent = Figure("50101", "发包收入", AccountKind.PROFIT, 0, 0, 40000, 0, 1, Side.CREDIT)
    table = accounts.income_detail((rent,), (*of_year, rent), names)
    assert as_read(table) == [
        ["501", "经营收入", "400.00", "400.00"],
        ["50101", "发包收入", "400.00", "400.00"],
        ["503", "补助收入", "0.00", "2.00"],
        ["", "收入合计", "400.00", "402.00"],
        ["513", "管理费用", "0.00", "1.50"],
        ["", "支出合计", "0.00", "1.50"],
        ["", "收支相抵", "400.00", "400.50"],
    ]


def test_the_ledger_shows_a_month_with_the_year_so_far() -> None:
    months = [(202601, [figure("10201", 100, 50)]), (202602, [figure("10201", 150, 0, 30)])]
    table = accounts.ledger(months, NAMES, 202602)
    assert as_read(table) == [
        ["102 银行存款", "2026年2月", "期初余额", "", "", "借", "1.50"],
        ["", "2026年2月", "本月合计", "", "0.30", "借", "1.20"],
        ["", "", "本年累计", "0.50", "0.30", "借", "1.20"],
    ]


def test_113_is_split_by_its_parts_and_112_is_not() -> None:
    figures = [figure("11301", 70), figure("11302", -50), figure("112", -20)]
    end = amounts_of(SHEET, figures, statements.at_end)
    assert end["应收款项"] == 50
    assert end["应付款项"] == 50
    (line,) = [one for one in SHEET if one.name == "应付款项"]
    assert [(part.figure.code, part.fen) for part in parts(line, figures, statements.at_end)] == [
        ("11302", 50)
    ]


def test_figures_of_several_villages_lead_to_their_parts_and_not_to_one_book() -> None:
    one, other = figure("513", 0, 5), figure("513", 0, 7)
    object.__setattr__(other, "set_id", 2)
    (cell,) = [row.cells[1] for row in accounts.trial_balance([one, other], NAMES).rows[:-1]]
    assert (cell.account, cell.line) == ("", "513")
    (alone,) = [row.cells[1] for row in accounts.trial_balance([one], NAMES).rows[:-1]]
    assert (alone.account, alone.set_id) == ("513", 1)


@pytest.mark.parametrize("formula", ["abc", "101 102", "101102+", "r", "+", "6", "101x"])
def test_a_formula_that_nobody_can_read_is_refused(formula: str) -> None:
    line = StatementLine("1", "示例", 0, 1, Side.DEBIT, formula)
    with pytest.raises(NotAFormula):
        check_lines([line])


def test_a_line_is_made_of_lines_before_it() -> None:
    check_lines(SHEET)
    check_lines(INCOME)
    ahead = StatementLine("1", "示例", 0, 1, Side.DEBIT, "r2")
    with pytest.raises(UnknownLine):
        check_lines([ahead])


def test_lines_that_speak_of_the_new_year_have_no_figure_for_a_month() -> None:
    late = starts(INCOME)
    assert [one.name for one in INCOME if one.number in late] == [
        "加：年初未分配收益",
        "五、可分配收益",
        "六、年末未分配收益",
    ]


def test_months_are_said_once_and_a_ledger_shows_a_year_at_most() -> None:
    assert Months(202603, 202603).words == "2026年3月"
    assert Months(202601, 202603).words == "2026年1月至2026年3月"
    assert Months(202601, 202603).new_year == 202601
    assert each_month(202411, 202502) == [202411, 202412, 202501, 202502]
    assert len(each_month(202401, 209912)) == 12


def test_a_spreadsheet_has_amounts_without_thousands_and_nothing_where_nothing_is() -> None:
    (row, _) = accounts.summary([figure("513", 0, 1234567)], NAMES).rows
    assert [typed(cell) for cell in row.cells] == ["513", "管理费用", "12345.67", ""]


def test_the_lines_of_a_statement_go_out_as_a_sheet_and_come_back_the_same() -> None:
    for lines_of_form in (SHEET, INCOME):
        assert read_form([list(row) for row in sheet(lines_of_form)]) == lines_of_form


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["1", "示例", "9", "1", "借", "101"], "缩进填0到3"),
        (["1", "示例", "0", "3", "借", "101"], "左右填1或2"),
        (["1", "示例", "0", "1", "左", "101"], "方向填借或贷"),
        (["", "示例", "0", "1", "借", "101"], "有公式的要有行次"),
        (["1", "示例", "0", "1", "借", "x"], "读不懂"),
        (["7", "示例", "0", "1", "借", "102"], "行次7有两行"),
    ],
)
def test_a_wrong_line_of_a_form_is_told(row: list[str], said: str) -> None:
    head = ["行次", "项目", "缩进", "左右", "方向", "公式"]
    with pytest.raises(WrongRows, match=said):
        read_form([head, ["7", "示例", "0", "1", "借", "101"], row])
    with pytest.raises(NoLines):
        read_form([head])
