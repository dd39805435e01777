"""银行对账: lines of the bank beside lines of the books, and 余额调节表 of what is on its way.

Source: 会计基础工作规范 (对账, 银行存款余额调节表); domain notes 4.2, 4.3 (monthly reconciliation).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kernel.errors import Refusal
from kernel.money import yuan


class NotReconciled(Refusal):
    message = "调节后还差{gap}元：银行一边{bank}元，账上一边{book}元。请逐笔勾对，查清再确认。"
    status = 422


class SaidOtherwise(Refusal):
    message = "导入的对账单到月末余额是{said}元，同填写的不一样，请核对。"
    status = 422
    field = "bank"


class NotAPair(Refusal):
    message = "要勾对的银行流水和账上一笔，金额要相同，而且都还没有勾对过。"
    status = 422


class MatchedAlready(Refusal):
    message = "这份对账单里已经有{count}笔勾对过，不能删除；先取消勾对。"


class NoBankAccount(Refusal):
    message = "这个科目不是银行存款的末级科目，不用对账。"
    status = 422


@dataclass(frozen=True, slots=True)
class BankItem:
    """A line of the bank, money in positive."""

    id: int
    on: date
    fen: int
    gist: str = ""


@dataclass(frozen=True, slots=True)
class BookItem:
    """A line of the books, debits positive, by its entry and line."""

    entry_id: int
    line: int
    on: date
    fen: int
    gist: str = ""
    number: str = ""
    uuid: str = ""

    @property
    def key(self) -> str:
        """Return how a form names it."""
        return f"{self.entry_id}-{self.line}"


Pair = tuple[BankItem, BookItem]


def proposed(bank: Iterable[BankItem], book: Sequence[BookItem], days: int) -> list[Pair]:
    """Return which lines seem to be the same: equal amounts, some days apart, the nearest first.

    Each line is proposed once; a person ticks what is right.
    """
    near = sorted(
        (
            (abs((one.on - other.on).days), one.on, one.id, other.entry_id, other.line, one, other)
            for one in bank
            for other in book
            if one.fen == other.fen and abs((one.on - other.on).days) <= days
        ),
        key=lambda found: found[:5],
    )
    taken_bank: set[int] = set()
    taken_book: set[str] = set()
    pairs: list[Pair] = []
    for *_, one, other in near:
        if one.id not in taken_bank and other.key not in taken_book:
            taken_bank.add(one.id)
            taken_book.add(other.key)
            pairs.append((one, other))
    return sorted(pairs, key=lambda pair: (pair[0].on, pair[0].id))


@dataclass(frozen=True, slots=True)
class Adjustment:
    """余额调节表: both balances, and what only one side knows of yet."""

    bank_fen: int
    book_fen: int
    only_bank: Sequence[BankItem]
    only_book: Sequence[BookItem]

    @property
    def adjusted_bank(self) -> int:
        """Return the bank's balance with what only the books know of."""
        return self.bank_fen + sum(one.fen for one in self.only_book)

    @property
    def adjusted_book(self) -> int:
        """Return the books' balance with what only the bank knows of."""
        return self.book_fen + sum(one.fen for one in self.only_bank)

    @property
    def gap(self) -> int:
        """Return what nobody has explained."""
        return self.adjusted_bank - self.adjusted_book


def check_agreed(adjustment: Adjustment, said: int | None) -> None:
    """Refuse a month whose two sides differ after all, or a balance the bank does not know.

    `said` is what the bank's sheet says. Raises: SaidOtherwise, NotReconciled.
    """
    if said is not None and said != adjustment.bank_fen:
        raise SaidOtherwise(said=yuan(said))
    if adjustment.gap:
        raise NotReconciled(
            gap=yuan(abs(adjustment.gap)),
            bank=yuan(adjustment.adjusted_bank),
            book=yuan(adjustment.adjusted_book),
        )
