"""The outbox, and every attempt at a carrier.

The index serves the question asked every two seconds: what is due and unhandled. An attempt
is a row of its own, so that a message's way through several carriers stays readable.
"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.String, nullable=False, unique=True),
        sa.Column("key", sa.String, nullable=False, unique=True),
        sa.Column("kind", sa.String(24), nullable=False),
        *_text("mobile", "text", "mark"),
        sa.Column("state", sa.String(24), nullable=False),
        *_numbers("fence", "attempts", "not_found"),
        *_moments("not_before", "expires_at", "queued_at", nullable=False),
        *_moments("lease_until", "settled_at", nullable=True),
        sa.Column("carrier", sa.String),
        sa.Column("carrier_id", sa.String),
        sa.Index("ix_outbox_message_due", "state", "not_before"),
    )
    op.create_table(
        "carrier_attempt",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("message_id", sa.Integer, sa.ForeignKey("outbox_message.id"), nullable=False),
        *_numbers("fence"),
        *_text("carrier", "note"),
        *_moments("started_at", nullable=False),
        *_moments("ended_at", nullable=True),
        sa.Column("outcome", sa.String(24)),
        sa.UniqueConstraint("message_id", "fence"),
    )


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def _moments(*names: str, nullable: bool) -> list[sa.Column[datetime]]:
    return [sa.Column(name, UtcDateTime, nullable=nullable) for name in names]
