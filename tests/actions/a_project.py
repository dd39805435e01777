"""一个示例项目: an invented enterprise with a signed mandate and a project on its road."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from desk.cases.actions import verbs
from desk.cases.actions.verbs import Acceptance
from desk.cases.records import Case
from desk.cases.rules.attachments import AttachedTo, ScannedPaper
from desk.cases.rules.results import Result
from desk.cases.rules.stages import Stage
from desk.windows.enterprise.actions import enterprises, filing, mandates, projects, steps
from desk.windows.enterprise.actions.enterprises import HandedIn, Named, Particulars
from desk.windows.enterprise.actions.projects import Undertaking
from desk.windows.enterprise.queries import roadmaps
from desk.windows.enterprise.queries.projects import errand
from desk.windows.enterprise.queries.road import Road
from desk.windows.enterprise.queries.roads import roads, wanted_by
from desk.windows.enterprise.records import Enterprise, Mandate, Project
from desk.windows.enterprise.rules.mandates import MandateFacts, MandateWay
from desk.windows.enterprise.rules.projects import EnterpriseStage, ProxyStep
from kernel.access import Actor
from kernel.identity import credit_check_character
from kernel.web.house import House
from services_catalog import queries as catalogue
from tests.builders import clerk, mobile

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SCAN = ScannedPaper(AttachedTo.MATERIAL, "示例委托书", "application/pdf", PDF)
YEAR = timedelta(days=365)


def credit_code(serial: int = 1) -> str:
    """Return a credit code of a region that does not exist, with the right check digit."""
    first17 = f"91990101MA{serial:07d}"
    return first17 + credit_check_character(first17)


@dataclass
class Walked:
    """A project, and who walks it."""

    here: House
    session: Session
    enterprise: Enterprise
    project: Project
    agent: Actor

    @property
    def road(self) -> Road:
        """Return how it stands now."""
        calendar = self.here.calendar(self.session)
        return roads(self.session, [self.project], self.here.now(), calendar)[0]

    def mandate(self, terms: MandateFacts | None = None, *, is_signed: bool = True) -> Mandate:
        """Print a mandate of a year, and register its signature."""
        now, today = self.here.now(), self.here.today()
        facts = terms or MandateFacts(MandateWay.WHOLE, (), today, today + YEAR)
        row = mandates.draw_up(self.session, self.project, facts, self.agent, now)
        if is_signed:
            mandates.sign(self.session, row, (today, SCAN), self.agent, now)
        return row

    def take_up(self) -> None:
        """Take the step after the mandate."""
        self.step(ProxyStep.TAKEN_UP)

    def step(self, step: ProxyStep) -> None:
        """Take one of the seven steps."""
        chosen = (step, "", self.road.still_open)
        steps.take(self.session, self.project, chosen, self.agent, self.here.now())

    def keep_all(self, key: str) -> None:
        """Put every paper into the dossier that an errand asks for."""
        item = catalogue.published(self.session, key)
        for paper in wanted_by(self.session, [item.id]).get(item.id, []):
            self.keep(paper.name)

    def keep(self, name: str, days: int | None = None) -> None:
        """Put one paper into the dossier."""
        until = self.here.today() + timedelta(days=days) if days is not None else None
        handed = HandedIn(name, until, "")
        enterprises.keep_paper(self.session, self.enterprise, handed, self.agent, self.here.now())

    def file(self, key: str) -> Case:
        """File an errand."""
        row, hall = errand(self.session, self.project, key), self.here.hall(self.session)
        return filing.file(self.session, self.road, row, self.agent, self.here.now(), hall)

    def finish(self, key: str, result: Result = Result.GRANTED) -> Case:
        """File an errand with all its papers and see it through the same day."""
        self.keep_all(key)
        return self.end(self.file(key), result)

    def end(self, case: Case, result: Result = Result.GRANTED) -> Case:
        """Let the body accept a case, and close it."""
        now, hall = self.here.now(), self.here.hall(self.session)
        if case.stage is Stage.RECEIVED:
            verbs.accept(self.session, case, Acceptance(), self.agent, now, hall)
        verbs.close(self.session, case, (result, "示例理由"), self.agent, now, hall)
        return case


def begin(here: House, session: Session, serial: int = 1, *, is_ready: bool = True) -> Walked:
    """Register an enterprise and draw up its project; ready: a signed mandate, taken up."""
    agent, now = clerk(session, "agent"), here.now()
    told = Particulars(
        credit_code(serial), f"示例制造{serial}有限公司", EnterpriseStage.PREPARING, "示例工业园"
    )
    named = Named("示例厂长", f"+86{mobile(serial)}", "厂长")
    row = enterprises.register(session, told, named, agent, now)
    assert agent.staff_id is not None
    undertaking = Undertaking(
        f"示例厂房{serial}",
        "示例制造",
        5_000_000_00,
        20_000,
        agent.staff_id,
        None,
        here.today() + YEAR,
    )
    road_map = roadmaps.newest(session)[0]
    project = projects.draw_up(session, row, undertaking, road_map, agent, now)
    walked = Walked(here, session, row, project, agent)
    if is_ready:
        walked.mandate()
        walked.take_up()
    return walked
