"""Red invoices together take back no more than their blue one says."""

from migrations.book_rules import Refusals
from migrations.books import guard_again
from migrations.originals import ORIGINAL_INSERT

revision = "0030"
down_revision = "0029"

_BLUE = "SELECT b.face_fen FROM original b WHERE b.id = NEW.red_of_id"
_REDS = "SELECT sum(r.face_fen) FROM original r WHERE r.red_of_id = NEW.red_of_id"
#: beside what is refused of an original already. Source: practice 23.
_WITHIN: Refusals = (
    (
        "reds stay within what they take back",
        "NEW.red_of_id IS NOT NULL"
        f" AND NEW.face_fen + COALESCE(({_REDS}), 0) + COALESCE(({_BLUE}), 0) < 0",
    ),
)


def upgrade() -> None:
    guard_again("original", "insert", (*ORIGINAL_INSERT, *_WITHIN))
