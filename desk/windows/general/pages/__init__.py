"""综合窗口的页面: the list, the intake, the case, its papers."""

from desk.windows.general.pages import cases, intake, papers, worklist
from desk.windows.general.pages.worklist import bp

__all__ = ["bp", "cases", "intake", "papers", "worklist"]
