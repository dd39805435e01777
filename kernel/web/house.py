"""本屋: what app.py hands to pages, commands and jobs: the outside world, already chosen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Any, TypeVar, cast

from flask import current_app
from sqlalchemy.orm import Session

from kernel.calendar.queries import working_calendar
from kernel.calendar.rules import WorkingCalendar
from kernel.clock import Clock, town_day
from kernel.editions import Edition, editions
from kernel.hall import Hall
from kernel.house_session import Database
from kernel.settings import Settings
from kernel.town.queries import the_town
from kernel.town.records import Town

Kept = TypeVar("Kept")
#: what somebody looks with at this moment, and whose it is
_LOOKING: ContextVar[tuple["House", Session] | None] = ContextVar("looking", default=None)


@dataclass(slots=True)
class House:
    """One town's house: its database, its clock, its settings, and values kept by edition."""

    database: Database
    clock: Clock
    settings: Settings
    _kept: dict[str, tuple[int, Any]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a Session that looks."""
        with self.database.reading() as session:
            before = _LOOKING.set((self, session))
            try:
                yield session
            finally:
                _LOOKING.reset(before)

    @contextmanager
    def glancing(self) -> Iterator[Session]:
        """Look with the Session a page is made with, if one is open: for what stands beside it.

        The menu has eight numbers; a Session for each took a fifth of an empty page.
        """
        whose, open_session = _LOOKING.get() or (None, None)
        if whose is self and open_session is not None:
            yield open_session
            return
        with self.reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a transaction that commits when the block ends without raising."""
        with self.database.writing() as session:
            yield session

    def now(self) -> datetime:
        """Return the present moment."""
        return self.clock.now()

    def today(self) -> date:
        """Return the present civil day in the township."""
        return town_day(self.clock.now())

    def calendar(self, session: Session) -> WorkingCalendar:
        """Return the working calendar, built anew only when its edition was raised."""
        return self.kept(session, Edition.CALENDAR, "calendar", working_calendar)

    def town(self, session: Session) -> Town:
        """Return the town's settings."""
        return self.kept(session, Edition.TOWN, "town", _town_alone)

    def last_known_town(self) -> Town | None:
        """Return the town as it was when it was last read, without asking the database."""
        _, town = self._kept.get("town", (0, None))
        return cast(Town | None, town)

    def hall(self, session: Session) -> Hall:
        """Return town and calendar together, for an action."""
        numbers = editions(session)
        town = self._as_of(numbers[Edition.TOWN], session, "town", _town_alone)
        calendar = self._as_of(numbers[Edition.CALENDAR], session, "calendar", working_calendar)
        return Hall(town, calendar)

    def kept(
        self, session: Session, edition: Edition, name: str, build: Callable[[Session], Kept]
    ) -> Kept:
        """Return what `build` makes, kept until `edition` is raised."""
        return self._as_of(editions(session)[edition], session, name, build)

    def _as_of(
        self, number: int, session: Session, name: str, build: Callable[[Session], Kept]
    ) -> Kept:
        found = self._kept.get(name)
        if found is None or found[0] != number:
            with self._lock:
                found = self._kept[name] = (number, build(session))
        return cast(Kept, found[1])


def _town_alone(session: Session) -> Town:
    """Return the town outside of any session: a rollback must not spoil what is kept."""
    town = the_town(session)
    session.expunge(town)
    return town


def house() -> House:
    """Return the house that the running application stands in."""
    return cast(House, current_app.extensions["house"])
