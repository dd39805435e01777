"""走在路上的项目: the sample projects, and a mandate, an edition and a case to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from desk.cases.records import Case
from desk.windows.enterprise.commands import load_sample
from desk.windows.enterprise.queries.complaints import IS_COMPLAINT
from desk.windows.enterprise.records import Enterprise, Project, RoadMap
from kernel.web.house import House
from services_catalog.rules.items import Window

if TYPE_CHECKING:  # the month calls what is made here
    from tests.stories.a_month_of_work import Month


def walk_projects(here: House, month: Month) -> None:
    """Fill the enterprise window; say what its addresses may ask for."""
    load_sample(here)
    with here.reading() as session:
        month.places["enterprise_id"] = [str(session.scalar(sa.select(sa.func.min(Enterprise.id))))]
        first, last = session.execute(
            sa.select(sa.func.min(Project.id), sa.func.max(Project.id))
        ).one()
        month.places["project_id"] = [str(first), str(last)]
        month.places["map_id"] = [str(session.scalar(sa.select(sa.func.min(RoadMap.id))))]
        query = sa.select(Case.number).where(Case.window == Window.ENTERPRISE).order_by(Case.id)
        numbers = [{"number": number} for number in session.scalars(query.where(~IS_COMPLAINT))][:2]
        month.places["complaint_number"] = list(session.scalars(query.where(IS_COMPLAINT)))
    for rule in ("/windows/enterprise/cases/<number>", "/windows/enterprise/cases/<number>/paper"):
        month.pairs[rule] = numbers
