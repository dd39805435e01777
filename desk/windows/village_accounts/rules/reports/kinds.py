"""报表种类: which reports there are, what they are called and who signs them.

Source: 财会〔2023〕14号 (资产负债表, 收益及收益分配表); 会计基础工作规范 (科目汇总表, 总账, 账簿);
practice 26, 27; domain notes 4.6.
"""

from enum import StrEnum


class ReportKind(StrEnum):
    """A report as it is asked for."""

    BALANCES = "balances"  # 科目余额表
    SUMMARY = "summary"  # 科目汇总表
    LEDGER = "ledger"  # 总账
    INCOME_DETAIL = "income-detail"  # 收支明细表
    BALANCE_SHEET = "balance-sheet"  # 资产负债表
    INCOME = "income"  # 收益及收益分配表
    NOTES = "notes"  # 附注


REPORT_NAMES: dict[ReportKind, str] = {
    ReportKind.BALANCES: "科目余额表",
    ReportKind.SUMMARY: "科目汇总表",
    ReportKind.LEDGER: "总账",
    ReportKind.INCOME_DETAIL: "收支明细表",
    ReportKind.BALANCE_SHEET: "资产负债表",
    ReportKind.INCOME: "收益及收益分配表",
    ReportKind.NOTES: "会计报表附注",
}
#: those whose lines are versioned data, to be compared with the ministry's appendix
STATEMENTS = (ReportKind.BALANCE_SHEET, ReportKind.INCOME)
#: those that one village alone has: months in a row are not added up over many
OF_ONE_SET = frozenset({ReportKind.LEDGER})
NOT_COMPARED = "待核对，非正式报表"
SIGNED_BY = ("负责人", "会计主管", "制表")
SEAL = "（盖章）"
UNIT = "单位：元"
WHOLE_TOWN = "全乡镇各村合计"
