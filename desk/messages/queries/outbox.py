"""待发短信页: what waits, what failed, whom to ring, what it cost, how much arrived."""

from collections.abc import Callable, Collection, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.messages.queries.due import unknown_too_long
from desk.messages.records import MessageSpending, OutboxMessage
from desk.messages.rules.carriers import BY_HAND
from desk.messages.rules.delivery import Delivery, mobile_place
from desk.messages.rules.kinds import MessageKind
from kernel.contact import masked_phone
from kernel.house_session import vault_of

MOST = 50
_RUNG = sa.select(OutboxMessage.key).where(OutboxMessage.rings_at.is_not(None))


class Met(NamedTuple):
    """The texts somebody may meet, by their keys, and which of these are kept from others."""

    seen: Set[str]
    kept: Set[str]


#: what tells that of some keys
Reach = Callable[[Collection[str]], Met]


def _everything(keys: Collection[str]) -> Met:
    return Met(set(keys), set())


@dataclass(frozen=True, slots=True)
class Shown:
    """A message on a list: the number masked."""

    message: OutboxMessage
    number: str
    is_kept: bool


def to_ring(session: Session, reach: Reach = _everything) -> list[Shown]:
    """Return whom to ring up, who has waited longest first."""
    query = (
        sa.select(OutboxMessage)
        .where(OutboxMessage.rings_at.is_not(None))
        .order_by(OutboxMessage.rings_at, OutboxMessage.id)
    )
    return _shown(session, query, reach)


def to_clear(session: Session, now: datetime) -> list[str]:
    """Return the keys of texts that want somebody: to ring up, or in doubt for too long."""
    return [*session.scalars(_RUNG), *unknown_too_long(session, now)]


def standing(
    session: Session, states: Sequence[Delivery], reach: Reach = _everything
) -> list[Shown]:
    """Return the newest messages that stand in one of `states`."""
    query = (
        sa.select(OutboxMessage)
        .where(OutboxMessage.state.in_(states))
        .order_by(OutboxMessage.not_before.desc(), OutboxMessage.id.desc())
    )
    return _shown(session, query, reach)


def in_hand(session: Session) -> Sequence[OutboxMessage]:
    """Return what was fetched for the console and is not yet said to be sent."""
    query = sa.select(OutboxMessage).where(
        OutboxMessage.state == Delivery.SENDING, OutboxMessage.carrier == BY_HAND
    )
    return session.scalars(query.order_by(OutboxMessage.id)).all()


@dataclass(frozen=True, slots=True)
class Cost:
    """What a kind cost in a month."""

    month: str
    kind: MessageKind
    texts: int
    parts: int
    cost_li: int


def costs(session: Session, since_on: date) -> list[Cost]:
    """Return what texts cost by month and kind, the newest month first."""
    query = sa.select(MessageSpending).where(MessageSpending.on >= since_on)
    sums: dict[tuple[str, MessageKind], Cost] = {}
    for one in session.scalars(query):
        place = (f"{one.on:%Y-%m}", one.kind)
        before = sums.get(place, Cost(*place, 0, 0, 0))
        texts, parts = before.texts + one.texts, before.parts + one.parts
        sums[place] = Cost(*place, texts, parts, before.cost_li + one.cost_li)
    return [sums[place] for place in sorted(sums, reverse=True)]


def delivery_rate(session: Session, since_at: datetime) -> tuple[int, int]:
    """Return (delivered, reported on) of what was settled since."""
    delivered = sa.func.count().filter(OutboxMessage.state == Delivery.DELIVERED)
    told = (Delivery.DELIVERED, Delivery.UNDELIVERED, Delivery.FAILED)
    query = sa.select(delivered, sa.func.count()).where(
        OutboxMessage.state.in_(told), OutboxMessage.settled_at >= since_at
    )
    row = session.execute(query).one()
    return row[0], row[1]


def _shown(session: Session, query: sa.Select[tuple[OutboxMessage]], reach: Reach) -> list[Shown]:
    town = vault_of(session).town
    listed = session.scalars(query.limit(MOST)).all()
    met = reach([one.key for one in listed])
    return [
        Shown(
            one,
            masked_phone(town.open(one.mobile, mobile_place(one.uuid))),
            one.key in met.kept,
        )
        for one in listed
        if one.key in met.seen
    ]
