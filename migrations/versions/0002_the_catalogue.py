"""The catalogue: items, what villagers call them, their versions, and the papers to bring.

A case keeps the version it was accepted under, so a version is never changed, only superseded;
the partial index lets one version of an item be published at a time, on both databases.
"""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0002"
down_revision = "0001"

PUBLISHED = sa.text("state = 'published'")


def upgrade() -> None:
    op.create_table(
        "service_item",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String, nullable=False, unique=True),
        sa.Column("window", sa.String(24), nullable=False, index=True),
    )
    op.create_table(
        "everyday_name",
        sa.Column("item_id", sa.Integer, sa.ForeignKey("service_item.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        *_text("name"),
    )
    _versions()
    op.create_table(
        "material",
        sa.Column("version_id", sa.Integer, sa.ForeignKey("item_version.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        *_text("name", "copies", "source", "note"),
    )


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _versions() -> None:
    op.create_table(
        "item_version",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("item_id", sa.Integer, sa.ForeignKey("service_item.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        *_text("title", "section"),
        sa.Column("handling", sa.String(24), nullable=False),
        *_text("item_type", "body", "audience"),
        sa.Column("statutory_amount", sa.Integer, nullable=False),
        sa.Column("statutory_unit", sa.String(24), nullable=False),
        sa.Column("promised_amount", sa.Integer, nullable=False),
        sa.Column("promised_unit", sa.String(24), nullable=False),
        *_text("limit_note", "conditions"),
        sa.Column("has_materials_answer", sa.Boolean, nullable=False),
        *_text("steps", "fee", "place", "hours", "phone", "complaint_phone", "faq"),
        *_text("basic_code", "level", "visits", "themes", "joint_bodies", "draft_reason"),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("published_at", UtcDateTime),
        sa.Column("superseded_at", UtcDateTime),
        sa.UniqueConstraint("item_id", "number"),
    )
    op.create_index(
        "ix_item_version_published",
        "item_version",
        ["item_id"],
        unique=True,
        sqlite_where=PUBLISHED,
        postgresql_where=PUBLISHED,
    )
