"""各窗口共用的办件页: buttons that every window's cases have, in one place."""

from desk.cases.pages import approvals, examining, pledging
from desk.cases.pages.at_hand import bp

__all__ = ["approvals", "bp", "examining", "pledging"]
