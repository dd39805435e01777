"""委托书: who may act for an enterprise, in what, until when. Without a valid one nothing is filed.

It is voluntary and free of charge, and ends by itself; an enterprise takes it back at any time.
Source: 民法典 §165 (授权委托书的内容), §173 (终止); practice 6; domain notes on 企业代办.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kernel.errors import InvalidInput, Refusal

#: a mandate for longer is renewed; a letter nobody looks at again protects nobody
LONGEST_DAYS = 3 * 366
#: this many days before its end it is said, where the town sets no other number
ENDS_SOON_DAYS = 30
#: what the signed paper is called as a file
SCAN_TITLE = "委托书"


class MandateWay(StrEnum):
    """How far the window goes along."""

    WHOLE = "whole"  # 全程代办
    STAGES = "stages"  # 环节帮办
    GUIDE = "guide"  # 现场导办


WAY_NAMES = {
    MandateWay.WHOLE: "全程代办",
    MandateWay.STAGES: "环节帮办",
    MandateWay.GUIDE: "现场导办",
}


#: what every mandate says; the enterprise's rights first
CLAUSES = (
    "委托出于自愿，企业可以随时书面收回；到期自动失效。",
    "代办不收取任何费用；国家规定的税费由委托人自行缴纳。",
    "受托人只按上述范围递交、领取材料，不代替委托人作出决定、签订合同或者变更申请内容。",
    "委托人对所交材料的真实性负责；材料已交过且在有效期内的，不再重复收取。",
    "受托人对知悉的商业秘密和个人信息保密，不用于代办以外的目的。",
)


@dataclass(frozen=True, slots=True)
class MandateFacts:
    """What a mandate says, and what became of it."""

    way: MandateWay
    #: milestones; of 环节帮办 only
    covers: tuple[str, ...]
    from_on: date
    until_on: date
    #: None while it is only printed
    signed_on: date | None = None
    revoked_on: date | None = None

    def is_valid(self, day: date) -> bool:
        """Say whether it may be acted on that day."""
        begun = self.signed_on is not None and max(self.signed_on, self.from_on) <= day
        revoked = self.revoked_on is not None and self.revoked_on <= day
        return begun and day <= self.until_on and not revoked

    def allows(self, milestone: str) -> bool:
        """Say whether filing for a milestone is within its scope."""
        return self.way is MandateWay.WHOLE or (
            self.way is MandateWay.STAGES and milestone in self.covers
        )


class NoMandate(Refusal):
    message = "还没有委托书，不能代企业递件。请先打印委托书，企业盖章签字后登记。"


class MandateNotSigned(Refusal):
    message = "委托书打印了还没有登记签字盖章，不能代企业递件。请上传签好的扫描件。"


class MandateNotBegun(Refusal):
    message = "委托书从{from_on}起才有效，今天还不能代企业递件。"


class MandateEnded(Refusal):
    message = "委托书已于{until_on}到期，不能再代企业递件。请与企业续签委托书。"


class MandateRevoked(Refusal):
    message = "企业已于{on}收回委托书，不能再代企业递件。"


class MandateDoesNotCover(Refusal):
    message = "委托书写的是“{scope}”，不包括“{milestone}”阶段；请企业自行办理，或另签委托书。"


class EndsBeforeBegin(InvalidInput):
    message = "委托书的截止日要在起始日之后，请核对。"
    field = "until_on"


class TooLongMandate(InvalidInput):
    message = "委托期限最长三年，到期再续签，请改短。"
    field = "until_on"


class NoMilestoneChosen(InvalidInput):
    message = "环节帮办请勾选委托哪几个阶段。"
    field = "covers"


class SignedOutside(InvalidInput):
    message = "签字日不能晚于今天或委托截止日，请核对。"
    field = "signed_on"


class MandateOver(Refusal):
    message = "这份委托书已经签过或收回，不能再改；需要变动的请另出一份。"


def check_terms(facts: MandateFacts) -> None:
    """Refuse a mandate that could not be printed.

    Raises: EndsBeforeBegin, TooLongMandate, NoMilestoneChosen.
    """
    if facts.until_on <= facts.from_on:
        raise EndsBeforeBegin
    if (facts.until_on - facts.from_on).days > LONGEST_DAYS:
        raise TooLongMandate
    if facts.way is MandateWay.STAGES and not facts.covers:
        raise NoMilestoneChosen


def check_signed(facts: MandateFacts, signed_on: date, today: date) -> None:
    """Refuse a signature on a mandate that has one, or of a day that cannot be.

    Raises: MandateOver, SignedOutside.
    """
    if facts.signed_on is not None or facts.revoked_on is not None:
        raise MandateOver
    if signed_on > today or signed_on > facts.until_on:
        raise SignedOutside


def check_mandate(mandates: Sequence[MandateFacts], milestone: str, today: date) -> MandateFacts:
    """Return the mandate under which something of a milestone may be filed today.

    Raises: NoMandate, MandateNotSigned, MandateNotBegun, MandateEnded, MandateRevoked,
    MandateDoesNotCover.
    """
    valid = [one for one in mandates if one.is_valid(today)]
    for one in valid:
        if one.allows(milestone):
            return one
    if valid:
        raise MandateDoesNotCover(scope=scope_words(valid[-1]), milestone=milestone)
    _say_why(mandates, today)
    raise NoMandate


def _say_why(mandates: Sequence[MandateFacts], today: date) -> None:
    for one in reversed(mandates):
        if one.revoked_on is not None:
            raise MandateRevoked(on=one.revoked_on)
        if one.signed_on is None:
            raise MandateNotSigned
        if today > one.until_on:
            raise MandateEnded(until_on=one.until_on)
        raise MandateNotBegun(from_on=max(one.from_on, one.signed_on))


def mandate_number(year: int, serial: int) -> str:
    """Return the number printed on a mandate."""
    return f"企委〔{year}〕{serial}号"


def scope_words(facts: MandateFacts) -> str:
    """Return how far a mandate goes, in words."""
    name = WAY_NAMES[facts.way]
    return f"{name}（{'、'.join(facts.covers)}）" if facts.covers else name


def standing_words(facts: MandateFacts, today: date, soon: int = ENDS_SOON_DAYS) -> str:
    """Return how a mandate stands today, in words."""
    if facts.revoked_on is not None:
        return "已收回"
    if today > facts.until_on:
        return "已到期"
    if facts.signed_on is None:
        return "未签字"
    if not facts.is_valid(today):
        return "未生效"
    days = (facts.until_on - today).days
    return "有效" if days > soon else f"有效，还有{days}天到期"
