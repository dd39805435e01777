"""攻击账本: five hundred statements straight to the database, past every rule of ours.

None of them changes the books, on either kind of database. Two controls take a lock off, and the
same kind of statement goes through: the comparison sees it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from desk.windows.village_accounts import records
from desk.windows.village_accounts.actions.posting import reverse
from kernel.database import table_of
from kernel.web.house import House
from tests.actions.a_book import begin

ATTACKS = 500
RECORDS = (
    *(records.AccountSet, records.Account, records.AccountEntry, records.AccountPosting),
    *(records.AccountLine, records.AccountStep),
)
TABLES = {one.__tablename__: table_of(one) for one in RECORDS}
#: what the town may change of a set and of an account at any time
FREE = {("account_set", "name"), ("account_set", "cash_limit_fen"), ("account_set", "version")}
#: a draft is in no books: what becomes of it is not looked at
IN_THE_BOOKS = {
    "account_entry": "WHERE posted_at IS NOT NULL",
    "account_posting": (
        "WHERE entry_id IN (SELECT id FROM account_entry WHERE posted_at IS NOT NULL)"
    ),
}
SEAL = (
    "UPDATE account_entry SET series = {series}, number = {number}, posted_at = {at},"
    " checker_id = {checker}, poster_id = {poster}, cashier_id = {cashier} WHERE id = {draft}"
)
STEP = (
    "INSERT INTO account_step (set_id, turn, kind, period, opens, at, by_id, reason) VALUES"
    " ({set}, {turn}, '{kind}', {period}, {opens}, {at}, {by}, '{reason}')"
)
AT = "'2026-03-03 00:00:00'"


@dataclass(frozen=True)
class Victim:
    """The numbers of what is attacked."""

    set: int
    posted: int
    draft: int
    account: int
    keeper: int
    checker: int


@pytest.fixture
def victim(here: House) -> Victim:
    """Keep books: a transfer, an expense, a closed month, a reversal, a draft."""
    with here.writing() as session:
        book = begin(here, session)
        book.post(("10202", 900_00), ("10201", -900_00), kind="transfer")
        posted = book.post(("513", 300_00), ("10202", -300_00))
        book.close()
        book.put(reverse(session, posted, "示例", book.bookkeeper, here.now()))
        draft = book.draft(("513", 10_00), ("10202", -10_00))
        by = book.signatures
        numbers = (book.books.id, posted.id, draft.id, book.account("10202"))
        return Victim(*numbers, by.poster_id, by.checker_id)


def values_for(column: sa.Column[object]) -> tuple[str, ...]:
    """Return what an attacker would write into a column."""
    if isinstance(column.type, sa.Boolean):
        return "false", "NULL"
    if isinstance(column.type, sa.Date):
        return "'2026-02-27'", "'2026-01-02'", "NULL"
    if isinstance(column.type, sa.Integer | sa.BigInteger):
        return f"{column.name} + 1", f"0 - {column.name}", "0", "1", "202602", "NULL"
    if isinstance(column.type, sa.Enum):
        return "'close'", "'correction'", "'debit'"
    return (AT, "NULL") if "at" in column.name[-3:] else ("'x'", "''", "NULL")


def attacks(victim: Victim, kind: str) -> Iterator[str]:
    """Return statements that would falsify the books, the most cunning first."""
    yield from _seals(victim)
    yield from _steps(victim)
    verbs = ("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE")
    into = ("INSERT INTO", "INSERT OR REPLACE INTO", "INSERT OR IGNORE INTO")
    turn = 0
    for name, table in TABLES.items():
        where = f"set_id = {victim.set}" if "set_id" in table.c else "1 = 1"
        where = f"id = {victim.account}" if name == "account" else where
        where = f"posted_at IS NOT NULL AND {where}" if name == "account_entry" else where
        where = f"entry_id = {victim.posted}" if "entry_id" in table.c else where
        columns = [column for column in table.c if (name, column.name) not in FREE]
        yield f"DELETE FROM {name} WHERE {where}"
        yield f"DELETE FROM {name}"
        for column in columns:
            for value in values_for(column):
                turn += kind == "sqlite"
                yield f"{verbs[turn % 3]} {name} SET {column.name} = {value} WHERE {where}"
                names = ", ".join(one.name for one in table.c)
                copied = ", ".join(value if one is column else one.name for one in table.c)
                yield f"{into[turn % 3]} {name} ({names}) SELECT {copied} FROM {name} WHERE {where}"


def _seals(victim: Victim) -> Iterator[str]:
    """Return attempts to post the draft otherwise than it may be."""
    right: dict[str, object] = {
        "series": 202602,
        "number": 2,
        "at": AT,
        "draft": victim.draft,
        "checker": victim.checker,
        "poster": victim.keeper,
        "cashier": "NULL",
    }
    wrongs: tuple[Mapping[str, object], ...] = (
        *({"number": number} for number in (0, 1, 3, 99, -1, "NULL")),
        *({"series": series} for series in (202601, 2026, 202603, 202600, "NULL")),
        {"checker": victim.keeper},
        {"checker": "NULL"},
        {"poster": "NULL"},
        {"cashier": victim.keeper},
    )
    for wrong in wrongs:
        yield SEAL.format(**(right | dict(wrong)))
        yield SEAL.format(**(right | dict(wrong))).replace(" WHERE", ", period = 202601 WHERE")
    for also in ("maker_id = 1", "period = 202601", "entry_on = '2026-01-05'", "set_id = 99"):
        yield SEAL.format(**right).replace(" WHERE", f", {also} WHERE")
    yield SEAL.format(**right).replace(" WHERE", f", id = {victim.posted} WHERE")
    yield SEAL.format(**right).replace(" WHERE", f", reverses_id = {victim.posted} WHERE")


def _steps(victim: Victim) -> Iterator[str]:
    """Return attempts to close and open months otherwise than one may."""
    by, other = victim.keeper, victim.checker
    for turn, kind, period, opens, who, reason in (
        (4, "close", 202602, 202603, by, ""),  # a draft is left
        (4, "close", 202601, 202602, by, ""),
        (4, "close", 202602, 202602, by, ""),
        (4, "close", 202603, 202604, by, ""),
        (5, "close", 202602, 202603, by, ""),
        (3, "close", 202602, 202603, by, ""),
        (4, "reopen", 202601, 202601, by, "示例"),  # by who closed it
        (4, "reopen", 202601, 202601, other, ""),
        (4, "reopen", 202601, 202601, other, "示例"),  # February has entries
        (4, "reopen", 202600, 202600, other, "示例"),
        (4, "reopen", 202602, 202602, other, "示例"),
        (4, "begin", 202600, 202600, other, ""),
        (1, "begin", 202600, 202600, other, ""),
        (4, "open", 202601, 202601, other, "示例"),
    ):
        facts = {"set": victim.set, "turn": turn, "kind": kind, "period": period, "opens": opens}
        yield STEP.format(**facts, at=AT, by=who, reason=reason)


def in_the_books(here: House) -> dict[str, list[tuple[object, ...]]]:
    """Return every row that an attack could falsify."""
    with here.database.engine.connect() as connection:
        return {
            name: sorted(
                (tuple(row) for row in connection.exec_driver_sql(_all_of(name))), key=repr
            )
            for name in TABLES
        }


def _all_of(name: str) -> str:
    return f"SELECT * FROM {name} {IN_THE_BOOKS.get(name, '')}"


def attack(here: House, *statements: str) -> bool:
    """Carry statements out in one transaction; say whether the database let them through."""
    try:
        with here.writing() as session:
            for statement in statements:
                session.connection().exec_driver_sql(statement)
    except DBAPIError:
        return False
    return True


def test_no_statement_past_the_rules_falsifies_the_books(
    here: House, victim: Victim, kind: str
) -> None:
    before, tried, refused, broken = in_the_books(here), 0, 0, []
    for statement in attacks(victim, kind):
        tried += 1
        refused += not attack(here, statement)
        if in_the_books(here) != before:
            broken.append(statement)
            before = in_the_books(here)
    assert broken == []
    assert tried >= ATTACKS
    assert refused >= tried * 0.95


def test_an_entry_that_was_tampered_with_as_a_draft_cannot_be_posted(
    here: House, victim: Victim
) -> None:
    before = in_the_books(here)
    right = {"series": 202602, "number": 2, "at": AT, "draft": victim.draft, "cashier": "NULL"}
    seal = SEAL.format(**right, checker=victim.checker, poster=victim.keeper)
    lines = f"account_posting WHERE entry_id = {victim.draft}"
    more = "INSERT INTO account_posting (entry_id, line, account_id, gist, debit_fen, credit_fen)"
    for tampering in (
        f"DELETE FROM {lines}",
        f"DELETE FROM {lines} AND line = 1",
        f"{more} VALUES ({victim.draft}, 3, {victim.account}, '', 0, 1)",
        f"{more} VALUES ({victim.draft}, 3, {victim.account}, '', -5, 0)",
    ):
        assert not attack(here, tampering, seal), tampering
    assert in_the_books(here) == before
    assert attack(here, seal)


@pytest.mark.parametrize(
    ("trigger", "table", "statement"),
    [
        (
            "account_posting_guard_update",
            "account_posting",
            "UPDATE account_posting SET debit_fen = debit_fen + 1 WHERE debit_fen > 0",
        ),
        ("account_step_guard_delete", "account_step", "DELETE FROM account_step WHERE turn = 3"),
    ],
)
def test_without_its_lock_a_table_is_falsified_and_that_is_seen(
    here: House, victim: Victim, kind: str, trigger: str, table: str, statement: str
) -> None:
    before = in_the_books(here)
    assert not attack(here, statement)
    assert in_the_books(here) == before
    off = f"DROP TRIGGER {trigger}" + (f" ON {table}" if kind == "postgresql" else "")
    assert attack(here, off, statement)
    assert in_the_books(here) != before
    assert victim.set
