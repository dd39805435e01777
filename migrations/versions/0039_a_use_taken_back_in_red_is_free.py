"""What an entry in red took back of an original is free to be entered again, rightly.

A reversal is not reversed, so that nothing comes back to be used twice.
"""

from migrations.book_rules import Refusals
from migrations.books import guard_again
from migrations.originals import USE_INSERT

revision = "0039"
down_revision = "0038"

_STANDS = (
    "NOT EXISTS (SELECT 1 FROM bundle b JOIN account_entry r ON r.reverses_id = b.entry_id"
    " WHERE b.case_id = u.bundle_id AND r.posted_at IS NOT NULL)"
)
_OF_IT = "u.original_id = NEW.original_id"


def _standing(refusals: Refusals) -> Refusals:
    """Return the refusals with their looks at earlier uses narrowed to those that stand."""
    return [(words, said.replace(_OF_IT, f"{_OF_IT} AND {_STANDS}")) for words, said in refusals]


def upgrade() -> None:
    guard_again("original_use", "insert", _standing(USE_INSERT))
