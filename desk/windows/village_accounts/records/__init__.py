"""村账 as stored: account sets with their charts, entries with their lines, months."""

from desk.windows.village_accounts.records.bundles import (
    AccountSettings,
    Bundle,
    BundleReturn,
    BundleSignature,
)
from desk.windows.village_accounts.records.disclosure import (
    Disclosure,
    DisclosureLine,
    DisclosurePicture,
    DisclosureQuestion,
    DisclosureRelease,
    DisclosureStep,
)
from desk.windows.village_accounts.records.entries import (
    AccountEntry,
    AccountLine,
    AccountPosting,
    AccountStep,
)
from desk.windows.village_accounts.records.money import (
    BankLine,
    BankStatement,
    CashCount,
    CashPieces,
    ClosingSettings,
    Reconciliation,
)
from desk.windows.village_accounts.records.originals import (
    AccountScan,
    Original,
    OriginalRefusal,
    OriginalUse,
)
from desk.windows.village_accounts.records.reports import ReportForm, ReportLine
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
    "AccountScan",
    "AccountSet",
    "AccountSettings",
    "AccountStep",
    "BankAccount",
    "BankLine",
    "BankStatement",
    "Bundle",
    "BundleReturn",
    "BundleSignature",
    "CashCount",
    "CashPieces",
    "ClosingSettings",
    "Disclosure",
    "DisclosureLine",
    "DisclosurePicture",
    "DisclosureQuestion",
    "DisclosureRelease",
    "DisclosureStep",
    "Entrustment",
    "Original",
    "OriginalRefusal",
    "OriginalUse",
    "Reconciliation",
    "ReportForm",
    "ReportLine",
    "StandardAccount",
    "VillageClerk",
]
