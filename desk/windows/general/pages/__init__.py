"""综合窗口的页面: the list, the intake, the case, its papers."""

from desk.windows.general.pages import arrivals, cases, intake, papers, worklist
from desk.windows.general.pages.worklist import bp

__all__ = ["arrivals", "bp", "cases", "intake", "papers", "worklist"]
