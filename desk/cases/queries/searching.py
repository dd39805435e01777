"""搜办件: what somebody types or scans, as the cases it can mean, at a bounded cost.

Every scrap is a set of blind tokens that a case must all have. The rarest leads, newest first,
and no more than the last of SCANS of its cases are looked at: half a common name in a town of a
million cases costs what it costs in one of ten thousand.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from desk.cases.records import Case, CaseSearchToken
from desk.cases.rules.people import sought_pieces
from desk.cases.rules.receipts import read_lookup_code, read_number
from kernel.contact import parse_phone
from kernel.errors import InvalidInput
from kernel.house_session import vault_of
from kernel.identity import DocumentKind, normalised_number
from kernel.text import folded
from kernel.vault import token_hash
from services_catalog.rules.items import Window

Condition = sa.ColumnElement[bool]
LIST_LIMIT = 100
SCANS = (200, 2000)
_CASES_OF = (
    sa.select(CaseSearchToken.case_id)
    .where(CaseSearchToken.token == sa.bindparam("token"))
    .order_by(CaseSearchToken.case_id.desc())
    .limit(SCANS[-1])
)
_FREQUENCY = sa.select(sa.func.count()).select_from(_CASES_OF.subquery())


def find_among(
    session: Session,
    windows: Collection[Window],
    typed: str,
    reach: Condition | None = None,
    unnamed: Condition | None = None,
) -> list[Case]:
    """Return the cases of some windows that what was typed can mean, the newest first.

    A slip's QR, a number, a phone or its last four digits, a document number or its last
    four characters, a name or part of one. `reach`: what must be true of each;
    `unnamed`: what must not be true of one that is found by its persons.
    """
    where: Condition
    mine: Condition = follows(Case.window).in_(windows)
    if reach is not None:
        mine = sa.and_(mine, reach)
    if code := read_lookup_code(typed):
        where = Case.lookup_hash == token_hash(code)
    elif number := read_number(typed):
        where = Case.number == number
    else:
        named = mine if unnamed is None else sa.and_(mine, ~unnamed)
        where = Case.id.in_(_by_tokens(session, named, typed))
    query = sa.select(Case).where(where, mine)
    return list(session.scalars(query.order_by(Case.id.desc())))


def follows(column: sa.ColumnElement[Any] | InstrumentedAttribute[Any]) -> sa.ColumnElement[Any]:
    """Return a column that narrows and never leads.

    A planner without statistics thinks little of how many cases a window has, and would begin
    with all of them instead of the few that were just found.
    """
    return sa.func.coalesce(column, column)


def _by_tokens(session: Session, mine: Condition, typed: str) -> list[int]:
    blind = vault_of(session).blind
    found: set[int] = set()
    for kind, texts in _meanings(typed):
        tokens = sorted({blind(kind, text) for text in texts})
        found |= _having(session, mine, tokens) if tokens else set()
    return sorted(found, reverse=True)[:LIST_LIMIT]


def _having(session: Session, mine: Condition, tokens: Sequence[bytes]) -> set[int]:
    """Return the newest cases that have all of `tokens`, however many somebody typed."""
    rarest, *others = _rarest_first(session, tokens)
    found: Sequence[int] = ()
    for before, scan in pairwise((0, *SCANS)):
        if before and len(found) < LIST_LIMIT and not _has_more(session, rarest, before):
            break
        found = session.scalars(_matching(mine, rarest, others, scan)).all()
        if len(found) == LIST_LIMIT:
            break
    return set(found)


def _rarest_first(session: Session, tokens: Sequence[bytes]) -> list[bytes]:
    """Return the tokens, the one with the fewest cases first; past the limit all are as common."""
    if len(tokens) == 1:
        return list(tokens)
    common = {token: session.scalar(_FREQUENCY, {"token": token}) or 0 for token in tokens}
    return sorted(tokens, key=lambda token: common[token])


def _has_more(session: Session, token: bytes, than: int) -> bool:
    beyond = _CASES_OF.offset(than).limit(1)
    return session.scalar(beyond, {"token": token}) is not None


def _matching(
    mine: Condition, rarest: bytes, others: Sequence[bytes], scan: int
) -> sa.Select[tuple[int]]:
    """Select the newest among the first `scan` cases of one token that have the others too."""
    lead = (
        sa.select(CaseSearchToken.case_id)
        .where(CaseSearchToken.token == rarest)
        .order_by(CaseSearchToken.case_id.desc())
        .limit(scan)
        .subquery()
    )
    query = sa.select(Case.id).join(lead, lead.c.case_id == Case.id)
    for token in others:
        also = aliased(CaseSearchToken)
        has = sa.select(also.case_id).where(also.token == token, also.case_id == lead.c.case_id)
        query = query.where(has.exists())
    query = query.where(mine)
    return query.order_by(lead.c.case_id.desc()).limit(LIST_LIMIT)


def _meanings(typed: str) -> list[tuple[str, list[str]]]:
    """Return what the words may mean: (kind of token, all the texts it must have)."""
    plain = folded(typed)
    found = [("name", sought_pieces(plain))]
    if len(plain) == 4:
        found += [("phone4", [plain]), ("document4", [plain.upper()])]
    return [*found, *_as_phone(plain), *_as_document(typed)]


def _as_phone(plain: str) -> list[tuple[str, list[str]]]:
    try:
        return [("phone", [parse_phone(plain).stored])]
    except InvalidInput:
        return []


def _as_document(typed: str) -> list[tuple[str, list[str]]]:
    """Return the number in the stored form of every kind of document it can be of."""
    numbers = set()
    for kind in DocumentKind:
        try:
            numbers.add(normalised_number(kind, typed))
        except InvalidInput:
            continue
    return [("document", [number]) for number in numbers if number]
