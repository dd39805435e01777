"""看板的页面: today, lists, reports, the monthly sheet, lights."""

from desk.board.pages import columns, lights, lists, monthly, reports
from desk.board.pages.today import bp

__all__ = ["bp", "columns", "lights", "lists", "monthly", "reports"]
