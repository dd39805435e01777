"""A year's notice is a draft until it is applied; the hall's opening days are their own calendar.

The index of what runs by its due day lets a notice find the countdowns it can move, and the
staff's start page find a promise past the last published year, without reading what is stored.
"""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0011"
down_revision = "0010"

RUNNING = sa.text("ended_at IS NULL")


def upgrade() -> None:
    _draft()
    _opening()
    op.create_index(
        "ix_countdown_running",
        "countdown",
        ["due_on"],
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )


def _draft() -> None:
    op.create_table(
        "calendar_draft",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("year", sa.Integer, nullable=False, index=True),
        sa.Column("notice_number", sa.String, nullable=False),
        sa.Column("source", sa.String(24), nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("stage", sa.String(24), nullable=False),
        sa.Column("made_by_id", sa.Integer, sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("decided_by_id", sa.Integer, sa.ForeignKey("staff.id")),
        sa.Column("decided_at", UtcDateTime),
        sa.Column("work_uuid", sa.String, nullable=False),
        sa.Column("moves_from_on", sa.Date),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("reached_id", "looked_at", "later", "earlier", "confirmed")
        ),
        sa.Column("ended_at", UtcDateTime),
    )
    op.create_table(
        "calendar_draft_day",
        sa.Column("draft_id", sa.Integer, sa.ForeignKey("calendar_draft.id"), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("kind", sa.String(24), nullable=False),
    )


def _opening() -> None:
    week = op.create_table(
        "opening_week",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("weekdays", sa.String, nullable=False),
    )
    op.create_table(
        "opening_exception",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("hours", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
    )
    op.bulk_insert(week, [{"id": 1, "weekdays": "0123456"}])
