"""每月装订的纸: vouchers, their cover, the books' covers, payments and requests for money.

Source: 会计基础工作规范 (记账凭证, 凭证装订, 账簿启用); practice 27.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desk.windows.village_accounts.rules.periods import words
from desk.windows.village_accounts.rules.reports.tables import (
    Cell,
    Column,
    Row,
    Table,
    Weight,
    amounts,
    text,
)
from kernel.money import capitals, yuan

#: lines of a voucher of half a sheet; a longer entry goes on
LINES = 7


class MonthPaper(StrEnum):
    """A paper of a month's bundle."""

    VOUCHERS = "vouchers"  # 记账凭证
    COVER = "cover"  # 凭证封面
    BOOK_COVERS = "book-covers"  # 账簿封面与启用表
    REQUESTS = "requests"  # 用款申请
    PAYMENTS = "payments"  # 付款清单


PAPER_NAMES: dict[MonthPaper, str] = {
    MonthPaper.VOUCHERS: "记账凭证",
    MonthPaper.COVER: "凭证封面",
    MonthPaper.BOOK_COVERS: "账簿封面和启用表",
    MonthPaper.REQUESTS: "用款申请单",
    MonthPaper.PAYMENTS: "付款清单",
}
#: 账簿 a set keeps, as its covers name them
BOOKS_KEPT = ("总账", "明细账", "专户存款日记账", "支出户存款日记账", "现金日记账")
TOTAL, CARRIED, OPENING = "合计", "过次页", "期初余额"
BROUGHT, MONTH_TOTAL, YEAR_TOTAL = "承前余额", "本月合计", "本年累计"
DEBIT, CREDIT, EVEN = "借", "贷", "平"


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """A line of a voucher: its gist, the account in full, both amounts."""

    gist: str
    account: str
    debit: int
    credit: int


@dataclass(frozen=True, slots=True)
class Voucher:
    """An entry as it is printed."""

    on: date
    number: int
    gist: str
    attachments: int
    lines: Sequence[VoucherLine]
    #: 记账, 审核, 出纳, 制单
    signed: Sequence[str]


def day_words(day: date) -> str:
    """Return a day as it stands on a paper."""
    return f"{day.year}年{day.month}月{day.day}日"


def pages_of(voucher: Voucher) -> list[dict[str, object]]:
    """Return a voucher as half sheets: the total stands on the last one."""
    count = max(1, -(-len(voucher.lines) // LINES))
    total = sum(one.debit for one in voucher.lines)
    pages = []
    for page in range(count):
        lines = voucher.lines[page * LINES : (page + 1) * LINES]
        is_last = page == count - 1
        pages.append(
            {
                "on": day_words(voucher.on),
                "number": f"记字第{voucher.number}号" + _part(page, count),
                "attachments": voucher.attachments,
                "lines": [_cells(one) for one in lines] + [[""] * 4] * (LINES - len(lines)),
                "total": [capitals(total), yuan(total)] if is_last else [CARRIED, ""],
                "signed": list(voucher.signed),
            }
        )
    return pages


def _part(page: int, count: int) -> str:
    return f"（{page + 1}/{count}）" if count > 1 else ""


def _cells(line: VoucherLine) -> list[str]:
    debit, credit = (yuan(fen) if fen else "" for fen in (line.debit, line.credit))
    return [line.gist, line.account, debit, credit]


def cover(period: int, vouchers: Sequence[Voucher]) -> dict[str, object]:
    """Return what stands on the cover of a month's vouchers."""
    numbers = [one.number for one in vouchers]
    return {
        "month": words(period),
        "first": min(numbers, default=0),
        "last": max(numbers, default=0),
        "count": len(vouchers),
        "attachments": sum(one.attachments for one in vouchers),
    }


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that left a village: from which account, by which entry."""

    on: date
    number: str
    gist: str
    account: str
    fen: int


def payments(found: Iterable[Payment]) -> Table:
    """Set out 付款清单: everything that left bank or cash box, and the sum."""
    every = list(found)
    rows = [
        Row([*text(f"{one.on:%m-%d}", one.number, one.gist, one.account), Cell(fen=one.fen)])
        for one in every
    ]
    total = sum(one.fen for one in every)
    last = Row([*text("", "", TOTAL, capitals(total)), Cell(fen=total)], Weight.TOTAL)
    heads = [Column(name, is_number=False) for name in ("日期", "凭证", "摘要", "付款账户")]
    return Table([*heads, Column("金额")], [*rows, last])


def request(payment: Payment, into: str) -> dict[str, str]:
    """Return what stands on 用款申请单: from which account into which, how much, what for."""
    return {
        "on": day_words(payment.on),
        "number": payment.number,
        "from": payment.account,
        "into": into,
        "gist": payment.gist,
        "amount": yuan(payment.fen),
        "capitals": capitals(payment.fen),
    }


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of an account's book."""

    on: date
    period: int
    number: str
    gist: str
    debit: int
    credit: int
    balance: int


def direction(fen: int) -> str:
    """Return on which side a balance stands."""
    return DEBIT if fen > 0 else CREDIT if fen < 0 else EVEN


def book_pages(before: int, of_year: tuple[int, int], lines: Sequence[PageLine]) -> Table:
    """Set out the book of an account: line by line, each month summed up, and the year so far.

    `of_year` is what moved in the year before the first line.
    """
    rows = [Row([*text("", "", BROUGHT), *_sides(0, 0), *_balance(before)])]
    year, month = list(of_year), [0, 0]
    for place, one in enumerate(lines):
        month = [month[0] + one.debit, month[1] + one.credit]
        said = text(f"{one.on:%Y-%m-%d}", one.number, one.gist)
        rows.append(Row([*said, *_sides(one.debit, one.credit), *_balance(one.balance)]))
        after = lines[place + 1].period if place + 1 < len(lines) else 0
        if after != one.period:
            year = [year[0] + month[0], year[1] + month[1]]
            for name, sums in ((MONTH_TOTAL, month), (YEAR_TOTAL, year)):
                cells = [*text("", "", name), *_sides(*sums), *_balance(one.balance)]
                rows.append(Row(cells, Weight.TOTAL))
            month = [0, 0]
            year = [0, 0] if after // 100 != one.period // 100 else year
    heads = [Column(name, is_number=False) for name in ("日期", "凭证", "摘要")]
    ends = (Column("借方"), Column("贷方"), Column("方向", is_number=False), Column("余额"))
    return Table([*heads, *ends], rows)


def _sides(debit: int, credit: int) -> list[Cell]:
    return amounts(debit, credit)


def _balance(fen: int) -> list[Cell]:
    return [Cell(direction(fen)), Cell(fen=abs(fen))]
