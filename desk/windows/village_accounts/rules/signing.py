"""签字的规则: who signs a bundle on paper, in which order, and not twice by one hand.

Source: domain notes 4.3 (联审联签, bands of money) [confirm]; practice 17.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desk.windows.village_accounts.rules.means import Means
from desk.windows.village_accounts.rules.originals import folded
from desk.windows.village_accounts.rules.settings import Limits, SigningOrder
from kernel.errors import Refusal

NAME_LIMIT = 30


class SignPart(StrEnum):
    """As what somebody signs on paper."""

    HANDLER = "handler"  # 经手人
    WITNESS = "witness"  # 证明人
    SUPERVISION = "supervision"  # 村务监督委员会
    ONE_PEN = "one_pen"  # 一支笔审批
    SECRETARY = "secretary"  # 村党组织书记
    VILLAGE_HEAD = "village_head"  # 村主任 (社长)
    COMMITTEE = "committee"  # 两委会集体决定, with minutes
    ASSEMBLY = "assembly"  # 村民 (代表) 会议决议, with minutes
    TOWN_LEADER = "town_leader"  # 乡镇审核


PART_NAMES = {
    SignPart.HANDLER: "经手人",
    SignPart.WITNESS: "证明人",
    SignPart.SUPERVISION: "村务监督委员会",
    SignPart.ONE_PEN: "审批人（一支笔）",
    SignPart.SECRETARY: "村党组织书记",
    SignPart.VILLAGE_HEAD: "村主任（社长）",
    SignPart.COMMITTEE: "村两委会记录人",
    SignPart.ASSEMBLY: "村民（代表）会议记录人",
    SignPart.TOWN_LEADER: "乡镇审核人",
}
_APPROVERS = frozenset({SignPart.ONE_PEN, SignPart.SECRETARY, SignPart.VILLAGE_HEAD})
WITH_MINUTES = frozenset({SignPart.COMMITTEE, SignPart.ASSEMBLY})


class SignatureMissing(Refusal):
    message = "还差签字：{names}。请在支出审批单上签齐，再登记姓名和日期。"


class NoMinutes(Refusal):
    message = "这个金额要经{names}，请上传会议记录。"
    status = 422
    field = "minutes"


class SignedOutOfOrder(Refusal):
    message = "{name}的签字日期早于前一位，请按“{order}”的次序核对日期。"
    status = 422


class SignedLater(Refusal):
    message = "签字日期不能晚于今天。"
    status = 422


class SameHand(Refusal):
    message = "{first}和{second}不能是同一个人。"
    status = 422


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature as it stands on paper."""

    part: SignPart
    name: str
    on: date


def approvals(fen: int, limits: Limits) -> tuple[SignPart, ...]:
    """Return who approves an amount: one pen, two jointly, the committee, the assembly."""
    if fen <= limits.one_pen_fen:
        return (SignPart.ONE_PEN,)
    joint = (SignPart.SECRETARY, SignPart.VILLAGE_HEAD)
    if fen <= limits.joint_fen:
        return joint
    if fen <= limits.committee_fen:
        return (*joint, SignPart.COMMITTEE)
    return (*joint, SignPart.ASSEMBLY, SignPart.TOWN_LEADER)


def chain(fen: int, means: Means, limits: Limits) -> tuple[SignPart, ...]:
    """Return who signs a bundle, in order."""
    if means is Means.RECEIVED:
        return (SignPart.HANDLER, SignPart.SUPERVISION)
    first, approving = (SignPart.HANDLER, SignPart.WITNESS), approvals(fen, limits)
    if limits.signing_order is SigningOrder.APPROVE_FIRST:
        return (*first, *approving, SignPart.SUPERVISION)
    return (*first, SignPart.SUPERVISION, *approving)


MEETINGS = {SignPart.COMMITTEE: "村两委会集体决定", SignPart.ASSEMBLY: "村民（代表）会议决议"}


def check_minutes(needed: Sequence[SignPart], *, has_minutes: bool) -> None:
    """Refuse what a meeting decided without its minutes. Raises: NoMinutes."""
    wanted = [MEETINGS[part] for part in needed if part in WITH_MINUTES]
    if wanted and not has_minutes:
        raise NoMinutes(names="、".join(wanted))


def check_chain(needed: Sequence[SignPart], signed: Sequence[Signed], today: date) -> None:
    """Refuse a chain with a gap, or signed backwards, or twice by one hand.

    Raises: SignatureMissing, SignedLater, SignedOutOfOrder, SameHand.
    """
    by = {one.part: one for one in signed}
    missing = [PART_NAMES[part] for part in needed if part not in by]
    if missing:
        raise SignatureMissing(names="、".join(missing))
    before = date.min
    for part in needed:
        if by[part].on > today:
            raise SignedLater
        if by[part].on < before:
            order = "、".join(PART_NAMES[one] for one in needed)
            raise SignedOutOfOrder(name=PART_NAMES[part], order=order)
        before = by[part].on
    _check_hands(by)


def _check_hands(by: dict[SignPart, Signed]) -> None:
    """Who spent does not vouch, approve or supervise; who supervises does not approve."""
    others = {SignPart.WITNESS, SignPart.SUPERVISION, *_APPROVERS}
    pairs = [(SignPart.HANDLER, one) for one in SignPart if one in others]
    pairs += [(SignPart.SUPERVISION, one) for one in SignPart if one in _APPROVERS]
    for first, second in pairs:
        one, other = by.get(first), by.get(second)
        if one and other and folded(one.name) == folded(other.name):
            raise SameHand(first=PART_NAMES[first], second=PART_NAMES[second])
