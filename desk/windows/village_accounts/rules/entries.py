"""记账凭证的规则: an entry balances or does not exist; who may sign it; how it is taken back.

Source: 会计基础工作规范 (凭证, 红字更正); practice 19, 20, 21, 25; domain notes 4.3.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from desk.windows.village_accounts.rules.kinds import ENTRY_NAMES, RED, WITHOUT_MONEY, EntryKind
from desk.windows.village_accounts.rules.periods import last_day, period_of
from desk.windows.village_accounts.rules.periods import words as period_words
from kernel.errors import Refusal
from kernel.money import yuan

GIST_LIMIT = 100
MOST_LINES = 60


class NotBalanced(Refusal):
    message = "借方合计{debits}元，贷方合计{credits}元，相差{gap}元：借贷不平，不能保存。"
    status = 422


class TooFewLines(Refusal):
    message = "一张凭证至少要有两行分录。"
    status = 422


class OneSide(Refusal):
    message = "第{line}行：借方和贷方要填一个，也只能填一个。"
    status = 422


class RedAmount(Refusal):
    message = "第{line}行是负数：只有红字冲销和更正可以用红字。"
    status = 422


class NotALeaf(Refusal):
    message = "“{name}”下面有明细科目，请记到明细科目。"
    status = 422


class Retired(Refusal):
    message = "“{name}”已经停用，不能再记。"
    status = 422


class MonthNotOpen(Refusal):
    message = "{day}不在可以记账的月份里，现在只能记{period}。"
    status = 422
    field = "entry_on"


class OwnEntry(Refusal):
    message = "制单和审核不能是同一个人，请另一位来审核。"
    status = 403


class MoneyAndBooks(Refusal):
    message = "记账和出纳不能是同一个人。"
    status = 403


class PostedAlready(Refusal):
    message = "这张凭证已经记账，不能再改、再删；有错请用红字冲销。"


class BelowZero(Refusal):
    message = "“{name}”只有{balance}元，这笔要付出{spent}元：现金和银行存款不能是负数。"


class ReversedAlready(Refusal):
    message = "这张凭证已经由{number}冲销，只能冲销一次。"


class NotReversible(Refusal):
    message = "{kind}凭证不能再冲销；要恢复原来的账，请照原来的凭证重新填制一张。"


class NotPostedYet(Refusal):
    message = "这张凭证还没有记账，不用冲销：作废草稿以后重新填制。"


class OpeningStands(Refusal):
    message = (
        "期初已经结束，期初余额不能冲销。第一个月还没有凭证记账的，请另一位先反结账回到期初；"
        "已经记了账的，现金和银行存款在报账里办余额更正，其他科目用更正凭证调整。"
    )


class MoneyByHand(Refusal):
    message = (
        "{kind}凭证不能用“{name}”：付款和收款要凭原始凭证，请在报账里办；"
        "现金和银行账户之间调款，用账户划转。"
    )
    status = 422


class NotMoney(Refusal):
    message = "账户划转只在现金和银行存款之间，不能用“{name}”。"
    status = 422


class NoGist(Refusal):
    message = "摘要请写清楚这是一笔什么账。"
    status = 422
    field = "gist"


@dataclass(frozen=True, slots=True)
class Line:
    """One debit or credit to be: exactly one of the two amounts is not zero."""

    account_id: int
    debit_fen: int = 0
    credit_fen: int = 0
    #: empty: the entry's own
    gist: str = ""

    @property
    def fen(self) -> int:
        """Return the amount, debits positive."""
        return self.debit_fen - self.credit_fen


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it is written down."""

    kind: EntryKind
    entry_on: date
    gist: str
    lines: Sequence[Line]
    attachments: int = 0


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who answers for an entry in the books, beside its maker: numbers of staff."""

    checker_id: int
    poster_id: int
    #: 出纳, where money moved
    cashier_id: int | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Debits and credits of some lines."""

    debits: int = field(default=0)
    credits: int = field(default=0)


def totals(lines: Iterable[Line]) -> Totals:
    """Add up both sides."""
    both = list(lines)
    return Totals(sum(one.debit_fen for one in both), sum(one.credit_fen for one in both))


def check_written(written: Written) -> None:
    """Refuse what is no entry. Raises: NoGist, TooFewLines, OneSide, RedAmount, NotBalanced."""
    if not written.gist.strip():
        raise NoGist
    if len(written.lines) < 2:
        raise TooFewLines
    for number, line in enumerate(written.lines, 1):
        if (line.debit_fen == 0) == (line.credit_fen == 0):
            raise OneSide(line=number)
        is_red = line.debit_fen < 0 or line.credit_fen < 0
        if is_red and written.kind not in RED | {EntryKind.OPENING}:
            raise RedAmount(line=number)
    _check_balance(written.lines)


def _check_balance(lines: Sequence[Line]) -> None:
    both = totals(lines)
    gap = both.debits - both.credits
    if gap:
        raise NotBalanced(debits=yuan(both.debits), credits=yuan(both.credits), gap=yuan(abs(gap)))


def check_account(kind: EntryKind, name: str, *, is_money: bool) -> None:
    """Refuse money that moves without an original. Raises: MoneyByHand, NotMoney."""
    if is_money and kind in WITHOUT_MONEY:
        raise MoneyByHand(kind=ENTRY_NAMES[kind], name=name)
    if kind is EntryKind.TRANSFER and not is_money:
        raise NotMoney(name=name)


def check_month(entry_on: date, period: int, opens: int) -> None:
    """Refuse an entry of another month than the one that is open. Raises: MonthNotOpen."""
    if period != opens:
        raise MonthNotOpen(day=entry_on, period=period_words(opens))


def check_signatures(maker_id: int, by: Signatures) -> None:
    """Refuse one's own check, and whoever keeps the books holding the money.

    Raises: OwnEntry, MoneyAndBooks.
    """
    if by.checker_id == maker_id:
        raise OwnEntry
    if by.cashier_id == by.poster_id:
        raise MoneyAndBooks


def in_red(lines: Iterable[Line]) -> list[Line]:
    """Return lines that take others back: the same sides, in red. Source: 红字更正法."""
    return [Line(one.account_id, -one.debit_fen, -one.credit_fen, one.gist) for one in lines]


def check_reversible(kind: EntryKind, period: int, opens: int) -> None:
    """Refuse to take back what stands for good: a reversal, and the opening once it is closed.

    Raises: NotReversible, OpeningStands.
    """
    if kind is EntryKind.REVERSAL:
        raise NotReversible(kind=ENTRY_NAMES[kind])
    if kind is EntryKind.OPENING and period != opens:
        raise OpeningStands


def reversal_day(original_on: date, opens: int, today: date) -> date:
    """Return the day a reversal is dated: in the open month, never before the original.

    Today where today is in that month, else its last day; the opening's own for the opening.
    Source: practice 20.
    """
    if not opens % 100:
        return original_on
    day = today if period_of(today) == opens else last_day(opens)
    return max(day, original_on)
