"""目录维护的页面: the catalogue's list, its items, its words, its sheets and its files."""

from services_catalog.pages import cards, editing, files, households, printing, units, words
from services_catalog.pages import sheets as sheets
from services_catalog.pages.items import bp

BLUEPRINTS = (bp, words.bp, files.public, cards.bp, households.bp, printing.bp, units.bp)

__all__ = ["BLUEPRINTS", "editing", "files", "sheets", "words"]
