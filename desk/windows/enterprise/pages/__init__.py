"""企业窗口的页面: the board, enterprises, projects with their roads, mandates, road maps, cases."""

from desk.windows.enterprise.pages import cases, enterprises, mandates, projects, roadmaps
from desk.windows.enterprise.pages.board import bp

__all__ = ["bp", "cases", "enterprises", "mandates", "projects", "roadmaps"]
