"""突发事件 as stored: the event, its call list as of that night, what came of each call."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desk.incidents.rules.calls import Outcome, Way
from desk.incidents.rules.kinds import IncidentKind, LineKind
from desk.incidents.rules.reporting import ReportKind
from kernel.database import PrimaryKey, Record
from kernel.town.records import Village


class Incident(Record):
    """突发事件: from the first word of it to its end."""

    __tablename__ = "incident"

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[IncidentKind]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    place: Mapped[str]
    #: what was known when it was opened
    gist: Mapped[str]
    #: who reported it
    source: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(index=True)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    #: of the duty log, where it stays on every leader's list until it is over
    log_entry_id: Mapped[int]
    resolved_at: Mapped[datetime | None]
    outcome: Mapped[str]
    version: Mapped[int] = mapped_column()

    village: Mapped[Village | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class IncidentLine(Record):
    """处置过程: one line of the timeline. Nobody edits it; triggers see to that."""

    __tablename__ = "incident_line"

    id: Mapped[PrimaryKey]
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    #: when it was written
    at: Mapped[datetime]
    #: when it happened
    happened_at: Mapped[datetime]
    kind: Mapped[LineKind]
    text: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class IncidentCall(Record):
    """通知对象: one place of the list, with who answered there on that night."""

    __tablename__ = "incident_call"

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(unique=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    position: Mapped[int]
    label: Mapped[str]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    #: names and private numbers (rules.calls.Contact), bound to `incident_call|contact|<uuid>`
    contact_sealed: Mapped[str]


class CallRecord(Record):
    """通知记录: one attempt and what it came to. Nobody edits it."""

    __tablename__ = "call_record"

    id: Mapped[PrimaryKey]
    call_id: Mapped[int] = mapped_column(ForeignKey("incident_call.id"), index=True)
    at: Mapped[datetime]
    outcome: Mapped[Outcome]
    way: Mapped[Way]
    is_deputy: Mapped[bool]
    actor_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class AlarmText(Record):
    """紧急短信: what was sent to whom, in which round; its fate is the outbox's to tell."""

    __tablename__ = "alarm_text"

    id: Mapped[PrimaryKey]
    call_id: Mapped[int] = mapped_column(ForeignKey("incident_call.id"), index=True)
    #: how often the alarm was given: 1, 2, 3 …
    turn: Mapped[int]
    #: of the promise in the outbox
    key: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]


class IncidentReport(Record):
    """报告时限: one report that is owed to the district, and when it was made."""

    __tablename__ = "incident_report"

    id: Mapped[PrimaryKey]
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    kind: Mapped[ReportKind]
    starts_at: Mapped[datetime]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    to_whom: Mapped[str]
    #: no longer owed: the incident ended before it was due
    is_dropped: Mapped[bool]


class IncidentCase(Record):
    """后续办件: a case that follows an incident up."""

    __tablename__ = "incident_case"

    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)


class CallEntry(Record):
    """通知名单 of a kind: whom to ring besides the villages, in this order."""

    __tablename__ = "call_entry"
    __table_args__ = (UniqueConstraint("kind", "position"),)

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[IncidentKind]
    position: Mapped[int]
    label: Mapped[str]
    #: of the telephone directory, whose number is then the one that is rung
    unit_code: Mapped[str]
    contact_sealed: Mapped[str]


class IncidentSettings(Record):
    """报告设置: minutes, one row. Source of the defaults: practice 31 (s)."""

    __tablename__ = "incident_settings"

    id: Mapped[PrimaryKey]
    phone_minutes: Mapped[int]
    written_minutes: Mapped[int]
    follow_up_minutes: Mapped[int]
    final_minutes: Mapped[int]
    #: after this a text that has not arrived counts as not told
    text_minutes: Mapped[int]
