"""大厅: the town's settings and its working calendar, as one value that actions are handed."""

from dataclasses import dataclass

from kernel.calendar.rules import WorkingCalendar
from kernel.town.records import Town


@dataclass(frozen=True, slots=True)
class Hall:
    """What an action has to know of the town it happens in."""

    town: Town
    calendar: WorkingCalendar
