"""值日簿查询: the present page, what is open, a year's pages, and what was written where."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from duty_roster.records.log import (
    LogEntry,
    LogFigure,
    LogHandover,
    LogPage,
    LogSettings,
    LogStep,
)
from duty_roster.rules.log import OF_THE_SKY, LogFigureName, LogKind
from kernel.errors import NotFound
from kernel.house_session import vault_of

ONLY_ROW = 1
FOUND_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its end, and the moments between which its entries were written."""

    page: LogPage
    handover: LogHandover | None
    #: of the page before; None before the first
    before: LogHandover | None

    @property
    def after(self) -> datetime | None:
        """Return when the page before was handed over; None before the first."""
        return self.before.handed_at if self.before else None

    @property
    def until(self) -> datetime | None:
        """Return when it was handed over; None while it is written on."""
        return self.handover.handed_at if self.handover else None

    @property
    def is_taken_back(self) -> bool:
        """Say whether it goes on where the same person had handed over too soon."""
        return self.before is not None and self.before.handed_by_id == self.page.taken_by_id


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with everything added to it since."""

    entry: LogEntry
    caller: str
    phone: str
    steps: Sequence[LogStep]
    corrections: Sequence[LogEntry]

    @property
    def is_open(self) -> bool:
        """Say whether somebody still has to see to it."""
        return self.entry.is_open and not any(step.closes for step in self.steps)


def settings(session: Session) -> LogSettings:
    """Return when the flood season is."""
    return session.get_one(LogSettings, ONLY_ROW)


def newest(session: Session) -> Page | None:
    """Return the page that was opened last, or None before the first."""
    page = session.scalar(sa.select(LogPage).order_by(LogPage.id.desc()).limit(1))
    return _with_ends(session, page) if page else None


def page(session: Session, year: int, number: int) -> Page:
    """Return a page by its number. Raises NotFound."""
    found = session.scalar(sa.select(LogPage).where(LogPage.year == year, LogPage.number == number))
    if found is None:
        raise NotFound
    return _with_ends(session, found)


def pages_of(session: Session, year: int) -> list[Page]:
    """Return the pages of a year, in order."""
    query = sa.select(LogPage).where(LogPage.year == year).order_by(LogPage.number)
    return [_with_ends(session, one) for one in session.scalars(query)]


def years(session: Session) -> list[int]:
    """Return the years of which there are pages, the newest first."""
    query = sa.select(LogPage.year).distinct().order_by(LogPage.year.desc())
    return list(session.scalars(query))


def last_number(session: Session, year: int) -> int:
    """Return the number of the last page of a year; 0 before its first."""
    query = sa.select(sa.func.max(LogPage.number)).where(LogPage.year == year)
    return session.scalar(query) or 0


def entries_of(session: Session, of: Page) -> list[Entry]:
    """Return what was written on a page, in the order in which it happened."""
    where: list[sa.ColumnElement[bool]] = [LogEntry.corrects_id.is_(None)]
    if of.after:
        where.append(LogEntry.at > of.after)
    if of.until:
        where.append(LogEntry.at <= of.until)
    query = sa.select(LogEntry).where(*where).order_by(LogEntry.happened_at, LogEntry.id)
    return added_to(session, list(session.scalars(query)))


def number_written(session: Session, of: Page) -> int:
    """Return how many entries a page has that tell of something; weather alone is none."""
    return sum(one.entry.kind not in OF_THE_SKY for one in entries_of(session, of))


def open_entries(session: Session) -> list[Entry]:
    """Return everything nobody has closed, the oldest first: of the whole log, not of a page."""
    closed = sa.select(LogStep.id).where(LogStep.entry_id == LogEntry.id, LogStep.closes)
    query = sa.select(LogEntry).where(LogEntry.is_open, ~closed.exists()).order_by(LogEntry.id)
    return added_to(session, list(session.scalars(query)))


def entry(session: Session, entry_id: int) -> Entry:
    """Return one entry. Raises NotFound."""
    found = session.get(LogEntry, entry_id)
    if found is None:
        raise NotFound
    return added_to(session, [found])[0]


def figures_of(session: Session, page_id: int) -> dict[LogFigureName, int]:
    """Return what was counted when a page was handed over."""
    query = sa.select(LogFigure).where(LogFigure.page_id == page_id)
    return {one.name: one.number for one in session.scalars(query)}


def search(session: Session, words: str, year: int | None, kind: LogKind | None) -> list[Entry]:
    """Return the entries that hold all the words, in themselves or in what was added."""
    where: list[sa.ColumnElement[bool]] = []
    for word in words.split():
        where.append(_holds(word))
    if year:
        where.append(sa.extract("year", LogEntry.happened_at) == year)
    if kind:
        where.append(LogEntry.kind == kind)
    query = sa.select(LogEntry).where(*where).order_by(LogEntry.id.desc()).limit(FOUND_LIMIT)
    return added_to(session, list(session.scalars(query)))


def added_to(session: Session, entries: Sequence[LogEntry]) -> list[Entry]:
    """Return entries with their steps and corrections, in two queries however many they are."""
    ids = [one.id for one in entries]
    query = sa.select(LogStep).where(LogStep.entry_id.in_(ids)).order_by(LogStep.id)
    steps: dict[int, list[LogStep]] = {}
    for step in session.scalars(query):
        steps.setdefault(step.entry_id, []).append(step)
    corrections = _corrections(session, ids)
    return [
        Entry(
            one,
            _opened(session, one, "caller", one.caller_sealed),
            _opened(session, one, "phone", one.phone_sealed),
            steps.get(one.id, ()),
            corrections.get(one.id, ()),
        )
        for one in entries
    ]


def _corrections(session: Session, ids: Collection[int]) -> dict[int, list[LogEntry]]:
    query = sa.select(LogEntry).where(LogEntry.corrects_id.in_(ids)).order_by(LogEntry.id)
    found: dict[int, list[LogEntry]] = {}
    for one in session.scalars(query):
        found.setdefault(one.corrects_id or 0, []).append(one)
    return found


def _opened(session: Session, entry: LogEntry, column: str, sealed: str) -> str:
    if not sealed:
        return ""
    return vault_of(session).town.open(sealed, f"log_entry|{column}|{entry.uuid}")


def _holds(word: str) -> sa.ColumnElement[bool]:
    columns = (LogEntry.content, LogEntry.party, LogEntry.instruction, LogEntry.result)
    added = sa.select(LogStep.id).where(
        LogStep.entry_id == LogEntry.id, LogStep.text.contains(word, autoescape=True)
    )
    return sa.or_(*(one.contains(word, autoescape=True) for one in columns), added.exists())


def _with_ends(session: Session, page: LogPage) -> Page:
    query = sa.select(LogHandover).where(LogHandover.page_id < page.id)
    before = session.scalar(query.order_by(LogHandover.page_id.desc()).limit(1))
    return Page(page, session.get(LogHandover, page.id), before)
