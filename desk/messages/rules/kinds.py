"""短信种类: how long each kind is worth sending, and the hours in which nobody is rung awake."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from kernel.clock import town_time

ONE_DAY = timedelta(days=1)
#: what carriers take as a validity: one second to ten hours
LONGEST_VALIDITY = 36_000


class MessageKind(StrEnum):
    """What a message is about."""

    RECEIPT = "receipt"
    CARRIED = "carried"
    NOTICE = "notice"
    COMPLETED = "completed"
    MOVED = "moved"
    READY = "ready"
    NUDGE = "nudge"  # 催办, 督办: to staff
    EMERGENCY = "emergency"  # 突发事件
    UPWARD = "upward"  # 报告领导
    DUTY = "duty"  # 值班提醒
    APPOINTMENT = "appointment"  # 预约提醒
    ENDING = "ending"  # 企业代办到期提醒
    CODE = "code"  # 验证码


class Why(StrEnum):
    """Why a message was withdrawn that nobody took back."""

    UNTRUE = "untrue"  # 情况已变
    OPTED_OUT = "opted_out"  # 已退订
    CAPPED = "capped"  # 当天已满
    GATHERED = "gathered"  # 已合并


@dataclass(frozen=True, slots=True)
class Quiet:
    """静默时段: the hours in which nobody is rung awake; they go through midnight."""

    begins: time
    ends: time

    @classmethod
    def of_minutes(cls, begins: int, ends: int) -> "Quiet":
        """Return quiet hours kept as minutes of the day."""
        return cls(time(begins // 60, begins % 60), time(ends // 60, ends % 60))


#: notices have no legal window; not at night is good practice
USUAL_QUIET = Quiet(time(21), time(8))


@dataclass(frozen=True, slots=True)
class Manner:
    """How a kind of message behaves."""

    label: str
    #: after this it would only puzzle: it is dropped, not sent late
    valid: timedelta
    keeps_quiet_hours: bool = True
    #: somebody has a right to hear of it: what no text tells is told by telephone
    is_owed: bool = False
    #: several to one person may go out as one text
    may_gather: bool = False


MANNERS: dict[MessageKind, Manner] = {
    MessageKind.RECEIPT: Manner("受理回执", timedelta(hours=24), may_gather=True),
    MessageKind.CARRIED: Manner("代收告知", timedelta(hours=24), may_gather=True),
    MessageKind.NOTICE: Manner("补正告知", timedelta(hours=48), is_owed=True),
    MessageKind.COMPLETED: Manner("办结通知", timedelta(hours=72), is_owed=True, may_gather=True),
    MessageKind.MOVED: Manner("改期告知", timedelta(hours=48), is_owed=True),
    MessageKind.READY: Manner("领取通知", timedelta(hours=72), is_owed=True, may_gather=True),
    # next day another one is due, or it is over
    MessageKind.NUDGE: Manner("催办督办", timedelta(hours=12)),
    # late it would send people out into what is over
    MessageKind.EMERGENCY: Manner("紧急通知", timedelta(minutes=30), keeps_quiet_hours=False),
    MessageKind.UPWARD: Manner("报告领导", timedelta(hours=2), keeps_quiet_hours=False),
    MessageKind.DUTY: Manner("值班提醒", timedelta(hours=12)),
    MessageKind.APPOINTMENT: Manner("预约提醒", timedelta(hours=24), is_owed=True),
    # the board says it, too, until it is renewed
    MessageKind.ENDING: Manner("到期提醒", timedelta(hours=48)),
    # somebody waits for it with the page open
    MessageKind.CODE: Manner("验证码", timedelta(minutes=10), keeps_quiet_hours=False),
}
#: these go before everything else, and many at once
AT_ONCE = frozenset({MessageKind.EMERGENCY, MessageKind.UPWARD})
#: the cap of a day does not stop these; a budget stops all but those that go at once
UNCOUNTED = AT_ONCE | {MessageKind.CODE}
#: to colleagues: they do not opt out of their work
TO_STAFF = frozenset({MessageKind.NUDGE, MessageKind.DUTY, MessageKind.UPWARD})
#: whom these did not reach is rung up; an emergency has a call list of its own
RUNG_UP = frozenset(MessageKind) - AT_ONCE - TO_STAFF - {MessageKind.CODE, MessageKind.ENDING}


def is_quiet(moment: datetime, quiet: Quiet = USUAL_QUIET) -> bool:
    """Say whether `moment` is in the quiet hours, usually 21:00 to 08:00 in the township."""
    at = town_time(moment).time()
    return at >= quiet.begins or at < quiet.ends


def not_before(kind: MessageKind, moment: datetime, quiet: Quiet = USUAL_QUIET) -> datetime:
    """Return when a message may go out that is ready at `moment`: at night, at eight."""
    if not MANNERS[kind].keeps_quiet_hours or not is_quiet(moment, quiet):
        return moment
    here = town_time(moment)
    day = here.date() + ONE_DAY if here.time() >= quiet.begins else here.date()
    return datetime.combine(day, quiet.ends, here.tzinfo).astimezone(moment.tzinfo)


def tomorrow(moment: datetime, quiet: Quiet = USUAL_QUIET) -> datetime:
    """Return when the next day's texts begin: for what the day's cap has no room for."""
    here = town_time(moment)
    return datetime.combine(here.date() + ONE_DAY, quiet.ends, here.tzinfo).astimezone(
        moment.tzinfo
    )


def expires_at(kind: MessageKind, ready_at: datetime, until: datetime | None = None) -> datetime:
    """Return until when a message is worth sending that may go out from `ready_at`."""
    usual = ready_at + MANNERS[kind].valid
    return min(usual, until) if until else usual


def kinds_awake(moment: datetime, quiet: Quiet = USUAL_QUIET) -> tuple[MessageKind, ...]:
    """Return the kinds that may go out at `moment`, however long they have been due."""
    is_night = is_quiet(moment, quiet)
    return tuple(kind for kind in MessageKind if not (is_night and MANNERS[kind].keeps_quiet_hours))


def valid_seconds(
    kind: MessageKind, now: datetime, expiry: datetime, quiet: Quiet = USUAL_QUIET
) -> int:
    """Return how long the carrier may keep the text: not past its worth, nor into the night."""
    if MANNERS[kind].keeps_quiet_hours:
        night = datetime.combine(town_time(now), quiet.begins, town_time(now).tzinfo)
        expiry = min(expiry, night)
    return max(1, min(LONGEST_VALIDITY, int((expiry - now).total_seconds())))
