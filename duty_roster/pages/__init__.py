"""值班的页面: the rota, the post plate, the log."""

from duty_roster.pages import drafts, month, people, plates, presence, prints, swaps

#: drafts and prints hang their pages on the month's
__all__ = ["BLUEPRINTS", "drafts", "prints"]
BLUEPRINTS = (month.bp, people.bp, swaps.bp, presence.bp, plates.bp)
