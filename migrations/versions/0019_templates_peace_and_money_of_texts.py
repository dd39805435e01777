"""Templates, opt-outs, budgets and breakers of texts; calls in the place of texts.

The index on `rings_at` holds only what somebody has still to be told by telephone, so that the
list of calls stays as short as the work. `reader` stays empty on what was sent before.
"""

import csv
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime
from migrations.append_only import make_append_only

revision = "0019"
down_revision = "0018"

#: the wordings a town begins with, for it to edit
TEMPLATES = Path(__file__).parents[1] / "starter" / "0019_message_templates.csv"
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
#: 21:00 to 08:00; two texts a day; 0.05 yuan a part; 20 yuan a day, 300 a month
FIRST_SETTINGS = (1, 21 * 60, 8 * 60, 2, 50, 20_00, 300_00, False)


def upgrade() -> None:
    _templates()
    _peace()
    _money()
    _outbox()
    make_append_only("message_template")


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def _to(name: str, table: str, *, needed: bool = False, index: bool = False) -> sa.Column[int]:
    other = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, sa.Integer, other, nullable=not needed, index=index)


def _templates() -> None:
    table = op.create_table(
        "message_template",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(24), nullable=False),
        *_numbers("version"),
        *_text("wording", "signature", "carrier_template"),
        sa.Column("has_phone", sa.Boolean, nullable=False),
        *_text("owner"),
        sa.Column("since_at", UtcDateTime, nullable=False),
        _to("changed_by_id", "staff"),
        sa.UniqueConstraint("name", "version"),
    )
    same = {"version": 1, "signature": "", "carrier_template": "", "has_phone": False}
    with TEMPLATES.open(encoding="utf-8", newline="") as file:
        rows = [row | same | {"since_at": BEGINNING} for row in csv.DictReader(file)]
    op.bulk_insert(table, rows)


def _peace() -> None:
    op.create_table(
        "opt_out",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.String, nullable=False, unique=True),
        sa.Column("reader", sa.LargeBinary, nullable=False),
        *_text("mobile"),
        sa.Column("way", sa.String(24), nullable=False),
        sa.Column("since_at", UtcDateTime, nullable=False),
        _to("noted_by_id", "staff"),
        sa.Column("ended_at", UtcDateTime),
    )
    only = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_opt_out_standing",
        "opt_out",
        ["reader"],
        unique=True,
        sqlite_where=only,
        postgresql_where=only,
    )
    op.create_table(
        "reader_day",
        sa.Column("reader", sa.LargeBinary, primary_key=True),
        sa.Column("on", sa.Date, primary_key=True),
        *_numbers("texts"),
    )


def _money() -> None:
    table = op.create_table(
        "message_settings",
        sa.Column("id", sa.Integer, primary_key=True),
        *_numbers("quiet_from", "quiet_until", "daily_cap"),
        *_numbers("part_li", "day_budget_fen", "month_budget_fen"),
        sa.Column("abroad_on", sa.Boolean, nullable=False),
    )
    names = [column.name for column in table.columns]
    op.bulk_insert(table, [dict(zip(names, FIRST_SETTINGS, strict=True))])
    op.create_table(
        "message_spending",
        sa.Column("on", sa.Date, primary_key=True),
        sa.Column("kind", sa.String(24), primary_key=True),
        *_numbers("texts", "parts", "cost_li"),
    )
    op.create_table(
        "carrier_breaker",
        sa.Column("carrier", sa.String, primary_key=True),
        *_numbers("errors"),
        sa.Column("open_until", UtcDateTime),
    )


def _outbox() -> None:
    op.add_column("outbox_message", sa.Column("reader", sa.LargeBinary))
    op.execute(
        "ALTER TABLE outbox_message ADD COLUMN template_id INTEGER REFERENCES message_template (id)"
    )
    op.add_column("outbox_message", sa.Column("blanks", sa.String))
    op.add_column("outbox_message", sa.Column("why", sa.String(24)))
    op.add_column("outbox_message", sa.Column("rings_at", UtcDateTime))
    op.create_index("ix_outbox_message_reader", "outbox_message", ["reader", "state"])
    only = sa.text("rings_at IS NOT NULL")
    op.create_index(
        "ix_outbox_message_to_ring",
        "outbox_message",
        ["rings_at"],
        sqlite_where=only,
        postgresql_where=only,
    )
    op.create_table(
        "message_call",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("message_id", "outbox_message", needed=True, index=True),
        sa.Column("at", UtcDateTime, nullable=False),
        _to("actor_id", "staff", needed=True),
        sa.Column("result", sa.String(24), nullable=False),
        *_text("note"),
    )
    make_append_only("message_call")
