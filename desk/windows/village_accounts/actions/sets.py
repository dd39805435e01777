"""账套: open the books of a village; keep its chart, agreement, bank accounts and clerk."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.queries.balances import balance_now
from desk.windows.village_accounts.records import (
    Account,
    AccountSet,
    AccountStep,
    BankAccount,
    Entrustment,
    StandardAccount,
    VillageClerk,
)
from desk.windows.village_accounts.rules.chart import (
    CASH_CODE,
    FIRST_SUB_ACCOUNTS,
    CodeTaken,
    HasBalance,
    HasEntries,
    HasParts,
    LastOfItsMoney,
    NoParent,
    RetiredAlready,
    parent_of,
)
from desk.windows.village_accounts.rules.kinds import MONEY_CODES, SET_NAMES, StepKind
from desk.windows.village_accounts.rules.periods import first_day
from desk.windows.village_accounts.rules.sets import (
    Agreement,
    BankTaken,
    NotABankAccount,
    Opening,
    SetTaken,
    check_agreement,
)
from kernel.access import Actor
from kernel.audit.actions import record
from kernel.money import yuan
from kernel.town.records import Village


def open_set(
    session: Session, village: Village, opening: Opening, actor: Actor, now: datetime
) -> AccountSet:
    """Open the books of a village with the whole chart; its opening balances may be entered."""
    taken = sa.select(AccountSet.id).where(
        AccountSet.village_id == village.id, AccountSet.kind == opening.kind
    )
    if session.scalar(taken) is not None:
        raise SetTaken(village=village.name, kind=SET_NAMES[opening.kind])
    books = AccountSet(
        village_id=village.id,
        kind=opening.kind,
        name=opening.name,
        first_period=opening.first_period,
        numbering=opening.numbering,
        cash_limit_fen=opening.cash_limit_fen,
        made_at=now,
    )
    session.add(books)
    session.flush()
    _copy_chart(session, books)
    period = opening.first_period // 100 * 100
    begin = AccountStep(set_id=books.id, turn=1, kind=StepKind.BEGIN, period=period, opens=period)
    begin.at, begin.by_id, begin.reason = now, actor.staff_id or 0, ""
    session.add(begin)
    session.flush()
    record(session, actor, "account_set.opened", f"account_set:{books.id}", now)
    return books


def _copy_chart(session: Session, books: AccountSet) -> None:
    opened_on = first_day(books.first_period)
    for one in session.scalars(sa.select(StandardAccount).order_by(StandardAccount.code)):
        session.add(
            Account(
                set_id=books.id,
                code=one.code,
                name=one.name,
                kind=one.kind,
                side=one.side,
                is_money=one.code in MONEY_CODES,
                opened_on=opened_on,
            )
        )
    session.flush()
    for code, name in FIRST_SUB_ACCOUNTS.items():
        _add_account(session, books, (code, name), opened_on)


def _add_account(
    session: Session, books: AccountSet, code_and_name: tuple[str, str], opened_on: date
) -> Account:
    code, name = code_and_name
    above = parent_of(code)
    chart = {one.code: one for one in sets.accounts(session, books.id)}
    if code in chart:
        raise CodeTaken(code=code)
    parent = chart.get(above)
    if parent is None or parent.retired_on:
        raise NoParent(code=above)
    if sets.has_lines(session, parent.id):
        raise HasEntries(name=parent.name)
    added = Account(
        set_id=books.id,
        code=code,
        name=name,
        kind=parent.kind,
        side=parent.side,
        parent_id=parent.id,
        is_money=parent.is_money,
        opened_on=opened_on,
    )
    session.add(added)
    session.flush()
    return added


def add_account(
    session: Session,
    books: AccountSet,
    code_and_name: tuple[str, str],
    actor: Actor,
    today: tuple[date, datetime],
) -> Account:
    """Open a sub-account from today on. Raises: NotACode, CodeTaken, NoParent, HasEntries."""
    day, now = today
    added = _add_account(session, books, code_and_name, day)
    record(session, actor, "account.opened", f"account:{added.id}", now, code=added.code)
    return added


def retire_account(
    session: Session,
    books: AccountSet,
    account: Account,
    actor: Actor,
    today: tuple[date, datetime],
) -> None:
    """Let nothing more be posted to an account; it keeps its number for good.

    Raises: RetiredAlready, HasBalance, HasParts, LastOfItsMoney.
    """
    day, now = today
    if account.retired_on:
        raise RetiredAlready(name=account.name)
    chart = sets.accounts(session, books.id)
    if any(one.parent_id == account.id and one.retired_on is None for one in chart):
        raise HasParts(name=account.name)
    left = balance_now(session, account.id)
    if left:
        raise HasBalance(name=account.name, balance=yuan(left))
    _check_another(session, account)
    account.retired_on = day
    session.flush()
    record(session, actor, "account.retired", f"account:{account.id}", now, code=account.code)


def _check_another(session: Session, account: Account) -> None:
    if not account.is_money:
        return
    top = account.code[: len(CASH_CODE)]
    if sets.leaves_below(session, account.set_id, top) == [account]:
        whose = sets.account(session, account.set_id, top).name
        raise LastOfItsMoney(name=account.name, whose=whose)


def agree(
    session: Session, books: AccountSet, agreement: Agreement, actor: Actor, now: datetime
) -> Entrustment:
    """Keep what was signed; an earlier agreement stays beside it."""
    check_agreement(agreement)
    kept = Entrustment(
        set_id=books.id,
        from_on=agreement.from_on,
        to_on=agreement.to_on,
        signed_on=agreement.signed_on,
        signed_by_village=agreement.signed_by_village,
        signed_by_town=agreement.signed_by_town,
        made_at=now,
        actor_id=actor.staff_id,
    )
    session.add(kept)
    session.flush()
    record(session, actor, "entrustment.signed", f"account_set:{books.id}", now)
    return kept


def register_bank_account(
    session: Session,
    books: AccountSet,
    account: Account,
    bank_and_number: tuple[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    """Say which account at which bank a sub-account of 102 is."""
    bank, number = bank_and_number
    if not account.code.startswith("102") or len(account.code) == 3:
        raise NotABankAccount
    same = sa.or_(BankAccount.number == number, BankAccount.account_id == account.id)
    if session.scalar(sa.select(BankAccount.id).where(same)) is not None:
        raise BankTaken
    session.add(BankAccount(account_id=account.id, bank=bank, number=number))
    record(session, actor, "bank_account.registered", f"account_set:{books.id}", now)


def appoint_clerk(
    session: Session, books: AccountSet, staff_id: int, actor: Actor, now: datetime
) -> None:
    """Let a 报账员 look at the books of the own village, and of no other."""
    clerk = session.get(VillageClerk, staff_id)
    if clerk is None:
        session.add(VillageClerk(staff_id=staff_id, village_id=books.village_id))
    else:
        clerk.village_id = books.village_id
    record(session, actor, "village_clerk.appointed", f"account_set:{books.id}", now, who=staff_id)
