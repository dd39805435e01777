"""办件 as stored."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desk.cases.rules.intake import Answer, MaterialState
from desk.cases.rules.papers import PaperKind
from desk.cases.rules.people import Part, Relation
from desk.cases.rules.results import Result
from desk.cases.rules.stages import Stage
from kernel.database import PrimaryKey, Record
from kernel.identity import DocumentKind, Sex
from kernel.town.records import Village
from services_catalog.records import ItemVersion
from services_catalog.rules.items import Window


class Case(Record):
    """办件: one matter, from the counter to its close. Its lists are indexed in records.lists."""

    __tablename__ = "case"

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(unique=True)
    window: Mapped[Window]
    #: spoken at the counter; guessable, so it opens nothing by itself
    number: Mapped[str] = mapped_column(unique=True)
    #: of the unguessable code in the slip's QR; reissuing the slip raises the generation
    lookup_hash: Mapped[bytes] = mapped_column(unique=True)
    lookup_generation: Mapped[int]
    #: the version of the item it was taken in under, for good
    version_of_item_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"))
    answer: Mapped[Answer]
    stage: Mapped[Stage]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    handler_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    #: 村咨询员 who carried it here for a neighbour, with the neighbour's signed consent
    carried_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    #: number of the file in the system where it really lives (省一窗平台 …)
    outside_number: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(index=True)
    #: None until somebody with the power to do so accepts
    accepted_at: Mapped[datetime | None]
    #: 代办: by when the papers are carried to the body that accepts
    carry_by_on: Mapped[date | None]
    #: derived by rules.deadlines; the earlier of both limits; None while no clock runs
    due_on: Mapped[date | None] = mapped_column(index=True)
    #: due_on rests on a year without a notice
    is_provisional: Mapped[bool]
    closed_at: Mapped[datetime | None]
    result: Mapped[Result | None]
    result_note: Mapped[str]
    version: Mapped[int] = mapped_column()

    item: Mapped[ItemVersion] = relationship(lazy="joined", innerjoin=True)
    village: Mapped[Village | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class CaseParty(Record):
    """申请人, 来办人: sealed with a key of the person's own."""

    __tablename__ = "case_party"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    part: Mapped[Part]
    relation: Mapped[Relation | None]
    uuid: Mapped[str] = mapped_column(unique=True)
    #: the person's data key, wrapped; without it the rest is noise
    wrapped_key: Mapped[str]
    name_sealed: Mapped[str]
    document_kind: Mapped[DocumentKind]
    document_sealed: Mapped[str]
    born_on: Mapped[date | None]
    sex: Mapped[Sex | None]
    #: why birth date or sex differ from what the number says (practice 7)
    birth_reason_sealed: Mapped[str]
    phone_sealed: Mapped[str]
    address_sealed: Mapped[str]


class CaseSearchToken(Record):
    """检索暗码: blind tokens under which a case is found by name, number or phone."""

    __tablename__ = "case_search_token"

    token: Mapped[bytes] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True, index=True)


class CaseMaterial(Record):
    """收件清单: one material of the item's checklist, as the counter found it."""

    __tablename__ = "case_material"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    copies: Mapped[str]
    state: Mapped[MaterialState]
    note: Mapped[str]


class TimelineEntry(Record):
    """办理进度: one line of a case's history. Nobody edits it; triggers see to that."""

    __tablename__ = "timeline_entry"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime]
    text: Mapped[str]
    #: the villager reads it; else it is a note among staff
    is_public: Mapped[bool]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class Paper(Record):
    """文书: a numbered paper that was given out about a case."""

    __tablename__ = "paper"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[PaperKind]
    number: Mapped[str] = mapped_column(unique=True)
    issued_at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    #: what it told, as it stood on that day: a reprint says the same. Paragraphs, a line each
    words: Mapped[str]
    #: what it lists (papers missing, papers owed), a line each
    listed: Mapped[str]
    #: everything it says (rules.papers_contents), under the key of the applicant; else the town's
    contents_sealed: Mapped[str] = mapped_column(deferred=True)
    sealed_for_id: Mapped[int | None] = mapped_column(ForeignKey("case_party.id"))


class Serial(Record):
    """编号: the last number given out in a series and year; never by counting rows."""

    __tablename__ = "serial"

    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
