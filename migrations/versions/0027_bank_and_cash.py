"""What the bank says, what lies in the cash box, and what a month's close asks for.

A line of the bank is matched to a line of the books once; a reconciliation and a count are kept as
they were.
"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import make_append_only
from migrations.columns import flag, key, moment, number, of_both, text, to

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    _bank()
    _cash()
    settings = op.create_table(
        "closing_settings",
        key(),
        *map(flag, ("needs_bank", "needs_cash")),
        *map(number, ("hand_in_days", "match_days")),
    )
    row = {"id": 1, "needs_bank": True, "needs_cash": True, "hand_in_days": 3, "match_days": 5}
    op.bulk_insert(settings, [row])
    for table in ("reconciliation", "cash_count", "cash_pieces"):
        make_append_only(table)


def _fen(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _bank() -> None:
    op.create_table(
        "bank_statement",
        key(),
        to("account_id", "account", index=True),
        text("name"),
        moment("imported_at"),
        to("by_id", "staff"),
    )
    op.create_table(
        "bank_line",
        key(),
        to("statement_id", "bank_statement", index=True),
        to("account_id", "account", index=True),
        sa.Column("line_on", sa.Date, nullable=False),
        *map(text, ("gist", "reference")),
        _fen("fen"),
        sa.Column("balance_fen", sa.BigInteger),
        sa.Column("entry_id", sa.Integer),
        sa.Column("line", sa.Integer),
        moment("matched_at", needed=False),
        to("matched_by_id", "staff", needed=False),
        sa.ForeignKeyConstraint(
            ["entry_id", "line"], ["account_posting.entry_id", "account_posting.line"]
        ),
        sa.UniqueConstraint("entry_id", "line"),
        sa.CheckConstraint("fen <> 0", name="of_something"),
    )
    op.create_table(
        "reconciliation",
        key(),
        to("account_id", "account"),
        number("period"),
        number("turn"),
        *map(_fen, ("bank_fen", "book_fen", "adjusted_fen")),
        moment("at"),
        to("by_id", "staff"),
        sa.UniqueConstraint("account_id", "period", "turn"),
    )


def _cash() -> None:
    op.create_table(
        "cash_count",
        key(),
        to("account_id", "account"),
        number("period"),
        number("turn"),
        sa.Column("counted_on", sa.Date, nullable=False),
        *map(_fen, ("counted_fen", "book_fen")),
        *map(text, ("keeper", "note")),
        moment("at"),
        to("by_id", "staff"),
        sa.UniqueConstraint("account_id", "period", "turn"),
    )
    op.create_table(
        "cash_pieces",
        of_both("count_id", "cash_count"),
        sa.Column("face_fen", sa.Integer, primary_key=True),
        number("pieces"),
    )
