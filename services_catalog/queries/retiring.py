"""停用单位查询: which items ring a unit, and which prints in people's hands bear its number."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.town.records import DirectoryUnit, Household, Village
from services_catalog.records import ItemVersion, ServiceItem
from services_catalog.records.cards import Board, CardIssue, PrintedContent
from services_catalog.rules.items import VersionState
from services_catalog.rules.phones import PHONE_FIELDS, reference
from services_catalog.rules.prints.kinds import canonical


class Ringing(NamedTuple):
    """An item with a version, published or a draft, that rings a unit."""

    code: str
    title: str


class Bearing(NamedTuple):
    """How many prints bear a unit's number, and in which villages they are."""

    cards: int
    boards: int
    villages: list[str]


def ringing(session: Session, unit: DirectoryUnit) -> list[Ringing]:
    """Return the items that ring a unit, each once."""
    said = [getattr(ItemVersion, field).contains(reference(unit.code)) for field in PHONE_FIELDS]
    query = (
        sa.select(ServiceItem.code, ItemVersion.title)
        .join(ItemVersion, ItemVersion.item_id == ServiceItem.id)
        .where(ItemVersion.state != VersionState.SUPERSEDED, sa.or_(*said))
        .order_by(ServiceItem.code, ItemVersion.number)
    )
    rows = session.execute(query).tuples()
    return [Ringing(code, title) for code, title in dict(rows.all()).items()]


def bearing(session: Session, unit: DirectoryUnit) -> Bearing:
    """Return the living cards and the boards whose words hold a unit's number."""
    number = canonical({"phone": unit.phone})[1:-1]
    bears = PrintedContent.content.contains(number, autoescape=True)
    cards = (
        sa.select(Village.name, sa.func.count())
        .join(Household, Household.village_id == Village.id)
        .join(CardIssue, CardIssue.household_id == Household.id)
        .join(PrintedContent, PrintedContent.digest == CardIssue.digest)
        .where(CardIssue.ended_on.is_(None), Household.is_gone.is_(False), bears)
    )
    boards = (
        sa.select(Village.name, sa.func.count())
        .join(Board, Board.village_id == Village.id)
        .join(PrintedContent, PrintedContent.digest == Board.digest)
        .where(bears)
    )
    held, hung = (
        dict(session.execute(query.group_by(Village.code, Village.name)).tuples().all())
        for query in (cards, boards)
    )
    return Bearing(sum(held.values()), sum(hung.values()), list({**held, **hung}))
