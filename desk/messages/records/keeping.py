"""短信的约束 as stored: templates, opt-outs, settings, and what was spent on whom."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.opt_outs import OptOutWay
from desk.messages.rules.shapes import TemplateName
from kernel.database import PrimaryKey, Record

_STANDS = sa.text("ended_at IS NULL")


class MessageTemplate(Record):
    """短信模板: one version of a text; the newest is in force. Nobody edits a version."""

    __tablename__ = "message_template"
    __table_args__ = (UniqueConstraint("name", "version"),)

    id: Mapped[PrimaryKey]
    name: Mapped[TemplateName]
    version: Mapped[int]
    wording: Mapped[str]
    #: empty: the town's own
    signature: Mapped[str]
    #: the carrier's id of the approved template; empty where it asks for none
    carrier_template: Mapped[str]
    #: the approved template has a telephone number in it
    has_phone: Mapped[bool]
    #: who answers for the wording
    owner: Mapped[str]
    since_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class OptOut(Record):
    """退订: a number that wants no texts; what has to be told is told by telephone."""

    __tablename__ = "opt_out"
    __table_args__ = (
        sa.Index(
            "ix_opt_out_standing",
            "reader",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(unique=True)
    reader: Mapped[bytes]
    #: sealed, bound to `opt_out|mobile|<uuid>`
    mobile: Mapped[str]
    way: Mapped[OptOutWay]
    since_at: Mapped[datetime]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]


class MessageSettings(Record):
    """短信设置: what the town decided. One row."""

    __tablename__ = "message_settings"

    id: Mapped[PrimaryKey]
    #: minutes of the day
    quiet_from: Mapped[int]
    quiet_until: Mapped[int]
    daily_cap: Mapped[int]
    #: thousandths of a yuan (厘) for one part
    part_li: Mapped[int]
    day_budget_fen: Mapped[int]
    month_budget_fen: Mapped[int]
    #: PIPL art. 36: a carrier abroad is off until the town switched it on
    abroad_on: Mapped[bool]


class ReaderDay(Record):
    """一号一日: how many texts a number got on a day, from all rooms together."""

    __tablename__ = "reader_day"

    reader: Mapped[bytes] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    texts: Mapped[int]


class MessageSpending(Record):
    """短信花费: texts and parts of a day, by kind."""

    __tablename__ = "message_spending"

    on: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[MessageKind] = mapped_column(primary_key=True)
    texts: Mapped[int]
    parts: Mapped[int]
    #: thousandths of a yuan (厘)
    cost_li: Mapped[int]


class CarrierBreaker(Record):
    """熔断: how often a carrier failed in a row, and until when it is left alone."""

    __tablename__ = "carrier_breaker"

    carrier: Mapped[str] = mapped_column(primary_key=True)
    errors: Mapped[int]
    open_until: Mapped[datetime | None]
