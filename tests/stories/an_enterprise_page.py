"""一家企业的专页: a page with messages; and one whose project is over, to be rated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from desk.windows.enterprise.actions import own_page, projects
from desk.windows.enterprise.queries.own_page import code_of
from desk.windows.enterprise.queries.projects import errand
from desk.windows.enterprise.queries.roads import roads
from desk.windows.enterprise.records import Enterprise, Project
from kernel.web.house import House
from tests.builders import clerk

if TYPE_CHECKING:  # the month calls what is made here
    from tests.stories.a_month_of_work import Month

PAGES = ("/e/<code>", "/E/<code>", "/e/<code>/say")


def open_pages(here: House, month: Month) -> None:
    """Open the pages of two enterprises; say what their addresses may ask for."""
    with here.writing() as session:
        agent, now = clerk(session, "agent"), here.now()
        known = session.scalars(sa.select(Project).order_by(Project.id)).all()
        first, last = known[0], known[-1]
        own_page.write(session, first, "示例：图纸改了一版，还要重新交吗？", None, now)
        own_page.write(session, first, "示例：要的，交新的一版就行。", agent, now)
        own_page.write(session, first, "示例：好，明天送来。", None, now)
        road = roads(session, [last], now, here.calendar(session))[0]
        for row in road.rows:
            if not row.facts.is_over:
                one = errand(session, last, row.errand.key)
                projects.leave_out(session, road, one, "示例：不涉及", agent, now)
        codes = []
        for project in (first, last):
            enterprise = session.get_one(Enterprise, project.enterprise_id)
            row_of_page = own_page.issue(session, enterprise, agent, now)
            codes.append({"code": code_of(session, row_of_page)})
    for rule in PAGES:
        month.pairs[rule] = codes
