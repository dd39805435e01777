"""原始凭证 as stored: papers known by their key across all villages, uses, scans, refusals.

Triggers see to it that what is used of a paper stays within its face (migrations/originals.py).
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desk.windows.village_accounts.rules.original_kinds import Ground, OriginalKind, Purpose, Share
from kernel.database import PrimaryKey, Record


class Original(Record):
    """原始凭证: one paper, registered once for the whole town."""

    __tablename__ = "original"

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(unique=True)
    #: kind, code and number, folded: no other paper of any village has it
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[OriginalKind]
    code: Mapped[str]
    number: Mapped[str]
    issuer: Mapped[str]
    issued_on: Mapped[date]
    #: 票面金额; negative on a red invoice
    face_fen: Mapped[int] = mapped_column(BigInteger)
    #: the invoice a red one takes back
    red_of_id: Mapped[int | None] = mapped_column(ForeignKey("original.id"), index=True)
    #: whom a small purchase was paid to: name, ID and phone; bound to `original|payee|<uuid>`
    payee_sealed: Mapped[str]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class OriginalUse(Record):
    """一次使用: how much of an original one bundle rests on."""

    __tablename__ = "original_use"
    __table_args__ = (CheckConstraint("amount_fen <> 0", name="of_something"),)

    id: Mapped[PrimaryKey]
    original_id: Mapped[int] = mapped_column(ForeignKey("original.id"), index=True)
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundle.case_id"), index=True)
    purpose: Mapped[Purpose]
    share: Mapped[Share]
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    gist: Mapped[str]


class AccountScan(Record):
    """影像: of an original, of what was signed for a bundle, or of an agreement."""

    __tablename__ = "account_scan"

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(unique=True)
    original_id: Mapped[int | None] = mapped_column(ForeignKey("original.id"), index=True)
    bundle_id: Mapped[int | None] = mapped_column(ForeignKey("bundle.case_id"), index=True)
    #: of a signed 委托代理协议
    entrustment_id: Mapped[int | None] = mapped_column(ForeignKey("entrustment.id"), index=True)
    title: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    #: bound to `account_scan|content|<uuid>`
    content_sealed: Mapped[str] = mapped_column(deferred=True)
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class OriginalRefusal(Record):
    """退票通知: a paper that was not taken, under a number of its own."""

    __tablename__ = "original_refusal"

    id: Mapped[PrimaryKey]
    number: Mapped[str] = mapped_column(unique=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("account_set.id"), index=True)
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundle.case_id"))
    ground: Mapped[Ground]
    #: why, as the slip says it
    words: Mapped[str]
    kind: Mapped[OriginalKind]
    code_and_number: Mapped[str]
    issuer: Mapped[str]
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
