"""咨询员的页面: the adviser's own, and the hall's list of advisers."""

from desk.advisers.pages import keeping, own

BLUEPRINTS = (own.bp, keeping.bp)
