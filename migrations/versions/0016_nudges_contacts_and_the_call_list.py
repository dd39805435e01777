"""Reminders: nudges for each countdown, staff's work phones, contacts of record, the call list."""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime
from migrations.append_only import make_append_only

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("staff", sa.Column("mobile_sealed", sa.String))
    op.add_column("countdown", sa.Column("nudged_for_on", sa.Date))
    unplanned = "ended_at IS NULL AND due_on IS NOT NULL"
    moved = "(nudged_for_on IS NULL OR nudged_for_on <> due_on)"
    _partial("ix_countdown_to_nudge", "countdown", "yellow_on", f"{unplanned} AND {moved}")
    _nudge()
    _contact()
    _calls()


def _partial(name: str, table: str, column: str, where: str) -> None:
    only = sa.text(where)
    op.create_index(name, table, [column], sqlite_where=only, postgresql_where=only)


def _to(name: str, table: str, *, needed: bool = True, index: bool = False) -> sa.Column[int]:
    whose = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, sa.Integer, whose, nullable=not needed, index=index)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)


def _nudge() -> None:
    op.create_table(
        "nudge",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("countdown_id", "countdown"),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("settled_at", UtcDateTime),
        _to("staff_id", "staff", needed=False),
        sa.Column("message_key", sa.String, index=True),
        sa.UniqueConstraint("countdown_id", "kind", "due_on"),
    )
    _partial("ix_nudge_to_do", "nudge", "at", "settled_at IS NULL")
    op.create_index("ix_nudge_told", "nudge", ["staff_id", "due_on"])


def _contact() -> None:
    op.create_table(
        "case_contact",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("case_id", "case", index=True),
        sa.Column("relation", sa.String(24), nullable=False),
        sa.Column("uuid", sa.String, nullable=False, unique=True),
        *(_text(name) for name in ("wrapped_key", "name_sealed", "phone_sealed")),
        sa.Column("appointed_at", UtcDateTime, nullable=False),
        _to("appointed_by_id", "staff"),
        sa.Column("until_on", sa.Date, nullable=False),
        sa.Column("tells_both", sa.Boolean, nullable=False),
        sa.Column("ended_at", UtcDateTime),
    )


def _calls() -> None:
    op.create_table(
        "case_call",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("case_id", "case", index=True),
        sa.Column("key", sa.String, nullable=False, unique=True),
        sa.Column("kind", sa.String(24), nullable=False),
        _text("words"),
        sa.Column("asked_at", UtcDateTime, nullable=False),
        sa.Column("settled_at", UtcDateTime),
    )
    _partial("ix_case_call_to_tell", "case_call", "asked_at", "settled_at IS NULL")
    op.create_table(
        "case_call_try",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("case_id", "case", index=True),
        sa.Column("at", UtcDateTime, nullable=False),
        _to("actor_id", "staff"),
        sa.Column("result", sa.String(24), nullable=False),
        _text("note"),
    )
    make_append_only("case_call_try")
