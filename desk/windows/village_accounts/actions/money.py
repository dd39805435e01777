"""对账与盘点: bring in what the bank says, match it, agree on a month, count the cash box."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries import money, sets
from desk.windows.village_accounts.records import (
    Account,
    AccountSet,
    BankLine,
    BankStatement,
    CashCount,
    CashPieces,
    ClosingSettings,
    Reconciliation,
)
from desk.windows.village_accounts.rules.bank_sheets import BankRow, oldest_first
from desk.windows.village_accounts.rules.cash import Count, check_count
from desk.windows.village_accounts.rules.demands import (
    CountDiffers,
    Demands,
    NotCountedYet,
    NotReconciledYet,
    ReconciledBefore,
)
from desk.windows.village_accounts.rules.periods import first_day, words
from desk.windows.village_accounts.rules.reconciling import (
    MatchedAlready,
    NotAPair,
    check_agreed,
)
from kernel.access import Actor
from kernel.audit.actions import record
from kernel.clock import town_day
from kernel.errors import NotFound
from kernel.money import yuan


def bring_in(
    session: Session,
    account: Account,
    name_and_rows: tuple[str, Sequence[BankRow]],
    actor: Actor,
    now: datetime,
) -> int:
    """Keep the lines of a bank's sheet that are not there yet; return how many were new."""
    name, rows = name_and_rows
    known = Counter(_known(session, account.id))
    fresh = []
    for row in oldest_first(rows):
        if known[row]:
            known[row] -= 1
        else:
            fresh.append(row)
    if fresh:
        sheet = BankStatement(account_id=account.id, name=name, imported_at=now)
        sheet.by_id = actor.staff_id or 0
        session.add(sheet)
        session.flush()
        session.add_all(_line(sheet, row) for row in fresh)
        session.flush()
        subject = f"bank_statement:{sheet.id}"
        record(session, actor, "bank_statement.imported", subject, now, lines=len(fresh))
    return len(fresh)


def _known(session: Session, account_id: int) -> list[BankRow]:
    lines = session.scalars(sa.select(BankLine).where(BankLine.account_id == account_id))
    return [
        BankRow(one.line_on, one.gist, one.reference, one.fen, one.balance_fen) for one in lines
    ]


def _line(sheet: BankStatement, row: BankRow) -> BankLine:
    return BankLine(
        statement_id=sheet.id,
        account_id=sheet.account_id,
        line_on=row.on,
        gist=row.gist,
        reference=row.reference,
        fen=row.fen,
        balance_fen=row.balance_fen,
    )


def discard_statement(
    session: Session, account: Account, statement_id: int, actor: Actor, now: datetime
) -> None:
    """Throw a sheet away that came in by mistake. Raises: NotFound, MatchedAlready."""
    sheet = session.get(BankStatement, statement_id)
    if sheet is None or sheet.account_id != account.id:
        raise NotFound
    lines = session.scalars(sa.select(BankLine).where(BankLine.statement_id == sheet.id)).all()
    ticked = sum(one.entry_id is not None for one in lines)
    if ticked:
        raise MatchedAlready(count=ticked)
    for line in lines:
        session.delete(line)
    session.flush()
    session.delete(sheet)
    subject = f"bank_statement:{statement_id}"
    record(session, actor, "bank_statement.discarded", subject, now, lines=len(lines))


def match(
    session: Session,
    account: Account,
    pairs: Sequence[tuple[int, int, int]],
    actor: Actor,
    now: datetime,
) -> None:
    """Tick lines of the bank and of the books as the same. Raises: NotAPair."""
    opens = sets.last_step(session, account.set_id).opens
    free = {
        (one.entry_id, one.line): one for one in money.unmatched_books(session, account.id, opens)
    }
    for bank_id, entry_id, line in pairs:
        found = session.get(BankLine, bank_id)
        other = free.pop((entry_id, line), None)
        is_pair = found and other and found.account_id == account.id and found.fen == other.fen
        if found is None or not is_pair or found.entry_id is not None:
            raise NotAPair
        found.entry_id, found.line = entry_id, line
        found.matched_at, found.matched_by_id = now, actor.staff_id
    session.flush()
    record(session, actor, "bank_line.matched", f"account:{account.id}", now, lines=len(pairs))


def unmatch(session: Session, account: Account, bank_id: int, actor: Actor, now: datetime) -> None:
    """Take a tick back. Raises: NotFound."""
    found = session.get(BankLine, bank_id)
    if found is None or found.account_id != account.id:
        raise NotFound
    found.entry_id = found.line = found.matched_at = found.matched_by_id = None
    record(session, actor, "bank_line.unmatched", f"bank_line:{bank_id}", now)


def reconcile(
    session: Session,
    account: Account,
    period_and_bank: tuple[int, int],
    actor: Actor,
    now: datetime,
) -> Reconciliation:
    """Keep that bank and books of a month agree. Raises: SaidOtherwise, NotReconciled."""
    period, bank_fen = period_and_bank
    adjustment = money.adjustment(session, account.id, period, bank_fen)
    check_agreed(adjustment, money.bank_balance(session, account.id, period))
    earlier = money.reconciliation(session, account.id, period)
    kept = Reconciliation(
        account_id=account.id,
        period=period,
        turn=earlier.turn + 1 if earlier else 1,
        bank_fen=bank_fen,
        book_fen=adjustment.book_fen,
        adjusted_fen=adjustment.adjusted_bank,
        at=now,
        by_id=actor.staff_id,
    )
    session.add(kept)
    session.flush()
    record(session, actor, "account.reconciled", f"account:{account.id}", now, period=period)
    return kept


def count_cash(
    session: Session,
    account: Account,
    period_and_count: tuple[int, Count],
    actor: Actor,
    now: datetime,
) -> CashCount:
    """Keep what was counted. Raises: NoKeeper, CountedLater, Unexplained."""
    period, found = period_and_count
    book_fen = money.balance_at(session, account.id, period)
    check_count(found, book_fen, first_day(period), town_day(now))
    earlier = money.count(session, account.id, period)
    kept = CashCount(
        account_id=account.id,
        period=period,
        turn=earlier.turn + 1 if earlier else 1,
        counted_on=found.counted_on,
        counted_fen=found.fen,
        book_fen=book_fen,
        keeper=found.keeper,
        note=found.note,
        at=now,
        by_id=actor.staff_id,
        pieces=[CashPieces(face_fen=face, pieces=n) for face, n in found.pieces.items() if n],
    )
    session.add(kept)
    session.flush()
    record(session, actor, "cash.counted", f"account:{account.id}", now, period=period)
    return kept


def check_money(session: Session, books: AccountSet, period: int) -> None:
    """Refuse to close a month whose bank or cash nobody looked at.

    An account that is empty and did not move is left alone. Raises: NotReconciledYet,
    ReconciledBefore, NotCountedYet, CountDiffers.
    """
    wanted = money.demands(session)
    for account in sets.leaves(session, books.id):
        if not account.is_money or not money.is_in_use(session, account.id, period):
            continue
        if account.code.startswith("102") and wanted.needs_bank:
            _check_bank(session, account, period)
        elif account.code.startswith("101") and wanted.needs_cash:
            _check_count(session, account, period)


def _check_bank(session: Session, account: Account, period: int) -> None:
    which = {"period": words(period), "name": account.name}
    found = money.reconciliation(session, account.id, period)
    if found is None:
        raise NotReconciledYet(**which)
    if found.book_fen != money.balance_at(session, account.id, period):
        raise ReconciledBefore(**which)


def _check_count(session: Session, account: Account, period: int) -> None:
    which = {"period": words(period), "name": account.name}
    found = money.count(session, account.id, period)
    if found is None:
        raise NotCountedYet(**which)
    book = money.balance_at(session, account.id, period)
    if found.counted_fen != book:
        raise CountDiffers(**which, book=yuan(book), counted=yuan(found.counted_fen))


def set_demands(session: Session, wanted: Demands, actor: Actor, now: datetime) -> None:
    """Change what a close asks for."""
    row = session.get_one(ClosingSettings, money.ONLY_ROW)
    row.needs_bank, row.needs_cash = wanted.needs_bank, wanted.needs_cash
    row.hand_in_days, row.match_days = wanted.hand_in_days, wanted.match_days
    record(session, actor, "closing_settings.changed", "closing_settings:1", now)
