"""Originals known across all villages, the bundles that rest on them, and the town's limits.

Triggers keep a paper as it was registered and its uses within its face (migrations/originals.py).
"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import make_append_only
from migrations.books import guard
from migrations.columns import choice, flag, key, moment, number, one_to_one, text, to
from migrations.originals import GUARDS

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    _settings()
    _bundle()
    _originals()
    _beside()
    for table in ("bundle_return", "original_refusal"):
        make_append_only(table)
    guard(GUARDS)


def _fen(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _of_bundle(*, index: bool = False, needed: bool = True) -> sa.Column[int]:
    other = sa.ForeignKey("bundle.case_id")
    return sa.Column("bundle_id", sa.Integer, other, nullable=not needed, index=index)


def _settings() -> None:
    amounts = {"small_fen": 500_00, "cash_fen": 1_000_00, "one_pen_fen": 1_000_00}
    amounts |= {"joint_fen": 5_000_00, "committee_fen": 20_000_00}
    settings = op.create_table(
        "account_settings",
        key(),
        *map(_fen, amounts),
        *map(choice, ("signing_order", "paying_order")),
        flag("refuses_hospitality"),
        text("reporting_days"),
        number("review_days"),
    )
    orders = {"signing_order": "supervise_first", "paying_order": "pay_first"}
    rest = {"refuses_hospitality": True, "reporting_days": "5-10,20-25", "review_days": 2}
    op.bulk_insert(settings, [{"id": 1, **amounts, **orders, **rest}])


def _bundle() -> None:
    hands = ("submitted_by_id", "first_by_id", "second_by_id", "paid_by_id")
    op.create_table(
        "bundle",
        one_to_one("case_id", "case"),
        to("set_id", "account_set", index=True),
        choice("means"),
        text("gist"),
        sa.Column("station", sa.String(24), nullable=False, index=True),
        to("begun_by_id", "staff"),
        *(to(who, "staff", needed=False) for who in hands),
        sa.Column("paid_on", sa.Date),
        text("bank_slip"),
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("account_entry.id"), unique=True),
        sa.CheckConstraint("first_by_id <> submitted_by_id", name="first_by_another"),
        sa.CheckConstraint("second_by_id <> submitted_by_id", name="second_by_another"),
        sa.CheckConstraint("second_by_id <> first_by_id", name="two_reviewers"),
    )


def _originals() -> None:
    op.create_table(
        "original",
        key(),
        *(text(name, unique=True) for name in ("uuid", "key")),
        choice("kind"),
        *map(text, ("code", "number", "issuer")),
        sa.Column("issued_on", sa.Date, nullable=False),
        _fen("face_fen"),
        to("red_of_id", "original", needed=False, index=True),
        text("payee_sealed"),
        moment("added_at"),
        to("added_by_id", "staff"),
    )
    op.create_table(
        "original_use",
        key(),
        to("original_id", "original", index=True),
        _of_bundle(index=True),
        *map(choice, ("purpose", "share")),
        _fen("amount_fen"),
        text("gist"),
        sa.CheckConstraint("amount_fen <> 0", name="of_something"),
    )
    op.create_table(
        "original_refusal",
        key(),
        text("number", unique=True),
        to("set_id", "account_set", index=True),
        _of_bundle(),
        choice("ground"),
        text("words"),
        choice("kind"),
        *map(text, ("code_and_number", "issuer")),
        _fen("amount_fen"),
        moment("at"),
        to("by_id", "staff"),
    )


def _beside() -> None:
    op.create_table(
        "account_scan",
        key(),
        text("uuid", unique=True),
        to("original_id", "original", needed=False, index=True),
        _of_bundle(index=True, needed=False),
        *map(text, ("title", "media_type")),
        number("size"),
        text("content_sealed"),
        moment("added_at"),
        to("added_by_id", "staff"),
    )
    op.create_table(
        "bundle_signature",
        key(),
        text("uuid", unique=True),
        _of_bundle(),
        choice("part"),
        text("name_sealed"),
        sa.Column("signed_on", sa.Date, nullable=False),
        to("scan_id", "account_scan"),
        moment("recorded_at"),
        to("recorded_by_id", "staff"),
        sa.UniqueConstraint("bundle_id", "part"),
    )
    op.create_table(
        "bundle_return",
        key(),
        _of_bundle(index=True),
        text("number", unique=True),
        choice("station"),
        text("reasons"),
        moment("at"),
        to("by_id", "staff"),
    )
