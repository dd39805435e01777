"""折旧查询: what a month takes off each asset, drafted or still to be drafted."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.records import AssetWear, FixedAsset
from desk.windows.village_accounts.rules.depreciation import Wear, share, worn


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
        asset.acquired_on, asset.cost_fen, asset.residual_fen, asset.months, asset.retired_on
    )


def month_of_wear(session: Session, set_id: int, period: int) -> list[WearLine]:
    """Return what a month takes off, asset by asset; nothing where nothing wears."""
    assets = session.scalars(
        sa.select(FixedAsset).where(FixedAsset.set_id == set_id).order_by(FixedAsset.code)
    ).all()
    query = sa.select(AssetWear).where(
        AssetWear.period == period, AssetWear.asset_id.in_([one.id for one in assets])
    )
    taken = {one.asset_id: one.fen for one in session.scalars(query)}
    lines = []
    for one in assets:
        fen = taken.get(one.id, share(wear_of(one), period))
        if fen:
            lines.append(WearLine(one, fen, worn(wear_of(one), period), one.id in taken))
    return lines
