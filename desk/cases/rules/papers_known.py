"""文书所据: what is known of a case when a paper about it is written, and what all papers say.

Source: domain notes §2.3 (common fields); practice 1 (实施主体), 6 (来办人), 11, 12 (12345).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk.cases.rules.deadlines import Due
from desk.cases.rules.intake import Brought, MaterialState
from desk.cases.rules.outage import LATE_MARK
from desk.cases.rules.papers import NOTHING_SAID, Said
from desk.cases.rules.papers_contents import Contents, Section
from desk.cases.rules.people import RELATION_NAMES, UNNAMED, Part, Person
from desk.cases.rules.results import Result
from desk.cases.rules.slips import COPIES
from kernel.calendar.rules import chinese_date
from kernel.clock import town_day, town_time
from kernel.contact import masked_phone
from kernel.identity import LABELS, masked_number
from services_catalog.rules.limits import TimeLimit

HOTLINE = "12345"
SAMPLE = "（示例）"
PART_NAMES = {Part.APPLICANT: "申请人", Part.PRESENTER: "来办人"}
SIGNED = ("签收人：", "日　期：")


@dataclass(frozen=True, slots=True)
class Matter:
    """事项: what a paper says of the item, as the case was taken in under it."""

    title: str
    code: str
    body: str
    place: str
    hours: str
    #: numbers as people see them
    phone: str
    promised: TimeLimit
    statutory: TimeLimit


@dataclass(frozen=True, slots=True)
class Office:
    """大厅: what a paper says of the hall and of who answers there."""

    hall: str
    is_sample: bool
    duty_phone: str
    complaint_phone: str
    handler: str


@dataclass(frozen=True, slots=True)
class Known:
    """Everything a paper can be written from."""

    number: str
    matter: Matter
    office: Office
    received_at: datetime
    people: Sequence[tuple[Part, Person]] = ()
    materials: Sequence[Brought] = ()
    #: what the act told that the paper is about
    said: Said = NOTHING_SAID
    accepted_at: datetime | None = None
    #: both limits counted, where they run
    due: Due | None = None
    carry_by_on: date | None = None
    #: the days rest on a year whose notice is not out
    is_provisional: bool = False
    closed_at: datetime | None = None
    result: Result | None = None
    result_note: str = ""
    #: (title, number) of the papers given out before, the newest first
    earlier: Sequence[tuple[str, str]] = ()


def common(known: Known, title: str, signatures: tuple[str, ...] = SIGNED) -> Contents:
    """Return a paper that says as yet only what every paper says."""
    office = known.office
    return Contents(
        title=title,
        issuer=office.hall + (SAMPLE if office.is_sample else ""),
        facts=tuple(_facts(known)),
        words=known.said.words,
        contacts=contacts(office),
        signatures=signatures,
        copies=COPIES,
    )


def contacts(office: Office) -> tuple[str, ...]:
    """Return who works the case, whom to ask and where to complain; the hotline always."""
    complaint = office.complaint_phone
    hotline = "" if HOTLINE in complaint.split("、") else f"、{HOTLINE}"
    asked = (f"咨询：{office.duty_phone}", f"监督投诉：{complaint}{hotline}")
    return (f"承办人：{office.handler}", *asked)


def accepted(known: Known) -> tuple[tuple[str, str], ...]:
    """Return the day of acceptance, where there is one."""
    if known.accepted_at is None:
        return ()
    return (("受理日", chinese_date(town_day(known.accepted_at))),)


def brought(known: Known, heading: str) -> tuple[Section, ...]:
    """Return the papers that lie here, under a heading that says what becomes of them."""
    return listed(heading, [one for one in known.materials if one.state is MaterialState.BROUGHT])


def listed(heading: str, materials: Sequence[Brought]) -> tuple[Section, ...]:
    """Return a list of papers with their copies; no list where there are none."""
    lines = tuple(one.name + (f"（{one.copies}）" if one.copies else "") for one in materials)
    return (Section(heading, lines),) if lines else ()


def told(known: Known, heading: str, fallback: Sequence[str] = ()) -> tuple[Section, ...]:
    """Return what the act listed, under a heading."""
    lines = known.said.listed or tuple(fallback)
    return (Section(heading, lines),) if lines else ()


def _facts(known: Known) -> list[tuple[str, str]]:
    received = town_time(known.received_at)
    return [
        ("受理编号", known.number),
        *((PART_NAMES[part], _person(one)) for part, one in known.people),
        ("事项", f"{known.matter.title}（{known.matter.code}）"),
        ("实施主体", known.matter.body),
        ("收件时间", f"{chinese_date(received.date())} {received:%H:%M}"),
        *([(LATE_MARK, known.said.mark)] if known.said.mark else []),
    ]


def _person(one: Person) -> str:
    """Return somebody as a paper may show them: numbers masked."""
    said = [one.name or UNNAMED]
    if one.relation:
        said[0] += f"（{RELATION_NAMES[one.relation]}）"
    if one.document_number:
        said.append(f"{LABELS[one.document_kind]} {masked_number(one.document_number)}")
    if one.phone:
        said.append(masked_phone(one.phone))
    return "　".join(said)
