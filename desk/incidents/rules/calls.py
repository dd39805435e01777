"""通知名单: who is told, how, what came of it, and who has still to be reached.

A text that was not delivered within two minutes counts as 未通知, stays on top and may go again
(practice 31). Whoever was told once stays told; a call that nobody took is never "told".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desk.messages.rules.delivery import Delivery
from kernel.errors import Refusal


class Outcome(StrEnum):
    """What a call, a visit or a message came to."""

    TOLD = "told"  # 已通知
    MISSED = "missed"  # 未接
    REPLIED = "replied"  # 已回复


class Way(StrEnum):
    """How somebody was told."""

    PHONE = "phone"  # 电话
    TEXT = "text"  # 短信
    BROADCAST = "broadcast"  # 广播
    WECHAT = "wechat"  # 微信群
    VISIT = "visit"  # 上门


class Standing(StrEnum):
    """Where an entry of the list stands; in this order on the page."""

    MISSED = "missed"  # 未接
    OPEN = "open"  # 未通知
    SENDING = "sending"  # 短信发送中
    TOLD = "told"  # 已通知
    REPLIED = "replied"  # 已回复


OUTCOME_NAMES = {Outcome.TOLD: "已通知", Outcome.MISSED: "未接", Outcome.REPLIED: "已回复"}
WAY_NAMES = {
    Way.PHONE: "电话",
    Way.TEXT: "短信",
    Way.BROADCAST: "广播",
    Way.WECHAT: "微信群",
    Way.VISIT: "上门",
}
#: ways that a person records; a text records itself
SPOKEN_WAYS = (Way.PHONE, Way.BROADCAST, Way.WECHAT, Way.VISIT)
#: one announcement for many at once
WIDE_WAYS = (Way.BROADCAST, Way.WECHAT, Way.VISIT)
STANDING_WORDS = {
    Standing.MISSED: "■ 未接",
    Standing.OPEN: "○ 未通知",
    Standing.SENDING: "▲ 短信发送中",
    Standing.TOLD: "● 已通知",
    Standing.REPLIED: "● 已回复",
}
REACHED = frozenset({Standing.TOLD, Standing.REPLIED})
_ORDER = tuple(Standing)
#: a text that has come to one of these will not arrive
_LOST = frozenset({Delivery.UNDELIVERED, Delivery.FAILED, Delivery.EXPIRED, Delivery.DEAD})


class NobodyChosen(Refusal):
    message = "请勾选已经通知到的各家。"
    status = 422
    field = "calls"


class EverybodyReached(Refusal):
    message = "名单上的人都已通知到，不用再发短信。"


class NobodyHasMobile(Refusal):
    message = "还没通知到的人都没有手机号码，请打电话、广播或上门。"


class WordsNeeded(Refusal):
    message = "请写下要通知的话，例如“今夜有暴雨，请立即转移危险地段群众”。"
    status = 422
    field = "words"


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers, and who does when nobody picks up."""

    who: str = ""
    phone: str = ""
    deputy: str = ""
    deputy_phone: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One attempt at somebody, as it was recorded."""

    at: datetime
    outcome: Outcome
    way: Way
    is_deputy: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """An emergency text to somebody, and what is known of it."""

    queued_at: datetime
    delivery: Delivery
    settled_at: datetime | None

    @property
    def delivered_at(self) -> datetime | None:
        """Return the moment it arrived, if it did."""
        return self.settled_at if self.delivery is Delivery.DELIVERED else None


def standing(
    told: Sequence[Told], texts: Sequence[Text], now: datetime, wait: timedelta
) -> Standing:
    """Return where somebody on the list stands; `wait` is how long a text may take."""
    outcomes = {one.outcome for one in told}
    if Outcome.REPLIED in outcomes:
        return Standing.REPLIED
    if Outcome.TOLD in outcomes or any(text.delivered_at for text in texts):
        return Standing.TOLD
    if any(is_under_way(text, now, wait) for text in texts):
        return Standing.SENDING
    return Standing.MISSED if told else Standing.OPEN


def is_under_way(text: Text, now: datetime, wait: timedelta) -> bool:
    """Say whether a text may still arrive in time; after `wait` it counts as not told."""
    settled = text.delivery in _LOST or text.delivered_at is not None
    return not settled and now < text.queued_at + wait


def place_of(standing: Standing) -> int:
    """Return the place of a standing on the page: who has to be reached comes first."""
    return _ORDER.index(standing)


def reached_at(told: Sequence[Told], texts: Sequence[Text]) -> datetime | None:
    """Return when somebody was first reached, by whatever way."""
    spoken = [one.at for one in told if one.outcome is not Outcome.MISSED]
    arrived = [text.delivered_at for text in texts if text.delivered_at]
    return min([*spoken, *arrived], default=None)


def way_words(told: Sequence[Told], texts: Sequence[Text]) -> str:
    """Return how somebody was reached, or that nobody picked up, for the report."""
    reached = reached_at(told, texts)
    if reached is None:
        return f"未接（拨打{len(told)}次）" if told else "未通知"
    for one in told:
        if one.at == reached and one.outcome is not Outcome.MISSED:
            return WAY_NAMES[one.way] + ("（副手）" if one.is_deputy else "")
    return WAY_NAMES[Way.TEXT]


@dataclass(frozen=True, slots=True)
class Review:
    """复盘: how quickly the list was worked through, and who never answered."""

    people: int
    reached: int
    first_call: int | None
    all_villages: int | None
    villages: int
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody on the list, for the review."""

    label: str
    is_village: bool
    first_try_at: datetime | None
    reached_at: datetime | None


def review(opened_at: datetime, answered: Iterable[Answered]) -> Review:
    """Return the review of a list.

    Units: minutes from the opening of the incident, whole ones, begun ones not counted.
    """
    every = list(answered)
    tries = [one.first_try_at for one in every if one.first_try_at]
    villages = [one for one in every if one.is_village]
    told = [one.reached_at for one in villages if one.reached_at]
    all_told = max(told) if told and len(told) == len(villages) else None
    return Review(
        people=len(every),
        reached=sum(one.reached_at is not None for one in every),
        first_call=minutes_between(opened_at, min(tries)) if tries else None,
        all_villages=minutes_between(opened_at, all_told) if all_told else None,
        villages=len(villages),
        never=tuple(one.label for one in every if one.reached_at is None),
    )


def minutes_between(start: datetime, end: datetime) -> int:
    """Return whole minutes from `start` to `end`."""
    return int((end - start).total_seconds() // 60)


def wide_line(way: Way, labels: Sequence[str]) -> str:
    """Return the line about an announcement to many."""
    return f"{WAY_NAMES[way]}通知{len(labels)}家：{'、'.join(labels)}"


def alarm_line(turn: int, number: int, words: str) -> str:
    """Return the line about emergency texts."""
    again = "" if turn == 1 else f"（第{turn}次）"
    return f"群发紧急短信{again}{number}条：{words}"
