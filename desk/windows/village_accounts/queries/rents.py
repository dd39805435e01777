"""租金查询: which rents are over or near, which contracts end soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries.bundles import limits
from desk.windows.village_accounts.queries.entries import is_taken_back
from desk.windows.village_accounts.queries.registers import contracts
from desk.windows.village_accounts.records import (
    AccountSet,
    RentReceived,
    RentReminder,
    VillageContract,
)
from desk.windows.village_accounts.rules.rents import (
    Lease,
    Nearness,
    near,
    unpaid,
)


@dataclass(frozen=True, slots=True)
class Due:
    """A day of a contract that is over or near."""

    contract: VillageContract
    on: date
    how: Nearness


def lease_of(contract: VillageContract) -> Lease:
    """Return what the schedule needs to know of a contract."""
    return Lease(contract.to_on, contract.first_due_on, contract.rent_fen, contract.every_months)


def rents_due(session: Session, books: Sequence[AccountSet], today: date) -> list[Due]:
    """Return the rents that should have come or soon should, the oldest first."""
    found, warning = contracts(session, books), timedelta(days=limits(session).rent_days)
    query = sa.select(RentReceived).where(
        RentReceived.contract_id.in_([one.id for one in found]),
        ~is_taken_back(RentReceived.entry_id),
    )
    paid: dict[int, set[date]] = {}
    for one in session.scalars(query):
        paid.setdefault(one.contract_id, set()).add(one.due_on)
    due = [
        Due(one, on, how)
        for one in found
        for on, how in unpaid(lease_of(one), paid.get(one.id, set()), today, warning)
    ]
    return sorted(due, key=lambda one: one.on)


def ending(session: Session, books: Sequence[AccountSet], today: date) -> list[Due]:
    """Return the contracts that ended and were not struck off, or end soon."""
    warning = timedelta(days=limits(session).end_days)
    found = [(one, near(one.to_on, today, warning)) for one in contracts(session, books)]
    due = [Due(one, one.to_on, how) for one, how in found if how]
    return sorted(due, key=lambda one: one.on)


def received(session: Session, contract_id: int, due_on: date) -> RentReceived | None:
    """Return what came for a due day, unless its entry was taken back."""
    query = sa.select(RentReceived).where(
        RentReceived.contract_id == contract_id,
        RentReceived.due_on == due_on,
        ~is_taken_back(RentReceived.entry_id),
    )
    return session.scalar(query)


def not_reminded(session: Session, today: date) -> list[Due]:
    """Return the rents of all villages that drew near and stand on no list yet."""
    due = rents_due(session, session.scalars(sa.select(AccountSet)).all(), today)
    known = _reminded(session, due)
    return [one for one in due if (one.contract.id, one.on) not in known]


def reminded(session: Session, books: Sequence[AccountSet], today: date) -> list[Due]:
    """Return the rents of some sets that stand on the window's list until they come."""
    due = rents_due(session, books, today)
    known = _reminded(session, due)
    return [one for one in due if (one.contract.id, one.on) in known]


def _reminded(session: Session, due: Sequence[Due]) -> set[tuple[int, date]]:
    query = sa.select(RentReminder.contract_id, RentReminder.due_on).where(
        RentReminder.contract_id.in_([one.contract.id for one in due])
    )
    return set(session.execute(query).tuples())
