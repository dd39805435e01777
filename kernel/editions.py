"""版次: one number for each thing that pages are made from, raised when it changes.

A cache keyed by these numbers is cleared by what changed, never by age.
"""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Record


class Edition(StrEnum):
    """What has an edition of its own."""

    CALENDAR = "calendar"  # 工作日历
    CATALOGUE = "catalogue"  # 办事目录
    DIRECTORY = "directory"  # 电话簿与村
    ROSTER = "roster"  # 值日表
    TOWN = "town"  # 本乡设置


class EditionNumber(Record):
    """The present number of an edition."""

    __tablename__ = "edition"

    name: Mapped[Edition] = mapped_column(primary_key=True)
    number: Mapped[int]


_ALL = sa.select(EditionNumber.name, EditionNumber.number).order_by(EditionNumber.name)


def raise_edition(session: Session, name: Edition) -> None:
    """Say that what `name` covers has changed."""
    session.execute(
        sa.update(EditionNumber)
        .where(EditionNumber.name == name)
        .values(number=EditionNumber.number + 1)
    )


def editions(session: Session) -> dict[Edition, int]:
    """Return the present number of every edition."""
    return {row.name: row.number for row in session.execute(_ALL)}
