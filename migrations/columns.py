"""列: the kinds of columns that migrations put tables together from."""

from datetime import datetime

import sqlalchemy as sa

from kernel.database import UtcDateTime


def key() -> sa.Column[int]:
    """Return the number of a row."""
    return sa.Column("id", sa.Integer, primary_key=True)


def one_to_one(name: str, table: str) -> sa.Column[int]:
    """Return the number of the row of another table that a row adds to."""
    other = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, sa.Integer, other, primary_key=True, autoincrement=False)


def to(name: str, table: str, *, needed: bool = True, index: bool = False) -> sa.Column[int]:
    """Return a reference to a row of another table."""
    other = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, sa.Integer, other, nullable=not needed, index=index)


def text(name: str, *, unique: bool = False) -> sa.Column[str]:
    """Return a column of text; empty text, never NULL."""
    return sa.Column(name, sa.String, nullable=False, unique=unique)


def choice(name: str, *, needed: bool = True) -> sa.Column[str]:
    """Return a column for one of a few values."""
    return sa.Column(name, sa.String(24), nullable=not needed)


def number(name: str) -> sa.Column[int]:
    """Return a column for a whole number."""
    return sa.Column(name, sa.Integer, nullable=False)


def moment(name: str, *, needed: bool = True, index: bool = False) -> sa.Column[datetime]:
    """Return a column for an aware moment."""
    return sa.Column(name, UtcDateTime, nullable=not needed, index=index)


def flag(name: str, *, index: bool = False) -> sa.Column[bool]:
    """Return a column for yes or no."""
    return sa.Column(name, sa.Boolean, nullable=False, index=index)


def of_both(name: str, table: str) -> sa.Column[int]:
    """Return one half of a key that ties two rows together."""
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id"), primary_key=True)
