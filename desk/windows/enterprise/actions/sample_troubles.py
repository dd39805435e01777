"""示例问题: what stands in the way of an invented project, who met about it, and what was paid."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from desk.windows.enterprise.actions import complaints, meetings, obstacles, spending
from desk.windows.enterprise.actions.complaints import Complained
from desk.windows.enterprise.actions.obstacles import Raised
from desk.windows.enterprise.records import Enterprise, Project
from desk.windows.enterprise.rules import sample
from desk.windows.enterprise.rules.complaints import ComplaintAbout
from desk.windows.enterprise.rules.meetings import Agreed, Minutes
from desk.windows.enterprise.rules.obstacles import ObstacleKind
from desk.windows.enterprise.rules.spending import Spent
from kernel.access import Actor
from kernel.clock import town_day
from kernel.hall import Hall

POWER_KEY, WATER_KEY = "QY-015", "QY-016"
WEEK = timedelta(days=7)


def trouble(session: Session, of: Project, agent: Actor, now: datetime, hall: Hall) -> None:
    """Let a project have a disputed water line, a silent bureau, a payment and a complaint."""
    today = town_day(now)
    told = Raised(ObstacleKind.NEIGHBOURS, sample.WATER, WATER_KEY)
    water = obstacles.raise_obstacle(session, of, told, agent, now, hall)
    silent = Raised(ObstacleKind.SILENT, sample.SILENT, POWER_KEY)
    obstacles.raise_obstacle(session, of, silent, agent, now, hall)
    agreed = tuple(Agreed(who, what, today + WEEK) for who, what in sample.AGREED)
    minutes = Minutes(today, sample.PLACE_MET, sample.PRESENT, agreed, (water.id,))
    meetings.write_minutes(session, of, minutes, agent, now)
    paid = Spent(sample.PAID_FEN, today, sample.LINE, *sample.PAID)
    spending.spend(session, of, paid, agent, now)
    said = Complained(ComplaintAbout.BUREAU, sample.COMPLAINT, bureau=sample.BUREAU)
    firm = session.get_one(Enterprise, of.enterprise_id)
    complaints.complain(session, firm, said, agent, now, hall)
