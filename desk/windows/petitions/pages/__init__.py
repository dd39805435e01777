"""信访窗口的页面: the list, the registration, the petition, its papers, and what 纪检 reads."""

from desk.windows.petitions.pages import afterwards, cases, discipline, intake, keeping, papers
from desk.windows.petitions.pages.worklist import bp

__all__ = ["afterwards", "bp", "cases", "discipline", "intake", "keeping", "papers"]
