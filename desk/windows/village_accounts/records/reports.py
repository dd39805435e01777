"""报表项目 as stored: the lines of the two statements, version by version."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desk.windows.village_accounts.rules.kinds import Side
from desk.windows.village_accounts.rules.reports.kinds import ReportKind
from kernel.database import PrimaryKey, Record


class ReportForm(Record):
    """报表格式: one version of a statement's lines; the newest is printed."""

    __tablename__ = "report_form"
    __table_args__ = (UniqueConstraint("report", "version"),)

    id: Mapped[PrimaryKey]
    report: Mapped[ReportKind]
    version: Mapped[int]
    #: when the town compared it with the ministry's appendix; until then it prints a mark
    compared_at: Mapped[datetime | None]
    compared_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    lines: Mapped[list["ReportLine"]] = relationship(order_by="ReportLine.place")


class ReportLine(Record):
    """报表项目: its name, and the formula over accounts and lines before it."""

    __tablename__ = "report_line"

    form_id: Mapped[int] = mapped_column(ForeignKey("report_form.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    #: 行次, empty for a heading
    number: Mapped[str]
    name: Mapped[str]
    depth: Mapped[int]
    half: Mapped[int]
    side: Mapped[Side]
    formula: Mapped[str]
