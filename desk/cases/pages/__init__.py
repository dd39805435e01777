"""各窗口共用的办件页: buttons that every window's cases have, in one place."""

from desk.cases.pages import (
    afterwards,
    appointments,
    approvals,
    assisting,
    attachments,
    contacts,
    examining,
    holds,
    joint,
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
    "appointments",
    "approvals",
    "assisting",
    "attachments",
    "bp",
    "contacts",
    "examining",
    "holds",
    "joint",
    "outage",
    "papers",
    "pledging",
    "putting_right",
    "relay",
    "settings",
    "transfers",
]
