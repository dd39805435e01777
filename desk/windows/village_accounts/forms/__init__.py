"""村账的表单: sets and entries as they are typed; each further topic has a file of its own."""

from desk.windows.village_accounts.forms.books import (
    agreement,
    bank,
    months,
    opening,
    reason,
    staff_choice,
    sub_account,
    written,
)

__all__ = [
    "agreement",
    "bank",
    "months",
    "opening",
    "reason",
    "staff_choice",
    "sub_account",
    "written",
]
