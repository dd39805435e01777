"""每月装订: a voucher of many lines goes on, a book sums its months up, a cover counts."""

from datetime import date

import pytest

from desk.windows.village_accounts.rules.month_papers import (
    LINES,
    PageLine,
    Payment,
    Voucher,
    VoucherLine,
    book_pages,
    cover,
    pages_of,
    payments,
    request,
)
from desk.windows.village_accounts.rules.reports.tables import shown

SIGNED = ("示例记账", "示例审核", "示例出纳", "示例制单")


def voucher(lines: int, number: int = 3) -> Voucher:
    spent = [VoucherLine("示例", "513 管理费用", 100, 0) for _ in range(lines - 1)]
    paid = VoucherLine("示例", "10202 银行存款—支出户存款", 0, 100 * (lines - 1))
    return Voucher(date(2026, 1, 9), number, "示例", 2, [*spent, paid], SIGNED)


@pytest.mark.parametrize(("lines", "pages"), [(2, 1), (LINES, 1), (LINES + 1, 2), (3 * LINES, 3)])
def test_a_voucher_goes_on_until_all_its_lines_are_told(lines: int, pages: int) -> None:
    found = pages_of(voucher(lines))
    assert len(found) == pages
    told = [line for page in found for line in page["lines"] if line[1]]  # type: ignore[attr-defined]
    assert len(told) == lines
    assert {len(page["lines"]) for page in found} == {LINES}  # type: ignore[arg-type]
    assert [page["total"][0] for page in found[:-1]] == ["过次页"] * (pages - 1)  # type: ignore[index]
    assert found[-1]["total"][1] == f"{lines - 1}.00"  # type: ignore[index]
    assert found[-1]["number"] == "记字第3号" + (f"（{pages}/{pages}）" if pages > 1 else "")


def test_a_cover_counts_vouchers_and_what_hangs_on_them() -> None:
    found = cover(202601, [voucher(2, 1), voucher(2, 2)])
    assert (found["first"], found["last"], found["count"], found["attachments"]) == (1, 2, 2, 4)
    assert cover(202601, [])["count"] == 0


def test_payments_are_summed_up_in_capitals_and_a_request_names_both_accounts() -> None:
    paid = Payment(date(2026, 1, 9), "记字第3号", "示例", "10202 支出户存款", 1_234_56)
    *_, last = payments([paid, paid]).rows
    assert [shown(cell) for cell in last.cells][2:] == [
        "合计",
        "贰仟肆佰陆拾玖元壹角贰分",
        "2,469.12",
    ]
    asked = request(paid, "101 库存现金")
    assert asked["from"] == "10202 支出户存款"
    assert asked["into"] == "101 库存现金"
    assert asked["capitals"] == "壹仟贰佰叁拾肆元伍角陆分"


def test_a_book_sums_up_each_month_and_the_year_which_begins_anew() -> None:
    def line(year: int, month: int, debit: int, credit: int, balance: int) -> PageLine:
        day = date(year, month, 5)
        return PageLine(day, year * 100 + month, "记字第1号", "示例", debit, credit, balance)

    lines = [line(2026, 11, 500, 0, 600), line(2026, 12, 0, 200, 400), line(2027, 1, 100, 0, 500)]
    table = book_pages(100, (1000, 900), lines)
    told = [[shown(cell) for cell in row.cells][2:] for row in table.rows]
    assert told == [
        ["承前余额", "", "", "借", "1.00"],
        ["示例", "5.00", "", "借", "6.00"],
        ["本月合计", "5.00", "", "借", "6.00"],
        ["本年累计", "15.00", "9.00", "借", "6.00"],
        ["示例", "", "2.00", "借", "4.00"],
        ["本月合计", "", "2.00", "借", "4.00"],
        ["本年累计", "15.00", "11.00", "借", "4.00"],
        ["示例", "1.00", "", "借", "5.00"],
        ["本月合计", "1.00", "", "借", "5.00"],
        ["本年累计", "1.00", "", "借", "5.00"],
    ]
