"""The books of the villages: sets and their charts, entries, lines, months.

Triggers make the books true whoever writes to them (migrations/books.py): an entry that does not
balance cannot be posted, what is posted does not change, a month that is closed stays closed.
The chart of 财会〔2023〕14号 is the starter a set's own accounts are copied from.
"""

import csv
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from migrations.append_only import make_append_only
from migrations.books import guard_books
from migrations.columns import choice, flag, key, moment, number, text, to

revision = "0021"
down_revision = "0020"

CHART = Path(__file__).parents[1] / "starter" / "0021_standard_accounts.csv"


def upgrade() -> None:
    _sets()
    _accounts()
    _entries()
    _lines()
    make_append_only("entrustment")
    guard_books()


def _fen(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _day(name: str, *, needed: bool = True) -> sa.Column[sa.Date]:
    return sa.Column(name, sa.Date, nullable=not needed)


def _sets() -> None:
    op.create_table(
        "account_set",
        key(),
        to("village_id", "village"),
        choice("kind"),
        text("name"),
        number("first_period"),
        choice("numbering"),
        _fen("cash_limit_fen"),
        moment("made_at"),
        number("version"),
        sa.UniqueConstraint("village_id", "kind"),
    )
    op.create_table(
        "entrustment",
        key(),
        to("set_id", "account_set", index=True),
        *map(_day, ("from_on", "to_on", "signed_on")),
        *map(text, ("signed_by_village", "signed_by_town")),
        moment("made_at"),
        to("actor_id", "staff"),
    )
    op.create_table(
        "village_clerk",
        sa.Column(
            "staff_id",
            sa.Integer,
            sa.ForeignKey("staff.id"),
            primary_key=True,
            autoincrement=False,
        ),
        to("village_id", "village", index=True),
    )


def _accounts() -> None:
    table = op.create_table(
        "standard_account",
        sa.Column("code", sa.String, primary_key=True),
        text("name"),
        *map(choice, ("kind", "side")),
        text("contra_to"),
    )
    with CHART.open(encoding="utf-8", newline="") as file:
        op.bulk_insert(table, list(csv.DictReader(file)))
    op.create_table(
        "account",
        key(),
        to("set_id", "account_set"),
        *map(text, ("code", "name")),
        *map(choice, ("kind", "side")),
        to("parent_id", "account", needed=False, index=True),
        flag("is_money"),
        _day("opened_on"),
        _day("retired_on", needed=False),
        sa.UniqueConstraint("set_id", "code"),
    )
    op.create_table(
        "bank_account",
        key(),
        sa.Column(
            "account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False, unique=True
        ),
        text("bank"),
        text("number", unique=True),
    )


def _entries() -> None:
    op.create_table(
        "account_entry",
        key(),
        text("uuid", unique=True),
        to("set_id", "account_set"),
        choice("kind"),
        number("period"),
        _day("entry_on"),
        text("gist"),
        number("attachments"),
        sa.Column("reverses_id", sa.Integer, sa.ForeignKey("account_entry.id"), unique=True),
        moment("drafted_at"),
        to("maker_id", "staff"),
        sa.Column("series", sa.Integer),
        sa.Column("number", sa.Integer),
        moment("posted_at", needed=False),
        *(to(who, "staff", needed=False) for who in ("checker_id", "poster_id", "cashier_id")),
        sa.UniqueConstraint("set_id", "series", "number"),
        sa.CheckConstraint("checker_id <> maker_id", name="checked_by_another"),
        sa.CheckConstraint("cashier_id <> poster_id", name="money_apart_from_books"),
    )
    op.create_index("ix_account_entry_period", "account_entry", ["set_id", "period", "number"])
    op.create_table(
        "account_posting",
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("account_entry.id"), primary_key=True),
        sa.Column("line", sa.Integer, primary_key=True),
        to("account_id", "account", index=True),
        text("gist"),
        *map(_fen, ("debit_fen", "credit_fen")),
        sa.CheckConstraint("(debit_fen = 0) <> (credit_fen = 0)", name="one_side"),
        sa.CheckConstraint("line > 0", name="counted"),
    )


def _lines() -> None:
    both = ["entry_id", "line"]
    op.create_table(
        "account_line",
        sa.Column("entry_id", sa.Integer, primary_key=True),
        sa.Column("line", sa.Integer, primary_key=True),
        to("account_id", "account"),
        *map(number, ("period", "turn")),
        *map(_fen, ("debits_fen", "credits_fen", "balance_fen")),
        sa.ForeignKeyConstraint(both, [f"account_posting.{name}" for name in both]),
        sa.UniqueConstraint("account_id", "turn"),
    )
    op.create_index("ix_account_line_period", "account_line", ["account_id", "period", "turn"])
    op.create_table(
        "account_step",
        key(),
        to("set_id", "account_set"),
        number("turn"),
        choice("kind"),
        *map(number, ("period", "opens")),
        moment("at"),
        to("by_id", "staff"),
        text("reason"),
        sa.UniqueConstraint("set_id", "turn"),
    )
