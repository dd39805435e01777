"""对账与盘点 as stored: the bank's own lines, what was compared, what lay in the cash box."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.database import PrimaryKey, Record


class BankStatement(Record):
    """银行对账单: a sheet of the bank that was brought in."""

    __tablename__ = "bank_statement"

    id: Mapped[PrimaryKey]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    #: of the file
    name: Mapped[str]
    imported_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class BankLine(Record):
    """银行流水: what the bank did with the account; matched to one line of the books."""

    __tablename__ = "bank_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["entry_id", "line"], ["account_posting.entry_id", "account_posting.line"]
        ),
        UniqueConstraint("entry_id", "line"),
        CheckConstraint("fen <> 0", name="of_something"),
    )

    id: Mapped[PrimaryKey]
    statement_id: Mapped[int] = mapped_column(ForeignKey("bank_statement.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    line_on: Mapped[date]
    gist: Mapped[str]
    #: the bank's own number of it, where it has one
    reference: Mapped[str]
    #: what came in, or went out where it is negative
    fen: Mapped[int] = mapped_column(BigInteger)
    #: what stood in the account afterwards, where the sheet says so
    balance_fen: Mapped[int | None] = mapped_column(BigInteger)
    entry_id: Mapped[int | None]
    line: Mapped[int | None]
    matched_at: Mapped[datetime | None]
    matched_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class Reconciliation(Record):
    """银行存款对账: bank and books of a month agree once what is on its way is taken in."""

    __tablename__ = "reconciliation"
    __table_args__ = (UniqueConstraint("account_id", "period", "turn"),)

    id: Mapped[PrimaryKey]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    period: Mapped[int]
    #: the last of a month counts
    turn: Mapped[int]
    bank_fen: Mapped[int] = mapped_column(BigInteger)
    book_fen: Mapped[int] = mapped_column(BigInteger)
    adjusted_fen: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class CashCount(Record):
    """库存现金盘点: what lay there on a day, beside what the books said."""

    __tablename__ = "cash_count"
    __table_args__ = (UniqueConstraint("account_id", "period", "turn"),)

    id: Mapped[PrimaryKey]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    period: Mapped[int]
    turn: Mapped[int]
    counted_on: Mapped[date]
    counted_fen: Mapped[int] = mapped_column(BigInteger)
    book_fen: Mapped[int] = mapped_column(BigInteger)
    #: 保管人: whose cash box it is
    keeper: Mapped[str]
    #: why it differs from the books, where it does
    note: Mapped[str]
    at: Mapped[datetime]
    #: 监盘人
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))

    pieces: Mapped[list["CashPieces"]] = relationship(order_by="CashPieces.face_fen.desc()")


class CashPieces(Record):
    """券别: how many notes or coins of a face there were."""

    __tablename__ = "cash_pieces"

    count_id: Mapped[int] = mapped_column(ForeignKey("cash_count.id"), primary_key=True)
    face_fen: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pieces: Mapped[int]


class ClosingSettings(Record):
    """结账设置: what a month's close asks for, and how long cash may stay; one row."""

    __tablename__ = "closing_settings"

    id: Mapped[PrimaryKey]
    needs_bank: Mapped[bool]
    needs_cash: Mapped[bool]
    #: 现金几天内送存
    hand_in_days: Mapped[int]
    #: how many days the bank may be apart from the books for a match to be proposed
    match_days: Mapped[int]
