"""企业代办 as stored: enterprises with contacts and dossier, road maps, projects with errands."""

from desk.windows.enterprise.records.enterprises import (
    DossierPaper,
    Enterprise,
    EnterpriseContact,
)
from desk.windows.enterprise.records.projects import (
    Filing,
    Mandate,
    Project,
    ProjectErrand,
    ProjectStep,
)
from desk.windows.enterprise.records.roadmaps import RoadMap, RoadMapErrand, RoadMapNeed
from desk.windows.enterprise.records.standings import ProjectStanding

__all__ = [
    "DossierPaper",
    "Enterprise",
    "EnterpriseContact",
    "Filing",
    "Mandate",
    "Project",
    "ProjectErrand",
    "ProjectStanding",
    "ProjectStep",
    "RoadMap",
    "RoadMapErrand",
    "RoadMapNeed",
]
