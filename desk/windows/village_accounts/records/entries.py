"""记账凭证 as stored: an entry, its postings, the lines they became, and the months.

An entry is inserted without a number, with its postings; one UPDATE then posts it. The database's
triggers let that through only if it balances, its month is the open one and its number the
next; they write the lines. Afterwards nothing of it changes. See migrations/books.py.
"""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desk.windows.village_accounts.rules.kinds import EntryKind, StepKind
from kernel.database import PrimaryKey, Record


class AccountEntry(Record):
    """记账凭证: drafted while `posted_at` is None, in the books and immutable afterwards."""

    __tablename__ = "account_entry"
    __table_args__ = (
        UniqueConstraint("set_id", "series", "number"),
        CheckConstraint("checker_id <> maker_id", name="checked_by_another"),
        CheckConstraint("cashier_id <> poster_id", name="money_apart_from_books"),
        Index("ix_account_entry_period", "set_id", "period", "number"),
    )

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(unique=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("account_set.id"))
    kind: Mapped[EntryKind]
    #: 202603; month 0 for the opening balances
    period: Mapped[int]
    entry_on: Mapped[date]
    gist: Mapped[str]
    #: 附件张数
    attachments: Mapped[int]
    #: the entry this one takes back; an entry is taken back once
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("account_entry.id"), unique=True)
    drafted_at: Mapped[datetime]
    #: 制单
    maker_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    # what follows is written once, by posting
    series: Mapped[int | None]
    number: Mapped[int | None]
    posted_at: Mapped[datetime | None]
    #: 审核
    checker_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    #: 记账
    poster_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    #: 出纳, where money moved
    cashier_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    postings: Mapped[list["AccountPosting"]] = relationship(
        order_by="AccountPosting.line", cascade="all, delete-orphan"
    )


class AccountPosting(Record):
    """分录: one debit or credit. A red amount is negative on its own side."""

    __tablename__ = "account_posting"
    __table_args__ = (
        CheckConstraint("(debit_fen = 0) <> (credit_fen = 0)", name="one_side"),
        CheckConstraint("line > 0", name="counted"),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("account_entry.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    gist: Mapped[str]
    debit_fen: Mapped[int] = mapped_column(BigInteger)
    credit_fen: Mapped[int] = mapped_column(BigInteger)


class AccountLine(Record):
    """账页的一行: a posting in its account's book, with all that went before added up.

    Written by the database when the entry is posted, and by nobody else. Any balance or turnover
    is one line, or the difference of two: no total is kept that could go wrong.
    """

    __tablename__ = "account_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["entry_id", "line"], ["account_posting.entry_id", "account_posting.line"]
        ),
        UniqueConstraint("account_id", "turn"),
        Index("ix_account_line_period", "account_id", "period", "turn"),
    )

    entry_id: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    period: Mapped[int]
    #: place in the account's book: 1, 2, 3, …
    turn: Mapped[int]
    #: all debits and credits so far, this one among them
    debits_fen: Mapped[int] = mapped_column(BigInteger)
    credits_fen: Mapped[int] = mapped_column(BigInteger)
    #: debits less credits
    balance_fen: Mapped[int] = mapped_column(BigInteger)


class AccountStep(Record):
    """账期的一步: books begun, a month closed or opened again. The last says what is open."""

    __tablename__ = "account_step"
    __table_args__ = (UniqueConstraint("set_id", "turn"),)

    id: Mapped[PrimaryKey]
    set_id: Mapped[int] = mapped_column(ForeignKey("account_set.id"))
    turn: Mapped[int]
    kind: Mapped[StepKind]
    #: the month begun with, closed, or opened again
    period: Mapped[int]
    #: the only month that is open afterwards
    opens: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str]
