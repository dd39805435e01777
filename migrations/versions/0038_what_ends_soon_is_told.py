"""A text that says what of an enterprise ends soon: its mandate, or a paper kept for it."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0038"
down_revision = "0037"

TEMPLATES = Path(__file__).parents[1] / "starter" / "0038_message_templates.csv"
BEGINNING = datetime(2026, 11, 22, tzinfo=UTC)


def upgrade() -> None:
    table = sa.table(
        "message_template",
        *(sa.column(name) for name in ("name", "wording", "owner", "signature")),
        *(sa.column(name) for name in ("version", "carrier_template", "has_phone")),
        sa.column("since_at", UtcDateTime),
    )
    same = {"version": 1, "signature": "", "carrier_template": "", "has_phone": False}
    with TEMPLATES.open(encoding="utf-8", newline="") as file:
        rows = [row | same | {"since_at": BEGINNING} for row in csv.DictReader(file)]
    op.bulk_insert(table, rows)
