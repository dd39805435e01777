"""班次: which stretches of a day are kept, when one follows the other, and who stands on them.

A day of duty begins at the morning's turnover and ends at the next morning's: a night belongs
to the evening it began on. Source: the township's own 值班制度; the hours are settings.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from kernel.calendar.rules import ONE_DAY, DayType, WorkingCalendar
from kernel.clock import TOWN_TZ, town_time


class ShiftKind(StrEnum):
    """A stretch of a day of duty."""

    WHOLE = "whole"  # 全天
    DAY = "day"  # 白班
    NIGHT = "night"  # 夜班


class Pattern(StrEnum):
    """How a day is cut."""

    WHOLE = "whole"  # 24小时一班
    DAY_NIGHT = "day_night"  # 白班加夜班


class Duty(StrEnum):
    """What somebody is on a shift."""

    LEADER = "leader"  # 带班领导
    OFFICER = "officer"  # 值班员
    DRIVER = "driver"  # 驾驶员


class Burden(StrEnum):
    """What is counted over a year, so that it comes out even."""

    ALL = "all"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    FLOOD = "flood"


SHIFT_NAMES = {ShiftKind.WHOLE: "全天", ShiftKind.DAY: "白班", ShiftKind.NIGHT: "夜班"}
PATTERN_NAMES = {Pattern.WHOLE: "全天一班（24小时）", Pattern.DAY_NIGHT: "白班、夜班两班"}
DUTY_NAMES = {Duty.LEADER: "带班领导", Duty.OFFICER: "值班员", Duty.DRIVER: "驾驶员"}
BURDEN_NAMES = {
    Burden.ALL: "合计",
    Burden.HOLIDAY: "节假日",
    Burden.WEEKEND: "周末",
    Burden.FLOOD: "汛期夜间",
}
CUTS = {
    Pattern.WHOLE: (ShiftKind.WHOLE,),
    Pattern.DAY_NIGHT: (ShiftKind.DAY, ShiftKind.NIGHT),
}
LEADERS = 1


@dataclass(frozen=True, slots=True)
class Shift:
    """One stretch of one day of duty."""

    day: date
    kind: ShiftKind


@dataclass(frozen=True, slots=True)
class Place:
    """班位: one place on a shift, to be filled by one person."""

    shift: Shift
    duty: Duty
    number: int

    @property
    def day(self) -> date:
        """Return the day of duty."""
        return self.shift.day

    @property
    def rank(self) -> tuple[date, int, int, int]:
        """Return its place in a list: by day, shift, kind of duty, number."""
        kind, duty = list(ShiftKind).index(self.shift.kind), list(Duty).index(self.duty)
        return (self.day, kind, duty, self.number)


@dataclass(frozen=True, slots=True)
class Turn:
    """A place and who has it; None where nobody has."""

    place: Place
    person: int | None


@dataclass(frozen=True, slots=True)
class DutyTerms:
    """How the town keeps its duty: settings, never law."""

    workday: Pattern = Pattern.WHOLE
    restday: Pattern = Pattern.WHOLE
    day_from: time = time(8)
    night_from: time = time(17, 30)
    officers: int = 2
    drivers: int = 1
    #: whole days between two turns of one person
    gap_days: int = 2
    #: first and last (month, day) of the flood season
    flood_from: tuple[int, int] = (4, 1)
    flood_to: tuple[int, int] = (9, 30)
    #: whether a swap that both agreed to still needs a leader's word
    approves_swaps: bool = True
    #: minutes after which a missed sign-in is told
    nudge_minutes: int = 30

    def wanted(self, duty: Duty) -> int:
        """Return how many people of a kind stand on every shift."""
        return {Duty.LEADER: LEADERS, Duty.OFFICER: self.officers, Duty.DRIVER: self.drivers}[duty]


def shifts_of(day: date, calendar: WorkingCalendar, terms: DutyTerms) -> tuple[Shift, ...]:
    """Return the shifts of a day of duty, in order."""
    pattern = terms.workday if calendar.is_working(day) else terms.restday
    return tuple(Shift(day, kind) for kind in CUTS[pattern])


def span_of(shift: Shift, terms: DutyTerms) -> tuple[datetime, datetime]:
    """Return the moments at which a shift begins and ends."""
    begins = terms.night_from if shift.kind is ShiftKind.NIGHT else terms.day_from
    ends_on = shift.day if shift.kind is ShiftKind.DAY else shift.day + ONE_DAY
    ends = terms.night_from if shift.kind is ShiftKind.DAY else terms.day_from
    return (
        datetime.combine(shift.day, begins, TOWN_TZ),
        datetime.combine(ends_on, ends, TOWN_TZ),
    )


def duty_day(moment: datetime, terms: DutyTerms) -> date:
    """Return the day of duty that `moment` belongs to: before the turnover, the day before."""
    local = town_time(moment)
    return local.date() if local.time() >= terms.day_from else local.date() - ONE_DAY


def shift_at(moment: datetime, drawn: Collection[ShiftKind], terms: DutyTerms) -> Shift:
    """Return the shift that is on duty at `moment`, of a day that was cut into the `drawn` ones.

    The sheet says how its days are cut; the settings may have changed since it was drawn up.
    """
    day = duty_day(moment, terms)
    if ShiftKind.WHOLE in drawn or not drawn:
        return Shift(day, ShiftKind.WHOLE)
    by_day = Shift(day, ShiftKind.DAY)
    return by_day if moment < span_of(by_day, terms)[1] else Shift(day, ShiftKind.NIGHT)


def places_of(days: Iterator[date], calendar: WorkingCalendar, terms: DutyTerms) -> list[Place]:
    """Return every place to be filled on these days, in order."""
    return [
        Place(shift, duty, number)
        for day in days
        for shift in shifts_of(day, calendar, terms)
        for duty in Duty
        for number in range(1, terms.wanted(duty) + 1)
    ]


def burdens_of(shift: Shift, calendar: WorkingCalendar, terms: DutyTerms) -> tuple[Burden, ...]:
    """Return what a turn on this shift counts as.

    A public holiday is what the year's notice says, weekends inside it included; a make-up day
    is an ordinary one. A flood-season night is any turn of the season that runs through the night.
    """
    kind = calendar.type_of(shift.day)
    found = [Burden.ALL]
    if kind is DayType.HOLIDAY:
        found.append(Burden.HOLIDAY)
    if kind is DayType.WEEKEND:
        found.append(Burden.WEEKEND)
    if shift.kind is not ShiftKind.DAY and in_flood_season(shift.day, terms):
        found.append(Burden.FLOOD)
    return tuple(found)


def in_flood_season(day: date, terms: DutyTerms) -> bool:
    """Say whether a day lies in the flood season, which may run over the turn of the year."""
    first, last, at = terms.flood_from, terms.flood_to, (day.month, day.day)
    return first <= at <= last if first <= last else at >= first or at <= last


def days_of_month(first: date) -> Iterator[date]:
    """Yield the days of the month that begins on `first`."""
    day = first
    while day.month == first.month:
        yield day
        day += ONE_DAY


def month_after(first: date) -> date:
    """Return the first day of the next month."""
    return (first.replace(day=28) + ONE_DAY * 4).replace(day=1)
