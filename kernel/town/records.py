"""本乡 as stored: settings, villages with their advisers, the telephone directory."""

from datetime import datetime

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
    """行政村, with the two advisers (咨询员) the public may ring."""

    __tablename__ = "village"

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    households: Mapped[int]
    #: by the river: told first when the water rises
    is_riverside: Mapped[bool]
    adviser_1: Mapped[str]
    adviser_1_office: Mapped[str]
    adviser_1_phone: Mapped[str]
    adviser_2: Mapped[str]
    adviser_2_office: Mapped[str]
    adviser_2_phone: Mapped[str]
    note: Mapped[str]


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
