"""委托代理协议书: what the village and the town sign; five rights stay the village's.

Source: 农村集体经济组织财务制度 art. 33; domain notes 4.1 (五权不变, 双代管). The wording is the
town's to compare with its own form before it is signed.
"""

from datetime import date

from desk.windows.village_accounts.rules.sets import FIVE_RIGHTS
from kernel.calendar.rules import chinese_date
from kernel.money import yuan

TITLE = "村级会计委托代理协议书"
BLANK = "　　　　年　　月　　日"
_TERM = "自{first}起，至{last}止。"


def clauses(village: str, hall: str, cash_limit_fen: int) -> list[str]:
    """Return the clauses, numbered by the paper."""
    return [
        f"{village}（以下称甲方）委托{hall}（以下称乙方）代理会计核算和资金收付监督。",
        f"委托以后，甲方的{'、'.join(FIVE_RIGHTS)}不变，乙方不得平调、挪用甲方的资金和资产。",
        "甲方设报账员，不设会计、出纳；收入及时足额交存专户，不坐支、不公款私存、不设小金库。",
        "支出凭合法的原始凭证，经手人、证明人签字，村务监督委员会审核，按权限审批后报账；"
        "没有合法凭证的，乙方有权退回并说明理由。",
        f"甲方库存现金不超过{yuan(cash_limit_fen)}元；收到的现金三日内交存，不跨月。",
        "乙方管账和管钱由不同的人担任；按月结账、对账、编报表，账簿凭证依法归档保管。",
        "乙方按季度（收支多的按月）编制财务公开表，经村务监督委员会审核后由甲方公布；"
        "对群众的质询，乙方协助甲方按期答复。",
        "双方对工作中知悉的个人信息和商业秘密保密。",
        "协议一式三份，甲乙双方各执一份，报县级农业农村主管部门一份。",
    ]


def term(first: date | None, last: date | None) -> str:
    """Return the term, or room to write it by hand."""
    words = [chinese_date(day) if day else BLANK for day in (first, last)]
    return _TERM.format(first=words[0], last=words[1])
