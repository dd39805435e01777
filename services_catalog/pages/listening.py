"""没找到的: notice that a search found nothing. A page that looks must never fail for it."""

import logging

from sqlalchemy.exc import SQLAlchemyError

from kernel.web.house import house
from services_catalog import actions, queries
from services_catalog.rules.misses import kept_words
from services_catalog.rules.search.index import Index

log = logging.getLogger("desk.catalogue")


def note_if_missed(known: Index, typed: str) -> None:
    """Count words that found nothing, or only something by chance, for the staff to learn from.

    Call it after the reading is over. A database that cannot be written to is no concern of
    whoever searches.
    """
    if not kept_words(typed) or not queries.is_missed(known, typed):
        return
    here = house()
    try:
        with here.writing() as session:
            actions.note_missed(session, typed, here.now())
    except SQLAlchemyError as error:
        log.warning("a missed search was not counted: %s", type(error).__name__)
