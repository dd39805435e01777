"""企业代办 as stored: enterprises with contacts and dossier, road maps, projects with errands."""

from desk.windows.enterprise.records.afterwards import (
    EnterpriseComplaint,
    EnterpriseSettings,
    MandateNotice,
    PaperNotice,
    Spending,
    SpendingStrike,
)
from desk.windows.enterprise.records.enterprises import (
    DossierPaper,
    Enterprise,
    EnterpriseContact,
)
from desk.windows.enterprise.records.obstacles import (
    Meeting,
    MeetingObstacle,
    MeetingPoint,
    Obstacle,
    ObstacleStep,
)
from desk.windows.enterprise.records.own_page import (
    EnterprisePage,
    ProjectMessage,
    ProjectRating,
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
    "EnterpriseComplaint",
    "EnterpriseContact",
    "EnterprisePage",
    "EnterpriseSettings",
    "Filing",
    "Mandate",
    "MandateNotice",
    "Meeting",
    "MeetingObstacle",
    "MeetingPoint",
    "Obstacle",
    "ObstacleStep",
    "PaperNotice",
    "Project",
    "ProjectErrand",
    "ProjectMessage",
    "ProjectRating",
    "ProjectStanding",
    "ProjectStep",
    "RoadMap",
    "RoadMapErrand",
    "RoadMapNeed",
    "Spending",
    "SpendingStrike",
]
