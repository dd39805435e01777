"""窗口时限 as stored: what a window's own law says otherwise than the town's settings."""

from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Record
from services_catalog.rules.items import Window


class WindowExtension(Record):
    """延长上限 of one window, in the unit of the limit; windows without one keep the town's."""

    __tablename__ = "window_extension"

    window: Mapped[Window] = mapped_column(primary_key=True)
    most_days: Mapped[int]
