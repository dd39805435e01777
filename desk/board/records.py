"""看板 as stored: which columns the export of a list has."""

from sqlalchemy.orm import Mapped, mapped_column

from desk.board.rules.export import ExportField
from kernel.database import Record


class ExportColumn(Record):
    """导出列: one column of the export, in its place, under the other system's heading."""

    __tablename__ = "export_column"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    field: Mapped[ExportField]
    heading: Mapped[str]
