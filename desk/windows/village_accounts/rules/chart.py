"""会计科目: the codes of the chart and of the sub-accounts a village opens under it.

Source: 财会〔2023〕14号 附录 (42 accounts, three of them 备抵); domain notes 4.5.
"""

import re

from kernel.errors import Refusal

#: under the three digits of the chart, two more for each level
_CODE = re.compile(r"[1-5][0-9]{2}(?:[0-9]{2}){1,3}")
NAME_LIMIT = 40
#: what every set opens beside the 42: the bank's two books, and 收益分配's parts
FIRST_SUB_ACCOUNTS = {
    "10201": "专户存款",
    "10202": "支出户存款",
    "32201": "未分配收益",
    "32202": "各项分配",
}
#: the three books of a village, as its people know them: code of the account, name
BOOKS = {"10201": "专户账", "10202": "支出户账", "101": "现金账"}
#: where a village's money is. Source: 财会〔2023〕14号 附录.
CASH_CODE, BANK_CODE = "101", "102"


class NotACode(Refusal):
    message = "明细科目编码要在上级编码后面加两位数字，例如 11301。"
    status = 422
    field = "code"


class NoParent(Refusal):
    message = "没有编码为“{code}”的上级科目，请先设上级科目。"
    status = 422
    field = "code"


class CodeTaken(Refusal):
    message = "这个账套里已经有编码为“{code}”的科目，编码用过就不能再用。"
    field = "code"


class HasEntries(Refusal):
    message = "“{name}”已经记过账，不能再在下面设明细科目；请另设同级科目。"
    field = "code"


class HasBalance(Refusal):
    message = "“{name}”还有余额{balance}元，结清以后才能停用。"


class HasParts(Refusal):
    message = "“{name}”下面还有在用的明细科目，先停用明细科目。"


class LastOfItsMoney(Refusal):
    message = "“{name}”是现在唯一能记{whose}的科目，停用了就没处记账；请先另设一个。"


class RetiredAlready(Refusal):
    message = "“{name}”已经停用了。"


def parent_of(code: str) -> str:
    """Return the code one level up. Raises: NotACode, unless it is one of a sub-account."""
    if not _CODE.fullmatch(code):
        raise NotACode
    return code[:-2]
