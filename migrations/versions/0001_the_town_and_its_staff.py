"""The town, its calendar, its staff, their sessions, and the audit chain.

The head of the audit chain and the edition numbers are rows that must exist before
anything is written, so the migration itself puts them there.
"""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime
from migrations.append_only import make_append_only

revision = "0001"
down_revision = None

EDITIONS = ("calendar", "catalogue", "directory", "roster", "town")


def upgrade() -> None:
    _town()
    _calendar()
    _staff()
    _audit()
    op.create_table(
        "form_post",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("staff_id", sa.Integer, sa.ForeignKey("staff.id")),
        sa.Column("endpoint", sa.String, nullable=False),
        sa.Column("body_hash", sa.LargeBinary, nullable=False),
        sa.Column("answer", sa.String, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False, index=True),
    )


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _town() -> None:
    op.create_table(
        "town",
        sa.Column("id", sa.Integer, primary_key=True),
        *_text("name", "hall", "signature", "duty_phone", "complaint_phone", "address", "hours"),
        sa.Column("is_sample", sa.Boolean, nullable=False),
        sa.Column("carry_days", sa.Integer, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "village",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String, nullable=False, unique=True),
        *_text("name", "adviser_1", "adviser_1_office", "adviser_1_phone"),
        *_text("adviser_2", "adviser_2_office", "adviser_2_phone", "note"),
        sa.Column("households", sa.Integer, nullable=False),
        sa.Column("is_riverside", sa.Boolean, nullable=False),
    )
    op.create_table(
        "directory_unit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String, nullable=False, unique=True),
        sa.Column("group", sa.String, nullable=False, index=True),
        *_text("name", "business", "place", "hours", "phone", "owner"),
    )


def _calendar() -> None:
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("notice_number", sa.String, nullable=False),
        sa.Column("taken_in_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column(
            "year", sa.Integer, sa.ForeignKey("calendar_year.year"), nullable=False, index=True
        ),
        sa.Column("kind", sa.String(24), nullable=False),
    )
    edition = op.create_table(
        "edition",
        sa.Column("name", sa.String(24), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.bulk_insert(edition, [{"name": name, "number": 1} for name in EDITIONS])


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("username", sa.String, nullable=False, unique=True),
        *_text("name", "title", "password_hash"),
        sa.Column("code_until", UtcDateTime),
        sa.Column("is_sample", sa.Boolean, nullable=False),
        sa.Column("disabled_at", UtcDateTime),
        sa.Column("totp_sealed", sa.String),
        sa.Column("totp_step", sa.Integer),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "staff_role",
        sa.Column("staff_id", sa.Integer, sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("role", sa.String(24), primary_key=True),
    )
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("staff_id", sa.Integer, sa.ForeignKey("staff.id"), nullable=False, index=True),
        *_text("content", "device"),
        sa.Column("opened_at", UtcDateTime, nullable=False),
        sa.Column("seen_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "attempt",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("since", UtcDateTime, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
    )


def _audit() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("actor_id", sa.Integer, sa.ForeignKey("staff.id"), index=True),
        sa.Column("verb", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False, index=True),
        sa.Column("facts", sa.String, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
    )
    make_append_only("audit_entry")
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", UtcDateTime),
        sa.Column("digest", sa.LargeBinary, nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "at": None, "digest": bytes(32)}])
