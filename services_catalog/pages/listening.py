"""没找到的: notice that a search found nothing, or nothing that was meant.

A page that looks must never fail for it.
"""

import logging

from sqlalchemy.exc import SQLAlchemyError

from kernel.web.house import house
from services_catalog import actions, queries
from services_catalog.rules.misses import kept_words
from services_catalog.rules.search.index import Index

log = logging.getLogger("desk.catalogue")


def note_if_missed(known: Index, typed: str) -> None:
    """Count words that found nothing, or only something by chance, for the staff to learn from."""
    if kept_words(typed) and queries.is_missed(known, typed):
        _note(typed)


def note_as_told(known: Index, typed: str) -> None:
    """Count words of which somebody says that nothing found was meant.

    What found nothing in our own eyes was counted when it was asked.
    """
    if kept_words(typed) and not queries.is_missed(known, typed):
        _note(typed)


def _note(typed: str) -> None:
    """Write words down, after the reading is over.

    A database that cannot be written to is no concern of whoever searches.
    """
    here = house()
    try:
        with here.writing() as session:
            actions.note_missed(session, typed, here.now())
    except SQLAlchemyError as error:
        log.warning("a missed search was not counted: %s", type(error).__name__)
