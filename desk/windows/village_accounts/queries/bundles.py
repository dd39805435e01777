"""报账查询: bundles by whose turn it is, what is signed, why they went back, the town's limits."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases import queries as cases
from desk.cases.records import Case, Countdown
from desk.cases.rules.lights import Light, Seen, shown
from desk.windows.village_accounts.queries.originals import uses_of
from desk.windows.village_accounts.queries.sets import account_set, is_clerk
from desk.windows.village_accounts.records import (
    AccountSet,
    AccountSettings,
    Bundle,
    BundleReturn,
    BundleSignature,
    OriginalUse,
    VillageClerk,
)
from desk.windows.village_accounts.rules.bundles import ENDED, WORKERS_AT, Station
from desk.windows.village_accounts.rules.settings import Limits
from desk.windows.village_accounts.rules.signing import Signed
from kernel.access import Actor
from kernel.errors import NotFound
from kernel.house_session import vault_of
from services_catalog.rules.items import Window

ONLY_ROW = 1
WINDOW = Window.VILLAGE_ACCOUNTS
LIST_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A bundle for a list."""

    case: Case
    bundle: Bundle
    books: AccountSet
    total: int
    due_on: date | None
    light: Light | None


def limits(session: Session) -> Limits:
    """Return what the town decided."""
    row = session.get_one(AccountSettings, ONLY_ROW)
    return Limits(**{one.name: getattr(row, one.name) for one in fields(Limits)})


def of_case(session: Session, number: str, actor: Actor) -> tuple[Case, Bundle, AccountSet]:
    """Return a bundle whose books the actor may see. Raises: NotFound."""
    case = cases.at_window(session, WINDOW, number)
    bundle = session.get(Bundle, case.id)
    if bundle is None:
        raise NotFound
    return case, bundle, account_set(session, bundle.set_id, actor)


def of_entry(session: Session, entry_id: int) -> Bundle | None:
    """Return the bundle an entry was made from, or None."""
    return session.scalar(sa.select(Bundle).where(Bundle.entry_id == entry_id))


def total(session: Session, bundle: Bundle) -> int:
    """Return what a bundle comes to, in fen."""
    return sum(use.amount_fen for use, _ in uses_of(session, bundle))


def signed(session: Session, bundle: Bundle) -> list[Signed]:
    """Return the signatures that were recorded."""
    town = vault_of(session).town
    query = sa.select(BundleSignature).where(BundleSignature.bundle_id == bundle.case_id)
    return [
        Signed(one.part, town.open(one.name_sealed, signature_place(one.uuid)), one.signed_on)
        for one in session.scalars(query.order_by(BundleSignature.id))
    ]


def signature_place(uuid: str) -> str:
    """Return what binds a sealed name to its signature."""
    return f"bundle_signature|name|{uuid}"


def returns(session: Session, bundle: Bundle) -> Sequence[BundleReturn]:
    """Return the slips with which a bundle went back, the newest first."""
    query = sa.select(BundleReturn).where(BundleReturn.bundle_id == bundle.case_id)
    return session.scalars(query.order_by(BundleReturn.id.desc())).all()


def waiting_for(session: Session, actor: Actor, now: datetime, today: date) -> list[Row]:
    """Return the bundles that lie with the actor: by the posts held, of the own village alone."""
    mine = [station for station, roles in WORKERS_AT.items() if actor.is_any(*roles)]
    return _rows(session, actor, Bundle.station.in_(mine), (now, today))


def elsewhere(session: Session, actor: Actor, now: datetime, today: date) -> list[Row]:
    """Return the open bundles that lie with somebody else."""
    mine = [station for station, roles in WORKERS_AT.items() if actor.is_any(*roles)]
    there = Bundle.station.not_in([*mine, *ENDED])
    return _rows(session, actor, there, (now, today))


def of_set(session: Session, actor: Actor, set_id: int, now: datetime, today: date) -> list[Row]:
    """Return all bundles of a set, the newest first."""
    books = account_set(session, set_id, actor)
    return _rows(session, actor, Bundle.set_id == books.id, (now, today))[::-1]


def _rows(
    session: Session, actor: Actor, which: sa.ColumnElement[bool], when: tuple[datetime, date]
) -> list[Row]:
    total = (
        sa.select(sa.func.coalesce(sa.func.sum(OriginalUse.amount_fen), 0))
        .where(OriginalUse.bundle_id == Bundle.case_id)
        .scalar_subquery()
    )
    query = (
        sa.select(Case, Bundle, AccountSet, total)
        .join(Bundle, Bundle.case_id == Case.id)
        .join(AccountSet, AccountSet.id == Bundle.set_id)
        .where(which)
        .order_by(Case.id)
        .limit(LIST_LIMIT)
    )
    if is_clerk(actor):
        own = sa.select(VillageClerk.village_id).where(VillageClerk.staff_id == actor.staff_id)
        query = query.where(AccountSet.village_id.in_(own))
    found = session.execute(query).all()
    runs = _running(session, [one[0].id for one in found], *when)
    return [
        Row(case, bundle, books, int(fen), *runs.get(case.id, (None, None)))
        for case, bundle, books, fen in found
    ]


def _running(
    session: Session, ids: list[int], now: datetime, today: date
) -> dict[int, tuple[date | None, Light | None]]:
    query = sa.select(Countdown).where(Countdown.case_id.in_(ids), Countdown.ended_at.is_(None))
    return {
        one.case_id: (
            one.due_on,
            shown(Seen(one.yellow_on, one.over_at, one.yellow_at, one.red_at), now, today),
        )
        for one in session.scalars(query)
    }


def running(
    session: Session, case: Case, now: datetime, today: date
) -> tuple[date | None, Light | None]:
    """Return until when a bundle waits where it lies, and how near that is."""
    return _running(session, [case.id], now, today).get(case.id, (None, None))


def is_in(station: Station, actor: Actor) -> bool:
    """Say whether the actor works where a bundle lies."""
    return actor.is_any(*WORKERS_AT.get(station, frozenset()))
