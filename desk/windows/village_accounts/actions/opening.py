"""期初余额导入: a sheet becomes the draft of the opening entry, new sub-accounts with it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from desk.windows.village_accounts.actions.posting import write
from desk.windows.village_accounts.actions.sets import add_account
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.queries.entries import standing_openings
from desk.windows.village_accounts.records import AccountEntry, AccountSet
from desk.windows.village_accounts.rules.entries import Line, Written
from desk.windows.village_accounts.rules.kinds import EntryKind
from desk.windows.village_accounts.rules.opening import (
    GIST,
    HasParts,
    OpeningDrafted,
    OpeningOver,
    OpeningRow,
    check_balanced,
    to_open,
)
from desk.windows.village_accounts.rules.periods import first_day
from kernel.access import Actor


def take_in_opening(
    session: Session,
    books: AccountSet,
    rows: Sequence[OpeningRow],
    actor: Actor,
    now: datetime,
) -> AccountEntry:
    """Draft the opening balances of a set, whole; somebody else checks and posts them.

    Raises: OpeningOver, OpeningDrafted, HasParts, NotBalanced, and what opening accounts raises.
    """
    opens = sets.last_step(session, books.id).opens
    if opens % 100:
        raise OpeningOver
    if standing_openings(session, books.id):
        raise OpeningDrafted
    check_balanced(rows)
    day = first_day(books.first_period)
    names = {one.code: one.name for one in sets.accounts(session, books.id)}
    for code_and_name in to_open(rows, names):
        add_account(session, books, code_and_name, actor, (day, now))
    leaves = {one.code: one.id for one in sets.leaves(session, books.id)}
    lines = [_line(row, leaves) for row in rows]
    return write(session, books, Written(EntryKind.OPENING, day, GIST, lines), actor, now)


def _line(row: OpeningRow, leaves: dict[str, int]) -> Line:
    if row.code not in leaves:
        raise HasParts(code=row.code)
    return Line(leaves[row.code], max(row.fen, 0), max(-row.fen, 0))
