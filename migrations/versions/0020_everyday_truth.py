"""What was put right afterwards, numbers for a day without power, and papers scanned in.

A case keeps one row; what stood before a correction, a merge or a reopening stands here.
"""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime
from migrations.append_only import make_append_only

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    _redating()
    _merge()
    _reopening()
    _outage()
    _attachment()
    for table in ("redating", "reopening"):
        make_append_only(table)


def _to(name: str, table: str, *, needed: bool = True, **more: bool) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=not needed, **more)  # type: ignore[arg-type]


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)


def _word(name: str, *, needed: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.String(24), nullable=not needed)


def _moment(name: str, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime, nullable=not needed)


def _what_was_done() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Integer, primary_key=True),
        _to("case_id", "case", index=True),
        _to("approval_id", "approval"),
        _moment("at", needed=True),
        _to("by_id", "staff"),
        _text("reason"),
    )


def _redating() -> None:
    op.create_table(
        "redating",
        *_what_was_done(),
        _to("old_version_of_item_id", "item_version"),
        _to("version_of_item_id", "item_version"),
        _moment("old_received_at", needed=True),
        _moment("old_accepted_at"),
        _moment("accepted_at"),
    )
    op.create_table(
        "retired_code",
        sa.Column("lookup_hash", sa.LargeBinary, primary_key=True),
        _to("case_id", "case", index=True),
        _moment("retired_at", needed=True),
    )


def _merge() -> None:
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("case_id", "case"),
        _to("survivor_id", "case", index=True),
        _moment("at", needed=True),
        _to("by_id", "staff"),
        _text("reason"),
        _word("old_stage"),
        _moment("undone_at"),
        _to("undone_by_id", "staff", needed=False),
    )
    where = sa.text("undone_at IS NULL")
    only = {"unique": True, "sqlite_where": where, "postgresql_where": where}
    op.create_index("ix_merge_stands", "merge", ["case_id"], **only)


def _reopening() -> None:
    op.create_table(
        "reopening",
        *_what_was_done(),
        _word("old_stage"),
        _moment("old_closed_at"),
        _word("old_result", needed=False),
        _text("old_result_note"),
        _moment("delivered_at"),
        *(_text(name) for name in ("uuid", "wrapped_key", "taker_sealed")),
        _word("relation", needed=False),
    )


def _outage() -> None:
    op.create_table(
        "number_block",
        sa.Column("id", sa.Integer, primary_key=True),
        _word("window"),
        sa.Column("count", sa.Integer, nullable=False),
        _text("reason"),
        _moment("reserved_at", needed=True),
        _to("reserved_by_id", "staff"),
    )
    op.create_table(
        "reserved_number",
        sa.Column("number", sa.String, primary_key=True),
        _to("block_id", "number_block", index=True),
        sa.Column("case_uuid", sa.String, nullable=False, unique=True),
        sa.Column("lookup_hash", sa.LargeBinary, nullable=False, unique=True),
        _to("case_id", "case", needed=False, unique=True),
        _moment("true_at"),
        _moment("entered_at"),
        _to("entered_by_id", "staff", needed=False),
        _moment("voided_at"),
        _to("voided_by_id", "staff", needed=False),
        _text("reason"),
    )


def _attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("case_id", "case", index=True),
        sa.Column("uuid", sa.String, nullable=False, unique=True),
        _word("attached_to"),
        *(_text(name) for name in ("title", "media_type")),
        sa.Column("size", sa.Integer, nullable=False),
        _to("sealed_for_id", "case_party", needed=False),
        _text("content_sealed"),
        _moment("added_at", needed=True),
        _to("added_by_id", "staff"),
        _moment("removed_at"),
        _to("removed_by_id", "staff", needed=False),
        _text("remove_reason"),
    )
