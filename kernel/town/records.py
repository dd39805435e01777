"""本乡 as stored: settings, villages with their advisers, the telephone directory."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import PrimaryKey, Record


class Town(Record):
    """The township this installation serves: one row."""

    __tablename__ = "town"

    id: Mapped[PrimaryKey]
    name: Mapped[str]
    #: name of the hall, on every paper
    hall: Mapped[str]
    #: 短信签名, without brackets
    signature: Mapped[str]
    #: whether everything in it is invented (示例)
    is_sample: Mapped[bool]
    #: the duty office, never a private mobile
    duty_phone: Mapped[str]
    complaint_phone: Mapped[str]
    address: Mapped[str]
    hours: Mapped[str]
    #: 代办: working days in which papers taken in are carried to the body that accepts them
    carry_days: Mapped[int]
    made_at: Mapped[datetime]


class Village(Record):
    """行政村."""

    __tablename__ = "village"

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    #: as the town counts them; those on file are in `household`
    households: Mapped[int]
    #: by the river: told first when the water rises
    is_riverside: Mapped[bool]
    note: Mapped[str]


class Adviser(Record):
    """咨询员: one of the two people of a village whom the public may ring."""

    __tablename__ = "adviser"
    __table_args__ = (UniqueConstraint("village_id", "place"),)

    id: Mapped[PrimaryKey]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    #: 1: 农村工作指导员; 2: a member of the 三委
    place: Mapped[int]
    name: Mapped[str]
    office: Mapped[str]
    phone: Mapped[str]
    education: Mapped[str]
    term_from_on: Mapped[date | None]
    term_to_on: Mapped[date | None]
    #: the account they log in with, where they have one
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), unique=True)


class Household(Record):
    """户: who holds a guide card. Head and phone are sealed under a key of their own."""

    __tablename__ = "household"
    __table_args__ = (UniqueConstraint("village_id", "group", "door"),)

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(unique=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    #: 村民小组
    group: Mapped[str]
    #: 门牌号
    door: Mapped[str]
    #: place in the walk through the village; cards are printed in this order
    walk: Mapped[int]
    wrapped_key: Mapped[str]
    head_sealed: Mapped[str]
    phone_sealed: Mapped[str]
    #: blind index of village, head and phone: the same household twice in a sheet is seen
    likeness: Mapped[bytes] = mapped_column(index=True)
    #: blind token of what its card alone says: group, door, head; none before it was kept
    face: Mapped[bytes | None]
    #: of the card's QR; reissuing a lost card raises the generation, and the old one dies
    card_generation: Mapped[int]
    card_hash: Mapped[bytes] = mapped_column(unique=True)
    is_gone: Mapped[bool]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class DirectoryUnit(Record):
    """One unit of the telephone directory printed on card and board."""

    __tablename__ = "directory_unit"

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(unique=True)
    group: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    business: Mapped[str]
    place: Mapped[str]
    hours: Mapped[str]
    phone: Mapped[str]
    #: the post that keeps this number right
    owner: Mapped[str]
    #: when somebody last rang to check it, and what came of it
    checked_on: Mapped[date | None]
    checked_note: Mapped[str]
    #: retired from this day on; never deleted, for old papers speak of it
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
