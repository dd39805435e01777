"""Households and their cards, advisers as people, prints that remember what they said.

Advisers move out of the village's columns into rows of their own: they have a term, training
and an account. The numbers of the directory get a last-checked day.

Columns are added and dropped one by one, never by Alembic's batch mode: that drops and renames
the whole table, which loses its triggers and, with foreign keys on, fails where it has children.
"""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0006"
down_revision = "0005"

ADVISER_COLUMNS = ("", "_office", "_phone")


def upgrade() -> None:
    _advisers()
    _households()
    _catalogue()
    _prints()
    _work()
    op.add_column("directory_unit", sa.Column("checked_on", sa.Date))
    op.add_column("directory_unit", _text("checked_note", server_default=""))
    one = sa.Column("version", sa.Integer, nullable=False, server_default="1")
    op.add_column("directory_unit", one)
    op.execute('ALTER TABLE "case" ADD COLUMN carried_by_id INTEGER REFERENCES staff (id)')
    op.create_index("ix_case_carried_by_id", "case", ["carried_by_id"])


def _text(name: str, **more: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False, **more)  # type: ignore[arg-type]


def _to(name: str, table: str, **more: bool) -> sa.Column[int]:
    more.setdefault("nullable", False)
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id"), **more)  # type: ignore[arg-type]


def _advisers() -> None:
    op.create_table(
        "adviser",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("village_id", "village"),
        sa.Column("place", sa.Integer, nullable=False),
        *(_text(name) for name in ("name", "office", "phone", "education")),
        sa.Column("term_from_on", sa.Date),
        sa.Column("term_to_on", sa.Date),
        sa.Column("staff_id", sa.Integer, sa.ForeignKey("staff.id"), unique=True),
        sa.UniqueConstraint("village_id", "place"),
    )
    for place in (1, 2):
        op.execute(
            "INSERT INTO adviser (village_id, place, name, office, phone, education)"
            f" SELECT id, {place}, adviser_{place}, adviser_{place}_office,"
            f" adviser_{place}_phone, '' FROM village"
        )
    for place in (1, 2):
        for ending in ADVISER_COLUMNS:
            op.drop_column("village", f"adviser_{place}{ending}")
    op.create_table(
        "training",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("adviser_id", "adviser", index=True),
        sa.Column("held_on", sa.Date, nullable=False),
        _text("subject"),
        _text("result"),
    )
    op.create_table(
        "enquiry",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("village_id", "village", index=True),
        _to("staff_id", "staff", index=True),
        sa.Column("asked_at", UtcDateTime, nullable=False),
        _text("question"),
        _text("answer"),
        _to("item_id", "service_item", nullable=True),
        sa.Column("is_open", sa.Boolean, nullable=False),
    )


def _households() -> None:
    op.create_table(
        "household",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.String, nullable=False, unique=True),
        _to("village_id", "village", index=True),
        *(_text(name) for name in ("group", "door")),
        sa.Column("walk", sa.Integer, nullable=False),
        *(_text(name) for name in ("wrapped_key", "head_sealed", "phone_sealed")),
        sa.Column("likeness", sa.LargeBinary, nullable=False, index=True),
        sa.Column("card_generation", sa.Integer, nullable=False),
        sa.Column("card_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("is_gone", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("village_id", "group", "door"),
    )


def _catalogue() -> None:
    op.add_column("service_item", _text("owner", server_default=""))
    op.add_column("service_item", sa.Column("review_on", sa.Date))
    op.create_table(
        "life_event",
        sa.Column("item_id", sa.Integer, sa.ForeignKey("service_item.id"), primary_key=True),
        sa.Column("event", sa.String, primary_key=True),
    )
    op.create_table(
        "material_form",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("item_id", "service_item"),
        _text("material_name"),
        sa.Column("kind", sa.String(24), nullable=False),
        _text("file_name"),
        _text("media_type"),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("added_at", UtcDateTime, nullable=False),
        sa.UniqueConstraint("item_id", "material_name", "kind"),
    )
    op.create_table("synonym", sa.Column("word", sa.String, primary_key=True), _text("meanings"))
    op.create_table(
        "missed_search",
        sa.Column("words", sa.String, primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("last_at", UtcDateTime, nullable=False),
    )


def _digest(nullable: bool = False, index: bool = False) -> sa.Column[str]:
    to = sa.ForeignKey("printed_content.digest")
    return sa.Column("digest", sa.String, to, nullable=nullable, index=index)


def _prints() -> None:
    op.create_table(
        "printed_content", sa.Column("digest", sa.String, primary_key=True), _text("content")
    )
    op.create_table(
        "print_run",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(24), nullable=False),
        _to("village_id", "village", nullable=True),
        _digest(),
        sa.Column("copies", sa.Integer, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        _to("actor_id", "staff", nullable=True),
    )
    op.create_table(
        "card_issue",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("household_id", "household", index=True),
        _to("run_id", "print_run", index=True),
        sa.Column("generation", sa.Integer, nullable=False),
        _digest(index=True),
        sa.Column("handed_on", sa.Date),
        _text("handed_by"),
        _text("signed_by"),
        sa.Column("ended_on", sa.Date),
    )
    op.create_table(
        "board",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("village_id", "village", index=True),
        _text("place"),
        _text("size"),
        _digest(nullable=True),
        sa.Column("hung_on", sa.Date),
        sa.Column("checked_on", sa.Date),
        _text("condition"),
    )


def _work() -> None:
    op.create_table(
        "long_work",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.String, nullable=False, unique=True),
        *(_text(name) for name in ("kind", "title", "wanted")),
        _to("owner_id", "staff", index=True),
        sa.Column("progress", sa.String(24), nullable=False, index=True),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        _text("note"),
        _text("file_name"),
        sa.Column("asked_at", UtcDateTime, nullable=False),
        sa.Column("started_at", UtcDateTime),
        sa.Column("heard_at", UtcDateTime),
        sa.Column("ended_at", UtcDateTime),
    )
