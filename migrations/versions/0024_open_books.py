"""Open books: the disclosure sheets of the villages, frozen, and the questions about them.

A sheet, its lines, steps, pictures and releases are only ever added to: what villagers have read
stays what it was, and a correction stands beside it.
"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import make_append_only
from migrations.columns import choice, flag, key, moment, number, one_to_one, text, to

revision = "0024"
down_revision = "0023"

FROZEN = (
    "disclosure",
    "disclosure_line",
    "disclosure_step",
    "disclosure_picture",
    "disclosure_release",
)


def upgrade() -> None:
    _sheets()
    _beside()
    op.create_table(
        "disclosure_question",
        one_to_one("case_id", "case"),
        to("disclosure_id", "disclosure", index=True),
        sa.Column("line", sa.Integer),
        text("asked_sealed"),
        sa.Column("is_public", sa.Boolean),
        *map(text, ("shown", "answer_sealed")),
        moment("answered_at", needed=False),
        to("answered_by_id", "staff", needed=False),
    )
    for table in FROZEN:
        make_append_only(table)


def _sheets() -> None:
    op.create_table(
        "disclosure",
        key(),
        to("set_id", "account_set"),
        *map(number, ("first_period", "last_period")),
        text("digest"),
        moment("drafted_at"),
        to("drafted_by_id", "staff"),
    )
    op.create_index("ix_disclosure_months", "disclosure", ["set_id", "first_period"])
    op.create_table(
        "disclosure_line",
        sa.Column("disclosure_id", sa.Integer, sa.ForeignKey("disclosure.id"), primary_key=True),
        sa.Column("line", sa.Integer, primary_key=True),
        choice("section"),
        sa.Column("on", sa.Date),
        *map(text, ("gist", "account", "voucher", "by")),
        sa.Column("before_fen", sa.BigInteger),
        sa.Column("fen", sa.BigInteger),
        to("entry_id", "account_entry", needed=False, index=True),
    )


def _beside() -> None:
    op.create_table(
        "disclosure_step",
        key(),
        to("disclosure_id", "disclosure", index=True),
        choice("kind"),
        sa.Column("on", sa.Date, nullable=False),
        *map(text, ("names", "note")),
        moment("at"),
        to("by_id", "staff"),
    )
    op.create_table(
        "disclosure_picture",
        key(),
        to("disclosure_id", "disclosure", index=True),
        text("uuid", unique=True),
        choice("kind"),
        sa.Column("line", sa.Integer),
        *map(text, ("media_type", "content_sealed")),
        moment("at"),
        to("by_id", "staff"),
    )
    op.create_table(
        "disclosure_release",
        key(),
        to("picture_id", "disclosure_picture", index=True),
        flag("is_public"),
        moment("at"),
        to("by_id", "staff"),
    )
