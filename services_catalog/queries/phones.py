"""电话查询: the numbers of items as people see them, with what the directory says today."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from kernel.town.records import DirectoryUnit
from services_catalog.records import ItemVersion
from services_catalog.rules.phones import PHONE_FIELDS, referred, resolve_phones

_NUMBERS = sa.select(DirectoryUnit.code, DirectoryUnit.phone).order_by(DirectoryUnit.code)
_LASTING = _NUMBERS.where(DirectoryUnit.closed_on.is_(None))
_SOME_NUMBERS = _NUMBERS.where(DirectoryUnit.code.in_(sa.bindparam("codes", expanding=True)))


def numbers(session: Session) -> dict[str, str]:
    """Return the number of every unit of the directory by its code, those that end left out."""
    return {row.code: row.phone for row in session.execute(_LASTING)}


def numbers_in(session: Session, texts: Iterable[str]) -> Mapping[str, str]:
    """Return the numbers that some stored texts refer to; asks nothing where none does."""
    codes = frozenset[str]().union(*map(referred, texts))
    if not codes:
        return {}
    rows = session.execute(_SOME_NUMBERS, {"codes": sorted(codes)})
    return {row.code: row.phone for row in rows}


def phone_words(session: Session, text: str) -> str:
    """Return one stored text of numbers as people see it: for whoever reads it off a record."""
    return resolve_phones(text, numbers_in(session, [text]))


def shown(session: Session, versions: Iterable[ItemVersion]) -> None:
    """Let versions say their numbers as people see them. What is stored stays as it is."""
    known = list(versions)
    texts = [getattr(version, field) for version in known for field in PHONE_FIELDS]
    directory = numbers_in(session, texts)
    if not directory:
        return
    for version in known:
        for field in PHONE_FIELDS:
            seen = resolve_phones(getattr(version, field), directory)
            set_committed_value(version, field, seen)
