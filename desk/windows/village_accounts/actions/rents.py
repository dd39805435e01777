"""收租: tie a rent that came to the entry it is in."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries.entries import reversal_of
from desk.windows.village_accounts.queries.registers import voucher
from desk.windows.village_accounts.queries.rents import lease_of, received
from desk.windows.village_accounts.records import RentReceived, VillageContract
from desk.windows.village_accounts.rules.rents import (
    NotADueDay,
    ReceivedAlready,
    TakenBack,
    due_days,
)
from kernel.access import Actor
from kernel.audit.actions import record


def receive(
    session: Session,
    contract: VillageContract,
    due_on: date,
    paid_by: tuple[int, int],
    actor: Actor,
    now: datetime,
) -> None:
    """Write down which entry (month, number) a rent came with.

    Where its first entry was taken back in red, another takes its place.
    Raises: NotADueDay, ReceivedAlready, NoSuchVoucher, TakenBack.
    """
    if due_on not in set(due_days(lease_of(contract))):
        raise NotADueDay
    if received(session, contract.id, due_on):
        raise ReceivedAlready
    entry_id = voucher(session, contract.set_id, paid_by)
    if reversal_of(session, entry_id):
        raise TakenBack
    row = RentReceived(contract_id=contract.id, due_on=due_on, entry_id=entry_id, at=now)
    row.by_id = actor.staff_id or 0
    session.merge(row)
    session.flush()
    subject = f"contracts:{contract.id}"
    record(session, actor, "rent.received", subject, now, due_on=due_on, entry=entry_id)
