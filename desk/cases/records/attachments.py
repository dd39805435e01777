"""扫描件 as stored: papers as pictures, sealed under the key of the applicant."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desk.cases.rules.attachments import AttachedTo
from kernel.database import PrimaryKey, Record


class Attachment(Record):
    """扫描件: never shown by itself; handed over as a file to who says what for."""

    __tablename__ = "attachment"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    attached_to: Mapped[AttachedTo]
    #: what it shows, in words of the hall: never a name from somebody's disk
    title: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    #: None: sealed with the town's key, for nobody is named in the case
    sealed_for_id: Mapped[int | None] = mapped_column(ForeignKey("case_party.id"))
    #: empty once it was taken away
    content_sealed: Mapped[str] = mapped_column(deferred=True)
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    remove_reason: Mapped[str]
