"""财务公开 as stored: a sheet and its lines never change; what happens to it is added beside it."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desk.windows.village_accounts.rules.disclosure import Section
from desk.windows.village_accounts.rules.open_books import PictureKind, SheetStep
from kernel.database import PrimaryKey, Record


class Disclosure(Record):
    """财务公开表 of some months, as drafted: append-only."""

    __tablename__ = "disclosure"
    __table_args__ = (Index("ix_disclosure_months", "set_id", "first_period"),)

    id: Mapped[PrimaryKey]
    set_id: Mapped[int] = mapped_column(ForeignKey("account_set.id"))
    first_period: Mapped[int]
    last_period: Mapped[int]
    #: over everything the sheet says
    digest: Mapped[str]
    drafted_at: Mapped[datetime]
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class DisclosureLine(Record):
    """公开表的一行: append-only."""

    __tablename__ = "disclosure_line"

    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    section: Mapped[Section]
    on: Mapped[date | None]
    gist: Mapped[str]
    account: Mapped[str]
    voucher: Mapped[str]
    #: 经手人
    by: Mapped[str]
    before_fen: Mapped[int | None] = mapped_column(BigInteger)
    fen: Mapped[int | None] = mapped_column(BigInteger)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("account_entry.id"), index=True)


class DisclosureStep(Record):
    """公开的一步: append-only; each kind happens to a sheet once, hanging it up again aside."""

    __tablename__ = "disclosure_step"

    id: Mapped[PrimaryKey]
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), index=True)
    kind: Mapped[SheetStep]
    #: when the committee signed, when it was hung up
    on: Mapped[date]
    #: who signed on paper; where it hangs
    names: Mapped[str]
    note: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class DisclosurePicture(Record):
    """签字页、照片、处理过的原始凭证: append-only, sealed with the town's key."""

    __tablename__ = "disclosure_picture"

    id: Mapped[PrimaryKey]
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), index=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[PictureKind]
    #: of which line of the sheet, where it is an original's
    line: Mapped[int | None]
    media_type: Mapped[str]
    #: bound to `disclosure_picture|content|<uuid>`
    content_sealed: Mapped[str] = mapped_column(deferred=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class DisclosureRelease(Record):
    """放行或撤下: whether everybody may see a redacted picture; the last one counts."""

    __tablename__ = "disclosure_release"

    id: Mapped[PrimaryKey]
    picture_id: Mapped[int] = mapped_column(ForeignKey("disclosure_picture.id"), index=True)
    is_public: Mapped[bool]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class DisclosureQuestion(Record):
    """质询: a villager's question about a sheet, one to one with its case."""

    __tablename__ = "disclosure_question"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id"), primary_key=True, autoincrement=False
    )
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), index=True)
    #: None: about the sheet as a whole
    line: Mapped[int | None]
    #: bound to `disclosure_question|asked|<uuid of the case>`
    asked_sealed: Mapped[str]
    #: None until it is answered
    is_public: Mapped[bool | None]
    #: what the page shows of the question, in words of the window; empty in private
    shown: Mapped[str]
    #: bound to `disclosure_question|answer|<uuid of the case>`
    answer_sealed: Mapped[str]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
