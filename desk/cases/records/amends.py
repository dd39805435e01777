"""更正、合并、重办 as stored: what was put right about a case afterwards, and what stood before."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desk.cases.rules.people import Relation
from desk.cases.rules.results import Result
from desk.cases.rules.stages import Stage
from kernel.database import PrimaryKey, Record

_STANDS = sa.text("undone_at IS NULL")


class Redating(Record):
    """更正事项或受理日: both as they were and are. Nobody edits it; triggers see to that."""

    __tablename__ = "redating"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str]
    old_version_of_item_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"))
    version_of_item_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"))
    old_received_at: Mapped[datetime]
    #: None: it had not been accepted
    old_accepted_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]


class RetiredCode(Record):
    """作废的查询码: of a slip that was given out anew; who scans it is told so."""

    __tablename__ = "retired_code"

    lookup_hash: Mapped[bytes] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    retired_at: Mapped[datetime]


class Merge(Record):
    """合并: of two registrations of one matter, the later points to the earlier."""

    __tablename__ = "merge"
    __table_args__ = (
        sa.Index(
            "ix_merge_stands",
            "case_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    survivor_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str]
    #: where the later one stood: it goes back there when the merge is undone
    old_stage: Mapped[Stage]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class Reopening(Record):
    """重新办理: how the case had ended before. Nobody edits it; triggers see to that."""

    __tablename__ = "reopening"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str]
    old_stage: Mapped[Stage]
    old_closed_at: Mapped[datetime | None]
    old_result: Mapped[Result | None]
    old_result_note: Mapped[str]
    #: the first delivery, and who took it, sealed as it was; empty where there was none
    delivered_at: Mapped[datetime | None]
    uuid: Mapped[str]
    wrapped_key: Mapped[str]
    taker_sealed: Mapped[str]
    relation: Mapped[Relation | None]
