"""值日簿查询: what the desk did in a stretch of time, counted from events that never change."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries.lights import STAFFS
from desk.cases.queries.reach import Condition
from desk.cases.records import Case, Countdown
from desk.cases.rules.stages import Stage
from duty_roster.queries.log import Page
from duty_roster.rules.log import LogFigureName
from services_catalog.records import ItemVersion
from services_catalog.rules.items import Window

NAMED_LIMIT = 12
#: not 办结 as the reports count it; asked for as NOT IN, so that the day leads the search
_OTHER_ENDS = frozenset(Stage) - {Stage.COMPLETED}
NIGHT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Day:
    """What the desk did while a page was written: figures, and the cases behind some of them."""

    figures: dict[LogFigureName, int]
    #: the latest of each, to be opened
    closed: list[Case]
    red: list[Case]
    #: petitions by the item they were taken in under
    visits: list[tuple[str, int]]


def day_of(session: Session, page: Page, now: datetime, reach: Condition) -> Day:
    """Return what the desk did while a page was written, up to `now` or its hand-over.

    Cases are named that lie within somebody's reach; the figures are everybody's.
    """
    within = _Stretch(page.after or page.page.taken_at - NIGHT, page.until or now)
    return Day(
        figures_between(session, within.after, within.until),
        _cases(session, within.finished(), reach),
        _red(session, within, reach),
        _visits(session, within),
    )


def figures_between(session: Session, after: datetime, until: datetime) -> dict[LogFigureName, int]:
    """Count what happened after one moment and up to another."""
    within = _Stretch(after, until)
    petitions = (Case.window == Window.PETITIONS, within.holds(Case.received_at))
    return {
        LogFigureName.ACCEPTED: _count(session, within.holds(Case.accepted_at)),
        LogFigureName.CLOSED: _count(session, within.finished()),
        LogFigureName.YELLOW: _lit(session, within.holds(Countdown.yellow_at)),
        LogFigureName.RED: _lit(session, within.holds(Countdown.red_at)),
        LogFigureName.VISITS: _count(session, *petitions),
    }


@dataclass(frozen=True, slots=True)
class _Stretch:
    after: datetime
    until: datetime

    def holds(
        self,
        moment: sa.orm.InstrumentedAttribute[datetime]
        | sa.orm.InstrumentedAttribute[datetime | None],
    ) -> sa.ColumnElement[bool]:
        """Return the condition that a moment lies in the stretch."""
        return sa.and_(moment > self.after, moment <= self.until)

    def finished(self) -> sa.ColumnElement[bool]:
        """Return the condition that a case was finished in it; not referred, nor withdrawn."""
        return sa.and_(self.holds(Case.closed_at), Case.stage.not_in(_OTHER_ENDS))


def _count(session: Session, *where: sa.ColumnElement[bool]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(Case).where(*where)) or 0


def _lit(session: Session, where: sa.ColumnElement[bool]) -> int:
    """Count the cases that turned, not their countdowns."""
    query = sa.select(sa.func.count(sa.distinct(Countdown.case_id)))
    return session.scalar(query.where(where, Countdown.kind.in_(STAFFS))) or 0


def _cases(session: Session, *where: Condition) -> list[Case]:
    query = sa.select(Case).where(*where).order_by(Case.closed_at.desc()).limit(NAMED_LIMIT)
    return list(session.scalars(query))


def _red(session: Session, within: _Stretch, reach: Condition) -> list[Case]:
    turned = sa.select(Countdown.case_id).where(
        within.holds(Countdown.red_at), Countdown.kind.in_(STAFFS)
    )
    query = sa.select(Case).where(Case.id.in_(turned), reach).order_by(Case.id).limit(NAMED_LIMIT)
    return list(session.scalars(query))


def _visits(session: Session, within: _Stretch) -> list[tuple[str, int]]:
    query = (
        sa.select(ItemVersion.title, sa.func.count())
        .join(Case, Case.version_of_item_id == ItemVersion.id)
        .where(Case.window == Window.PETITIONS, within.holds(Case.received_at))
        .group_by(ItemVersion.title)
        .order_by(ItemVersion.title)
    )
    return [(row[0], row[1]) for row in session.execute(query)]
