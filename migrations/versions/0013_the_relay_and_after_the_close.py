"""The relay: a case's legs with their hand-overs and days, and transfers that ask the receiver.

After the close: how the result reached the applicant, and whether a matter that was carried or
pointed elsewhere helped. Numbers of days are the town's settings.
"""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    _leg()
    _transfer()
    _delivery()
    _follow_up()
    for name, default in (("follow_up_days", "10"), ("leg_days", "3")):
        days = sa.Column(name, sa.Integer, nullable=False, server_default=default)
        op.add_column("case_settings", days)


def _to(name: str, table: str, *, needed: bool = True, **more: bool) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=not needed, **more)  # type: ignore[arg-type]


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)


def _moment(name: str, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime, nullable=not needed)


def _whose_case() -> sa.Column[int]:
    case = sa.ForeignKey("case.id")
    return sa.Column("case_id", sa.Integer, case, primary_key=True, autoincrement=False)


def _leg() -> None:
    op.create_table(
        "leg",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("case_id", "case", index=True),
        sa.Column("kind", sa.String(24), nullable=False),
        *(_text(name) for name in ("from_body", "to_body", "task")),
        sa.Column("promised_days", sa.Integer, nullable=False),
        _moment("begun_at", needed=True),
        _to("begun_by_id", "staff"),
        _moment("handed_at"),
        _to("handed_by_id", "staff", needed=False),
        *(_text(name) for name in ("gave", "took", "papers")),
    )
    op.execute("ALTER TABLE countdown ADD COLUMN leg_id INTEGER REFERENCES leg (id)")


def _transfer() -> None:
    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("case_id", "case", index=True),
        _to("from_id", "staff"),
        _to("to_id", "staff", index=True),
        _text("reason"),
        _moment("asked_at", needed=True),
        _moment("answered_at"),
        sa.Column("is_accepted", sa.Boolean),
        _text("answer"),
    )
    where = sa.text("answered_at IS NULL")
    only = {"unique": True, "sqlite_where": where, "postgresql_where": where}
    op.create_index("ix_transfer_waiting", "transfer", ["case_id"], **only)


def _delivery() -> None:
    op.create_table(
        "delivery",
        _whose_case(),
        sa.Column("manner", sa.String(24), nullable=False),
        _moment("arranged_at", needed=True),
        _moment("ready_at"),
        _moment("posted_at"),
        _text("tracking"),
        _moment("delivered_at"),
        _to("delivered_by_id", "staff", needed=False),
        *(_text(name) for name in ("uuid", "wrapped_key", "taker_sealed")),
        sa.Column("relation", sa.String(24)),
    )


def _follow_up() -> None:
    op.create_table(
        "follow_up",
        _whose_case(),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("helped", sa.String(24)),
        _text("note"),
        _moment("answered_at"),
        _to("answered_by_id", "staff", needed=False),
    )
    where = sa.text("answered_at IS NULL")
    op.create_index(
        "ix_follow_up_due", "follow_up", ["due_on"], sqlite_where=where, postgresql_where=where
    )
