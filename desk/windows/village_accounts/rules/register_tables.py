"""三资对照表: what came of special funds, and how a year goes beside its plan.

Source: practice 28 (专项资金 by project, 年度财务计划).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kernel.money import yuan


class TableKind(StrEnum):
    """Which table; the value is its address."""

    FUNDS = "funds"  # 专项资金收支
    PLAN = "plan"  # 计划和实际
    DEBTS = "debts"  # 债权债务


TABLE_TITLES: dict[TableKind, str] = {
    TableKind.FUNDS: "专项资金收支结余表",
    TableKind.PLAN: "{year}年度财务计划执行表",
    TableKind.DEBTS: "债权债务明细表",
}
FUND_HEAD = ("项目", "资金来源", "下达（元）", "收到（元）", "用出（元）", "结余（元）", "科目")
PLAN_HEAD = ("收支", "项目", "计划（元）", "实际（元）", "完成", "科目")
NO_ACCOUNT, SHARED = "没有填对应科目", "{code}（几个项目合用，分不开）"


@dataclass(frozen=True, slots=True)
class Fund:
    """What the books say of a special fund."""

    received: int
    used: int

    @property
    def left(self) -> int:
        """Return what is not used yet."""
        return self.received - self.used


def is_shared(code: str, codes: Collection[str]) -> bool:
    """Say whether other rows are reckoned in the same account, or in one above or below it."""
    same = [one for one in codes if one.startswith(code) or code.startswith(one)]
    return len(same) > 1


def account_words(code: str | None, codes: Collection[str]) -> str:
    """Return by which account a row is reckoned, or why by none."""
    if not code:
        return NO_ACCOUNT
    return SHARED.format(code=code) if is_shared(code, codes) else code


def fund_row(said: Sequence[str], granted: int, fund: Fund | None, account: str) -> list[str]:
    """Return the line of a fund: project, source; what is not known stays empty."""
    three = [yuan(fen) for fen in (fund.received, fund.used, fund.left)] if fund else [""] * 3
    return [*said, yuan(granted), *three, account]


def plan_row(said: Sequence[str], planned: int, actual: int | None, account: str) -> list[str]:
    """Return the line of a plan: side, what for; what is not known stays empty."""
    if actual is None:
        return [*said, yuan(planned), "", "", account]
    return [*said, yuan(planned), yuan(actual), done_words(planned, actual), account]


def done_words(planned: int, actual: int) -> str:
    """Return how much of a plan was done, in whole per cent, never rounded up."""
    return f"{actual * 100 // planned}%" if planned > 0 else ""
