"""Registers beside the books: assets and their wear, contracts and rents, resources, receipts,
special funds, the plan, members and dividends.

A row is retired with a reason. Wear goes with the draft it belongs to, where that is discarded.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.columns import choice, key, moment, number, text, to

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    _assets()
    _contracts()
    _receipts()
    _plans()


def _fen(name: str, *, needed: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=not needed)


def _day(name: str, *, needed: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Date, nullable=not needed)


def _maybe(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String)


def _of_two(name: str, table: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, sa.ForeignKey(f"{table}.id"), primary_key=True)


def _register(table: str, *own: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        key(),
        to("set_id", "account_set", index=True),
        moment("made_at"),
        to("made_by_id", "staff"),
        _day("retired_on", needed=False),
        text("retire_reason"),
        number("version"),
        *own,
    )


def _assets() -> None:
    _register(
        "fixed_asset",
        *map(text, ("code", "name")),
        choice("kind"),
        *map(_maybe, ("place", "keeper")),
        _day("acquired_on"),
        *map(_fen, ("cost_fen", "residual_fen")),
        number("months"),
        text("expense_code"),
        sa.UniqueConstraint("set_id", "code"),
    )
    op.create_table(
        "asset_wear",
        _of_two("asset_id", "fixed_asset", sa.Integer),
        sa.Column("period", sa.Integer, primary_key=True),
        sa.Column(
            "entry_id",
            sa.Integer,
            sa.ForeignKey("account_entry.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        _fen("fen"),
    )


def _contracts() -> None:
    _register(
        "village_contract",
        text("title"),
        choice("kind"),
        text("other_party"),
        _maybe("subject"),
        *map(_day, ("from_on", "to_on")),
        _fen("rent_fen"),
        number("every_months"),
        _day("first_due_on"),
        _fen("deposit_fen", needed=False),
    )
    op.create_table(
        "rent_received",
        _of_two("contract_id", "village_contract", sa.Integer),
        sa.Column("due_on", sa.Date, primary_key=True),
        to("entry_id", "account_entry"),
        moment("at"),
        to("by_id", "staff"),
    )
    _register(
        "village_resource",
        text("name"),
        choice("kind"),
        number("area"),
        *map(_maybe, ("to_east", "to_south", "to_west", "to_north", "contractor")),
        _day("until_on", needed=False),
    )


def _receipts() -> None:
    _register(
        "receipt_book",
        text("code"),
        *map(number, ("first_number", "last_number")),
        text("issued_to"),
        _day("issued_on"),
        _day("returned_on", needed=False),
        sa.UniqueConstraint("set_id", "code"),
    )
    _register(
        "used_receipt",
        to("book_id", "receipt_book"),
        number("number"),
        choice("state"),
        _day("given_on"),
        _maybe("payer"),
        _fen("fen", needed=False),
        to("entry_id", "account_entry", needed=False),
        sa.UniqueConstraint("book_id", "number"),
    )


def _plans() -> None:
    _register(
        "special_fund",
        *map(text, ("project", "source")),
        _maybe("document"),
        _fen("granted_fen"),
        _day("arrived_on", needed=False),
        _maybe("account_code"),
    )
    _register("plan_line", number("year"), choice("side"), text("gist"), _fen("fen"))
    _register(
        "village_member",
        text("uuid", unique=True),
        *map(text, ("name_sealed", "document_sealed")),
        _maybe("household"),
        number("shares"),
        _day("joined_on", needed=False),
    )
    _register(
        "dividend",
        number("year"),
        _day("decided_on"),
        _fen("per_share_fen"),
        _maybe("note"),
    )
