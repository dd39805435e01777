"""财务公开: what the village's board says of some months, line by line, out of the posted books.

Money first: what was there, each line that came in, each that went out, what is there now; the
four always add up, for every posting that moved money is a line of its own. What is due, owned
and planned follows, so that all eight classes are told. Names are shown, numbers of people never.
Source: 农经发〔2011〕13号 (eight classes, 逐项逐笔, at least quarterly, reviewed first);
practice 24, 28; domain notes 4.4.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from desk.windows.village_accounts.rules.hiding import without_numbers
from desk.windows.village_accounts.rules.kinds import ENTRY_NAMES, AccountKind, EntryKind
from kernel.errors import Refusal


class Section(StrEnum):
    """资金 and the eight classes of what has to be told."""

    MONEY = "money"  # 三本账的钱
    PLAN = "plan"  # 财务计划
    INCOME = "income"  # 各项收入
    EXPENSE = "expense"  # 各项支出
    ASSET = "asset"  # 各项资产
    RESOURCE = "resource"  # 各类资源
    DEBT = "debt"  # 债权债务
    DISTRIBUTION = "distribution"  # 收益分配
    OTHER = "other"  # 其他


SECTION_NAMES: dict[Section, str] = {
    Section.MONEY: "货币资金",
    Section.PLAN: "财务计划",
    Section.INCOME: "各项收入",
    Section.EXPENSE: "各项支出",
    Section.ASSET: "各项资产",
    Section.RESOURCE: "各类资源",
    Section.DEBT: "债权债务",
    Section.DISTRIBUTION: "收益分配",
    Section.OTHER: "其他事项",
}
#: classes whose lines say what stood before and what stands now
STANDING = frozenset({Section.MONEY, Section.ASSET, Section.DEBT, Section.DISTRIBUTION})
#: what is due to the village or from it: receivables, payables, loans, funds for a purpose
DEBT_CODES = ("112", "113", "201", "211", "212", "213", "214", "221", "231", "241")
DISTRIBUTION_CODES = ("321", "322")
DIGEST_SHOWN = 16


class SheetsDoNotAddUp(Refusal):
    message = "期初加收入减支出，和期末对不上，不能起草；请先核对账簿。"


@dataclass(frozen=True, slots=True)
class Posted:
    """One posting in the books, as a sheet has to know it."""

    entry_id: int
    kind: EntryKind
    voucher: str
    on: date
    gist: str
    account: str
    account_kind: AccountKind
    is_money: bool
    debit_fen: int
    credit_fen: int
    #: 经手人, where the originals say so
    by: str = ""


@dataclass(frozen=True, slots=True)
class Stood:
    """What stood in an account before and after; debits are positive."""

    code: str
    account: str
    kind: AccountKind
    is_money: bool
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the sheet. `before_fen` only where it says what stood."""

    section: Section
    gist: str
    fen: int | None = None
    before_fen: int | None = None
    account: str = ""
    voucher: str = ""
    by: str = ""
    on: date | None = None
    entry_id: int | None = None


@dataclass(frozen=True, slots=True)
class MoneySums:
    """期初 + 收入 - 支出 = 期末."""

    before: int
    income: int
    expense: int
    after: int

    @property
    def adds_up(self) -> bool:
        """Say whether the sheet tells everything that moved money."""
        return self.before + self.income - self.expense == self.after


def movements(postings: Iterable[Posted]) -> list[SheetLine]:
    """Return a line for every posting beside the money, in the order of the books.

    What an entry that moved money says on the other side is income (credit) or expense (debit),
    red amounts included; an entry that moved none, or only between books, is told under 其他.
    """
    by_entry: dict[int, list[Posted]] = {}
    for one in postings:
        by_entry.setdefault(one.entry_id, []).append(one)
    return [line for parts in by_entry.values() for line in _lines_of(parts)]


def _lines_of(parts: Sequence[Posted]) -> list[SheetLine]:
    beside = [one for one in parts if not one.is_money]
    if not beside:
        moved = sum(one.debit_fen for one in parts)
        return [_line(Section.OTHER, parts[0], moved)]
    if len(beside) == len(parts):
        return _without_money(parts)
    return [
        _line(Section.INCOME, one, one.credit_fen)
        if one.credit_fen
        else _line(Section.EXPENSE, one, one.debit_fen)
        for one in beside
    ]


def _without_money(parts: Sequence[Posted]) -> list[SheetLine]:
    """Tell an entry in which no money moved once, by what it debits."""
    if parts[0].kind is EntryKind.CLOSING:
        return []
    debits = [one for one in parts if one.debit_fen]
    return [_line(Section.OTHER, one, one.debit_fen) for one in debits]


def _line(section: Section, of: Posted, fen: int) -> SheetLine:
    gist = of.gist or ENTRY_NAMES[of.kind]
    account = "" if of.is_money else of.account
    return SheetLine(
        section, without_numbers(gist), fen, None, account, of.voucher, of.by, of.on, of.entry_id
    )


def standings(stood: Iterable[Stood]) -> list[SheetLine]:
    """Return what the three books, assets, debts and the distribution came to."""
    lines = [
        SheetLine(
            section, without_numbers(one.account), _shown(one, one.after), _shown(one, one.before)
        )
        for one in stood
        if (section := _class_of(one)) and (one.is_money or one.before or one.after)
    ]
    order = list(Section)
    return sorted(lines, key=lambda line: order.index(line.section))


def _class_of(one: Stood) -> Section | None:
    if one.is_money:
        return Section.MONEY
    if one.code[:3] in DEBT_CODES:
        return Section.DEBT
    if one.code[:3] in DISTRIBUTION_CODES:
        return Section.DISTRIBUTION
    return Section.ASSET if one.kind is AccountKind.ASSET else None


def _shown(one: Stood, fen: int) -> int:
    """Return an amount as a villager reads it: what is owned or due to us, or what we owe."""
    return fen if one.kind is AccountKind.ASSET else -fen


def sums(lines: Iterable[SheetLine]) -> MoneySums:
    """Add up what a sheet says of money."""
    before = income = expense = after = 0
    for line in lines:
        fen = line.fen or 0
        if line.section is Section.MONEY:
            before, after = before + (line.before_fen or 0), after + fen
        income += fen * (line.section is Section.INCOME)
        expense += fen * (line.section is Section.EXPENSE)
    return MoneySums(before, income, expense, after)


def in_order(lines: Iterable[SheetLine]) -> list[SheetLine]:
    """Return the lines class by class, each class as it was made. Raises: SheetsDoNotAddUp."""
    order = list(Section)
    found = sorted(lines, key=lambda line: order.index(line.section))
    if not sums(found).adds_up:
        raise SheetsDoNotAddUp
    return found


def digest(name: str, months: tuple[int, int], lines: Sequence[SheetLine]) -> str:
    """Return the fingerprint of a sheet: whoever has the paper can compare it with the page."""
    said = [name, *months, *(asdict(line) for line in lines)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, default=str).encode()).hexdigest()
