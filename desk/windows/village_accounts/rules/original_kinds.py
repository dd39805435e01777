"""原始凭证的种类: papers that prove, what for, how much of them, and why one is not taken.

Source: domain notes 4.3 [confirm]; practice 19, 23.
"""

from enum import StrEnum


class OriginalKind(StrEnum):
    """What proves that money had to move."""

    E_INVOICE = "e_invoice"  # 数电发票
    TAX_INVOICE = "tax_invoice"  # 税务发票 (有发票代码)
    FISCAL = "fiscal"  # 财政票据
    TOWN_RECEIPT = "town_receipt"  # 统一收款收据
    BANK_SLIP = "bank_slip"  # 银行回单
    PAYROLL = "payroll"  # 工资、误工补贴表
    COMPENSATION_LIST = "compensation_list"  # 补偿补助兑付清册
    CONTRACT = "contract"  # 合同及结算单
    SELF_MADE = "self_made"  # 小额零星自制清单
    BALANCE_PROOF = "balance_proof"  # 银行对账单、现金盘点表
    WHITE_SLIP = "white_slip"  # 白条: named so that it can be refused


class Purpose(StrEnum):
    """What money is spent on, or comes from."""

    GOODS = "goods"  # 购买货物和服务
    WORKS = "works"  # 工程款
    SMALL = "small"  # 小额零星采购、用工
    WAGES = "wages"  # 工资、误工补贴
    COMPENSATION = "compensation"  # 补偿、补助兑付
    FEES = "fees"  # 税费、规费
    BANKING = "banking"  # 银行手续费
    INCOME = "income"  # 收入
    BALANCE = "balance"  # 更正账上余额
    HOSPITALITY = "hospitality"  # 招待费


class Share(StrEnum):
    """How much of an original an expense rests on."""

    WHOLE = "whole"  # 全额, 只用一次
    SPLIT = "split"  # 分割单
    INSTALMENT = "instalment"  # 分期付款


class Ground(StrEnum):
    """Why an original is not taken."""

    WHITE_SLIP = "white_slip"
    HOSPITALITY = "hospitality"
    WRONG_KIND = "wrong_kind"
    OVER_SMALL = "over_small"
    IN_CASH = "in_cash"
    USED = "used"
    OVER_FACE = "over_face"


KIND_NAMES = {
    OriginalKind.E_INVOICE: "数电发票",
    OriginalKind.TAX_INVOICE: "税务发票（有发票代码）",
    OriginalKind.FISCAL: "财政票据",
    OriginalKind.TOWN_RECEIPT: "统一收款收据",
    OriginalKind.BANK_SLIP: "银行回单",
    OriginalKind.PAYROLL: "工资、误工补贴表",
    OriginalKind.COMPENSATION_LIST: "补偿补助兑付清册",
    OriginalKind.CONTRACT: "合同及结算单",
    OriginalKind.SELF_MADE: "小额零星自制清单",
    OriginalKind.BALANCE_PROOF: "银行对账单、现金盘点表（更正余额用）",
    OriginalKind.WHITE_SLIP: "白条、收条、便条（都不是）",
}
PURPOSE_NAMES = {
    Purpose.GOODS: "购买货物和服务",
    Purpose.WORKS: "工程款",
    Purpose.SMALL: "小额零星采购、用工",
    Purpose.WAGES: "工资、误工补贴",
    Purpose.COMPENSATION: "补偿、补助兑付",
    Purpose.FEES: "税费、规费",
    Purpose.BANKING: "银行手续费",
    Purpose.INCOME: "收入",
    Purpose.BALANCE: "更正账上余额",
    Purpose.HOSPITALITY: "招待费",
}
SHARE_NAMES = {
    Share.WHOLE: "全额，只用这一次",
    Share.SPLIT: "分割单（几家分摊）",
    Share.INSTALMENT: "分期付款",
}
GROUND_NAMES = {
    Ground.WHITE_SLIP: "白条",
    Ground.HOSPITALITY: "招待费",
    Ground.WRONG_KIND: "票据种类不对",
    Ground.OVER_SMALL: "自制清单超限额",
    Ground.IN_CASH: "现金支付超限额",
    Ground.USED: "票据已用过",
    Ground.OVER_FACE: "超过票面金额",
}
_INVOICES = frozenset({OriginalKind.E_INVOICE, OriginalKind.TAX_INVOICE})
#: which papers prove what. Source: domain notes 4.3 [confirm]; practice 19, 23
PERMITTED = {
    Purpose.GOODS: _INVOICES | {OriginalKind.FISCAL},
    Purpose.WORKS: _INVOICES | {OriginalKind.CONTRACT},
    Purpose.SMALL: _INVOICES | {OriginalKind.SELF_MADE},
    Purpose.WAGES: frozenset({OriginalKind.PAYROLL}),
    Purpose.COMPENSATION: frozenset({OriginalKind.COMPENSATION_LIST}),
    Purpose.FEES: _INVOICES | {OriginalKind.FISCAL, OriginalKind.BANK_SLIP},
    Purpose.BANKING: frozenset({OriginalKind.BANK_SLIP, OriginalKind.E_INVOICE}),
    Purpose.INCOME: _INVOICES
    | {OriginalKind.TOWN_RECEIPT, OriginalKind.BANK_SLIP, OriginalKind.FISCAL},
    Purpose.BALANCE: frozenset({OriginalKind.BALANCE_PROOF}),
    Purpose.HOSPITALITY: _INVOICES,
}
#: numbered by the village: the same number of another village is another paper
VILLAGE_MADE = frozenset(
    {
        OriginalKind.PAYROLL,
        OriginalKind.COMPENSATION_LIST,
        OriginalKind.CONTRACT,
        OriginalKind.SELF_MADE,
        OriginalKind.BALANCE_PROOF,
    }
)
