"""上限: how many texts a number gets in a day, what they cost, and a carrier that keeps failing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from desk.messages.queries import keeping
from desk.messages.records import CarrierBreaker, MessageSpending, ReaderDay
from desk.messages.rules.delivery import Verdict
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.money import open_until
from kernel.database import prebuilt, table_of

#: what shows that a carrier works, whatever it says of a text
_ALIVE = frozenset({Verdict.ACCEPTED, Verdict.REFUSED, Verdict.NO_READER})
#: certainly not sent: it costs nothing
NOT_BILLED = frozenset({Verdict.REFUSED, Verdict.NO_READER, Verdict.TRY_LATER})
_DAYS = table_of(ReaderDay)
_SPENDING = table_of(MessageSpending)
_BREAKERS = table_of(CarrierBreaker)


def _named(*names: str) -> dict[str, sa.BindParameter[object]]:
    return {name: sa.bindparam(name) for name in names}


_TAKE = prebuilt(
    sqlite.insert(_DAYS)
    .values(**_named("reader", "on"), texts=1)
    .on_conflict_do_update(
        index_elements=["reader", "on"],
        set_={"texts": _DAYS.c.texts + 1},
        where=_DAYS.c.texts < sa.bindparam("cap", type_=sa.Integer),
    )
    .returning(_DAYS.c.texts)
)
_ADDED = ("texts", "parts", "cost_li")
_charging = sqlite.insert(_SPENDING).values(_named("on", "kind", *_ADDED))
_CHARGE = prebuilt(
    _charging.on_conflict_do_update(
        index_elements=["on", "kind"],
        set_={name: _SPENDING.c[name] + _charging.excluded[name] for name in _ADDED},
    )
)
_FAILED = prebuilt(
    sqlite.insert(_BREAKERS)
    .values(**_named("carrier"), errors=1, open_until=None)
    .on_conflict_do_update(index_elements=["carrier"], set_={"errors": _BREAKERS.c.errors + 1})
    .returning(_BREAKERS.c.errors)
)


def take_place(session: Session, reader: bytes, today: date, cap: int) -> int | None:
    """Take one of the day's places of a number, all rooms together: which, or None was left.

    One statement, so that two workers never take the same place.
    """
    taken = session.execute(_TAKE, {"reader": reader, "on": today, "cap": cap}).first()
    return int(taken[0]) if taken else None


def charge(session: Session, today: date, parts: Iterable[tuple[MessageKind, int]]) -> None:
    """Add texts to what a day cost, each (its kind, its parts)."""
    _charge(session, today, parts, 1)


def take_back(session: Session, today: date, parts: Iterable[tuple[MessageKind, int]]) -> None:
    """Take back from what a day cost what certainly did not go out."""
    _charge(session, today, parts, -1)


def _charge(
    session: Session, today: date, parts: Iterable[tuple[MessageKind, int]], sign: int
) -> None:
    by_kind: defaultdict[MessageKind, list[int]] = defaultdict(list)
    for kind, number in parts:
        by_kind[kind].append(number)
    part_li = keeping.settings(session).part_li if by_kind else 0
    for kind, numbers in by_kind.items():
        texts, billed = sign * len(numbers), sign * sum(numbers)
        added = {"on": today, "kind": kind, "texts": texts, "parts": billed}
        session.execute(_CHARGE, added | {"cost_li": billed * part_li})


def heard(session: Session, carrier: str, verdict: Verdict, now: datetime) -> None:
    """Count a carrier's failures in a row; after ten it is left alone for a while."""
    if verdict in _ALIVE:
        mended = sa.update(_BREAKERS).where(_BREAKERS.c.carrier == carrier, _BREAKERS.c.errors > 0)
        session.execute(mended.values(errors=0, open_until=None))
        return
    failures = session.execute(_FAILED, {"carrier": carrier}).scalar_one()
    until = open_until(failures, now)
    if until is not None:
        closing = sa.update(_BREAKERS).where(_BREAKERS.c.carrier == carrier)
        session.execute(closing.values(open_until=until))
