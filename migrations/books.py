"""账本的门闩: the triggers that keep the books true, put up on both kinds of database.

An entry is posted by one UPDATE; only then, and only by the trigger behind it, are its lines
written.
"""

from alembic import op

from migrations.book_rules import (
    ACCOUNT_INSERT,
    ACCOUNT_UPDATE,
    AFTER_POSTING,
    ALWAYS,
    ENTRY_DELETE,
    ENTRY_INSERT,
    LINE_INSERT,
    POSTING_DELETE,
    POSTING_INSERT,
    SET_INSERT,
    SET_UPDATE,
    STEP_INSERT,
    Refusals,
    entry_update,
)

_MONTH_OF_ENTRY = {
    "sqlite": "CAST(strftime('%Y%m', NEW.entry_on) AS INTEGER)",
    "postgresql": "CAST(to_char(NEW.entry_on, 'YYYYMM') AS INTEGER)",
}

_LINES = """
INSERT INTO account_line
  (entry_id, line, account_id, period, turn, debits_fen, credits_fen, balance_fen)
SELECT p.entry_id, p.line, p.account_id, NEW.period,
  COALESCE((SELECT l.turn FROM account_line l WHERE l.account_id = p.account_id
    ORDER BY l.turn DESC LIMIT 1), 0) + row_number() OVER w,
  COALESCE((SELECT l.debits_fen FROM account_line l WHERE l.account_id = p.account_id
    ORDER BY l.turn DESC LIMIT 1), 0) + sum(p.debit_fen) OVER w,
  COALESCE((SELECT l.credits_fen FROM account_line l WHERE l.account_id = p.account_id
    ORDER BY l.turn DESC LIMIT 1), 0) + sum(p.credit_fen) OVER w,
  COALESCE((SELECT l.balance_fen FROM account_line l WHERE l.account_id = p.account_id
    ORDER BY l.turn DESC LIMIT 1), 0) + sum(p.debit_fen - p.credit_fen) OVER w
FROM account_posting p WHERE p.entry_id = NEW.id
WINDOW w AS (PARTITION BY p.account_id ORDER BY p.line);
"""

#: PostgreSQL: writers of one set, and of one entry, wait for one another
_LOCK_SET = "PERFORM 1 FROM account_set WHERE id = NEW.set_id FOR UPDATE;"
_LOCK_ENTRY = "PERFORM 1 FROM account_entry WHERE id = {}.entry_id FOR UPDATE;"
LOCKS = {
    ("account", "insert"): _LOCK_SET,
    ("account_entry", "update"): _LOCK_SET,
    ("account_step", "insert"): _LOCK_SET,
    ("account_posting", "insert"): _LOCK_ENTRY.format("NEW"),
    ("account_posting", "delete"): _LOCK_ENTRY.format("OLD"),
    ("original", "insert"): "PERFORM 1 FROM original WHERE id = NEW.red_of_id FOR UPDATE;",
    ("original_use", "insert"): "PERFORM 1 FROM original WHERE id = NEW.original_id FOR UPDATE;",
}


def guards(dialect: str) -> dict[str, dict[str, Refusals]]:
    """Return by table and verb what is refused."""
    update = entry_update(_MONTH_OF_ENTRY[dialect])
    return {
        "account_set": {"insert": SET_INSERT, "update": SET_UPDATE, "delete": ALWAYS},
        "account": {"insert": ACCOUNT_INSERT, "update": ACCOUNT_UPDATE, "delete": ALWAYS},
        "account_entry": {"insert": ENTRY_INSERT, "update": update, "delete": ENTRY_DELETE},
        "account_posting": {
            "insert": POSTING_INSERT,
            "update": ALWAYS,
            "delete": POSTING_DELETE,
        },
        "account_line": {"insert": LINE_INSERT, "update": ALWAYS, "delete": ALWAYS},
        "account_step": {"insert": STEP_INSERT, "update": ALWAYS, "delete": ALWAYS},
    }


def guard_books() -> None:
    """Put up all triggers of the books."""
    dialect = op.get_bind().dialect.name
    guard(guards(dialect))
    put_up = _on_postgres if dialect == "postgresql" else _on_sqlite
    put_up("account_entry_lines", "AFTER UPDATE ON account_entry", (AFTER_POSTING, _LINES))


def guard(tables: dict[str, dict[str, Refusals]]) -> None:
    """Put up the triggers that refuse these things, by table and verb."""
    dialect = op.get_bind().dialect.name
    for table, verbs in tables.items():
        for verb, refusals in verbs.items():
            guard_one(table, verb, refusals)
        if dialect == "postgresql":
            op.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
                " EXECUTE FUNCTION refuse_change()"
            )


def guard_one(table: str, verb: str, refusals: Refusals) -> None:
    """Put up the trigger of one verb."""
    is_postgres = op.get_bind().dialect.name == "postgresql"
    put_up = _on_postgres if is_postgres else _on_sqlite
    put_up(f"{table}_guard_{verb}", f"BEFORE {verb.upper()} ON {table}", (refusals, ""))


def guard_again(table: str, verb: str, refusals: Refusals) -> None:
    """Put up a trigger anew, with what it refuses from now on."""
    name, is_postgres = f"{table}_guard_{verb}", op.get_bind().dialect.name == "postgresql"
    op.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if is_postgres else ""))
    if is_postgres:
        op.execute(f"DROP FUNCTION {name}()")
    guard_one(table, verb, refusals)


def _on_sqlite(name: str, when: str, what: tuple[Refusals, str]) -> None:
    refusals, first = what
    checks = "".join(
        f" SELECT RAISE(ABORT, 'books: {words}') WHERE {condition};"
        for words, condition in refusals
    )
    op.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW BEGIN{first}{checks} END")


def _on_postgres(name: str, when: str, what: tuple[Refusals, str]) -> None:
    refusals, first = what
    table, _, verb = name.partition("_guard_")
    checks = "".join(
        f" IF {condition} THEN RAISE EXCEPTION 'books: {words}'; END IF;"
        for words, condition in refusals
    )
    row = "OLD" if verb == "delete" else "NEW"
    lock = LOCKS.get((table, verb), "")
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {lock}{first}{checks}"
        f" RETURN {row}; END $$ LANGUAGE plpgsql"
    )
    op.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()")
