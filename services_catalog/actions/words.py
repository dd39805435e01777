"""找得到: keep the town's table of words, and learn from what was searched for in vain."""

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from kernel.access import HOUSE, Actor
from kernel.audit.actions import record
from kernel.editions import Edition, raise_edition
from kernel.errors import NotFound
from kernel.tables import read_csv
from services_catalog import queries
from services_catalog.actions.keeping import add_name
from services_catalog.queries import words as known
from services_catalog.records.words import MissedSearch, Synonym
from services_catalog.rules.misses import IGNORED, MOST_ROWS, kept_words
from services_catalog.rules.wordlist import BETWEEN, stored_words

#: the words a new town begins with
STARTER_WORDS = Path(__file__).parents[1] / "starter" / "synonyms.csv"
_TIMES = sa.select(MissedSearch.times).where(MissedSearch.words == sa.bindparam("words"))
_ROWS = sa.select(sa.func.count()).select_from(MissedSearch)
_RAREST = (
    sa.select(MissedSearch.words)
    .where(MissedSearch.times > IGNORED)
    .order_by(MissedSearch.times, MissedSearch.last_at)
    .limit(1)
)


def load_synonyms(session: Session, now: datetime) -> int:
    """Add the starter's words that the table does not have yet; return how many.

    What staff wrote about a word stays as they wrote it.
    """
    rows = stored_words(read_csv(STARTER_WORDS.name, STARTER_WORDS.read_bytes())[1:])
    there = dict(known.town_words(session))
    fresh = [Synonym(word=word, meanings=rows[word]) for word in rows if word not in there]
    if fresh:
        session.add_all(fresh)
        raise_edition(session, Edition.CATALOGUE)
        record(session, HOUSE, "synonyms.loaded", "synonyms:starter", now, added=len(fresh))
    return len(fresh)


def load_first_synonyms(session: Session, now: datetime) -> None:
    """Fill a table that holds nothing: of a new town, or of one older than the table."""
    if not known.has_words(session):
        load_synonyms(session, now)


def save_word(session: Session, actor: Actor, word: str, meanings: str, now: datetime) -> None:
    """Write what a word means, in place of what was there."""
    row = session.get(Synonym, word)
    if row is None:
        session.add(Synonym(word=word, meanings=meanings))
    elif row.meanings == meanings:
        return
    else:
        row.meanings = meanings
    raise_edition(session, Edition.CATALOGUE)
    record(session, actor, "synonyms.saved", f"synonym:{word}", now, meanings=meanings)


def remove_word(session: Session, actor: Actor, word: str, now: datetime) -> None:
    """Take a word out of the table. Raises NotFound."""
    row = session.get(Synonym, word)
    if row is None:
        raise NotFound
    session.delete(row)
    raise_edition(session, Edition.CATALOGUE)
    record(session, actor, "synonyms.removed", f"synonym:{word}", now, meanings=row.meanings)


def note_missed(session: Session, words: str, now: datetime) -> None:
    """Count words that somebody searched for in vain; words that may name a person are not kept.

    The table is bounded: a new entry takes the place of the rarest, oldest one.
    """
    words = kept_words(words)
    times = session.scalar(_TIMES, {"words": words})
    if not words or times == IGNORED:
        return
    if times is None and (session.scalar(_ROWS) or 0) >= MOST_ROWS:
        rarest = _RAREST.scalar_subquery()
        session.execute(sa.delete(MissedSearch).where(MissedSearch.words == rarest))
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(
        insert(MissedSearch)
        .values(words=words, times=1, last_at=now)
        .on_conflict_do_update(
            index_elements=[MissedSearch.words],
            set_={"times": MissedSearch.times + 1, "last_at": now},
        )
    )


def name_missed(session: Session, actor: Actor, words: str, code: str, now: datetime) -> None:
    """Make words that found nothing an everyday name of an item. Raises NotFound."""
    missed = known.missed_words(session, words)
    queries.published(session, code)
    add_name(session, actor, code, words, now)
    session.delete(missed)


def explain_missed(
    session: Session, actor: Actor, words: str, meanings: str, now: datetime
) -> None:
    """Put words that found nothing into the table, beside what the table says. Raises NotFound."""
    missed = known.missed_words(session, words)
    already = known.meanings_of(session, words)
    told = [*already.split(BETWEEN), *meanings.split(BETWEEN)]
    save_word(session, actor, words, BETWEEN.join(dict.fromkeys(filter(None, told))), now)
    session.delete(missed)


def ignore_missed(session: Session, actor: Actor, words: str, now: datetime) -> None:
    """Say that some words need nothing; they are not listed again. Raises NotFound."""
    known.missed_words(session, words).times = IGNORED
    record(session, actor, "missed.ignored", "missed:words", now, words=words)
