"""看板的动作: which columns the export has, the record of every export, a year to be bound."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.board.records import ExportColumn
from desk.board.rules.book import BOOK_WORK, TITLE, as_wanted, check_year
from desk.board.rules.export import HELD_TITLE, PERSONAL, Column
from duty_roster.queries.log import years
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.work.actions import ask, hold
from kernel.work.records import LongWork

EXPORT_WORK = "cases.export"


def set_columns(session: Session, columns: Sequence[Column], actor: Actor, now: datetime) -> None:
    """Let the export have these columns, in this order."""
    session.execute(sa.delete(ExportColumn))
    for position, column in enumerate(columns, 1):
        session.add(ExportColumn(position=position, field=column.field, heading=column.heading))
    fields = [column.field for column in columns]
    audit.record(session, actor, "export.columns_set", "export:1", now, fields=fields)


def note_export(
    session: Session, columns: Sequence[Column], rows: int, actor: Actor, now: datetime
) -> None:
    """Write down that somebody took a list of cases out of the house, persons among it or not."""
    personal = sorted({column.field for column in columns} & PERSONAL)
    facts = {"rows": rows, "personal": personal}
    audit.record(session, actor, "cases.exported", "export:1", now, **facts)


def hold_export(
    session: Session,
    columns: Sequence[Column],
    told: tuple[int, int, str],
    actor: Actor,
    now: datetime,
) -> LongWork:
    """Keep a sheet back until a second person agrees; `told`: rows, whole persons, its file."""
    rows, persons, file = told
    note_export(session, columns, rows, actor, now)
    title = HELD_TITLE.format(rows=rows, persons=persons)
    return hold(session, EXPORT_WORK, title, file, (actor, now))


def ask_book(session: Session, year: int | None, actor: Actor, now: datetime) -> LongWork:
    """Put a year of the duty log in the line of long work. Raises NothingWritten."""
    chosen = check_year(year, years(session))
    title = TITLE.format(year=chosen)
    return ask(session, BOOK_WORK, title, as_wanted(chosen), (actor, now))
