"""账套、科目与凭证的种类: the few values that accounts and entries are told apart by.

Source: 财会〔2023〕14号 (kinds and sides of accounts); practice 16, 19, 21.
"""

from enum import StrEnum


class SetKind(StrEnum):
    """Whose books these are: the two keep separate sets and bank accounts."""

    COOPERATIVE = "cooperative"  # 村股份经济合作社
    COMMITTEE = "committee"  # 村民委员会


class Numbering(StrEnum):
    """When the numbers of entries begin again at one."""

    MONTHLY = "monthly"  # 按月
    YEARLY = "yearly"  # 按年


class AccountKind(StrEnum):
    """The five classes of the chart."""

    ASSET = "asset"  # 资产类
    LIABILITY = "liability"  # 负债类
    EQUITY = "equity"  # 所有者权益类
    COST = "cost"  # 成本类
    PROFIT = "profit"  # 损益类


class Side(StrEnum):
    """On which side an account usually stands: for display, it refuses nothing."""

    DEBIT = "debit"  # 借
    CREDIT = "credit"  # 贷
    EITHER = "either"  # 借或贷


class EntryKind(StrEnum):
    """Why an entry is made."""

    OPENING = "opening"  # 期初
    SUBMISSION = "submission"  # 报账
    INCOME = "income"  # 收款
    TRANSFER = "transfer"  # 账户划转
    COMPUTED = "computed"  # 计提 (折旧、应计)
    CORRECTION = "correction"  # 更正
    REVERSAL = "reversal"  # 红字冲销
    CLOSING = "closing"  # 结转
    BALANCE = "balance"  # 余额更正


class StepKind(StrEnum):
    """What happened to the months of a set."""

    BEGIN = "begin"  # 建账
    CLOSE = "close"  # 结账
    REOPEN = "reopen"  # 反结账


SET_NAMES: dict[SetKind, str] = {
    SetKind.COOPERATIVE: "村股份经济合作社",
    SetKind.COMMITTEE: "村民委员会",
}
NUMBERING_NAMES: dict[Numbering, str] = {
    Numbering.MONTHLY: "按月编号",
    Numbering.YEARLY: "按年编号",
}
KIND_NAMES: dict[AccountKind, str] = {
    AccountKind.ASSET: "资产类",
    AccountKind.LIABILITY: "负债类",
    AccountKind.EQUITY: "所有者权益类",
    AccountKind.COST: "成本类",
    AccountKind.PROFIT: "损益类",
}
SIDE_NAMES: dict[Side, str] = {Side.DEBIT: "借", Side.CREDIT: "贷", Side.EITHER: "借或贷"}
ENTRY_NAMES: dict[EntryKind, str] = {
    EntryKind.OPENING: "期初余额",
    EntryKind.SUBMISSION: "报账",
    EntryKind.INCOME: "收款",
    EntryKind.TRANSFER: "账户划转",
    EntryKind.COMPUTED: "计提",
    EntryKind.CORRECTION: "更正",
    EntryKind.REVERSAL: "红字冲销",
    EntryKind.CLOSING: "结转",
    EntryKind.BALANCE: "余额更正",
}
STEP_NAMES: dict[StepKind, str] = {
    StepKind.BEGIN: "建账",
    StepKind.CLOSE: "结账",
    StepKind.REOPEN: "反结账",
}
#: what is typed by hand, for it needs no original. Source: practice 19.
BY_HAND = (EntryKind.COMPUTED, EntryKind.CORRECTION, EntryKind.TRANSFER)
#: no money moves by these: for what is paid or comes in there are bundles, with their originals.
#: Source: practice 16, 19; 会计基础工作规范.
WITHOUT_MONEY = frozenset({EntryKind.COMPUTED, EntryKind.CORRECTION, EntryKind.CLOSING})
#: entries whose amounts may be red (negative)
RED = frozenset({EntryKind.REVERSAL, EntryKind.CORRECTION})
#: 101 and 102, whose balance never falls below zero. Source: practice 25.
MONEY_CODES = ("101", "102")
#: 本年收益, where it goes at the end of the year, and 各项分配, which goes there too
YEAR_CODE, UNDISTRIBUTED_CODE, SHARED_CODE = "321", "32201", "32202"
