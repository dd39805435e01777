"""红黄绿灯: how near a promise is, and the moments at which it first showed.

The first yellow and the first red are events: no transfer, hold or reopening takes them back.
Only a supervisor annuls a red that was wrong, and the annulment is kept beside it.
Source: 电子监察 practice (domain notes §2.4); the thresholds are settings.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from kernel.clock import TOWN_TZ
from kernel.errors import InvalidInput, Refusal

#: percent of the limit; yellow from the first day on would say nothing
MOST_SHARE, MOST_DAYS = 90, 365


class Light(StrEnum):
    """How near the promise is."""

    GREEN = "green"  # 绿灯
    YELLOW = "yellow"  # 黄灯
    RED = "red"  # 红灯


LIGHT_WORDS = {Light.GREEN: "● 按时", Light.YELLOW: "▲ 临期", Light.RED: "■ 超期"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a running countdown has to show: its days, and what was seen of it before."""

    yellow_on: date | None = None
    over_at: datetime | None = None
    yellow_at: datetime | None = None
    red_at: datetime | None = None
    is_annulled: bool = False


class BadThreshold(InvalidInput):
    message = "请填0到{most}之间的整数。"


class UnknownItem(Refusal):
    message = "没有编号为“{code}”的事项，请从目录里抄编号。"
    status = 422
    field = "code"


class NotRed(Refusal):
    message = "这一段没有亮过红灯，没有什么可撤销。"


class AlreadyAnnulled(Refusal):
    message = "这盏红灯已经撤销过了。"


class OwnRed(Refusal):
    message = "红灯亮起时或现在由您经办，不能由您撤销，请另一位监督员办理。"


def light(yellow_on: date | None, over_at: datetime | None, now: datetime, today: date) -> Light:
    """Return the light that the days of a running countdown give; what has no day is green."""
    if over_at is not None and over_at <= now:
        return Light.RED
    if yellow_on is not None and yellow_on <= today:
        return Light.YELLOW
    return Light.GREEN


def shown(seen: Seen, now: datetime, today: date) -> Light:
    """Return the light a running countdown shows: once yellow or red, never less.

    A red that was annulled shows yellow for as long as the countdown runs: it has the
    supervisor's word that it is not late, and still wants somebody's eye.
    """
    by_days = light(seen.yellow_on, seen.over_at, now, today)
    if by_days is Light.RED or seen.red_at is not None:
        return Light.YELLOW if seen.is_annulled else Light.RED
    return Light.YELLOW if seen.yellow_at is not None else by_days


def morning_of(day: date) -> datetime:
    """Return the moment at which `day` begins in the township (aware)."""
    return datetime.combine(day, time(0), TOWN_TZ)


def read_amount(typed: str, most: int) -> int:
    """Return a whole number from 0 to `most`. Raises BadThreshold."""
    plain = typed.strip()
    if not plain.isdecimal() or len(plain) > 3 or int(plain) > most:
        raise BadThreshold(most=most)
    return int(plain)


def check_annulment(
    red_at: datetime | None, *, is_annulled: bool, handlers: frozenset[int | None], by: int | None
) -> None:
    """Refuse to annul what is not red, twice, or what one had in hand oneself."""
    if red_at is None:
        raise NotRed
    if is_annulled:
        raise AlreadyAnnulled
    if by in handlers - {None}:
        raise OwnRed
