"""表单回执: which form was already answered, and with which page."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Record


class FormPost(Record):
    """A form that arrived, under the one-time key it was printed with."""

    __tablename__ = "form_post"

    key: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    endpoint: Mapped[str]
    body_hash: Mapped[bytes]
    #: where the first press was sent; a second press goes there too
    answer: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
