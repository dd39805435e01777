"""路线图 as stored: each edition stays as it was; a running project keeps the one it began with."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import PrimaryKey, Record


class RoadMap(Record):
    """路线图的一版: of a kind of project. The highest number is the one to begin with."""

    __tablename__ = "road_map"
    __table_args__ = (UniqueConstraint("code", "number"),)

    id: Mapped[PrimaryKey]
    #: which kind of project; all editions of it share it
    code: Mapped[str]
    number: Mapped[int]
    name: Mapped[str]
    note: Mapped[str]
    made_at: Mapped[datetime]
    #: None: it came with the house
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class RoadMapErrand(Record):
    """图上的事项: an item of the catalogue in its place."""

    __tablename__ = "road_map_errand"

    map_id: Mapped[int] = mapped_column(ForeignKey("road_map.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    milestone: Mapped[str]
    #: 事项编码
    item_code: Mapped[str]
    #: 主办; 协办, parted by 、
    lead: Mapped[str]
    assisting: Mapped[str]
    #: the enterprise's own working days
    preparation_days: Mapped[int]


class RoadMapNeed(Record):
    """前置: an errand of a road map that has to be finished before another."""

    __tablename__ = "road_map_need"

    map_id: Mapped[int] = mapped_column(ForeignKey("road_map.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    need: Mapped[str] = mapped_column(primary_key=True)
