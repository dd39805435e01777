"""结账: carry a year over, close the open month, open the one closed last again."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from desk.windows.village_accounts.actions.money import check_money
from desk.windows.village_accounts.actions.posting import write
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.queries.balances import Balance, balance_now, balances
from desk.windows.village_accounts.queries.entries import drafts, posted
from desk.windows.village_accounts.records import AccountEntry, AccountSet, AccountStep
from desk.windows.village_accounts.rules.closing import (
    SHARED_OUT_GIST,
    TO_DISTRIBUTION_GIST,
    TO_YEAR_GIST,
    CarryingWaits,
    DraftsLeft,
    NoReason,
    NotClosedLast,
    NotDecember,
    NothingToCarry,
    NotTheOpenMonth,
    OwnClose,
    Standing,
    YearNotCarried,
    carried,
)
from desk.windows.village_accounts.rules.entries import Line, Written
from desk.windows.village_accounts.rules.kinds import (
    SHARED_CODE,
    UNDISTRIBUTED_CODE,
    YEAR_CODE,
    AccountKind,
    EntryKind,
    StepKind,
)
from desk.windows.village_accounts.rules.periods import last_day, next_period, words
from kernel.access import Actor
from kernel.audit.actions import record


def close_month(
    session: Session, books: AccountSet, period: int, actor: Actor, now: datetime
) -> None:
    """Close the open month for good, and open the next one.

    Raises: NotTheOpenMonth, DraftsLeft, YearNotCarried, and what `check_money` raises.
    """
    session.refresh(books, with_for_update=True)
    last = sets.last_step(session, books.id)
    if period != last.opens:
        raise NotTheOpenMonth(period=words(last.opens))
    waiting = [one for one in drafts(session, books.id) if one.period == period]
    if waiting:
        raise DraftsLeft(period=words(period), count=len(waiting))
    if period % 100:
        check_money(session, books, period)
    if period % 100 == 12:
        _check_carried(session, books, period)
    opens = next_period(period) if period % 100 else books.first_period
    _step(session, last, (StepKind.CLOSE, period, opens), "", (actor, now))


def reopen_month(
    session: Session, books: AccountSet, reason: str, actor: Actor, now: datetime
) -> None:
    """Open the month closed last again, while nothing is posted after it; the opening as well.

    Raises: NoReason, OwnClose, NotClosedLast.
    """
    if not reason.strip():
        raise NoReason
    session.refresh(books, with_for_update=True)
    last = sets.last_step(session, books.id)
    if last.kind is not StepKind.CLOSE or posted(session, books.id, last.opens):
        raise NotClosedLast
    if last.by_id == actor.staff_id:
        raise OwnClose
    _step(session, last, (StepKind.REOPEN, last.period, last.period), reason, (actor, now))


def _step(
    session: Session,
    last: AccountStep,
    what: tuple[StepKind, int, int],
    reason: str,
    by: tuple[Actor, datetime],
) -> None:
    kind, period, opens = what
    actor, now = by
    step = AccountStep(set_id=last.set_id, turn=last.turn + 1, kind=kind, period=period)
    step.opens, step.at, step.by_id, step.reason = opens, now, actor.staff_id or 0, reason
    session.add(step)
    session.flush()
    subject = f"account_set:{last.set_id}"
    record(session, actor, f"account_month.{kind}", subject, now, period=period, reason=reason)


def _standing(session: Session, books: AccountSet, year: int) -> list[Balance]:
    everything = balances(session, books.id, year * 100 + 1, year * 100 + 12)
    return [one for one in everything if one.account.kind is AccountKind.PROFIT and one.after]


def _check_carried(session: Session, books: AccountSet, period: int) -> None:
    left = [one.account.name for one in _standing(session, books, period // 100)]
    left += [
        one.name
        for one in sets.leaves(session, books.id)
        if one.code.startswith((YEAR_CODE, SHARED_CODE)) and balance_now(session, one.id)
    ]
    if left:
        raise YearNotCarried(names="、".join(left))


def carry_year(
    session: Session, books: AccountSet, actor: Actor, now: datetime
) -> list[AccountEntry]:
    """Draft the entries that end the year: 损益 to 本年收益, that and 各项分配 to 未分配收益.

    The second is drafted with the first, from what 本年收益 will hold when that is posted.
    Raises: NotDecember, CarryingWaits, NothingToCarry.
    """
    session.refresh(books, with_for_update=True)
    opens = sets.last_step(session, books.id).opens
    if opens % 100 != 12:
        raise NotDecember(period=words(opens))
    if any(one.kind is EntryKind.CLOSING for one in drafts(session, books.id)):
        raise CarryingWaits
    year = sets.account(session, books.id, YEAR_CODE)
    rest = sets.account(session, books.id, UNDISTRIBUTED_CODE)
    profits = [
        Standing(one.account.id, one.after) for one in _standing(session, books, opens // 100)
    ]
    result = balance_now(session, year.id) + sum(one.fen for one in profits)
    shared = [
        Standing(one.id, balance_now(session, one.id))
        for one in sets.leaves(session, books.id)
        if one.code.startswith(SHARED_CODE)
    ]
    all_three = (
        (TO_YEAR_GIST, carried(profits, year.id)),
        (TO_DISTRIBUTION_GIST, carried([Standing(year.id, result)], rest.id)),
        (SHARED_OUT_GIST, carried(shared, rest.id)),
    )
    entries = [
        write(session, books, _closing(last_day(opens), gist, lines), actor, now)
        for gist, lines in all_three
        if lines
    ]
    if not entries:
        raise NothingToCarry
    return entries


def _closing(day: date, gist: str, lines: Sequence[Line]) -> Written:
    return Written(EntryKind.CLOSING, day, gist, lines)
