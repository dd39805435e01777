"""找得到: the town's synonyms, and what people looked for and did not find."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Record


class Synonym(Record):
    """同义词: a villager's word and the official words it may mean, for the whole town."""

    __tablename__ = "synonym"

    word: Mapped[str] = mapped_column(primary_key=True)
    #: separated by 、
    meanings: Mapped[str]


class MissedSearch(Record):
    """没找到: words somebody searched for in vain; a clerk turns them into an everyday name."""

    __tablename__ = "missed_search"

    words: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]
    last_at: Mapped[datetime]
