"""村账 as stored: account sets with their charts, entries with their lines, months."""

from desk.windows.village_accounts.records.entries import (
    AccountEntry,
    AccountLine,
    AccountPosting,
    AccountStep,
)
from desk.windows.village_accounts.records.sets import (
    Account,
    AccountSet,
    BankAccount,
    Entrustment,
    StandardAccount,
    VillageClerk,
)

__all__ = [
    "Account",
    "AccountEntry",
    "AccountLine",
    "AccountPosting",
    "AccountSet",
    "AccountStep",
    "BankAccount",
    "Entrustment",
    "StandardAccount",
    "VillageClerk",
]
