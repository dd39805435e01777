"""Thresholds per item, annulled reds, the columns of the export; lists that cost what they show.

Every index that leads a list ends in the moment of receipt, so that the newest fifty are read
and no more; they take the place of those that held the first column alone. What is open has
partial indexes of its own: it stays small however much is stored.
"""

import csv
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime
from migrations.append_only import make_append_only

revision = "0012"
down_revision = "0011"

#: the columns a first export has, for the town to edit
COLUMNS = Path(__file__).parents[1] / "starter" / "0012_export_columns.csv"
OPEN = "closed_at IS NULL"
#: lists led by one column, the newest first: index, column, the index it takes the place of
LED = (
    ("ix_case_window_received", "window", "ix_case_window"),
    ("ix_case_item_received", "version_of_item_id", "ix_case_version_of_item_id"),
    ("ix_case_stage_received", "stage", "ix_case_stage"),
    ("ix_case_village_received", "village_id", "ix_case_village_id"),
    ("ix_case_handler_received", "handler_id", "ix_case_handler_id"),
)


def upgrade() -> None:
    _lights()
    _export()
    for name, column, before in LED:
        op.drop_index(before, "case")
        op.create_index(name, "case", [column, "received_at"])
    op.create_index("ix_case_accepted_at", "case", ["accepted_at"])
    op.create_index("ix_case_closed_at", "case", ["closed_at"])
    _partial("ix_case_open_received", "case", ["received_at"], OPEN)
    _partial("ix_case_open_due", "case", ["due_on"], OPEN)
    _partial("ix_case_open_window", "case", ["window", "stage"], OPEN)
    red = "ended_at IS NULL AND red_at IS NOT NULL"
    _partial("ix_countdown_red", "countdown", ["red_at"], red)
    op.create_index("ix_case_hold_noticed_on", "case_hold", ["noticed_on"])
    _partial("ix_case_hold_open", "case_hold", ["expected_end_on"], "ended_on IS NULL")


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)


def _lights() -> None:
    op.create_table(
        "light_threshold",
        _of("item_id", "service_item"),
        sa.Column("share", sa.Integer, nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
    )
    op.create_table(
        "red_annulment",
        _of("countdown_id", "countdown"),
        sa.Column("by_id", sa.Integer, sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False, index=True),
        sa.Column("reason", sa.String, nullable=False),
    )
    make_append_only("red_annulment")


def _of(name: str, table: str) -> sa.Column[int]:
    other = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, sa.Integer, other, primary_key=True, autoincrement=False)


def _export() -> None:
    columns = op.create_table(
        "export_column",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("field", sa.String(24), nullable=False),
        sa.Column("heading", sa.String, nullable=False),
    )
    rows = csv.DictReader(COLUMNS.read_text(encoding="utf-8").splitlines())
    op.bulk_insert(columns, [{**row, "position": int(row["position"])} for row in rows])
