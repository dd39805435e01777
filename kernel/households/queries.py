"""户籍查询: questions about households. Heads and phones come out of their seals here only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from kernel.house_session import vault_of
from kernel.households.rules import CARD_PURPOSE, NO_DOOR
from kernel.text import folded
from kernel.town.records import Household, Village
from kernel.vault import token_hash


@dataclass(frozen=True, slots=True)
class Opened:
    """A household with its seals open. Its repr is silent, for logs are read."""

    household: Household
    head: str = field(repr=False)
    phone: str = field(repr=False)


class Home(NamedTuple):
    """A household on the walk with what its card is made of, still sealed: read by the thousand."""

    id: int
    uuid: str
    group: str
    door: str
    walk: int
    face: bytes | None
    card_generation: int
    wrapped_key: str
    head_sealed: str


_HOME = [getattr(Household, name) for name in Home._fields]


def by_card(session: Session, code: str) -> Household | None:
    """Return the household that holds the living card with this code, or None."""
    mine = (Household.card_hash == token_hash(code), Household.is_gone.is_(False))
    return session.scalar(sa.select(Household).where(*mine))


def by_id(session: Session, household_id: int) -> Household:
    """Return a household. Raises NotFound."""
    found = session.get(Household, household_id)
    if found is None:
        raise NotFound
    return found


def of_village(session: Session, village_id: int) -> list[Household]:
    """Return the living households of a village in walking order."""
    return list(session.scalars(_walked(sa.select(Household), village_id)))


def homes(session: Session, village_id: int) -> list[Home]:
    """Return the same households as their cards are made of them."""
    return [Home(*row) for row in session.execute(_walked(sa.select(*_HOME), village_id))]


def _walked(query: sa.Select[Any], village_id: int) -> sa.Select[Any]:
    mine = (Household.village_id == village_id, Household.is_gone.is_(False))
    order = (Household.walk, Household.door.startswith(NO_DOOR), Household.id)
    return query.where(*mine).order_by(*order)


def opened(session: Session, household: Household) -> Opened:
    """Open the seals of one household."""
    key = vault_of(session).person_key(household.wrapped_key, household.uuid)
    head = key.open(household.head_sealed, place_of("head", household.uuid))
    sealed = household.phone_sealed
    phone = key.open(sealed, place_of("phone", household.uuid)) if sealed else ""
    return Opened(household, head, phone)


def head_of(session: Session, home: Home) -> str:
    """Open the name of a household's head."""
    key = vault_of(session).person_key(home.wrapped_key, home.uuid)
    return key.open(home.head_sealed, place_of("head", home.uuid))


def card_code(session: Session, household: Household | Home) -> str:
    """Return the code of a household's card, computed anew for each print."""
    return vault_of(session).token(CARD_PURPOSE, household.uuid, household.card_generation)


def place_of(column: str, uuid: str) -> str:
    """Return what a sealed value is bound to."""
    return f"household|{column}|{uuid}"


def villages_by_name(session: Session) -> dict[str, str]:
    """Return every village's code by its folded name and by its folded code."""
    rows = session.execute(sa.select(Village.code, Village.name)).all()
    return {folded(text): row.code for row in rows for text in (row.name, row.code)}


def standing(session: Session, village_id: int) -> dict[tuple[str, str], Household]:
    """Return every household on file of a village by group and door, folded."""
    mine = sa.select(Household).where(Household.village_id == village_id)
    return {(folded(one.group), folded(one.door)): one for one in session.scalars(mine)}


def numbers(session: Session) -> dict[int, int]:
    """Return how many living households each village has on file."""
    query = sa.select(Household.village_id, sa.func.count()).where(Household.is_gone.is_(False))
    return {row[0]: row[1] for row in session.execute(query.group_by(Household.village_id))}


def named(session: Session, households: Sequence[Household]) -> list[Opened]:
    """Open the seals of several households."""
    return [opened(session, one) for one in households]
