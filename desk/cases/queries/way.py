"""一件的来龙去脉: holds, legs, transfers and delivery of one case, for its page. Reads only."""

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries.approvals import Request, requests_of, still_waiting
from desk.cases.records import (
    Case,
    CaseHold,
    Countdown,
    DeliveryRecord,
    Extension,
    FollowUp,
    HoldType,
    JointPart,
    Leg,
    Transfer,
)
from desk.cases.rules.countdowns import LEGS, CountdownKind, capped
from desk.cases.rules.legs import Stretch, days_taken, slowest
from desk.cases.rules.lights import Light, light
from kernel.calendar.rules import WorkingCalendar
from kernel.clock import town_day
from kernel.hall import Hall
from kernel.house_session import vault_of

_ON_THE_WAY = LEGS | {CountdownKind.CARRY}


@dataclass(frozen=True, slots=True)
class HeldSpell:
    """A hold as the page shows it."""

    hold: CaseHold
    name: str
    #: it is past its expected end and nobody has ended it
    is_overdue: bool
    #: its cap is used up: the count goes on although nobody ended it
    is_used_up: bool

    @property
    def is_open(self) -> bool:
        """Say whether nobody has ended it."""
        return self.hold.ended_on is None


@dataclass(frozen=True, slots=True)
class LegRow:
    """A leg as the table of a case shows it."""

    countdown: Countdown
    #: None for the carrying that nobody has written a receipt for
    leg: Leg | None
    stretch: Stretch
    from_body: str
    to_body: str
    light: Light
    #: of an assisting leg: who took it, and what was answered
    part: JointPart | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """Everything that happened to a case beside its steps."""

    holds: list[HeldSpell]
    extension: Extension | None
    requests: list[Request]
    legs: list[LegRow]
    transfer: Transfer | None
    delivery: DeliveryRecord | None
    taker: str
    follow_up: FollowUp | None
    #: nobody knows yet whether its day is a working day
    asks_provisionally: bool

    @property
    def unanswered(self) -> list[Request]:
        """Return what a leader has still to answer."""
        return still_waiting(self.requests)

    @property
    def slowest(self) -> str:
        """Return whose leg ate the time, or nobody."""
        return slowest([row.stretch for row in self.legs])


def way_of(session: Session, case: Case, now: datetime, hall: Hall) -> Way:
    """Return everything that happened to a case beside its steps."""
    delivery = session.get(DeliveryRecord, case.id)
    follow_up = session.get(FollowUp, case.id)
    waiting = sa.select(Transfer).where(Transfer.case_id == case.id, Transfer.answered_at.is_(None))
    return Way(
        holds=holds_of(session, case, now, hall.calendar),
        extension=session.get(Extension, case.id),
        requests=requests_of(session, case),
        legs=legs_of(session, case, now, hall),
        transfer=session.scalar(waiting),
        delivery=delivery,
        taker=taker_of(session, delivery) if delivery else "",
        follow_up=follow_up,
        asks_provisionally=follow_up is not None
        and not hall.calendar.is_published(follow_up.due_on),
    )


def holds_of(
    session: Session, case: Case, now: datetime, calendar: WorkingCalendar
) -> list[HeldSpell]:
    """Return the holds of a case, in their order."""
    query = sa.select(CaseHold, HoldType.name).join(HoldType, HoldType.id == CaseHold.hold_type_id)
    found = session.execute(query.where(CaseHold.case_id == case.id).order_by(CaseHold.id))
    today, spells = town_day(now), []
    for hold, name in found:
        end = capped(hold.noticed_on, hold.ended_on, hold.cap_days, calendar).end
        is_open = hold.ended_on is None
        is_overdue = is_open and hold.expected_end_on < today
        is_used_up = is_open and end is not None and end < today
        spells.append(HeldSpell(hold, name, is_overdue, is_used_up))
    return spells


def legs_of(session: Session, case: Case, now: datetime, hall: Hall) -> list[LegRow]:
    """Return the legs of a case with the days each took, a carried case's carrying first."""
    query = (
        sa.select(Countdown, Leg, JointPart)
        .outerjoin(Leg, Leg.id == Countdown.leg_id)
        .outerjoin(JointPart, JointPart.leg_id == Leg.id)
        .where(Countdown.case_id == case.id, Countdown.kind.in_(_ON_THE_WAY))
        .order_by(Countdown.id)
    )
    found = session.execute(query)
    return [replace(_row(row[0], row[1], case, now, hall), part=row[2]) for row in found]


def hold_of(session: Session, case: Case, hold_id: int) -> CaseHold | None:
    """Return one of a case's holds."""
    found = session.get(CaseHold, hold_id)
    return found if found and found.case_id == case.id else None


def taker_of(session: Session, delivery: DeliveryRecord) -> str:
    """Return who took a result, unsealed; nobody yet: nothing."""
    if not delivery.taker_sealed:
        return ""
    key = vault_of(session).person_key(delivery.wrapped_key, delivery.uuid)
    return key.open(delivery.taker_sealed, taker_place(delivery.uuid))


def taker_place(uuid: str) -> str:
    """Return what binds a sealed name to its place."""
    return f"delivery|taker|{uuid}"


def _row(countdown: Countdown, leg: Leg | None, case: Case, now: datetime, hall: Hall) -> LegRow:
    from_body = leg.from_body if leg else hall.town.hall
    until = countdown.ended_at or now
    taken = days_taken(countdown.starts_at, until, hall.calendar)
    # what is over is in time or not: no longer near its end
    yellow_on = countdown.yellow_on if countdown.ended_at is None else None
    shown = light(yellow_on, countdown.over_at, until, town_day(until))
    return LegRow(
        countdown=countdown,
        leg=leg,
        stretch=Stretch(from_body, countdown.promised_amount, taken),
        from_body=from_body,
        to_body=leg.to_body if leg else case.item.body,
        light=shown,
    )
