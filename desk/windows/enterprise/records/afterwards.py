"""投诉、投入、到期提醒、设置 as stored."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desk.windows.enterprise.rules.complaints import ComplaintAbout
from kernel.database import PrimaryKey, Record


class EnterpriseComplaint(Record):
    """企业投诉: what an enterprise's case of its own is about; what was said is sealed."""

    __tablename__ = "enterprise_complaint"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id"), primary_key=True, autoincrement=False
    )
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    about: Mapped[ComplaintAbout]
    #: the person complained of, who has no part in it
    about_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    bureau: Mapped[str]
    #: bound to `enterprise_complaint|words|<uuid of the case>`, the answer likewise
    words_sealed: Mapped[str]
    answer_sealed: Mapped[str]
    #: None: the enterprise itself, through its page
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class Spending(Record):
    """乡镇投入: what the town paid for a project. A wrong one is struck, never changed."""

    __tablename__ = "project_spending"

    id: Mapped[PrimaryKey]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    fen: Mapped[int] = mapped_column(BigInteger)
    spent_on: Mapped[date]
    purpose: Mapped[str]
    payer: Mapped[str]
    payee: Mapped[str]
    #: which paper proves it, and where it lies
    paper: Mapped[str]
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class SpendingStrike(Record):
    """划去: a payment that was written down by mistake, and why."""

    __tablename__ = "spending_strike"

    spending_id: Mapped[int] = mapped_column(
        ForeignKey("project_spending.id"), primary_key=True, autoincrement=False
    )
    reason: Mapped[str]
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class MandateNotice(Record):
    """委托到期提醒: told once."""

    __tablename__ = "mandate_notice"

    mandate_id: Mapped[int] = mapped_column(
        ForeignKey("mandate.id"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]


class PaperNotice(Record):
    """材料到期提醒: told once."""

    __tablename__ = "paper_notice"

    paper_id: Mapped[int] = mapped_column(
        ForeignKey("dossier_paper.id"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]


class EnterpriseSettings(Record):
    """企业窗口设置: one row. A complaint's days are the catalogue's."""

    __tablename__ = "enterprise_settings"

    id: Mapped[PrimaryKey]
    obstacle_days: Mapped[int]
    old_days: Mapped[int]
    mandate_days: Mapped[int]
    paper_days: Mapped[int]
    #: fewer ended errands of an item than this tell nothing about the next
    least_history: Mapped[int] = mapped_column(server_default="5")
