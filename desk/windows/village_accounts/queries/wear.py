"""折旧查询: what a month takes off each asset, drafted or still to be drafted."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.queries.balances import balance_now
from desk.windows.village_accounts.queries.entries import is_taken_back
from desk.windows.village_accounts.records import AccountSet, AssetWear, FixedAsset
from desk.windows.village_accounts.rules.depreciation import (
    ACCUMULATED_CODE,
    Wear,
    share,
    worn_before,
)


@dataclass(frozen=True, slots=True)
class WearLine:
    """One line of 折旧计算表."""

    asset: FixedAsset
    fen: int
    #: what has been taken off by the end of the month
    worn: int
    is_drafted: bool

    @property
    def left(self) -> int:
        """Return the book value at the end of the month."""
        return self.asset.cost_fen - self.worn


def wear_of(asset: FixedAsset) -> Wear:
    """Return what the rule needs to know of an asset."""
    return Wear(
        asset.acquired_on,
        asset.cost_fen,
        asset.residual_fen,
        asset.months,
        asset.retired_on,
        asset.opening_wear_fen,
    )


@dataclass(frozen=True, slots=True)
class OpeningWear:
    """What assets had lost before the books began: by the register, and by the books."""

    register_fen: int
    books_fen: int


def opening_wear(session: Session, books: AccountSet) -> OpeningWear | None:
    """Return what both say until the first wear is taken; afterwards None: they have moved on."""
    begun = sa.select(AssetWear.asset_id).join(FixedAsset).where(FixedAsset.set_id == books.id)
    if session.scalar(begun.where(~is_taken_back(AssetWear.entry_id)).limit(1)) is not None:
        return None
    assets = session.scalars(
        sa.select(FixedAsset).where(FixedAsset.set_id == books.id, FixedAsset.retired_on.is_(None))
    )
    register = sum(worn_before(wear_of(one), books.first_period) for one in assets)
    leaves = sets.leaves_below(session, books.id, ACCUMULATED_CODE)
    return OpeningWear(register, -sum(balance_now(session, one.id) for one in leaves))


def month_of_wear(session: Session, set_id: int, period: int) -> list[WearLine]:
    """Return what a month takes off, asset by asset; nothing where nothing wears."""
    books = session.get_one(AccountSet, set_id)
    assets = session.scalars(
        sa.select(FixedAsset).where(FixedAsset.set_id == set_id).order_by(FixedAsset.code)
    ).all()
    taken = _taken(session, [one.id for one in assets])
    found = (_line(one, taken.get(one.id, {}), books.first_period, period) for one in assets)
    return [one for one in found if one.fen]


def _taken(session: Session, assets: list[int]) -> dict[int, dict[int, int]]:
    """Return what stands of each asset's wear, month by month: not what was taken back."""
    query = sa.select(AssetWear).where(
        AssetWear.asset_id.in_(assets), ~is_taken_back(AssetWear.entry_id)
    )
    taken: dict[int, dict[int, int]] = {}
    for one in session.scalars(query):
        taken.setdefault(one.asset_id, {})[one.period] = one.fen
    return taken


def _line(asset: FixedAsset, taken: dict[int, int], first_period: int, period: int) -> WearLine:
    wear = wear_of(asset)
    before = worn_before(wear, first_period)
    still = share(wear, first_period, period, before + sum(taken.values()))
    fen = taken.get(period, still)
    earlier = sum(one for month, one in taken.items() if month < period)
    return WearLine(asset, fen, before + earlier + fen, period in taken)
