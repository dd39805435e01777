"""账套的规则: what is agreed with a village, and what its books begin with.

Source: 农村集体经济组织财务制度 art. 33 (separate sets and bank accounts); domain notes 4.1, 4.3.
"""

from dataclasses import dataclass
from datetime import date

from desk.windows.village_accounts.rules.kinds import Numbering, SetKind
from kernel.errors import Refusal
from kernel.money import Fen

#: 五权不变: what stays the village's when its books go to the town
FIVE_RIGHTS = ("资金所有权", "资金使用权", "收益分配权", "资产处置权", "财务审批权")
#: 备用金 of a village, yuan 5,000 [confirm]: a setting of each set
CASH_LIMIT = Fen(5_000_00)
NAME_LIMIT, BANK_LIMIT = 60, 60


class SetTaken(Refusal):
    message = "{village}已经有{kind}的账套了。"
    field = "village"


class NotAllRights(Refusal):
    message = "协议要写明五权不变，请逐项确认后再保存。"
    status = 422
    field = "rights"


class TermBackwards(Refusal):
    message = "协议的到期日要晚于起始日。"
    status = 422
    field = "to_on"


class Unsigned(Refusal):
    message = "请填写双方在协议上签字的人。"
    status = 422
    field = "signed_by_village"


class BankTaken(Refusal):
    message = "这个银行账号或这个科目已经登记过了。"
    field = "number"


class NotABankAccount(Refusal):
    message = "银行账户要对应102银行存款下面的明细科目。"
    status = 422
    field = "code"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a set is opened with."""

    kind: SetKind
    name: str
    first_period: int
    numbering: Numbering
    cash_limit_fen: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """委托代理协议 as signed on paper."""

    from_on: date
    to_on: date
    signed_on: date
    signed_by_village: str
    signed_by_town: str
    rights: frozenset[str]


def check_agreement(agreement: Agreement) -> None:
    """Refuse an agreement that is not whole. Raises: NotAllRights, TermBackwards, Unsigned."""
    if agreement.rights != set(FIVE_RIGHTS):
        raise NotAllRights
    if agreement.to_on <= agreement.from_on:
        raise TermBackwards
    if not (agreement.signed_by_village.strip() and agreement.signed_by_town.strip()):
        raise Unsigned
