"""示例项目: fourteen invented enterprises at different points, for a town that is a sample."""

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from desk.cases.actions import verbs
from desk.cases.actions.verbs import Acceptance
from desk.cases.rules.attachments import AttachedTo, ScannedPaper
from desk.cases.rules.results import Result
from desk.cases.rules.stages import Stage
from desk.windows.enterprise.actions import enterprises, filing, mandates, projects, steps
from desk.windows.enterprise.actions.enterprises import HandedIn, Named, Particulars
from desk.windows.enterprise.actions.projects import Undertaking
from desk.windows.enterprise.actions.sample_troubles import trouble
from desk.windows.enterprise.queries.projects import errand
from desk.windows.enterprise.queries.road import Road
from desk.windows.enterprise.queries.roadmaps import newest
from desk.windows.enterprise.queries.roads import roads, wanted_by
from desk.windows.enterprise.records import Enterprise, Project
from desk.windows.enterprise.rules.mandates import MandateFacts, MandateWay
from desk.windows.enterprise.rules.projects import EnterpriseStage, ProxyStep
from desk.windows.enterprise.rules.sample import (
    CONTACT,
    CONTACT_POST,
    PLACE,
    PROJECT,
    REASON,
    SCAN,
    sample_code,
    sample_mobile,
)
from kernel.access import Actor
from kernel.clock import town_day
from kernel.hall import Hall

SAMPLE = Path(__file__).parents[1] / "sample" / "projects.csv"
YEAR = timedelta(days=365)
#: whose project has obstacles
TROUBLED = 1
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Setting:
    """In whose hands, when, where."""

    session: Session
    agent: Actor
    agent_id: int
    now: datetime
    hall: Hall


def load(session: Session, agent: Actor, agent_id: int, now: datetime, hall: Hall) -> int:
    """Make the invented projects, each at its point; return how many."""
    setting = _Setting(session, agent, agent_id, now, hall)
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for serial, row in enumerate(rows, start=1):
        project = _begin(setting, serial, row)
        _walk(setting, project, row)
        if serial == TROUBLED:
            trouble(session, project, agent, now, hall)
    return len(rows)


def _begin(by: _Setting, serial: int, row: Row) -> Project:
    session, now = by.session, by.now
    told = Particulars(
        sample_code(serial), row["name"], EnterpriseStage(row["stage"]), PLACE.format(serial)
    )
    named = Named(CONTACT.format(serial), sample_mobile(serial), CONTACT_POST)
    enterprise = enterprises.register(session, told, named, by.agent, now)
    undertaking = Undertaking(
        name=PROJECT.format(row["industry"]),
        industry=row["industry"],
        investment_fen=int(row["investment_wan"]) * 10_000 * 100,
        land_area=int(row["land_area"]),
        agent_id=by.agent_id,
        deputy_id=None,
        target_on=town_day(now) + YEAR,
    )
    return projects.draw_up(session, enterprise, undertaking, newest(session)[0], by.agent, now)


def _walk(by: _Setting, of: Project, row: Row) -> None:
    _entrust(by, of, row)
    session, road = by.session, _road(by, of)
    for key in row["skipped"].split():
        projects.leave_out(session, road, errand(session, of, key), REASON, by.agent, by.now)
    for key in row["done"].split():
        _file(by, of, key, is_done=True)
    for key in row["filed"].split():
        _file(by, of, key, is_done=False)


def _entrust(by: _Setting, of: Project, row: Row) -> None:
    """Print the mandate, have it signed, take the project up, take the mandate back: as far."""
    if row["mandate"] == "none":
        return
    today, way = town_day(by.now), MandateWay(row["way"])
    first = _road(by, of).rows[0].plan.milestone
    covers = (first,) if way is MandateWay.STAGES else ()
    terms = MandateFacts(way, covers, today, today + YEAR)
    mandate = mandates.draw_up(by.session, of, terms, by.agent, by.now)
    if row["mandate"] == "printed":
        return
    scan = ScannedPaper(AttachedTo.MATERIAL, REASON, "application/pdf", SCAN)
    mandates.sign(by.session, mandate, (today, scan), by.agent, by.now)
    chosen = (ProxyStep.TAKEN_UP, "", len(_road(by, of).rows))
    steps.take(by.session, of, chosen, by.agent, by.now)
    if row["mandate"] == "revoked":
        for key in row["done"].split():
            _file(by, of, key, is_done=True)
        row["done"] = ""
        mandates.revoke(by.session, mandate, REASON, by.agent, by.now)


def _file(by: _Setting, of: Project, key: str, *, is_done: bool) -> None:
    session, now = by.session, by.now
    enterprise = session.get_one(Enterprise, of.enterprise_id)
    road = _road(by, of)
    lacking = {one.name for one in road.row(key).lacking}
    item = filing.published(session, road.row(key).plan.item)
    for paper in wanted_by(session, [item.id]).get(item.id, []):
        if paper.name in lacking:
            enterprises.keep_paper(
                session, enterprise, HandedIn(paper.name, None, ""), by.agent, now
            )
    case = filing.file(session, _road(by, of), errand(session, of, key), by.agent, now, by.hall)
    if case.stage is Stage.RECEIVED:
        verbs.accept(session, case, Acceptance(), by.agent, now, by.hall)
    if is_done:
        verbs.close(session, case, (Result.GRANTED, ""), by.agent, now, by.hall)


def _road(by: _Setting, of: Project) -> Road:
    return roads(by.session, [of], by.now, by.hall.calendar)[0]
