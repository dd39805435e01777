"""收租: tie a rent that came to the entry it is in; put one that draws near on the list."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries.bundles import ONLY_ROW
from desk.windows.village_accounts.queries.entries import reversal_of
from desk.windows.village_accounts.queries.registers import voucher
from desk.windows.village_accounts.queries.rents import lease_of, not_reminded, received
from desk.windows.village_accounts.records import (
    AccountSettings,
    RentReceived,
    RentReminder,
    VillageContract,
)
from desk.windows.village_accounts.rules.rents import (
    NotADueDay,
    ReceivedAlready,
    TakenBack,
    due_days,
)
from kernel.access import HOUSE, Actor
from kernel.audit.actions import record
from kernel.clock import town_day


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


def remind(session: Session, now: datetime) -> int:
    """Put every rent that drew near on the window's list, once for its due day; return how many.

    Of two schedulers at one moment the second waits, and finds nothing left.
    """
    session.get_one(AccountSettings, ONLY_ROW, with_for_update=True)
    found = not_reminded(session, town_day(now))
    for one in found:
        session.add(RentReminder(contract_id=one.contract.id, due_on=one.on, at=now))
        subject = f"contracts:{one.contract.id}"
        record(session, HOUSE, "rent.reminded", subject, now, due_on=one.on)
    session.flush()
    return len(found)
