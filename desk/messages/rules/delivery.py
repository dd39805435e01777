"""短信状态: where a message stands, which steps are allowed, and what follows an answer.

A carrier cannot be asked twice safely (creation is not idempotent), so the house would rather
find out what became of a message than repeat it.
Source: design rule 5 of docs/architecture.md.
"""

from datetime import timedelta
from enum import StrEnum

from kernel.errors import Refusal


class Delivery(StrEnum):
    """Where a message stands."""

    PENDING = "pending"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    DEAD = "dead"
    WITHDRAWN = "withdrawn"


class MayReachTwice(Refusal):
    message = "只有确定没有送到的短信才能再发一次；这一条可能已经送到，或者已经再发过。"


class NotInDoubt(Refusal):
    message = "这条短信已经有了结果，不用再说明。"


class Verdict(StrEnum):
    """What one attempt at a carrier came to."""

    ACCEPTED = "accepted"  # 已提交
    REFUSED = "refused"  # 明确拒绝
    NO_READER = "no_reader"  # 号码不收: no carrier will do better
    TRY_LATER = "try_later"  # 暂不受理
    UNANSWERED = "unanswered"  # 没有答复
    ABANDONED = "abandoned"  # 发送中断


LABELS: dict[Delivery, str] = {
    Delivery.PENDING: "待发",
    Delivery.SENDING: "发送中",
    Delivery.ACCEPTED: "已提交运营商",
    Delivery.DELIVERED: "已送达",
    Delivery.UNDELIVERED: "未送达",
    Delivery.FAILED: "被拒绝",
    Delivery.UNKNOWN: "结果待查",
    Delivery.EXPIRED: "过时未发",
    Delivery.DEAD: "多次未成",
    Delivery.WITHDRAWN: "已撤回",
}

_FATES = frozenset({Delivery.DELIVERED, Delivery.UNDELIVERED, Delivery.FAILED})

#: PENDING may rise as well: an answer that was lost may still be heard of by callback
MOVES: dict[Delivery, frozenset[Delivery]] = {
    Delivery.PENDING: _FATES
    | {Delivery.SENDING, Delivery.ACCEPTED, Delivery.EXPIRED, Delivery.WITHDRAWN},
    Delivery.SENDING: _FATES
    | {Delivery.PENDING, Delivery.ACCEPTED, Delivery.UNKNOWN, Delivery.DEAD},
    Delivery.UNKNOWN: _FATES | {Delivery.PENDING, Delivery.ACCEPTED, Delivery.DEAD},
    Delivery.ACCEPTED: _FATES,
    Delivery.DELIVERED: frozenset(),
    Delivery.UNDELIVERED: frozenset(),
    Delivery.FAILED: frozenset(),
    Delivery.EXPIRED: frozenset(),
    Delivery.DEAD: frozenset(),
    Delivery.WITHDRAWN: frozenset(),
}

_AGAIN = ":again:"
#: nobody read it, and nobody will
UNREACHED = frozenset({Delivery.UNDELIVERED, Delivery.FAILED, Delivery.EXPIRED, Delivery.DEAD})
TERMINAL = frozenset(state for state, onward in MOVES.items() if not onward)

_RANKS = {
    Delivery.PENDING: 0,
    Delivery.SENDING: 1,
    Delivery.UNKNOWN: 2,
    Delivery.ACCEPTED: 3,
}
_TOP = 4

#: with the waits below, a carrier may be away for half a day before somebody rings instead
MOST_ATTEMPTS = 12
#: longer than a carrier is waited for (connect 5 s, read 10 s), with room for a slow disk
LEASE = timedelta(seconds=60)
#: after the first, second … definite "not now"
BACKOFF = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=2),
)
#: when a carrier's list is looked at, counted from the moment of doubt
FIRST_LOOK = timedelta(seconds=120)
SECOND_LOOK = timedelta(seconds=600)
LOOKS_ENOUGH = 2
#: an unknown message older than this concerns a person
ALARM_AFTER = timedelta(minutes=15)


def sources(to: Delivery) -> frozenset[Delivery]:
    """Return the states that a message may come to `to` from."""
    return frozenset(state for state, onward in MOVES.items() if to in onward)


def rank(state: Delivery) -> int:
    """Return how much is known of a message's fate; callbacks only raise it."""
    return _RANKS.get(state, _TOP)


def below(told: Delivery) -> frozenset[Delivery]:
    """Return the states that a callback saying `told` lifts; a terminal state absorbs it."""
    return frozenset(state for state in Delivery if rank(state) < rank(told))


def after(verdict: Verdict, attempts: int) -> Delivery:
    """Return the state that follows an attempt's verdict, the `attempts`-th of its message."""
    if verdict is Verdict.TRY_LATER:
        return again(attempts)
    return {
        Verdict.ACCEPTED: Delivery.ACCEPTED,
        Verdict.REFUSED: Delivery.FAILED,
        Verdict.NO_READER: Delivery.FAILED,
    }.get(verdict, Delivery.UNKNOWN)


def again(attempts: int) -> Delivery:
    """Return where a message goes that the carrier certainly does not have."""
    return Delivery.DEAD if attempts >= MOST_ATTEMPTS else Delivery.PENDING


def backoff(attempts: int) -> timedelta:
    """Return how long to wait after the `attempts`-th definite "not now"."""
    return BACKOFF[min(attempts, len(BACKOFF)) - 1]


def after_not_found(times: int, attempts: int) -> Delivery:
    """Return what follows when the carrier's list lacked the message for the n-th time."""
    return Delivery.UNKNOWN if times < LOOKS_ENOUGH else again(attempts)


def repeat_key(key: str, uuid: str) -> str:
    """Return the key of the text that is promised in the place of one that reached nobody."""
    return f"{key}{_AGAIN}{uuid[:8]}"


def first_key(key: str) -> str:
    """Return the key under which a text was promised first, however often it was sent again."""
    return key.partition(_AGAIN)[0]


def mobile_place(uuid: str) -> str:
    """Return what a message's sealed number is bound to."""
    return f"outbox_message|mobile|{uuid}"
