"""报账 as stored: a bundle of originals is a case; who signed it, why it went back, the limits."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.windows.village_accounts.rules.bundles import Station
from desk.windows.village_accounts.rules.means import Means
from desk.windows.village_accounts.rules.settings import PayingOrder, SigningOrder
from desk.windows.village_accounts.rules.signing import SignPart
from kernel.database import PrimaryKey, Record


class Bundle(Record):
    """报账: one to one with its case. Who had it in hand once does not review it."""

    __tablename__ = "bundle"
    __table_args__ = (
        CheckConstraint("first_by_id <> submitted_by_id", name="first_by_another"),
        CheckConstraint("second_by_id <> submitted_by_id", name="second_by_another"),
        CheckConstraint("second_by_id <> first_by_id", name="two_reviewers"),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id"), primary_key=True, autoincrement=False
    )
    set_id: Mapped[int] = mapped_column(ForeignKey("account_set.id"), index=True)
    means: Mapped[Means]
    gist: Mapped[str]
    station: Mapped[Station] = mapped_column(index=True)
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    first_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    second_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    paid_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    paid_on: Mapped[date | None]
    #: number of the bank's slip
    bank_slip: Mapped[str]
    #: its entry, drafted or posted
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("account_entry.id"), unique=True)


class BundleSignature(Record):
    """签字: as it stands on the 支出审批单, with its scan; bound to `bundle_signature|…|<uuid>`."""

    __tablename__ = "bundle_signature"
    __table_args__ = (UniqueConstraint("bundle_id", "part"),)

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(unique=True)
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundle.case_id"))
    part: Mapped[SignPart]
    name_sealed: Mapped[str]
    signed_on: Mapped[date]
    scan_id: Mapped[int] = mapped_column(ForeignKey("account_scan.id"))
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class BundleReturn(Record):
    """退单: a bundle that went back, under a number of its own, with every reason."""

    __tablename__ = "bundle_return"

    id: Mapped[PrimaryKey]
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundle.case_id"), index=True)
    number: Mapped[str] = mapped_column(unique=True)
    station: Mapped[Station]
    #: a line each
    reasons: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class AccountSettings(Record):
    """村账设置: one row; what each number means stands in rules/settings.py."""

    __tablename__ = "account_settings"

    id: Mapped[PrimaryKey]
    small_fen: Mapped[int] = mapped_column(BigInteger)
    cash_fen: Mapped[int] = mapped_column(BigInteger)
    one_pen_fen: Mapped[int] = mapped_column(BigInteger)
    joint_fen: Mapped[int] = mapped_column(BigInteger)
    committee_fen: Mapped[int] = mapped_column(BigInteger)
    signing_order: Mapped[SigningOrder]
    paying_order: Mapped[PayingOrder]
    refuses_hospitality: Mapped[bool]
    reporting_days: Mapped[str]
    review_days: Mapped[int]
    #: 小额零星 of one village and one day, all together
    small_day_fen: Mapped[int] = mapped_column(BigInteger, server_default="50000")
    #: how long before a rent falls due, and before a contract ends, somebody is told
    rent_days: Mapped[int] = mapped_column(server_default="30")
    end_days: Mapped[int] = mapped_column(server_default="90")
