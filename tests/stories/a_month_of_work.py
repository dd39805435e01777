"""一个月的办件: a town founded a month ago, with a case for everything that has to be looked at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app import create_app, open_house, prepare
from desk.cases import queries
from desk.cases.actions import verbs
from desk.cases.actions.outage import reserve
from desk.cases.actions.register import Intake, lookup_code, register
from desk.cases.actions.verbs import Acceptance
from desk.cases.jobs import note_lights
from desk.cases.records import Case
from desk.cases.rules.deadlines import due
from desk.cases.rules.intake import Answer, Brought, MaterialState
from desk.cases.rules.people import Person, Relation
from desk.cases.rules.results import Result
from kernel.clock import FixedClock, SystemClock
from kernel.households import actions as households
from kernel.households.queries import card_code, of_village
from kernel.households.rules import HouseholdRow, Tally
from kernel.settings import Settings
from kernel.town.queries import village, villages
from kernel.web.house import House
from kernel.work.actions import ask
from services_catalog import queries as catalogue
from services_catalog.rules.items import Window
from tests.builders import Visitor, clerk, hand_over, person
from tests.stories.a_day_at_the_desk import LOG_PAGE, spend_a_day
from tests.stories.a_kept_catalogue import hand_out, keep_the_catalogue
from tests.stories.a_month_of_books import keep_the_books
from tests.stories.a_part_asked import ask_for_parts
from tests.stories.a_project_underway import walk_projects
from tests.stories.a_published_sheet import open_the_books
from tests.stories.a_storm_and_a_visit import weather_a_storm
from tests.stories.an_appointment import agree_on_times
from tests.stories.an_enterprise_page import open_pages
from tests.stories.running import RunningDesk

MONTH = timedelta(days=35)
BRIEF, USUAL, CARRIED, REFERRED, LONG, BATCH = (
    "BM-014",
    "BM-001",
    "BM-041",
    "BM-031",
    "BM-039",
    "BM-048",
)
LONG_NAME = "示例阿卜杜热合曼·买买提吐尔逊·阿布都克力木·𠮷"


@dataclass
class Month:
    """The cases by what they show, and the codes of their slips."""

    desk: RunningDesk
    numbers: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    village: str = "V07"
    #: code of a household's card
    card: str = ""
    #: what else an address may ask for, by the name of its argument
    places: dict[str, list[str]] = field(default_factory=dict)
    #: what goes together in addresses with two arguments, by their rule
    pairs: dict[str, list[dict[str, str]]] = field(default_factory=dict)


def work_a_month(desk: RunningDesk) -> Month:
    """Found the town a month ago and let its counter work until an hour ago."""
    month, present = Month(desk), SystemClock().now() - timedelta(hours=1)
    settings = Settings(
        var=desk.folder / "var", key_file=desk.folder / "town.key", public_url=desk.url
    )
    clock = FixedClock(present - MONTH)
    here = open_house(settings, clock)
    prepare(here)
    soon = _day_that_ends_tomorrow(here, present)
    for name, at, work in sorted(_diary(present, soon), key=lambda entry: entry[1]):
        clock.at = at
        with here.writing() as session:
            case = work(here, session)
            month.numbers[name] = case.number
            month.codes[name] = lookup_code(session, case)
    note_lights(here)
    ask_for_parts(here, month)
    agree_on_times(here, month)
    _life_in_the_villages(here, month)
    keep_the_books(here, month)
    walk_projects(here, month)
    open_pages(here, month)
    open_the_books(here, month)
    _slips_for_a_power_cut(here, month)
    here.database.engine.dispose()
    return month


Work = Callable[[House, Session], Case]


def _diary(present: datetime, soon: datetime) -> Iterator[tuple[str, datetime, Work]]:
    """Yield what was done: (what it shows, when, the work)."""

    def ago(days: int, minutes: int = 0) -> datetime:
        return present - timedelta(days=days, minutes=minutes)

    yield "late", ago(34), _taken_in(USUAL, Answer.ACCEPT)
    yield "soon", soon, _taken_in(BRIEF, Answer.ACCEPT)
    yield "granted", ago(20), _ended(BRIEF, Result.GRANTED, "")
    yield "denied", ago(12), _ended(USUAL, Result.DENIED, "家庭人均收入高于本县最低生活保障标准。")
    yield "withdrawn", ago(11), _withdrawn
    yield "accepted_there", ago(9), _accepted_there
    yield "carried", ago(1), _taken_in(CARRIED, Answer.CARRY)
    yield "awaiting", ago(1, 20), _taken_in(LONG, Answer.NOTICE)
    yield "batch", ago(0, 50), _taken_in(BATCH, Answer.ACCEPT)
    yield "referred", ago(0, 40), _taken_in(REFERRED, Answer.REFER)
    yield "full", ago(0, 20), _brought_by_another
    yield "fresh", ago(0, 10), _taken_in(USUAL, Answer.ACCEPT)


def _life_in_the_villages(here: House, month: Month) -> None:
    """Hand out a card, hang a board, let an adviser carry a case and pass on a question."""
    with here.writing() as session:
        rows = [
            HouseholdRow(number, month.village, "第3组", f"{number}号", f"示例户主{number}")
            for number in range(1, 4)
        ]
        households.take_in(session, month.village, rows, Tally())
        session.flush()
        place = village(session, month.village)
        month.card = card_code(session, of_village(session, place.id)[0])
        director = clerk(session, "director")
        work = ask(session, "households.import", "导入户籍册", {}, (director, here.now()))
        month.places = {"uuid": [work.uuid], "unit": ["U01", "U44"], "adviser_id": ["1"]}
        home = of_village(session, place.id)[1]
        month.places["household_id"] = [f"{home.id}"]
        month.places["event"] = [catalogue.events(session)[0][0]]
    app = create_app(here)
    hand_out(here, director, month.village)
    keeper = Visitor(app.test_client())
    keeper.log_in("director")
    keep_the_catalogue(here, director, keeper, (USUAL, LONG))
    adviser = Visitor(app.test_client())
    adviser.log_in("adviser")
    adviser.open(f"/adviser/new/{CARRIED}")
    taken = adviser.press(f"/adviser/new/{CARRIED}", name="示例邻居", brought=["1"], consent="1")
    assert taken.status_code == 303, taken.text
    month.numbers["by_adviser"] = taken.headers["Location"].rpartition("/")[2]
    month.places |= spend_a_day(app)
    weather_a_storm(app, month)
    month.pairs[LOG_PAGE] = [{"year": f"{here.today().year}", "leaf": "1"}]
    adviser.open("/adviser/")
    adviser.press("/adviser/enquiries", question="老人不会用手机，怎么查办到哪一步？", answer="")


def _slips_for_a_power_cut(here: House, month: Month) -> None:
    """Set a few numbers aside, for the day without electricity."""
    with here.writing() as session:
        wanted = (5, "明天停电检修")
        block = reserve(session, Window.GENERAL, wanted, clerk(session), here.now())
        session.flush()
        month.places["block"] = [f"{block.id}"]


def _day_that_ends_tomorrow(here: House, present: datetime) -> datetime:
    """Return a moment at which the brief item falls due tomorrow or today."""
    with here.reading() as session:
        item, calendar = catalogue.published(session, BRIEF), here.calendar(session)
    for days in range(1, 30):
        at = present - timedelta(days=days)
        counted = due(at, item.promised, item.statutory, calendar).binding
        if counted and 0 <= (counted.day - present.date()).days <= 1:
            return at
    return present - timedelta(days=7)


def _intake(session: Session, code: str, answer: Answer, who: Person) -> Intake:
    item = catalogue.published(session, code)
    papers = [
        Brought(paper.name, paper.copies, MaterialState.BROUGHT)
        for paper in catalogue.materials_of(session, item.id)
    ]
    if answer is Answer.NOTICE:
        papers[0] = replace(papers[0], note="复印件看不清身份证号码，请重新复印正反两面")
        papers[-1] = replace(papers[-1], state=MaterialState.MISSING)
    return Intake(Window.GENERAL, item, answer, who, papers, village=villages(session)[6])


def _register(here: House, session: Session, taken: Intake) -> Case:
    return register(session, taken, clerk(session), here.now(), here.hall(session))


def _taken_in(code: str, answer: Answer) -> Work:
    def work(here: House, session: Session) -> Case:
        who = person(here.now().day, f"示例{'甲乙丙丁戊己庚辛'[here.now().minute % 8]}某")
        return _register(here, session, _intake(session, code, answer, who))

    return work


def _ended(code: str, result: Result, reason: str) -> Work:
    def work(here: House, session: Session) -> Case:
        case = _taken_in(code, Answer.ACCEPT)(here, session)
        ending, actor = (result, reason), clerk(session)
        verbs.close(session, case, ending, actor, here.now(), here.hall(session))
        return case

    return work


def _withdrawn(here: House, session: Session) -> Case:
    case = _taken_in(USUAL, Answer.ACCEPT)(here, session)
    verbs.withdraw(session, case, "申请人外出务工，回来再办。", clerk(session), here.now())
    return case


def _accepted_there(here: House, session: Session) -> Case:
    """A carried case that its body accepted, with notes and another handler."""
    case = _taken_in(CARRIED, Answer.CARRY)(here, session)
    actor, now = clerk(session), here.now()
    verbs.accept(session, case, Acceptance(None, "SL-2026-000123"), actor, now, here.hall(session))
    verbs.note(session, case, "承办机关来电，正在现场核查。", actor, now, public=True)
    verbs.note(session, case, "已提醒申请人备好宅基地批准书原件。", actor, now, public=False)
    hand_over(session, case, "counter2", now)
    return case


def _brought_by_another(here: House, session: Session) -> Case:
    """Everything filled in, and as long as it gets."""
    who = replace(
        person(77, LONG_NAME),
        address="示例县示例乡示例前庄村第十二村民小组老祠堂东侧二层砖混房屋（原小学教师宿舍）101室",
    )
    taken = replace(
        _intake(session, LONG, Answer.ACCEPT, who),
        presenter=replace(person(78, "示例吐尔逊·𬭼"), relation=Relation.CHILD),
        outside_number="YC-330000-2026-00004567",
    )
    case = _register(here, session, taken)
    assert queries.applicant_of(session, case) is not None
    return case
