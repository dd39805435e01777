"""一个项目的进度: an errand with all that follows for it, and a project on its road."""

from dataclasses import dataclass

from desk.cases.records import Case
from desk.cases.rules.lights import Light
from desk.cases.rules.stages import OPEN
from desk.windows.enterprise.records import Enterprise, Obstacle, Project, ProjectErrand
from desk.windows.enterprise.rules.dossier import ERRANDS_AHEAD, Lacking
from desk.windows.enterprise.rules.projects import Turn
from desk.windows.enterprise.rules.roadmaps import PlannedErrand
from desk.windows.enterprise.rules.schedule import ErrandFacts, Forecast, Schedule
from services_catalog.queries import Listed


@dataclass(frozen=True, slots=True)
class ErrandRow:
    """An errand with all that is known and all that follows."""

    errand: ProjectErrand
    plan: PlannedErrand
    #: as the catalogue publishes it; None: not any more
    item: Listed | None
    #: opened last; it may have come to nothing
    case: Case | None
    facts: ErrandFacts
    forecast: Forecast
    light: Light | None
    lacking: tuple[Lacking, ...]
    turn: Turn
    #: what was raised and blocks it, the oldest first
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def title(self) -> str:
        """Return what it is called."""
        known = self.item.title if self.item else self.plan.item
        return self.case.item.title if self.case else known

    @property
    def is_open(self) -> bool:
        """Say whether a case of it is being worked on."""
        return self.case is not None and self.case.stage in OPEN

    @property
    def may_start(self) -> bool:
        """Say whether it could be filed today, were the papers there."""
        waits = self.forecast.blockers or self.obstacles
        return not (self.facts.is_over or self.is_open or waits)


@dataclass(frozen=True, slots=True)
class Road:
    """A project on its road."""

    project: Project
    enterprise: Enterprise
    rows: tuple[ErrandRow, ...]
    schedule: Schedule
    #: what stands in its way, the oldest first
    obstacles: tuple[Obstacle, ...] = ()

    def row(self, key: str) -> ErrandRow:
        """Return the errand of a key."""
        return next(one for one in self.rows if one.errand.key == key)

    @property
    def still_open(self) -> int:
        """Return how many errands are neither done nor not needed."""
        return sum(not one.facts.is_over for one in self.rows)

    @property
    def coming(self) -> list[ErrandRow]:
        """Return the next errands to file, the earliest first."""
        left = [one for one in self.rows if not (one.facts.is_over or one.is_open)]
        return sorted(left, key=lambda one: one.forecast.start_on)[:ERRANDS_AHEAD]

    @property
    def days_late(self) -> int:
        """Return by how many civil days the earliest end misses the target."""
        target = self.project.target_on
        return max(0, (self.schedule.finish_on - target).days) if target else 0
