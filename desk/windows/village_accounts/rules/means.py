"""钱怎么走: how the money of a bundle moves, and which entry it becomes.

Where cash or bank is not what the books say, nothing is paid or received: the books are put right
by a bundle all the same, resting on the bank's statement or the count, signed like an expense.
Source: 会计基础工作规范 (更正错账要经审核); practice 19, 22.
"""

from enum import StrEnum

from desk.windows.village_accounts.rules.kinds import EntryKind


class Means(StrEnum):
    """How the money of a bundle moves."""

    TRANSFER = "transfer"  # 银行转账支付
    PETTY_CASH = "petty_cash"  # 备用金已付现金
    RECEIVED = "received"  # 收款
    CORRECT_UP = "correct_up"  # 余额更正: 账上少记
    CORRECT_DOWN = "correct_down"  # 余额更正: 账上多记


MEANS_NAMES = {
    Means.TRANSFER: "银行转账支付",
    Means.PETTY_CASH: "备用金已付现金",
    Means.RECEIVED: "收款（现金或银行）",
    Means.CORRECT_UP: "余额更正：账上少记（没有收付款）",
    Means.CORRECT_DOWN: "余额更正：账上多记（没有收付款）",
}
#: no money moves: what the books say is in bank or cash box is put right
CORRECTING = frozenset({Means.CORRECT_UP, Means.CORRECT_DOWN})
#: what an entry debits to bank or cash
INCOMING = frozenset({Means.RECEIVED, Means.CORRECT_UP})
#: what the entry of a bundle is
ENTRY_OF = {
    Means.TRANSFER: EntryKind.SUBMISSION,
    Means.PETTY_CASH: EntryKind.SUBMISSION,
    Means.RECEIVED: EntryKind.INCOME,
    Means.CORRECT_UP: EntryKind.BALANCE,
    Means.CORRECT_DOWN: EntryKind.BALANCE,
}
