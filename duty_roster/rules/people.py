"""值班人员与外出: who stands on the rota, since when, and on which days somebody is away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duty_roster.rules.shifts import Duty
from kernel.calendar.rules import ONE_DAY
from kernel.errors import Refusal

#: an absence longer than this is a slip of the finger
LONGEST_DAYS = 366


class Seat(StrEnum):
    """What the town has exactly one of, and never both away."""

    SECRETARY = "secretary"  # 书记
    TOWN_HEAD = "town_head"  # 乡长
    OTHER = "other"


class AwayKind(StrEnum):
    """Why somebody is away."""

    LEAVE = "leave"  # 请假
    MEETING = "meeting"  # 开会
    TRAINING = "training"  # 培训
    TRIP = "trip"  # 出差


class Whereabouts(StrEnum):
    """去向: where somebody on duty is. Told on the hall screen alone."""

    AT_POST = "at_post"  # 在岗
    IN_VILLAGE = "in_village"  # 下村
    AT_MEETING = "at_meeting"  # 开会


SEAT_NAMES = {Seat.SECRETARY: "党委书记", Seat.TOWN_HEAD: "乡（镇）长", Seat.OTHER: "其他"}
AWAY_NAMES = {
    AwayKind.LEAVE: "请假",
    AwayKind.MEETING: "开会",
    AwayKind.TRAINING: "培训",
    AwayKind.TRIP: "出差",
}
WHEREABOUTS_NAMES = {
    Whereabouts.AT_POST: "在岗",
    Whereabouts.IN_VILLAGE: "下村",
    Whereabouts.AT_MEETING: "开会",
}


class EndsBeforeItBegins(Refusal):
    message = "结束日期要不早于开始日期，并且一次不超过一年，请核对。"
    status = 422
    field = "last_on"


class BothAway(Refusal):
    message = "{day}起书记和乡长会同时外出，按规定至少要有一人在家；请改一个人的日期。"
    status = 422
    field = "first_on"


class SeatTaken(Refusal):
    message = "{name}已经登记为{seat}，一个乡只有一位；请先改那一位。"
    status = 422
    field = "seat"


class AwaySoLate(Refusal):
    message = "这段外出已经过去，不能再撤销。"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the rota, as the rules see them."""

    person: int
    name: str
    duty: Duty
    seat: Seat = Seat.OTHER
    #: first and last day on the rota; None: from always, for good
    from_on: date | None = None
    to_on: date | None = None

    def is_on_the_roll(self, day: date) -> bool:
        """Say whether somebody stands on the rota on `day`."""
        return (self.from_on is None or self.from_on <= day) and (
            self.to_on is None or day <= self.to_on
        )


@dataclass(frozen=True, slots=True)
class Away:
    """Days, both included, on which somebody is away."""

    person: int
    first_on: date
    last_on: date

    def covers(self, day: date) -> bool:
        """Say whether `day` is one of them."""
        return self.first_on <= day <= self.last_on

    @property
    def days(self) -> Iterable[date]:
        """Return every day of it."""
        count = (self.last_on - self.first_on).days + 1
        return (self.first_on + ONE_DAY * number for number in range(count))


def check_span(first_on: date, last_on: date) -> None:
    """Refuse an absence that ends before it begins, or hardly ever. Raises EndsBeforeItBegins."""
    if not 0 <= (last_on - first_on).days < LONGEST_DAYS:
        raise EndsBeforeItBegins


def both_away(
    members: Sequence[Member], absences: Sequence[Away], days: Iterable[date]
) -> list[date]:
    """Return the days on which neither 书记 nor 乡长 is at home.

    Source: practice 30 (a rule of the town's own, held hard). A town whose rota names only one
    of the two cannot break it.
    """
    seats = {seat: {one.person for one in members if one.seat is seat} for seat in Seat}
    pair = (seats[Seat.SECRETARY], seats[Seat.TOWN_HEAD])
    if not all(pair):
        return []
    return [day for day in days if all(_is_empty(seat, absences, day) for seat in pair)]


def _is_empty(people: set[int], absences: Sequence[Away], day: date) -> bool:
    return people <= {one.person for one in absences if one.covers(day)}
