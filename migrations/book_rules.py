"""账本的规矩: what the database itself refuses of the books, in the same words on both kinds.

Each refusal is a condition under which the statement is not carried out. INSERT OR REPLACE
deletes without asking a trigger, so that every guarded INSERT looks for its victim.
"""

from collections.abc import Sequence

Refusals = Sequence[tuple[str, str]]

_IS_POSTED = "SELECT 1 FROM account_entry e WHERE e.id = {} AND e.posted_at IS NOT NULL"
_OPEN_MONTH = "SELECT opens FROM account_step WHERE set_id = NEW.set_id ORDER BY turn DESC LIMIT 1"
_LAST_STEP = (
    "SELECT {} FROM account_step s WHERE s.set_id = NEW.set_id ORDER BY s.turn DESC LIMIT 1"
)
ALWAYS: Refusals = (("append only", "1 = 1"),)


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in columns)


SET_INSERT: Refusals = (
    (
        "a set is not replaced",
        "EXISTS (SELECT 1 FROM account_set s WHERE s.id = NEW.id"
        " OR (s.village_id = NEW.village_id AND s.kind = NEW.kind))",
    ),
)
SET_UPDATE: Refusals = (
    (
        "village, kind, start and series of a set stay",
        _changed("id", "village_id", "kind", "first_period", "numbering", "made_at"),
    ),
)

ACCOUNT_INSERT: Refusals = (
    (
        "an account is not replaced",
        "EXISTS (SELECT 1 FROM account a WHERE a.id = NEW.id"
        " OR (a.set_id = NEW.set_id AND a.code = NEW.code))",
    ),
    (
        "a sub-account begins with the code of its parent",
        "NEW.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM account a"
        " WHERE a.id = NEW.parent_id AND a.set_id = NEW.set_id"
        " AND a.code = substr(NEW.code, 1, length(a.code)) AND a.code <> NEW.code)",
    ),
    (
        "an account that has entries stays a leaf",
        "EXISTS (SELECT 1 FROM account_line l WHERE l.account_id = NEW.parent_id)",
    ),
    (
        "cash and bank are watched, and nothing else is",
        "NEW.is_money IS DISTINCT FROM (substr(NEW.code, 1, 3) IN ('101', '102'))",
    ),
)
ACCOUNT_UPDATE: Refusals = (
    (
        "an account is never renumbered",
        _changed(
            *("id", "set_id", "code", "name", "kind", "side", "parent_id", "is_money"),
            "opened_on",
        ),
    ),
    (
        "an account is retired once",
        "OLD.retired_on IS NOT NULL AND NEW.retired_on IS DISTINCT FROM OLD.retired_on",
    ),
    (
        "what is retired is empty",
        "NEW.retired_on IS NOT NULL AND (SELECT l.balance_fen FROM account_line l"
        " WHERE l.account_id = NEW.id ORDER BY l.turn DESC LIMIT 1) <> 0",
    ),
)

ENTRY_INSERT: Refusals = (
    (
        "an entry begins as a draft",
        "NEW.posted_at IS NOT NULL OR NEW.number IS NOT NULL OR NEW.series IS NOT NULL",
    ),
    (
        "posted is posted",
        "EXISTS (SELECT 1 FROM account_entry e WHERE e.posted_at IS NOT NULL"
        " AND (e.id = NEW.id OR e.uuid = NEW.uuid OR e.reverses_id = NEW.reverses_id))",
    ),
)
ENTRY_DELETE: Refusals = (("posted is posted", "OLD.posted_at IS NOT NULL"),)


def entry_update(month_of_entry: str) -> Refusals:
    """Return under which conditions an entry is not posted; nothing else updates one."""
    return (
        ("posted is posted", "OLD.posted_at IS NOT NULL"),
        ("a draft is posted or discarded", "NEW.posted_at IS NULL"),
        (
            "posting changes nothing of what was drafted",
            _changed(
                *("id", "uuid", "set_id", "kind", "period", "entry_on", "gist", "attachments"),
                *("reverses_id", "drafted_at", "maker_id"),
            ),
        ),
        ("somebody checked it", "NEW.checker_id IS NULL OR NEW.poster_id IS NULL"),
        ("the month is open", f"NEW.period IS DISTINCT FROM ({_OPEN_MONTH})"),
        (
            "an entry is in the month of its day",
            f"NEW.period % 100 <> 0 AND NEW.period <> {month_of_entry}",
        ),
        (
            "opening balances stand before all months",
            "(NEW.period % 100 = 0) <> (NEW.kind = 'opening')"
            " OR (NEW.kind = 'opening' AND NEW.number <> 1)",
        ),
        (
            "the number is the next of its series",
            "NEW.number IS DISTINCT FROM 1 + COALESCE((SELECT max(e.number)"
            " FROM account_entry e WHERE e.set_id = NEW.set_id AND e.series = NEW.series), 0)",
        ),
        (
            "the series is that of the set",
            "NEW.series IS DISTINCT FROM (SELECT CASE WHEN s.numbering = 'yearly'"
            " AND NEW.period % 100 <> 0 THEN NEW.period / 100 ELSE NEW.period END"
            " FROM account_set s WHERE s.id = NEW.set_id)",
        ),
        *_POSTINGS,
        *_REVERSAL,
    )


_POSTINGS: Refusals = (
    (
        "an entry balances",
        "COALESCE((SELECT sum(p.debit_fen) - sum(p.credit_fen) FROM account_posting p"
        " WHERE p.entry_id = NEW.id), 1) <> 0",
    ),
    (
        "an entry has two lines or more",
        "(SELECT count(*) FROM account_posting p WHERE p.entry_id = NEW.id) < 2",
    ),
    (
        "every line is in an open leaf of this set",
        "EXISTS (SELECT 1 FROM account_posting p JOIN account a ON a.id = p.account_id"
        " WHERE p.entry_id = NEW.id AND (a.set_id <> NEW.set_id"
        " OR (a.retired_on IS NOT NULL AND a.retired_on <= NEW.entry_on)"
        " OR EXISTS (SELECT 1 FROM account c WHERE c.parent_id = a.id)))",
    ),
    (
        "only what takes back is red",
        "NEW.kind NOT IN ('reversal', 'correction', 'opening') AND EXISTS (SELECT 1"
        " FROM account_posting p WHERE p.entry_id = NEW.id"
        " AND (p.debit_fen < 0 OR p.credit_fen < 0))",
    ),
)
_REVERSAL: Refusals = (
    (
        "a reversal names what it takes back",
        "(NEW.kind = 'reversal') <> (NEW.reverses_id IS NOT NULL)",
    ),
    (
        "a reversal takes back an entry of this set that was posted, not before its day",
        "NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM account_entry o"
        " WHERE o.id = NEW.reverses_id AND o.set_id = NEW.set_id AND o.posted_at IS NOT NULL"
        " AND o.kind NOT IN ('reversal', 'opening') AND o.entry_on <= NEW.entry_on)",
    ),
    (
        "a reversal takes back all of it, line by line",
        "NEW.reverses_id IS NOT NULL AND ((SELECT count(*) FROM account_posting p"
        " WHERE p.entry_id = NEW.id) <> (SELECT count(*) FROM account_posting o"
        " WHERE o.entry_id = NEW.reverses_id) OR EXISTS (SELECT 1 FROM account_posting p"
        " WHERE p.entry_id = NEW.id AND NOT EXISTS (SELECT 1 FROM account_posting o"
        " WHERE o.entry_id = NEW.reverses_id AND o.line = p.line"
        " AND o.account_id = p.account_id AND o.debit_fen = -p.debit_fen"
        " AND o.credit_fen = -p.credit_fen)))",
    ),
)

POSTING_INSERT: Refusals = (("posted is posted", f"EXISTS ({_IS_POSTED.format('NEW.entry_id')})"),)
POSTING_DELETE: Refusals = (("posted is posted", f"EXISTS ({_IS_POSTED.format('OLD.entry_id')})"),)
LINE_INSERT: Refusals = (
    (
        "lines are written by posting",
        f"NOT EXISTS ({_IS_POSTED.format('NEW.entry_id')})"
        " OR EXISTS (SELECT 1 FROM account_line l"
        " WHERE (l.entry_id = NEW.entry_id AND l.line = NEW.line)"
        " OR (l.account_id = NEW.account_id AND l.turn = NEW.turn))",
    ),
)

STEP_INSERT: Refusals = (
    (
        "steps are counted without gaps",
        "NEW.turn IS DISTINCT FROM 1 + COALESCE((SELECT max(s.turn) FROM account_step s"
        " WHERE s.set_id = NEW.set_id), 0) OR EXISTS (SELECT 1 FROM account_step s"
        " WHERE s.id = NEW.id)",
    ),
    (
        "books begin once, with their opening balances",
        "(NEW.turn = 1) <> (NEW.kind = 'begin') OR (NEW.kind = 'begin' AND (NEW.opens <>"
        " NEW.period OR NEW.period <> (SELECT s.first_period / 100 * 100"
        " FROM account_set s WHERE s.id = NEW.set_id)))",
    ),
    (
        "the open month is closed, and the next one opens",
        f"NEW.kind = 'close' AND (NEW.period IS DISTINCT FROM ({_OPEN_MONTH}) OR NEW.opens"
        " <> CASE NEW.period % 100 WHEN 0 THEN (SELECT s.first_period FROM account_set s"
        " WHERE s.id = NEW.set_id) WHEN 12 THEN NEW.period + 89 ELSE NEW.period + 1 END)",
    ),
    (
        "a month with drafts is not closed",
        "NEW.kind = 'close' AND EXISTS (SELECT 1 FROM account_entry e"
        " WHERE e.set_id = NEW.set_id AND e.period = NEW.period AND e.posted_at IS NULL)",
    ),
    (
        "the month closed last is opened again, by somebody else, with a reason",
        "NEW.kind = 'reopen' AND (NEW.opens <> NEW.period OR NEW.period % 100 = 0"
        f" OR NEW.period IS DISTINCT FROM ({_LAST_STEP.format('s.period')})"
        f" OR 'close' IS DISTINCT FROM ({_LAST_STEP.format('s.kind')})"
        f" OR NEW.by_id IS NOT DISTINCT FROM ({_LAST_STEP.format('s.by_id')})"
        " OR trim(NEW.reason) = '')",
    ),
    (
        "nothing is in the books after the month that is opened again",
        "NEW.kind = 'reopen' AND EXISTS (SELECT 1 FROM account_entry e"
        " WHERE e.set_id = NEW.set_id AND e.period > NEW.period AND e.posted_at IS NOT NULL)",
    ),
    ("no other step", "NEW.kind NOT IN ('begin', 'close', 'reopen')"),
)

#: looked at when the lines are written
AFTER_POSTING: Refusals = (
    (
        "every posting has its line",
        "(SELECT count(*) FROM account_line l WHERE l.entry_id = NEW.id)"
        " <> (SELECT count(*) FROM account_posting p WHERE p.entry_id = NEW.id)",
    ),
    (
        "cash and bank never fall below zero",
        "EXISTS (SELECT 1 FROM account_line l JOIN account a ON a.id = l.account_id"
        " WHERE l.entry_id = NEW.id AND a.is_money AND (SELECT m.balance_fen"
        " FROM account_line m WHERE m.account_id = a.id ORDER BY m.turn DESC LIMIT 1) < 0)",
    ),
)
