"""Appointments about a case; a template of its own for every text that a contact reads.

The text of an appointment gained a number and a place: no earlier version of it was ever sent,
so its next version is the one in force.
"""

import csv
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0034"
down_revision = "0033"

TEMPLATES = Path(__file__).parents[1] / "starter" / "0034_message_templates.csv"
BEGINNING = datetime(2026, 11, 22, tzinfo=UTC)


def upgrade() -> None:
    _appointments()
    _templates()


def _appointments() -> None:
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.Integer, sa.ForeignKey("case.id"), nullable=False, index=True),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("venue", sa.String(24), nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("made_by_id", sa.Integer, sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("ended_at", UtcDateTime),
        sa.Column("ended_by_id", sa.Integer, sa.ForeignKey("staff.id")),
        sa.Column("how", sa.String(24)),
    )
    stands = sa.text("ended_at IS NULL")
    for name, columns, unique in (
        ("ix_appointment_standing", ["case_id"], True),
        ("ix_appointment_coming", ["at"], False),
    ):
        op.create_index(
            name,
            "appointment",
            columns,
            unique=unique,
            sqlite_where=stands,
            postgresql_where=stands,
        )


def _templates() -> None:
    table = sa.table(
        "message_template",
        *(sa.column(name) for name in ("name", "wording", "owner", "signature")),
        *(sa.column(name) for name in ("version", "carrier_template", "has_phone")),
        sa.column("since_at", UtcDateTime),
    )
    newest = sa.select(table.c.name, sa.func.max(table.c.version)).group_by(table.c.name)
    versions = {row.name: row[1] for row in op.get_bind().execute(newest)}
    same = {"signature": "", "carrier_template": "", "has_phone": False, "since_at": BEGINNING}
    with TEMPLATES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    numbered = [row | same | {"version": versions.get(row["name"], 0) + 1} for row in rows]
    op.bulk_insert(table, numbered)
