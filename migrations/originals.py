"""原始凭证的门闩: what the database refuses of originals, whoever writes.

A paper stays as it was registered; what bundles of any village use of it stays within its face.
"""

from migrations.book_rules import ALWAYS, Refusals

_FACE = "SELECT o.face_fen FROM original o WHERE o.id = NEW.original_id"
_REDS = "SELECT sum(r.face_fen) FROM original r WHERE r.red_of_id = NEW.original_id"
_USED = "SELECT sum(u.amount_fen) FROM original_use u WHERE u.original_id = NEW.original_id"

ORIGINAL_INSERT: Refusals = (
    (
        "an original is not replaced",
        "EXISTS (SELECT 1 FROM original o WHERE o.id = NEW.id OR o.key = NEW.key"
        " OR o.uuid = NEW.uuid)",
    ),
    ("a red invoice names its original", "(NEW.face_fen < 0) <> (NEW.red_of_id IS NOT NULL)"),
)
ORIGINAL_DELETE: Refusals = (
    (
        "an original that is used stays",
        "EXISTS (SELECT 1 FROM original_use u WHERE u.original_id = OLD.id)",
    ),
)
USE_INSERT: Refusals = (
    (
        "a use is not replaced",
        "EXISTS (SELECT 1 FROM original_use u WHERE u.id = NEW.id)",
    ),
    ("a use is of the sign of its face", f"(NEW.amount_fen > 0) <> (({_FACE}) > 0)"),
    (
        "a whole original is used once",
        "EXISTS (SELECT 1 FROM original_use u WHERE u.original_id = NEW.original_id"
        " AND (u.share = 'whole' OR NEW.share = 'whole'))",
    ),
    (
        "what is used stays within the face",
        f"abs(NEW.amount_fen + COALESCE(({_USED}), 0)) > abs(({_FACE})) + COALESCE(({_REDS}), 0)",
    ),
)
USE_DELETE: Refusals = (
    (
        "what an entry in the books rests on stays",
        "EXISTS (SELECT 1 FROM bundle b JOIN account_entry e ON e.id = b.entry_id"
        " WHERE b.case_id = OLD.bundle_id AND e.posted_at IS NOT NULL)",
    ),
)
GUARDS: dict[str, dict[str, Refusals]] = {
    "original": {"insert": ORIGINAL_INSERT, "update": ALWAYS, "delete": ORIGINAL_DELETE},
    "original_use": {"insert": USE_INSERT, "update": ALWAYS, "delete": USE_DELETE},
}
