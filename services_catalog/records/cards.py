"""一卡通, 服务指南牌, 便民手册: what was printed, what it said, and who holds it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import PrimaryKey, Record
from services_catalog.rules.prints import PrintKind


class PrintedContent(Record):
    """What a print said, once for all prints that say the same."""

    __tablename__ = "printed_content"

    digest: Mapped[str] = mapped_column(primary_key=True)
    #: the plain values handed to the typesetter, as JSON, without QR and door
    content: Mapped[str]


class PrintRun(Record):
    """印制批次: one run of the typesetter. Every run remembers what it said."""

    __tablename__ = "print_run"

    id: Mapped[PrimaryKey]
    kind: Mapped[PrintKind]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    digest: Mapped[str] = mapped_column(ForeignKey("printed_content.digest"))
    copies: Mapped[int]
    made_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class CardIssue(Record):
    """发卡记录: a card printed for a household, and its hand-over."""

    __tablename__ = "card_issue"

    id: Mapped[PrimaryKey]
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("print_run.id"), index=True)
    generation: Mapped[int]
    digest: Mapped[str] = mapped_column(ForeignKey("printed_content.digest"), index=True)
    #: Household.face as it was printed
    face: Mapped[bytes | None]
    handed_on: Mapped[date | None]
    handed_by: Mapped[str]
    signed_by: Mapped[str]
    #: lost, or replaced by a newer one
    ended_on: Mapped[date | None]


class Board(Record):
    """服务指南牌: one board hung in a village."""

    __tablename__ = "board"

    id: Mapped[PrimaryKey]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    place: Mapped[str]
    #: A0 … A3, or `1200x800` in millimetres
    size: Mapped[str]
    digest: Mapped[str | None] = mapped_column(ForeignKey("printed_content.digest"))
    hung_on: Mapped[date | None]
    checked_on: Mapped[date | None]
    condition: Mapped[str]
