"""报账的规则: which way a bundle of originals goes, and who may look over it.

Source: 会计基础工作规范 (账钱分管, 制单与审核分开); practice 16, 17, 22, 27; domain notes 4.3.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from desk.cases.rules.stages import Stage
from desk.windows.village_accounts.rules.means import MEANS_NAMES, Means
from desk.windows.village_accounts.rules.settings import PayingOrder
from kernel.access import Role
from kernel.errors import Refusal

GIST_LIMIT, NOTE_LIMIT = 60, 200
#: what a bundle is registered under in the catalogue
ITEM = "BM-059"


class Station(StrEnum):
    """With whom a bundle lies."""

    VILLAGE = "village"  # 村里整理签字
    FIRST_REVIEW = "first_review"  # 初审
    SECOND_REVIEW = "second_review"  # 复审
    PAYMENT = "payment"  # 付款
    POSTING = "posting"  # 记账
    DONE = "done"  # 已记账
    GIVEN_BACK = "given_back"  # 整件退回
    WITHDRAWN = "withdrawn"  # 村里撤回


class ReturnReason(StrEnum):
    """What is wrong with a bundle that goes back."""

    SIGNATURES = "signatures"
    HEADING = "heading"
    AMOUNTS = "amounts"
    ATTACHMENTS = "attachments"
    IMAGES = "images"
    MINUTES = "minutes"
    OTHER = "other"


STATION_NAMES = {
    Station.VILLAGE: "村里整理签字",
    Station.FIRST_REVIEW: "待初审",
    Station.SECOND_REVIEW: "待复审",
    Station.PAYMENT: "待付款",
    Station.POSTING: "待记账",
    Station.DONE: "已记账",
    Station.GIVEN_BACK: "整件退回",
    Station.WITHDRAWN: "村里撤回",
}
RETURN_NAMES = {
    ReturnReason.SIGNATURES: "签字不齐或日期不对",
    ReturnReason.HEADING: "发票抬头不是本村",
    ReturnReason.AMOUNTS: "金额与附件不符",
    ReturnReason.ATTACHMENTS: "缺验收单、合同、名册等附件",
    ReturnReason.IMAGES: "影像看不清或不全",
    ReturnReason.MINUTES: "缺会议记录",
    ReturnReason.OTHER: "其他（见说明）",
}
STATION_LINES = {
    Station.VILLAGE: "村里开始整理报账",
    Station.FIRST_REVIEW: "村报账员已送交中心，等待初审",
    Station.SECOND_REVIEW: "初审通过，等待复审",
    Station.PAYMENT: "复审通过，等待付款",
    Station.POSTING: "手续齐全，等待记账",
    Station.DONE: "已记账，报账办结",
    Station.GIVEN_BACK: "整件退回村里",
    Station.WITHDRAWN: "村里撤回报账",
}
#: who works where
WORKERS_AT = {
    Station.VILLAGE: frozenset({Role.VILLAGE_CLERK}),
    Station.FIRST_REVIEW: frozenset({Role.CASHIER, Role.REVIEWER}),
    Station.SECOND_REVIEW: frozenset({Role.REVIEWER, Role.BOOKKEEPER}),
    Station.PAYMENT: frozenset({Role.CASHIER}),
    Station.POSTING: frozenset({Role.BOOKKEEPER, Role.REVIEWER}),
}
REVIEWS = (Station.FIRST_REVIEW, Station.SECOND_REVIEW)
ENDED = frozenset({Station.DONE, Station.GIVEN_BACK, Station.WITHDRAWN})
#: what the core of all cases says meanwhile
STAGE_AT = {
    Station.VILLAGE: Stage.AWAITING_MATERIALS,
    Station.FIRST_REVIEW: Stage.EXAMINING,
    Station.SECOND_REVIEW: Stage.EXAMINING,
    Station.PAYMENT: Stage.IN_PROGRESS,
    Station.POSTING: Stage.IN_PROGRESS,
    Station.DONE: Stage.COMPLETED,
    Station.GIVEN_BACK: Stage.RETURNED,
    Station.WITHDRAWN: Stage.WITHDRAWN,
}


class NotHere(Refusal):
    message = "这份报账现在是“{station}”，不能这样办。"


class NoOriginals(Refusal):
    message = "还没有原始凭证，先登记原始凭证再报账。"


class NoImage(Refusal):
    message = "{names}还没有影像，请先扫描或拍照上传。"


class OwnReview(Refusal):
    message = "送交、初审、复审要由不同的人办，请另一位来办。"
    status = 403


class NotYourTurn(Refusal):
    message = "这份报账现在是“{station}”，不是您的岗位办理的环节。"
    status = 403


class NoReason(Refusal):
    message = "退回要勾选原因；选“其他”的请写明。"
    status = 422
    field = "note"


class NoSlip(Refusal):
    message = "付款要填银行回单号。"
    status = 422
    field = "slip"


class PaidAlready(Refusal):
    message = "这份报账已经付过款（银行回单{slip}），不能再付。"


class PaidLater(Refusal):
    message = "付款日期不能晚于今天。"
    status = 422
    field = "paid_on"


class WrongBook(Refusal):
    message = "“{means}”的报账，请选对应的资金科目：转账选102银行存款，现金选101库存现金。"
    status = 422
    field = "money"


class NothingLeft(Refusal):
    message = "这份报账合计不大于零，红字发票要和蓝字发票一起报。"


class PostedByBundle(Refusal):
    message = "这张凭证是报账生成的，请在报账单上办理审核记账。"


class EntryWaits(Refusal):
    message = "凭证已经填好，等审核员审核记账。"


class ItemMissing(Refusal):
    message = "事项目录里没有上架编码为“{code}”的事项，请先上架再报账。"


def way(means: Means, order: PayingOrder) -> tuple[Station, ...]:
    """Return the stations of a bundle. What was paid in cash, or comes in, is not paid here."""
    payment = (Station.PAYMENT,) if means is Means.TRANSFER else ()
    turn = -1 if order is PayingOrder.POST_FIRST else 1
    both = (*payment, Station.POSTING)[::turn]
    return (Station.VILLAGE, *REVIEWS, *both, Station.DONE)


def after(station: Station, means: Means, order: PayingOrder) -> Station:
    """Return where a bundle goes out of a review. Raises: NotHere."""
    if station not in REVIEWS:
        raise NotHere(station=STATION_NAMES[station])
    stations = way(means, order)
    return stations[stations.index(station) + 1]


def after_payment(*, is_posted: bool) -> Station:
    """Return where a paid bundle goes: by what is in the books, whatever the order is now."""
    return Station.DONE if is_posted else Station.POSTING


def after_posting(means: Means, *, is_paid: bool) -> Station:
    """Return where a bundle in the books goes: by what was paid, whatever the order is now."""
    return Station.DONE if is_paid or means is not Means.TRANSFER else Station.PAYMENT


def check_at(station: Station, *allowed: Station) -> None:
    """Refuse what is not done where a bundle lies now. Raises: NotHere."""
    if station not in allowed:
        raise NotHere(station=STATION_NAMES[station])


def check_turn(station: Station, roles: frozenset[Role]) -> None:
    """Refuse somebody whose post has nothing to do where a bundle lies. Raises: NotYourTurn."""
    if roles.isdisjoint(WORKERS_AT.get(station, frozenset())):
        raise NotYourTurn(station=STATION_NAMES[station])


def check_reviewer(who: int | None, before: Sequence[int | None]) -> None:
    """Refuse somebody who had the bundle in hand already. Raises: OwnReview."""
    if who in before:
        raise OwnReview


def return_words(reasons: Sequence[ReturnReason], note: str) -> str:
    """Return why a bundle goes back, a line each. Raises: NoReason."""
    if not reasons or (ReturnReason.OTHER in reasons and not note.strip()):
        raise NoReason
    lines = [RETURN_NAMES[one] for one in reasons if one is not ReturnReason.OTHER]
    return "\n".join([*lines, *filter(None, [note.strip()])])


def check_payment(slip: str, paid_on: date, today: date) -> None:
    """Refuse a payment without the bank's slip, or of a day to come. Raises: NoSlip, PaidLater."""
    if not slip.strip():
        raise NoSlip
    if paid_on > today:
        raise PaidLater


def check_money(code: str, means: Means) -> None:
    """Refuse money out of the wrong book. Raises: WrongBook."""
    allowed = {Means.TRANSFER: ("102",), Means.PETTY_CASH: ("101",)}.get(means, ("101", "102"))
    if not code.startswith(allowed):
        raise WrongBook(means=MEANS_NAMES[means])


def return_number(year: int, serial: int) -> str:
    """Return the number of a 退单."""
    return f"村账退〔{year}〕{serial}号"


def station_line(station: Station) -> str:
    """Return the line of a case's history when its bundle comes to a station."""
    return STATION_LINES[station]
