"""突发事件的页面: the night's page, its list for paper and phone, the report, the lists kept."""

from desk.incidents.pages import keeping, night, papers
from desk.incidents.pages.night import bp

__all__ = ["bp", "keeping", "night", "papers"]
