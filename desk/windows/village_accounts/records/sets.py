"""账套与科目 as stored. Triggers keep codes from being renumbered and accounts from going."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.windows.village_accounts.rules.kinds import AccountKind, Numbering, SetKind, Side
from kernel.database import PrimaryKey, Record


class AccountSet(Record):
    """账套: the books of one village, or of its committee. Village, start, series stay."""

    __tablename__ = "account_set"
    __table_args__ = (UniqueConstraint("village_id", "kind"),)

    id: Mapped[PrimaryKey]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    kind: Mapped[SetKind]
    name: Mapped[str]
    #: the first month with entries: 202601; its opening balances are in month 0 of that year
    first_period: Mapped[int]
    numbering: Mapped[Numbering]
    #: how much cash the village may hold
    cash_limit_fen: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Entrustment(Record):
    """委托代理协议: a village hands its books to the town; its five rights stay its own."""

    __tablename__ = "entrustment"

    id: Mapped[PrimaryKey]
    set_id: Mapped[int] = mapped_column(ForeignKey("account_set.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    signed_on: Mapped[date]
    signed_by_village: Mapped[str]
    signed_by_town: Mapped[str]
    made_at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class StandardAccount(Record):
    """标准科目: the chart of 财会〔2023〕14号 that a set begins with."""

    __tablename__ = "standard_account"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[AccountKind]
    side: Mapped[Side]
    #: the account it takes away from (备抵), or empty
    contra_to: Mapped[str]


class Account(Record):
    """会计科目 of one set: opened, retired, never renumbered; entries go to its leaves."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("set_id", "code"),)

    id: Mapped[PrimaryKey]
    set_id: Mapped[int] = mapped_column(ForeignKey("account_set.id"))
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[AccountKind]
    side: Mapped[Side]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    #: 现金 or 银行: the database lets its balance never fall below zero
    is_money: Mapped[bool]
    opened_on: Mapped[date]
    #: no entry of this day or later
    retired_on: Mapped[date | None]


class BankAccount(Record):
    """银行账户: which account at which bank a sub-account of 102 is."""

    __tablename__ = "bank_account"

    id: Mapped[PrimaryKey]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), unique=True)
    bank: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)


class VillageClerk(Record):
    """村报账员: whose village a clerk brings papers for, and may look at."""

    __tablename__ = "village_clerk"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
