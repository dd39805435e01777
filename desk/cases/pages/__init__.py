"""各窗口共用的办件页: buttons that every window's cases have, in one place."""

from desk.cases.pages import (
    afterwards,
    approvals,
    attachments,
    contacts,
    examining,
    holds,
    outage,
    papers,
    pledging,
    putting_right,
    relay,
    settings,
    transfers,
)
from desk.cases.pages.at_hand import bp

__all__ = [
    "afterwards",
    "approvals",
    "attachments",
    "bp",
    "contacts",
    "examining",
    "holds",
    "outage",
    "papers",
    "pledging",
    "putting_right",
    "relay",
    "settings",
    "transfers",
]
