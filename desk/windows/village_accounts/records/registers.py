"""登记簿 as stored: one table a register; a row is retired with a reason, never deleted."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.windows.village_accounts.rules.registers import (
    AssetKind,
    ContractKind,
    PlanSide,
    ReceiptState,
    ResourceKind,
)
from kernel.database import PrimaryKey, Record


class RegisterRow:
    """What every row of every register has."""

    id: Mapped[PrimaryKey]
    set_id: Mapped[int] = mapped_column(ForeignKey("account_set.id"), index=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    retired_on: Mapped[date | None]
    retire_reason: Mapped[str]
    #: raised by every change: a form that is out of date is refused
    version: Mapped[int]


class FixedAsset(RegisterRow, Record):
    """固定资产."""

    __tablename__ = "fixed_asset"
    __table_args__ = (UniqueConstraint("set_id", "code"),)

    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[AssetKind]
    place: Mapped[str | None]
    keeper: Mapped[str | None]
    acquired_on: Mapped[date]
    cost_fen: Mapped[int] = mapped_column(BigInteger)
    residual_fen: Mapped[int] = mapped_column(BigInteger)
    months: Mapped[int]
    expense_code: Mapped[str]
    #: 期初累计折旧, as handed over; None: reckoned from the day it was acquired
    opening_wear_fen: Mapped[int | None] = mapped_column(BigInteger)


class AssetWear(Record):
    """折旧计算表的一行: what an entry takes off an asset in a month; goes with its draft."""

    __tablename__ = "asset_wear"

    asset_id: Mapped[int] = mapped_column(ForeignKey("fixed_asset.id"), primary_key=True)
    period: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(
        ForeignKey("account_entry.id", ondelete="CASCADE"), index=True
    )
    fen: Mapped[int] = mapped_column(BigInteger)


class VillageContract(RegisterRow, Record):
    """合同."""

    __tablename__ = "village_contract"

    title: Mapped[str]
    kind: Mapped[ContractKind]
    other_party: Mapped[str]
    subject: Mapped[str | None]
    from_on: Mapped[date]
    to_on: Mapped[date]
    rent_fen: Mapped[int] = mapped_column(BigInteger)
    every_months: Mapped[int]
    first_due_on: Mapped[date]
    deposit_fen: Mapped[int | None] = mapped_column(BigInteger)


class RentReceived(Record):
    """收到的租金: which due day an entry in the books settles."""

    __tablename__ = "rent_received"

    contract_id: Mapped[int] = mapped_column(ForeignKey("village_contract.id"), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("account_entry.id"))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class RentReminder(Record):
    """收租提醒: a rent that stands on the window's list since it drew near; once for a due day."""

    __tablename__ = "rent_reminder"

    contract_id: Mapped[int] = mapped_column(ForeignKey("village_contract.id"), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class VillageResource(RegisterRow, Record):
    """资源台账."""

    __tablename__ = "village_resource"

    name: Mapped[str]
    kind: Mapped[ResourceKind]
    #: hundredths of a mu
    area: Mapped[int]
    to_east: Mapped[str | None]
    to_south: Mapped[str | None]
    to_west: Mapped[str | None]
    to_north: Mapped[str | None]
    contractor: Mapped[str | None]
    until_on: Mapped[date | None]


class ReceiptBook(RegisterRow, Record):
    """统一收款收据本."""

    __tablename__ = "receipt_book"
    __table_args__ = (UniqueConstraint("set_id", "code"),)

    code: Mapped[str]
    first_number: Mapped[int]
    last_number: Mapped[int]
    issued_to: Mapped[str]
    issued_on: Mapped[date]
    returned_on: Mapped[date | None]


class UsedReceipt(RegisterRow, Record):
    """统一收款收据的一份: used or void."""

    __tablename__ = "used_receipt"
    __table_args__ = (UniqueConstraint("book_id", "number"),)

    book_id: Mapped[int] = mapped_column(ForeignKey("receipt_book.id"))
    number: Mapped[int]
    state: Mapped[ReceiptState]
    given_on: Mapped[date]
    payer: Mapped[str | None]
    fen: Mapped[int | None] = mapped_column(BigInteger)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("account_entry.id"))


class SpecialFund(RegisterRow, Record):
    """专项资金."""

    __tablename__ = "special_fund"

    project: Mapped[str]
    source: Mapped[str]
    document: Mapped[str | None]
    granted_fen: Mapped[int] = mapped_column(BigInteger)
    arrived_on: Mapped[date | None]
    account_code: Mapped[str | None]


class PlanLine(RegisterRow, Record):
    """年度财务计划的一行."""

    __tablename__ = "plan_line"

    year: Mapped[int]
    side: Mapped[PlanSide]
    gist: Mapped[str]
    fen: Mapped[int] = mapped_column(BigInteger)
    #: with what moved in which account it is compared
    account_code: Mapped[str | None]


class VillageMember(RegisterRow, Record):
    """集体经济组织成员."""

    __tablename__ = "village_member"

    uuid: Mapped[str] = mapped_column(unique=True)
    #: bound to `village_member|name|<uuid>`
    name_sealed: Mapped[str]
    #: bound to `village_member|document|<uuid>`
    document_sealed: Mapped[str]
    household: Mapped[str | None]
    #: hundredths
    shares: Mapped[int]
    joined_on: Mapped[date | None]


class Dividend(RegisterRow, Record):
    """分红方案."""

    __tablename__ = "dividend"

    year: Mapped[int]
    decided_on: Mapped[date]
    per_share_fen: Mapped[int] = mapped_column(BigInteger)
    note: Mapped[str | None]
