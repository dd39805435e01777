"""工作人员账号 as stored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.access import Role
from kernel.database import PrimaryKey, Record


class Staff(Record):
    """Anyone who logs in."""

    __tablename__ = "staff"

    id: Mapped[PrimaryKey]
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    title: Mapped[str]
    password_hash: Mapped[str]
    #: the password is a one-time initial code, void after `code_until`
    code_until: Mapped[datetime | None]
    #: an invented account of the sample town: logs in from this machine only
    is_sample: Mapped[bool]
    disabled_at: Mapped[datetime | None]
    #: sealed TOTP secret; None where no second factor is set up
    totp_sealed: Mapped[str | None]
    #: the newest time step a one-time code was accepted for: a code works once
    totp_step: Mapped[int | None]
    #: 工作手机, sealed; None where there is none: what they are to know is on the screen alone
    mobile_sealed: Mapped[str | None]
    made_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    roles: Mapped[list[StaffRole]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class StaffRole(Record):
    """One role of one member of staff."""

    __tablename__ = "staff_role"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)


class StaffSession(Record):
    """登录会话: kept here, so that it can be listed and ended. Its token is stored hashed."""

    __tablename__ = "staff_session"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    #: what Flask's session holds, as JSON
    content: Mapped[str]
    device: Mapped[str]
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]
