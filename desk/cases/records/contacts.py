"""联系人与电话名单 as stored: whom to tell for somebody, what is still to be told, every try."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desk.cases.rules.contacts import CallResult
from desk.cases.rules.people import Relation
from desk.messages.rules.kinds import MessageKind
from kernel.database import PrimaryKey, Record

_TO_TELL = sa.text("settled_at IS NULL")


class CaseContact(Record):
    """联系人: sealed with a key of the person's own. Over after `until_on`, or once ended."""

    __tablename__ = "case_contact"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    relation: Mapped[Relation]
    uuid: Mapped[str] = mapped_column(unique=True)
    wrapped_key: Mapped[str]
    name_sealed: Mapped[str]
    phone_sealed: Mapped[str]
    #: the applicant's consent: seen by whom, and its last day
    appointed_at: Mapped[datetime]
    appointed_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    until_on: Mapped[date]
    tells_both: Mapped[bool]
    ended_at: Mapped[datetime | None]


class CaseCall(Record):
    """待告知: something the applicant has to hear, and no text can reach."""

    __tablename__ = "case_call"
    __table_args__ = (
        sa.Index(
            "ix_case_call_to_tell",
            "asked_at",
            sqlite_where=_TO_TELL,
            postgresql_where=_TO_TELL,
        ),
    )

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    #: of the text it stands for; a second one with the same key is the first
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[MessageKind]
    #: what to say: a case number and no matter, as the text would have
    words: Mapped[str]
    asked_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class CaseCallTry(Record):
    """拨打记录: one try, its result, who made it. Nobody edits it; triggers see to that."""

    __tablename__ = "case_call_try"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    result: Mapped[CallResult]
    note: Mapped[str]
