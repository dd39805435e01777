"""What is computed, corrected or closed moves no money; a transfer moves nothing else.

Money that is paid or comes in goes through a bundle, with its originals.
"""

from alembic import op

from migrations.book_rules import Refusals
from migrations.books import guard_again, guards

revision = "0029"
down_revision = "0028"

_LINE_OF_MONEY = (
    "EXISTS (SELECT 1 FROM account_posting p JOIN account a ON a.id = p.account_id"
    " WHERE p.entry_id = NEW.id AND {}a.is_money)"
)
#: beside what is refused of an entry already. Source: practice 16, 19.
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


def upgrade() -> None:
    before = guards(op.get_bind().dialect.name)["account_entry"]["update"]
    guard_again("account_entry", "update", (*before, *_BY_HAND))
