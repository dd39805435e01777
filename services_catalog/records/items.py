"""办事目录 as stored: items, what villagers call them, their versions and materials."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from kernel.database import PrimaryKey, Record
from services_catalog.rules.items import FormKind, Handling, VersionState, Window
from services_catalog.rules.limits import LimitUnit, TimeLimit

_PUBLISHED = sa.text("state = 'published'")


class ServiceItem(Record):
    """政务服务事项: one thing that can be asked for, whatever it says at present."""

    __tablename__ = "service_item"

    id: Mapped[PrimaryKey]
    #: 实施编码, or one derived from department and title where the sheet has none
    code: Mapped[str] = mapped_column(unique=True)
    window: Mapped[Window] = mapped_column(index=True)
    #: the post that answers for what it says
    owner: Mapped[str]
    #: when somebody has to look at it again
    review_on: Mapped[date | None]


class EverydayName(Record):
    """俗称: what villagers call an item; the first is the best known."""

    __tablename__ = "everyday_name"

    item_id: Mapped[int] = mapped_column(ForeignKey("service_item.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]


class ItemVersion(Record):
    """What an item says from one publication to the next. Facts are never changed.

    Empty text is an unanswered field, and stands only in drafts where the field is required.
    """

    __tablename__ = "item_version"
    __table_args__ = (
        sa.UniqueConstraint("item_id", "number"),
        sa.Index(
            "ix_item_version_published",
            "item_id",
            unique=True,
            sqlite_where=_PUBLISHED,
            postgresql_where=_PUBLISHED,
        ),
    )

    id: Mapped[PrimaryKey]
    item_id: Mapped[int] = mapped_column(ForeignKey("service_item.id"))
    number: Mapped[int]
    state: Mapped[VersionState]
    title: Mapped[str]
    #: 专窗: the chapter of the handbook and of the public list
    section: Mapped[str]
    handling: Mapped[Handling]
    item_type: Mapped[str]
    #: 实施主体
    body: Mapped[str]
    #: 服务对象
    audience: Mapped[str]
    statutory_amount: Mapped[int]
    statutory_unit: Mapped[LimitUnit]
    promised_amount: Mapped[int]
    promised_unit: Mapped[LimitUnit]
    limit_note: Mapped[str]
    conditions: Mapped[str]
    #: whether 申请材料 was answered; with no rows in `material` the answer is 无
    has_materials_answer: Mapped[bool]
    steps: Mapped[str]
    fee: Mapped[str]
    place: Mapped[str]
    hours: Mapped[str]
    phone: Mapped[str]
    complaint_phone: Mapped[str]
    faq: Mapped[str]
    basic_code: Mapped[str]
    #: 行使层级
    level: Mapped[str]
    #: 到办事现场次数
    visits: Mapped[str]
    themes: Mapped[str]
    #: 协办部门
    joint_bodies: Mapped[str]
    #: why it is a draft, in a sentence; empty once published
    draft_reason: Mapped[str]
    #: of all facts (rules.items.digest), so that an import sees what is unchanged
    digest: Mapped[bytes]
    made_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    superseded_at: Mapped[datetime | None]

    statutory: Mapped[TimeLimit] = composite("statutory_amount", "statutory_unit")
    promised: Mapped[TimeLimit] = composite("promised_amount", "promised_unit")
    item: Mapped[ServiceItem] = relationship(lazy="raise")


class Material(Record):
    """申请材料: one paper to bring, in the order of the list."""

    __tablename__ = "material"

    version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    copies: Mapped[str]
    source: Mapped[str]
    note: Mapped[str]


class LifeEvent(Record):
    """人生事件: 生孩子, 上学, 盖房 …: another way to an item."""

    __tablename__ = "life_event"

    item_id: Mapped[int] = mapped_column(ForeignKey("service_item.id"), primary_key=True)
    event: Mapped[str] = mapped_column(primary_key=True)


class MaterialForm(Record):
    """空白表格, 填写样表 of a material of an item."""

    __tablename__ = "material_form"
    __table_args__ = (sa.UniqueConstraint("item_id", "material_name", "kind"),)

    id: Mapped[PrimaryKey]
    item_id: Mapped[int] = mapped_column(ForeignKey("service_item.id"))
    material_name: Mapped[str]
    kind: Mapped[FormKind]
    file_name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    size: Mapped[int]
    added_at: Mapped[datetime]
