"""够得着的办件: which cases somebody may touch, and with which of the pages common to all windows.

The one place that says so. A window lets in whom its roles say. One with verbs of its own, or
with cases that are not everybody's, says more: desk/rooms.py registers its OwnRule.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries.searching import follows
from desk.cases.records import Case
from desk.cases.rules.access import windows_of
from desk.messages.queries.outbox import Met
from kernel.access import Actor
from services_catalog.rules.items import Window

Condition = sa.ColumnElement[bool]
#: by account, the first to be asked first
Accounts = Sequence[int]
EVERY_CASE: Condition = sa.true()
NO_CASE: Condition = sa.false()
CHUNK = 500
_ABOUT = re.compile(r"case:(\d+):")


def _every_case(actor: Actor) -> Condition:
    return EVERY_CASE


def _nobody(session: Session, case: Case) -> Accounts:
    return ()


@dataclass(frozen=True, slots=True)
class OwnRule:
    """What a window says of its cases beyond the roles that work there."""

    #: the endpoints of desk/cases/pages that work on its cases; None: all of them
    pages: frozenset[str] | None = None
    #: true of those of its cases that this is said of; the others have all of them
    keeps_to: Condition = EVERY_CASE
    #: what is true of those of its cases that somebody may see
    sees: Callable[[Actor], Condition] = _every_case
    #: true of those of its cases whose persons are found and shown at the window alone
    hides: Condition = NO_CASE
    #: who does a case's work while whoever handles it is away
    stands_in: Callable[[Session, Case], Accounts] = _nobody


OwnRules = Mapping[Window, OwnRule]
NO_RULE = OwnRule()
NO_RULES: OwnRules = MappingProxyType({})


def reach(rules: OwnRules, actor: Actor) -> Condition:
    """Return what windows' own rules leave of all cases to somebody; his windows are not in it."""
    own = [(follows(Case.window) != window, rule.sees(actor)) for window, rule in rules.items()]
    return sa.and_(EVERY_CASE, *(sa.or_(elsewhere, seen) for elsewhere, seen in own))


def kept_back(rules: OwnRules) -> Condition:
    """Return what is true of the cases whose persons no list finds and no sheet shows whole."""
    own = [(follows(Case.window) == window, rule.hides) for window, rule in rules.items()]
    return sa.or_(NO_CASE, *(sa.and_(here, hidden) for here, hidden in own))


def cases_told_of(keys: Collection[str]) -> dict[str, int]:
    """Return what texts to people are about, by the keys they were promised under."""
    return {key: int(found[1]) for key in keys if (found := _ABOUT.match(key))}


def texts_in_reach(
    session: Session,
    rules: OwnRules,
    actor: Actor,
    keys: Collection[str],
    about: Mapping[str, int],
) -> Met:
    """Return which texts somebody may meet: about a hidden case, who may see it alone."""
    if not about:
        return Met(set(keys), set())
    hidden = within(session, sorted(set(about.values())), kept_back(rules))
    shut = hidden - within(session, sorted(hidden), reach(rules, actor))
    seen = {key for key in keys if about.get(key) not in shut}
    return Met(seen, {key for key in seen if about.get(key) in hidden})


def within(session: Session, ids: Sequence[int], condition: Condition) -> set[int]:
    """Return which of some cases meet a condition."""
    found: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        some = Case.id.in_(ids[start : start + CHUNK])
        found |= set(session.scalars(sa.select(Case.id).where(some, condition)))
    return found


def may_see(session: Session, rules: OwnRules, case: Case, actor: Actor) -> bool:
    """Say whether somebody works a case's window and may see the case there."""
    if case.window not in windows_of(actor.roles):
        return False
    own = rules.get(case.window, NO_RULE)
    seen = sa.select(Case.id).where(Case.id == case.id, own.sees(actor))
    return session.scalar(seen) is not None


def may_touch(session: Session, rules: OwnRules, case: Case, actor: Actor, page: str) -> bool:
    """Say whether somebody may look at a case, or do a verb to it, on one of the core's pages."""
    own = rules.get(case.window, NO_RULE)
    works = own.pages is None or page in own.pages or not within(session, [case.id], own.keeps_to)
    return works and may_see(session, rules, case, actor)
