"""记账: draft an entry, post it, discard it, take it back in red.

How a room above uses this, always in the transaction of its page:

    draft = write(session, the_set, Written(EntryKind.SUBMISSION, day, gist, lines), actor, now)
    post(session, draft, Signatures(checker_id, poster_id, cashier_id), actor, now)

`write` makes a draft: balanced, in the open month, without a number, in no balance. `post` gives
it the next number and puts it in the books, where nothing of it changes any more: the database
sees to it (migrations/books.py), whoever writes. A record of another topic points to
`draft.id`, which stays. `reverse` drafts the red entry that takes a posted one back; it is
posted like any other.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries import bundles
from desk.windows.village_accounts.queries.balances import balance_now
from desk.windows.village_accounts.queries.entries import (
    lines_of,
    number_of,
    reversal_of,
    standing_openings,
)
from desk.windows.village_accounts.queries.sets import last_step, leaves
from desk.windows.village_accounts.records import (
    Account,
    AccountEntry,
    AccountPosting,
    AccountSet,
)
from desk.windows.village_accounts.rules.bundles import PostedByBundle, Station
from desk.windows.village_accounts.rules.entries import (
    BelowZero,
    Line,
    NotALeaf,
    NotPostedYet,
    PostedAlready,
    Retired,
    ReversedAlready,
    Signatures,
    Written,
    check_account,
    check_month,
    check_reversible,
    check_signatures,
    check_written,
    in_red,
    reversal_day,
)
from desk.windows.village_accounts.rules.kinds import EntryKind
from desk.windows.village_accounts.rules.opening import OpeningDrafted
from desk.windows.village_accounts.rules.periods import period_of, series
from kernel.access import Actor
from kernel.audit.actions import record
from kernel.clock import town_day
from kernel.errors import NotFound
from kernel.money import yuan


def write(
    session: Session, books: AccountSet, written: Written, actor: Actor, now: datetime
) -> AccountEntry:
    """Draft an entry in the open month. Raises: as `check_written`, `check_month`,
    `check_account`; NotALeaf, Retired, NotFound, OpeningDrafted.

    The opening balances are drafted too, in month 0, and only while that is open.
    """
    check_written(written)
    opens = last_step(session, books.id).opens
    is_opening = written.kind is EntryKind.OPENING
    period = written.entry_on.year * 100 if is_opening else period_of(written.entry_on)
    check_month(written.entry_on, period, opens)
    if is_opening and standing_openings(session, books.id):
        raise OpeningDrafted
    _check_leaves(session, books, written)
    draft = _drafted(books, written, period, actor, now)
    session.add(draft)
    session.flush()
    record(session, actor, "account_entry.drafted", f"account_entry:{draft.uuid}", now)
    return draft


def _drafted(
    books: AccountSet, written: Written, period: int, actor: Actor, now: datetime
) -> AccountEntry:
    postings = [
        AccountPosting(
            line=number,
            account_id=one.account_id,
            gist=one.gist,
            debit_fen=one.debit_fen,
            credit_fen=one.credit_fen,
        )
        for number, one in enumerate(written.lines, 1)
    ]
    return AccountEntry(
        uuid=uuid4().hex,
        set_id=books.id,
        kind=written.kind,
        period=period,
        entry_on=written.entry_on,
        gist=written.gist,
        attachments=written.attachments,
        drafted_at=now,
        maker_id=actor.staff_id,
        postings=postings,
    )


def _check_leaves(session: Session, books: AccountSet, written: Written) -> None:
    open_leaves = {one.id: one for one in leaves(session, books.id)}
    for line in written.lines:
        if leaf := open_leaves.get(line.account_id):
            check_account(written.kind, leaf.name, is_money=leaf.is_money)
            continue
        found = session.get(Account, line.account_id)
        if found is None or found.set_id != books.id:
            raise NotFound
        raise (Retired if found.retired_on else NotALeaf)(name=found.name)


def post(
    session: Session, draft: AccountEntry, by: Signatures, actor: Actor, now: datetime
) -> None:
    """Put a draft in the books under the next number of its series.

    Raises: NotFound, PostedAlready, PostedByBundle, OwnEntry, MoneyAndBooks, MonthNotOpen,
    OpeningDrafted, BelowZero.
    """
    books = _in_turn(session, draft)
    bundle = bundles.of_entry(session, draft.id)
    if bundle and bundle.station is Station.POSTING:
        raise PostedByBundle
    check_signatures(draft.maker_id, by)
    opens = last_step(session, books.id).opens
    check_month(draft.entry_on, draft.period, opens)
    is_opening = draft.kind is EntryKind.OPENING
    if is_opening and set(standing_openings(session, books.id)) != {draft}:
        raise OpeningDrafted
    _check_money(session, lines_of(draft))
    of = series(draft.period, books.numbering)
    number = _next_number(session, books.id, of)
    # one UPDATE, which the database examines: nothing may be flushed in between
    draft.series, draft.number, draft.posted_at = of, number, now
    draft.checker_id, draft.poster_id = by.checker_id, by.poster_id
    draft.cashier_id = by.cashier_id
    session.flush()
    subject = f"account_entry:{draft.uuid}"
    record(session, actor, "account_entry.posted", subject, now, series=of, number=number)


def _in_turn(session: Session, draft: AccountEntry) -> AccountSet:
    """Wait for whoever works in the same books, then look at the draft again.

    Raises: NotFound, where it was discarded meanwhile; PostedAlready.
    """
    books = session.get_one(AccountSet, draft.set_id, with_for_update=True)
    again = sa.select(AccountEntry).where(AccountEntry.id == draft.id)
    found = session.scalar(again.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    if found.posted_at is not None:
        raise PostedAlready
    return books


def _next_number(session: Session, set_id: int, of: int) -> int:
    query = sa.select(sa.func.max(AccountEntry.number)).where(
        AccountEntry.set_id == set_id, AccountEntry.series == of
    )
    return (session.scalar(query) or 0) + 1


def _check_money(session: Session, lines: Sequence[Line]) -> None:
    """Refuse to spend more than there is. Source: practice 25."""
    spent: dict[int, int] = {}
    for line in lines:
        spent[line.account_id] = spent.get(line.account_id, 0) - line.fen
    for account_id, fen in spent.items():
        found = session.get_one(Account, account_id)
        there = balance_now(session, account_id)
        if found.is_money and fen > there:
            raise BelowZero(name=found.name, balance=yuan(there), spent=yuan(fen))


def discard(session: Session, draft: AccountEntry, actor: Actor, now: datetime) -> None:
    """Throw a draft away; it had no number. Its bundle waits for another.

    Raises: NotFound, PostedAlready.
    """
    bundle = bundles.of_entry(session, draft.id)
    if bundle:
        # before the books, as everywhere
        session.refresh(bundle, with_for_update=True)
    _in_turn(session, draft)
    if bundle:
        bundle.entry_id = None
        session.flush()
    session.delete(draft)
    session.flush()
    record(session, actor, "account_entry.discarded", f"account_entry:{draft.uuid}", now)


def reverse(
    session: Session, original: AccountEntry, reason: str, actor: Actor, now: datetime
) -> AccountEntry:
    """Draft the entry that takes a posted one back, in red, in the earliest open month.

    The opening balances are taken back before the first month, while that is not begun.
    Raises: NotPostedYet, NotReversible, OpeningStands, ReversedAlready, NoGist.
    """
    if original.posted_at is None:
        raise NotPostedYet
    earlier = reversal_of(session, original.id)
    if earlier is not None:
        raise ReversedAlready(number=number_of(earlier))
    books = session.get_one(AccountSet, original.set_id)
    opens = last_step(session, books.id).opens
    check_reversible(original.kind, original.period, opens)
    day = reversal_day(original.entry_on, opens, town_day(now))
    red = Written(EntryKind.REVERSAL, day, reason, in_red(lines_of(original)))
    check_written(red)
    check_month(day, period_of(day) if opens % 100 else opens, opens)
    draft = _drafted(books, red, opens, actor, now)
    draft.reverses_id = original.id
    session.add(draft)
    session.flush()
    subject = f"account_entry:{original.uuid}"
    record(session, actor, "account_entry.reversed", subject, now, by=draft.uuid)
    return draft
