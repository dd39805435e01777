"""账套查询: which sets there are, whose they are, which month is open, which accounts they have."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.records import (
    Account,
    AccountLine,
    AccountSet,
    AccountStep,
    BankAccount,
    Entrustment,
    VillageClerk,
)
from desk.windows.village_accounts.rules.access import READERS
from kernel.access import Actor
from kernel.errors import NotFound
from kernel.town.records import Village


def account_set(session: Session, set_id: int, actor: Actor) -> AccountSet:
    """Return a set this actor may look at: a village's clerk, of the own village alone.

    Raises: NotFound, for somebody else's books are not to be seen.
    """
    found = session.get(AccountSet, set_id)
    if found is None or found.village_id not in _villages(session, actor, found.village_id):
        raise NotFound
    return found


def sets_of(session: Session, actor: Actor) -> Sequence[tuple[AccountSet, Village]]:
    """Return the sets an actor may look at, with their villages, in the order of villages."""
    query = sa.select(AccountSet, Village).join(Village, Village.id == AccountSet.village_id)
    if is_clerk(actor):
        own = sa.select(VillageClerk.village_id).where(VillageClerk.staff_id == actor.staff_id)
        query = query.where(AccountSet.village_id.in_(own))
    return session.execute(query.order_by(Village.code, AccountSet.kind)).tuples().all()


def is_clerk(actor: Actor) -> bool:
    """Say whether somebody sees one village's books alone."""
    return not actor.is_any(*READERS)


def _villages(session: Session, actor: Actor, asked: int) -> set[int]:
    if not is_clerk(actor):
        return {asked}
    own = sa.select(VillageClerk.village_id).where(VillageClerk.staff_id == actor.staff_id)
    return set(session.scalars(own))


def steps(session: Session, set_id: int) -> Sequence[AccountStep]:
    """Return everything that happened to the months of a set, the newest first."""
    query = sa.select(AccountStep).where(AccountStep.set_id == set_id)
    return session.scalars(query.order_by(AccountStep.turn.desc())).all()


def last_step(session: Session, set_id: int) -> AccountStep:
    """Return the step that says which month is open."""
    query = sa.select(AccountStep).where(AccountStep.set_id == set_id)
    return session.scalars(query.order_by(AccountStep.turn.desc()).limit(1)).one()


def accounts(session: Session, set_id: int) -> Sequence[Account]:
    """Return the chart of a set, in the order of codes."""
    query = sa.select(Account).where(Account.set_id == set_id)
    return session.scalars(query.order_by(Account.code)).all()


def leaves(session: Session, set_id: int) -> list[Account]:
    """Return the accounts that entries may go to: in use, and without parts."""
    chart = accounts(session, set_id)
    parents = {one.parent_id for one in chart}
    return [one for one in chart if one.id not in parents and one.retired_on is None]


def leaves_below(session: Session, set_id: int, code: str) -> list[Account]:
    """Return the accounts in use that the entries of an account of the chart may go to."""
    return [one for one in leaves(session, set_id) if one.code.startswith(code)]


def account(session: Session, set_id: int, code: str) -> Account:
    """Return an account by its code. Raises: NotFound."""
    query = sa.select(Account).where(Account.set_id == set_id, Account.code == code)
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def has_lines(session: Session, account_id: int) -> bool:
    """Say whether anything was ever posted to an account."""
    query = sa.select(AccountLine.turn).where(AccountLine.account_id == account_id).limit(1)
    return session.scalar(query) is not None


def agreements(session: Session, set_id: int) -> Sequence[Entrustment]:
    """Return the agreements of a set, the newest first."""
    query = sa.select(Entrustment).where(Entrustment.set_id == set_id)
    return session.scalars(query.order_by(Entrustment.from_on.desc())).all()


def bank_accounts(session: Session, set_id: int) -> Sequence[tuple[BankAccount, Account]]:
    """Return the bank accounts of a set with the accounts they are."""
    query = sa.select(BankAccount, Account).join(Account, Account.id == BankAccount.account_id)
    return session.execute(query.where(Account.set_id == set_id)).tuples().all()
