"""词语查询: the town's table of words, and what people searched for in vain."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services_catalog.records.words import MissedSearch, Synonym
from services_catalog.rules.misses import IGNORED
from services_catalog.rules.search.synonyms import Synonyms, synonyms
from services_catalog.rules.wordlist import table_rows

_WORDS = sa.select(Synonym.word, Synonym.meanings).order_by(Synonym.word)


def town_words(session: Session, part: str = "") -> list[tuple[str, str]]:
    """Return the table of words with their meanings, or those rows that hold `part`."""
    query = _WORDS
    if part:
        holds = (
            column.contains(part, autoescape=True) for column in (Synonym.word, Synonym.meanings)
        )
        query = query.where(sa.or_(*holds))
    return [(row.word, row.meanings) for row in session.execute(query)]


def town_synonyms(session: Session) -> Synonyms:
    """Return the table as the search reads it."""
    return synonyms(table_rows(town_words(session)))


def has_words(session: Session) -> bool:
    """Say whether the table was filled."""
    return session.scalar(sa.select(sa.exists().where(Synonym.word.is_not(None)))) is True


def meanings_of(session: Session, word: str) -> str:
    """Return what a word means, or nothing."""
    row = session.get(Synonym, word)
    return row.meanings if row else ""


def missed(session: Session, limit: int) -> Sequence[MissedSearch]:
    """Return what was searched for in vain, the most wanted first."""
    query = sa.select(MissedSearch).where(MissedSearch.times > IGNORED)
    order = (MissedSearch.times.desc(), MissedSearch.last_at.desc(), MissedSearch.words)
    return session.scalars(query.order_by(*order).limit(limit)).all()


def missed_words(session: Session, words: str) -> MissedSearch:
    """Return one entry of what was searched for in vain. Raises NotFound."""
    found = session.get(MissedSearch, words)
    if found is None:
        raise NotFound
    return found
