"""岗位牌: who answers for a day, and at which moments of a day that may change."""

from dataclasses import dataclass
from datetime import date, time

from duty_roster.rules.shifts import DutyTerms


@dataclass(frozen=True, slots=True)
class DutyDay:
    """值日: who answers for the hall on a civil day."""

    day: date
    leader: str
    title: str


def turnovers(terms: DutyTerms) -> tuple[time, ...]:
    """Return the times of day at which one shift may follow another."""
    return tuple(sorted({terms.day_from, terms.night_from}))
