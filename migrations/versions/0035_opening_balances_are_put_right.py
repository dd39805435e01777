"""Opening balances are put right, and what the registers of a village still lacked.

While nothing is in the books after them they are opened again, taken back in red and entered
anew; afterwards what cash and bank hold is corrected by a bundle, signed like any other.
Assets bring what they wore before, plans the account they are compared with, agreements a scan.
"""

import sqlalchemy as sa
from alembic import op

from migrations.book_rules import STEP_INSERT, Refusals
from migrations.books import guard_again, guards
from migrations.columns import moment, of_both

revision = "0035"
down_revision = "0034"

_LINE_OF_MONEY = (
    "EXISTS (SELECT 1 FROM account_posting p JOIN account a ON a.id = p.account_id"
    " WHERE p.entry_id = NEW.id AND {}a.is_money)"
)
#: as in 0029
_BY_HAND: Refusals = (
    (
        "money moves with its originals",
        f"NEW.kind IN ('computed', 'correction', 'closing') AND {_LINE_OF_MONEY.format('')}",
    ),
    (
        "a transfer is between cash and bank",
        f"NEW.kind = 'transfer' AND {_LINE_OF_MONEY.format('NOT ')}",
    ),
)
_OF_OPENING = (
    "(NEW.kind = 'reversal' AND EXISTS (SELECT 1 FROM account_entry o"
    " WHERE o.id = NEW.reverses_id AND o.kind = 'opening'))"
)
#: in the place of what was refused under the same words. Source: 会计基础工作规范 (移交, 建账).
_OPENING: Refusals = (
    (
        "opening balances stand before all months",
        f"(NEW.period % 100 = 0) <> (NEW.kind = 'opening' OR {_OF_OPENING})",
    ),
    (
        "a reversal takes back an entry of this set that was posted, not before its day",
        "NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM account_entry o"
        " WHERE o.id = NEW.reverses_id AND o.set_id = NEW.set_id AND o.posted_at IS NOT NULL"
        " AND o.kind <> 'reversal' AND o.entry_on <= NEW.entry_on)",
    ),
)
_BESIDE: Refusals = (
    (
        "opening balances stand once",
        "NEW.kind = 'opening' AND EXISTS (SELECT 1 FROM account_entry e"
        " WHERE e.set_id = NEW.set_id AND e.kind = 'opening' AND e.posted_at IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM account_entry r WHERE r.reverses_id = e.id"
        " AND r.posted_at IS NOT NULL))",
    ),
    (
        "what is held is corrected by a bundle",
        "NEW.kind = 'balance' AND NOT EXISTS (SELECT 1 FROM bundle b"
        " WHERE b.entry_id = NEW.id AND b.means IN ('correct_up', 'correct_down'))",
    ),
)
_REOPENED = "the month closed last is opened again, by somebody else, with a reason"
_IS_OPENING = " OR NEW.period % 100 = 0"

_STAYS = "an agreement keeps its scan"
_POSTED = (
    "EXISTS (SELECT 1 FROM bundle b JOIN account_entry e ON e.id = b.entry_id"
    " WHERE b.case_id = OLD.bundle_id AND e.posted_at IS NOT NULL)"
)
#: as in 0031
_RESTED_ON = (
    f"({_POSTED} OR EXISTS (SELECT 1 FROM original_use u"
    " JOIN bundle b ON b.case_id = u.bundle_id JOIN account_entry e ON e.id = b.entry_id"
    " WHERE u.original_id = OLD.original_id AND e.posted_at IS NOT NULL))"
)
_MOVED = " OR ".join(
    f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in ("id", "uuid", "original_id", "bundle_id")
)
_SCAN: dict[str, Refusals] = {
    "update": (
        ("what an entry in the books rests on stays", f"({_MOVED}) AND {_RESTED_ON}"),
        (
            _STAYS,
            f"NEW.entrustment_id IS DISTINCT FROM OLD.entrustment_id"
            f" OR (OLD.entrustment_id IS NOT NULL AND ({_MOVED}))",
        ),
    ),
    "delete": (
        ("what an entry in the books rests on stays", _RESTED_ON),
        (_STAYS, "OLD.entrustment_id IS NOT NULL"),
    ),
}


def upgrade() -> None:
    _add_columns()
    _add_reminders()
    before = guards(op.get_bind().dialect.name)["account_entry"]["update"]
    mended = dict((*before, *_BY_HAND)) | dict(_OPENING)
    guard_again("account_entry", "update", (*mended.items(), *_BESIDE))
    steps = dict(STEP_INSERT)
    steps[_REOPENED] = steps[_REOPENED].replace(_IS_OPENING, "")
    guard_again("account_step", "insert", tuple(steps.items()))
    for verb, refusals in _SCAN.items():
        guard_again("account_scan", verb, refusals)


def _add_reminders() -> None:
    op.create_table(
        "rent_reminder",
        of_both("contract_id", "village_contract"),
        sa.Column("due_on", sa.Date, primary_key=True),
        moment("at"),
    )


def _add_columns() -> None:
    op.add_column("fixed_asset", sa.Column("opening_wear_fen", sa.BigInteger))
    op.add_column("plan_line", sa.Column("account_code", sa.String))
    op.execute(
        "ALTER TABLE account_scan ADD COLUMN entrustment_id INTEGER REFERENCES entrustment (id)"
    )
    op.create_index("ix_account_scan_entrustment_id", "account_scan", ["entrustment_id"])
    for name, usual in (("small_day_fen", 50_000), ("rent_days", 30), ("end_days", 90)):
        kind = sa.BigInteger() if name.endswith("_fen") else sa.Integer()
        column = sa.Column(name, kind, nullable=False, server_default=f"{usual}")
        op.add_column("account_settings", column)
