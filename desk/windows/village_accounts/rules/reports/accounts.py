"""科目余额表、科目汇总表、收支明细表、总账: the accounts themselves, added up.

Source: 会计基础工作规范 (科目汇总表, 总账); domain notes 4.6 (working tables kept by habit).
"""

from collections.abc import Iterator, Mapping, Sequence

from desk.windows.village_accounts.rules.kinds import AccountKind, Side
from desk.windows.village_accounts.rules.periods import words
from desk.windows.village_accounts.rules.reports.figures import Figure, Group, grouped, under
from desk.windows.village_accounts.rules.reports.tables import (
    Cell,
    Column,
    Row,
    Table,
    Weight,
    amounts,
    text,
)

_SIX = ("期初借方", "期初贷方", "本期借方", "本期贷方", "期末借方", "期末贷方")
TOTAL, LEAVES_TOTAL = "合计", "合计（末级科目）"
EARNED, SPENT, RESULT = "收入合计", "支出合计", "收支相抵"
OPENING, MONTH_TOTAL, YEAR_TOTAL = "期初余额", "本月合计", "本年累计"
DEBIT, CREDIT, EVEN = "借", "贷", "平"


def direction(fen: int) -> str:
    """Return on which side a balance stands."""
    return DEBIT if fen > 0 else CREDIT if fen < 0 else EVEN


def _split(fen: int) -> tuple[int, int]:
    return max(fen, 0), max(-fen, 0)


def _name(one: Group) -> list[Cell]:
    depth = (len(one.code) - 3) // 2
    return [Cell(one.code), _told(one.code, one.name, one.set_id, depth)]


def _told(code: str, name: str, set_id: int, depth: int) -> Cell:
    """Return the name of an account: a leaf leads to its book, another to its parts."""
    if set_id:
        return Cell(name, account=code, set_id=set_id, depth=depth)
    return Cell(name, line=code, depth=depth)


def trial_balance(figures: Sequence[Figure], names: Mapping[str, str]) -> Table:
    """Set out before, movements and after of every account; both sides of each pair agree."""
    rows = [
        Row([*_name(one), *amounts(*_split(one.before), one.debits, one.credits)])
        for one in grouped(figures, dict(names))
    ]
    whole = [
        Row([*row.cells, *amounts(*_split(one.after))])
        for row, one in zip(rows, grouped(figures, dict(names)), strict=True)
    ]
    pairs = [(*_split(one.before), one.debits, one.credits, *_split(one.after)) for one in figures]
    sums = [sum(pair[place] for pair in pairs) for place in range(6)]
    total = Row([*text("", LEAVES_TOTAL), *(Cell(fen=fen) for fen in sums)], Weight.TOTAL)
    heads = [Column("编码", is_number=False), Column("科目", is_number=False)]
    return Table([*heads, *(Column(name) for name in _SIX)], [*whole, total])


def summary(figures: Sequence[Figure], names: Mapping[str, str]) -> Table:
    """Set out 科目汇总表: the movements of the accounts of the first level."""
    tops = {code: name for code, name in names.items() if len(code) == 3}
    moved = [one for one in grouped(figures, tops) if one.debits or one.credits]
    rows = [Row([*_name(one), *amounts(one.debits, one.credits)]) for one in moved]
    both = [sum(one.debits for one in moved), sum(one.credits for one in moved)]
    total = Row([*text("", TOTAL), *(Cell(fen=fen) for fen in both)], Weight.TOTAL)
    heads = [Column("编码", is_number=False), Column("科目", is_number=False)]
    return Table([*heads, Column("借方发生额"), Column("贷方发生额")], [*rows, total])


def income_detail(
    of_months: Sequence[Figure], of_year: Sequence[Figure], names: Mapping[str, str]
) -> Table:
    """Set out every income and expense account with its parts, in some months and the year."""
    rows: list[Row] = []
    sums: list[tuple[int, int]] = []
    for side, label in ((Side.CREDIT, EARNED), (Side.DEBIT, SPENT)):
        lines = list(_earned(_of(of_months, side), _of(of_year, side), names))
        tops = [both for code, _, both in lines if len(code) == 3]
        both = sum(one[0] for one in tops), sum(one[1] for one in tops)
        rows.extend(
            Row([Cell(code), cell, *(Cell(fen=fen) for fen in amount)])
            for code, cell, amount in lines
        )
        rows.append(Row([*text("", label), *(Cell(fen=fen) for fen in both)], Weight.TOTAL))
        sums.append(both)
    left = [earned - spent for earned, spent in zip(*sums, strict=True)]
    rows.append(Row([*text("", RESULT), *(Cell(fen=fen) for fen in left)], Weight.TOTAL))
    heads = [Column("编码", is_number=False), Column("项目", is_number=False)]
    return Table([*heads, Column("本期数"), Column("本年累计数")], rows)


def _of(figures: Sequence[Figure], side: Side) -> list[Figure]:
    """Return 损益 of one side."""
    profits = [one for one in figures if one.kind is AccountKind.PROFIT]
    return [one for one in profits if one.side is side]


def _earned(
    of_months: Sequence[Figure], of_year: Sequence[Figure], names: Mapping[str, str]
) -> Iterator[tuple[str, Cell, tuple[int, int]]]:
    for one in grouped([each for each in of_year if not each.is_empty], dict(names)):
        parts = under(of_year, one.code)
        turn = -1 if parts[0].side is Side.CREDIT else 1
        month = turn * sum(each.moved for each in under(of_months, one.code))
        year = turn * sum(each.since_new_year for each in parts)
        depth = (len(one.code) - 3) // 2
        yield one.code, _told(one.code, one.name, one.set_id, depth), (month, year)


def ledger(
    by_month: Sequence[tuple[int, Sequence[Figure]]], names: Mapping[str, str], first: int
) -> Table:
    """Set out 总账: the accounts of the first level month by month, with the year so far.

    `by_month` begins in January, so that the year so far is whole; shown is it from `first` on.
    """
    rows: list[Row] = []
    for code, name in sorted(names.items()):
        if len(code) == 3:
            rows.extend(_pages_of(code, name, by_month, first))
    heads = [Column(one, is_number=False) for one in ("科目", "月份", "摘要")]
    sides = (Column("借方"), Column("贷方"), Column("方向", is_number=False), Column("余额"))
    return Table([*heads, *sides], rows)


def _pages_of(
    code: str, name: str, by_month: Sequence[tuple[int, Sequence[Figure]]], first: int
) -> Iterator[Row]:
    year, sums, is_begun = 0, [0, 0], False
    for month, figures in by_month:
        for one in grouped(figures, {code: name}):
            if month // 100 != year:
                year, sums = month // 100, [0, 0]
            sums = [sums[0] + one.debits, sums[1] + one.credits]
            if month < first:
                continue
            if not is_begun:
                is_begun = True
                yield _ledger_row((f"{code} {name}", words(month), OPENING), None, one.before)
            yield _ledger_row(("", words(month), MONTH_TOTAL), (one.debits, one.credits), one.after)
            yield _ledger_row(("", "", YEAR_TOTAL), (sums[0], sums[1]), one.after)


def _ledger_row(said: Sequence[str], both: tuple[int, int] | None, balance: int) -> Row:
    sides = amounts(*both) if both else text("", "")
    end = [Cell(direction(balance)), Cell(fen=abs(balance))]
    weight = Weight.TOTAL if said[0] else Weight.PLAIN
    return Row([*text(*said), *sides, *end], weight)
