"""导出查询: a year of a village's books, whole."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.queries.balances import balances
from desk.windows.village_accounts.queries.entries import number_of
from desk.windows.village_accounts.records import AccountEntry, AccountSet
from desk.windows.village_accounts.rules.export import Books, NoSuchBooks, Told
from desk.windows.village_accounts.rules.kinds import ENTRY_NAMES, SetKind
from kernel.town.records import Village


def set_of_village(session: Session, village: str, kind: SetKind) -> AccountSet:
    """Return the set of a village, by its code or name. Raises: NoSuchBooks."""
    query = sa.select(AccountSet).join(Village, Village.id == AccountSet.village_id)
    either = sa.or_(Village.code == village, Village.name == village)
    found = session.scalar(query.where(either, AccountSet.kind == kind))
    if found is None:
        raise NoSuchBooks(village=village)
    return found


def village_called(session: Session, village: str) -> Village | None:
    """Return a village by its code or name."""
    either = sa.or_(Village.code == village, Village.name == village)
    return session.scalar(sa.select(Village).where(either))


def year_of(session: Session, books: AccountSet, year: int) -> Books:
    """Return everything posted in a year, and every balance before and after it."""
    chart = sets.accounts(session, books.id)
    codes = {one.id: one.code for one in chart}
    rows = balances(session, books.id, year * 100 + 1, year * 100 + 12)
    query = (
        sa.select(AccountEntry)
        .where(
            AccountEntry.set_id == books.id,
            AccountEntry.period.between(year * 100 + 1, year * 100 + 12),
            AccountEntry.number.is_not(None),
        )
        .options(selectinload(AccountEntry.postings))
        .order_by(AccountEntry.period, AccountEntry.number)
    )
    return Books(
        books.name,
        date(year, 1, 1),
        date(year + 1, 1, 1),
        {one.account.code: one.account.kind for one in rows},
        {one.code: one.name for one in chart},
        {one.account.code: one.before for one in rows},
        [_told(one, codes) for one in session.scalars(query)],
        {one.account.code: one.after for one in rows},
    )


def _told(entry: AccountEntry, codes: dict[int, str]) -> Told:
    lines = [(codes[one.account_id], one.debit_fen, one.credit_fen) for one in entry.postings]
    return Told(number_of(entry), entry.entry_on, entry.gist, ENTRY_NAMES[entry.kind], lines)
