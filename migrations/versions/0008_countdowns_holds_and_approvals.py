"""Countdowns: every limit that runs on a case, the holds and extensions that move it.

The days are derived (desk/cases/rules/countdowns.py) but stored, so that a pass reads what is
about to turn yellow or red and never what is stored: both indexes hold only the rows whose
light is still to come. Cases that are open now get the countdown they should have had.
"""

import csv
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0008"
down_revision = "0007"

TOWN = timezone(timedelta(hours=8))
#: the law's own types and a first one of the town's, for the town to edit
HOLD_TYPES = Path(__file__).parents[1] / "starter" / "0008_hold_types.csv"


def upgrade() -> None:
    _countdown()
    _moving()
    _approval()
    _settings()
    _backfill()


def _to(name: str, table: str, *, needed: bool = True, **more: bool) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=not needed, **more)  # type: ignore[arg-type]


def _number(name: str, *, needed: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=not needed)


def _countdown() -> None:
    op.create_table(
        "countdown",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("case_id", "case", index=True),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("starts_at", UtcDateTime, nullable=False),
        _number("promised_amount"),
        sa.Column("promised_unit", sa.String(24), nullable=False),
        _number("statutory_amount"),
        sa.Column("statutory_unit", sa.String(24), nullable=False),
        *(_number(name) for name in ("extension_days", "yellow_share", "yellow_days")),
        sa.Column("due_on", sa.Date),
        sa.Column("over_at", UtcDateTime),
        sa.Column("is_provisional", sa.Boolean, nullable=False),
        sa.Column("yellow_on", sa.Date),
        sa.Column("yellow_at", UtcDateTime),
        sa.Column("red_at", UtcDateTime),
        _to("red_handler_id", "staff", needed=False),
        sa.Column("ended_at", UtcDateTime),
    )
    for name, column, seen in (
        ("ix_countdown_to_redden", "over_at", "red_at"),
        ("ix_countdown_to_yellow", "yellow_on", "yellow_at"),
    ):
        where = sa.text(f"ended_at IS NULL AND {seen} IS NULL")
        op.create_index(name, "countdown", [column], sqlite_where=where, postgresql_where=where)


def _moving() -> None:
    op.create_table(
        "hold_type",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
        sa.Column("source", sa.String, nullable=False),
        _number("cap_days", needed=False),
        sa.Column("is_retired", sa.Boolean, nullable=False),
    )
    op.create_table(
        "case_hold",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("case_id", "case", index=True),
        _to("hold_type_id", "hold_type"),
        sa.Column("noticed_on", sa.Date, nullable=False),
        sa.Column("expected_end_on", sa.Date, nullable=False),
        sa.Column("ended_on", sa.Date),
        _number("cap_days", needed=False),
        sa.Column("reason", sa.String, nullable=False),
        _to("approved_by_id", "staff"),
        sa.Column("approved_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "extension",
        sa.Column(
            "case_id", sa.Integer, sa.ForeignKey("case.id"), primary_key=True, autoincrement=False
        ),
        _number("days"),
        sa.Column("reason", sa.String, nullable=False),
        _to("approved_by_id", "staff"),
        sa.Column("granted_at", UtcDateTime, nullable=False),
    )


def _approval() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("case_id", "case", index=True),
        sa.Column("kind", sa.String(24), nullable=False),
        _to("asked_by_id", "staff"),
        sa.Column("asked_at", UtcDateTime, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        _number("days", needed=False),
        _to("hold_type_id", "hold_type", needed=False),
        sa.Column("until_on", sa.Date),
        _to("decided_by_id", "staff", needed=False),
        sa.Column("decided_at", UtcDateTime, index=True),
        sa.Column("is_granted", sa.Boolean),
        sa.Column("answer", sa.String, nullable=False),
    )


def _settings() -> None:
    names = ("intake_days", "supplement_days", "delivery_days", "extension_days")
    columns = [_number(name) for name in (*names, "yellow_share", "yellow_days")]
    settings = op.create_table(
        "case_settings", sa.Column("id", sa.Integer, primary_key=True), *columns
    )
    defaults = dict(zip(names, (5, 15, 10, 10), strict=True))
    op.bulk_insert(settings, [{"id": 1, **defaults, "yellow_share": 20, "yellow_days": 1}])
    types = sa.table(
        "hold_type",
        *(sa.column(name) for name in ("name", "source", "cap_days")),
        sa.column("is_retired", sa.Boolean),
    )
    rows = csv.DictReader(HOLD_TYPES.read_text(encoding="utf-8").splitlines())
    whole = [{**row, "cap_days": int(row["cap_days"]), "is_retired": False} for row in rows]
    op.bulk_insert(types, whole)


_OPEN = """
    SELECT c.id, c.accepted_at, v.promised_amount, v.promised_unit, v.statutory_amount,
           v.statutory_unit, c.due_on, c.is_provisional
    FROM "case" AS c JOIN item_version AS v ON v.id = c.version_of_item_id
    WHERE c.stage = 'in_progress' AND c.accepted_at IS NOT NULL
"""


def _backfill() -> None:
    """Give every case that is being handled the countdown its stored day came from."""
    typed = {"due_on": sa.Date, "accepted_at": UtcDateTime, "is_provisional": sa.Boolean}
    found = op.get_bind().execute(sa.text(_OPEN).columns(**typed)).mappings().all()
    rows = [_row_of(dict(row)) for row in found]
    if rows:
        op.bulk_insert(_table(), rows)


def _table() -> sa.TableClause:
    return sa.table(
        "countdown",
        *(sa.column(name) for name in ("case_id", "kind", "promised_amount", "promised_unit")),
        *(sa.column(name) for name in ("statutory_amount", "statutory_unit", "extension_days")),
        *(sa.column(name) for name in ("yellow_share", "yellow_days")),
        *(sa.column(name, sa.Date) for name in ("due_on", "yellow_on")),
        *(sa.column(name, UtcDateTime) for name in ("starts_at", "over_at")),
        sa.column("is_provisional", sa.Boolean),
    )


def _row_of(case: dict[str, object]) -> dict[str, object]:
    case["case_id"], case["starts_at"] = case.pop("id"), case.pop("accepted_at")
    due_on = case["due_on"]
    over_at = None
    if isinstance(due_on, date):
        over_at = datetime.combine(due_on + timedelta(days=1), time(0), TOWN).astimezone(UTC)
    lights = {"yellow_share": 20, "yellow_days": 1, "yellow_on": due_on, "over_at": over_at}
    return {**case, **lights, "kind": "handling", "extension_days": 0}
