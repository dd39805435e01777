"""Cases, who they are about, what was brought, their timelines, papers and numbers.

`case.due_on` is derived (desk/cases/rules/deadlines.py) but stored and indexed, so that a pass
over what is due reads a handful of rows and never the whole table. Timeline and papers are
append-only. A blind token says nothing without the town's key.
"""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime
from migrations.append_only import make_append_only

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _case()
    _parties()
    _history()
    op.create_table(
        "serial",
        sa.Column("series", sa.String, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("last", sa.Integer, nullable=False),
    )


def _to(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id")


def _case() -> None:
    op.create_table(
        "case",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.String, nullable=False, unique=True),
        sa.Column("window", sa.String(24), nullable=False, index=True),
        sa.Column("number", sa.String, nullable=False, unique=True),
        sa.Column("lookup_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("lookup_generation", sa.Integer, nullable=False),
        sa.Column(
            "version_of_item_id", sa.Integer, _to("item_version"), nullable=False, index=True
        ),
        sa.Column("answer", sa.String(24), nullable=False),
        sa.Column("stage", sa.String(24), nullable=False, index=True),
        sa.Column("village_id", sa.Integer, _to("village"), index=True),
        sa.Column("handler_id", sa.Integer, _to("staff"), nullable=False, index=True),
        sa.Column("outside_number", sa.String, nullable=False),
        sa.Column("received_at", UtcDateTime, nullable=False, index=True),
        sa.Column("accepted_at", UtcDateTime),
        sa.Column("carry_by_on", sa.Date),
        sa.Column("due_on", sa.Date, index=True),
        sa.Column("is_provisional", sa.Boolean, nullable=False),
        sa.Column("closed_at", UtcDateTime),
        sa.Column("result", sa.String(24)),
        sa.Column("result_note", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _parties() -> None:
    op.create_table(
        "case_party",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.Integer, _to("case"), nullable=False, index=True),
        sa.Column("part", sa.String(24), nullable=False),
        sa.Column("relation", sa.String(24)),
        sa.Column("uuid", sa.String, nullable=False, unique=True),
        sa.Column("wrapped_key", sa.String, nullable=False),
        sa.Column("name_sealed", sa.String, nullable=False),
        sa.Column("document_kind", sa.String(24), nullable=False),
        sa.Column("document_sealed", sa.String, nullable=False),
        sa.Column("born_on", sa.Date),
        sa.Column("sex", sa.String(24)),
        sa.Column("phone_sealed", sa.String, nullable=False),
        sa.Column("address_sealed", sa.String, nullable=False),
    )
    op.create_table(
        "case_search_token",
        sa.Column("token", sa.LargeBinary, primary_key=True),
        sa.Column("case_id", sa.Integer, _to("case"), primary_key=True, index=True),
    )
    op.create_table(
        "case_material",
        sa.Column("case_id", sa.Integer, _to("case"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("copies", sa.String, nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("note", sa.String, nullable=False),
    )


def _history() -> None:
    op.create_table(
        "timeline_entry",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.Integer, _to("case"), nullable=False, index=True),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("is_public", sa.Boolean, nullable=False),
        sa.Column("actor_id", sa.Integer, _to("staff")),
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.Integer, _to("case"), nullable=False, index=True),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("number", sa.String, nullable=False, unique=True),
        sa.Column("issued_at", UtcDateTime, nullable=False),
        sa.Column("actor_id", sa.Integer, _to("staff"), nullable=False),
    )
    make_append_only("timeline_entry")
    make_append_only("paper")
