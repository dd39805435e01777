"""今日查询: counts of the day and of what is open. Costs what is open, not what is stored."""

from collections import Counter
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.board.queries.lists import Moment
from desk.board.rules.reports import NOT_TAKEN_IN
from desk.board.rules.today import WindowDay
from desk.cases.queries.holding import overrun_by
from desk.cases.queries.lights import shows
from desk.cases.queries.reach import EVERY_CASE, Condition
from desk.cases.records import Case, CaseHold, Countdown, RedAnnulment
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.lights import Light, morning_of
from desk.cases.rules.stages import Stage
from services_catalog.rules.items import Window

_IS_OPEN = Case.closed_at.is_(None)


def windows_today(
    session: Session, windows: list[Window], moment: Moment, reach: Condition = EVERY_CASE
) -> list[WindowDay]:
    """Return the day of each window, of the cases within somebody's reach."""
    since = morning_of(moment.today)
    received, accepted = _received(session, since, reach), _accepted(session, since, reach)
    closed = _finished(session, since, reach)
    opened, lights = _open(session, reach), _lights(session, moment, reach)
    overrun = _overrun(session, moment, reach)
    return [
        WindowDay(
            window,
            received.get(window, 0),
            accepted.get(window, 0),
            closed.get(window, 0),
            lights.get(window, {}),
            opened.get(window, 0) - sum(lights.get(window, {}).values()),
            overrun.get(window, 0),
        )
        for window in windows
    ]


def _received(session: Session, since: datetime, reach: Condition) -> dict[Window, int]:
    """Count what the reports call 收件, here: a GROUP BY would be led by the window."""
    query = sa.select(Case.window, Case.stage).where(Case.received_at >= since, reach)
    taken = session.execute(query)
    return Counter(window for window, stage in taken if stage not in NOT_TAKEN_IN)


def _accepted(session: Session, since: datetime, reach: Condition) -> dict[Window, int]:
    query = sa.select(Case.window).where(Case.accepted_at >= since, reach)
    return Counter(session.scalars(query))


def _finished(session: Session, since: datetime, reach: Condition) -> dict[Window, int]:
    """Count what the reports call 办结: what was referred or withdrawn is over, not finished."""
    query = sa.select(Case.window, Case.stage).where(Case.closed_at >= since, reach)
    ended = session.execute(query)
    return Counter(window for window, stage in ended if stage is Stage.COMPLETED)


def _open(session: Session, reach: Condition) -> dict[Window, int]:
    query = sa.select(Case.window, sa.func.count()).where(_IS_OPEN, reach).group_by(Case.window)
    return {row[0]: row[1] for row in session.execute(query)}


def _overrun(session: Session, moment: Moment, reach: Condition) -> dict[Window, int]:
    """Count the cases whose hold was to have ended before today; led by the open holds."""
    held = sa.select(CaseHold.case_id).where(*overrun_by(moment.today))
    query = sa.select(Case.window).where(Case.id.in_(held), _IS_OPEN, reach)
    return Counter(session.scalars(query))


def _lights(session: Session, moment: Moment, reach: Condition) -> dict[Window, dict[Light, int]]:
    """Return how many of what is being handled show which light, at each window."""
    colour = sa.case(
        *(
            (shows(light, moment.now, moment.today), light.value)
            for light in (Light.RED, Light.YELLOW)
        ),
        else_=Light.GREEN.value,
    )
    query = (
        sa.select(Case.window, colour, sa.func.count())
        .join(Countdown, Countdown.case_id == Case.id)
        .outerjoin(RedAnnulment, RedAnnulment.countdown_id == Countdown.id)
        .where(_IS_OPEN, reach)
        .where(Countdown.ended_at.is_(None), Countdown.kind == CountdownKind.HANDLING)
        .group_by(Case.window, colour)
    )
    found: dict[Window, dict[Light, int]] = {}
    for window, light, number in session.execute(query):
        found.setdefault(window, {})[Light(light)] = number
    return found
