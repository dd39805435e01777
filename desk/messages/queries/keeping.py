"""短信的约束: templates in force, settings, opt-outs, money, carriers left alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.messages.records import (
    CarrierBreaker,
    MessageSettings,
    MessageSpending,
    MessageTemplate,
    OptOut,
    OutboxMessage,
)
from desk.messages.rules.delivery import Delivery
from desk.messages.rules.kinds import MANNERS, MessageKind, Quiet
from desk.messages.rules.money import Budget, Spent
from desk.messages.rules.shapes import TemplateName
from kernel.staff.records import Staff
from services_catalog.records import ItemVersion


@dataclass(frozen=True, slots=True)
class InForce:
    """A template as a promise needs it, and the town's quiet hours with it."""

    id: int
    wording: str
    signature: str
    has_phone: bool
    quiet_from: int
    quiet_until: int

    @property
    def quiet(self) -> Quiet:
        """Return the quiet hours."""
        return Quiet.of_minutes(self.quiet_from, self.quiet_until)


_IN_FORCE = (
    sa.select(
        MessageTemplate.id,
        MessageTemplate.wording,
        MessageTemplate.signature,
        MessageTemplate.has_phone,
        MessageSettings.quiet_from,
        MessageSettings.quiet_until,
    )
    .join(MessageSettings, sa.true())
    .where(MessageTemplate.name == sa.bindparam("wanted"))
    .order_by(MessageTemplate.version.desc())
    .limit(1)
)


def in_force(session: Session, name: TemplateName) -> InForce:
    """Return the newest version of a template: one question for words and quiet hours."""
    return InForce(*session.execute(_IN_FORCE, {"wanted": name}).one())


def settings(session: Session) -> MessageSettings:
    """Return what the town decided about texts."""
    return session.scalars(sa.select(MessageSettings)).one()


def quiet_hours(session: Session) -> Quiet:
    """Return the hours in which nobody is rung awake."""
    kept = settings(session)
    return Quiet.of_minutes(kept.quiet_from, kept.quiet_until)


def templates(session: Session) -> list[MessageTemplate]:
    """Return the version in force of every template, in the order of their list."""
    newest = (
        sa.select(MessageTemplate.name, sa.func.max(MessageTemplate.version).label("version"))
        .group_by(MessageTemplate.name)
        .subquery()
    )
    query = sa.select(MessageTemplate).join(
        newest,
        sa.and_(MessageTemplate.name == newest.c.name, MessageTemplate.version == newest.c.version),
    )
    order = list(TemplateName)
    return sorted(session.scalars(query), key=lambda one: order.index(one.name))


def versions(session: Session, name: TemplateName) -> list[MessageTemplate]:
    """Return the versions of a template, the newest first."""
    query = (
        sa.select(MessageTemplate)
        .where(MessageTemplate.name == name)
        .order_by(MessageTemplate.version.desc())
    )
    return list(session.scalars(query))


def unsayable(session: Session) -> set[str]:
    """Return what no text may say: titles of what can be asked for, names of who works here."""
    return {*session.scalars(sa.select(ItemVersion.title)), *session.scalars(sa.select(Staff.name))}


def carrier_templates(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    """Return what the carrier calls each of these templates."""
    query = sa.select(MessageTemplate.id, MessageTemplate.carrier_template)
    rows = session.execute(query.where(MessageTemplate.id.in_([one for one in ids if one])))
    return {row.id: row.carrier_template for row in rows}


def opted_out(session: Session, readers: Iterable[bytes]) -> set[bytes]:
    """Return which of `readers` want no texts."""
    query = sa.select(OptOut.reader).where(OptOut.reader.in_(readers), OptOut.ended_at.is_(None))
    return set(session.scalars(query))


def has_opted_out(session: Session, reader: bytes) -> bool:
    """Say whether a number wants no texts."""
    query = sa.select(OptOut.id).where(OptOut.reader == reader, OptOut.ended_at.is_(None))
    return session.scalar(query) is not None


def opt_outs(session: Session) -> list[OptOut]:
    """Return who wants no texts, the newest first."""
    query = sa.select(OptOut).where(OptOut.ended_at.is_(None)).order_by(OptOut.id.desc())
    return list(session.scalars(query.limit(200)))


def spent(session: Session, today: date) -> Spent:
    """Return what texts cost today and this month."""
    cost = sa.func.coalesce(sa.func.sum(MessageSpending.cost_li), 0)
    of_today = sa.func.coalesce(
        sa.func.sum(sa.case((MessageSpending.on == today, MessageSpending.cost_li), else_=0)), 0
    )
    query = sa.select(of_today, cost).where(
        MessageSpending.on >= today.replace(day=1), MessageSpending.on <= today
    )
    return Spent(*session.execute(query).one())


def budget(kept: MessageSettings) -> Budget:
    """Return what texts may cost."""
    return Budget(kept.day_budget_fen, kept.month_budget_fen)


def left_alone(session: Session, now: datetime) -> dict[str, datetime]:
    """Return the carriers whose breaker is open, and until when."""
    query = sa.select(CarrierBreaker).where(CarrierBreaker.open_until > now)
    return {one.carrier: one.open_until for one in session.scalars(query) if one.open_until}


def gatherable(session: Session, message: OutboxMessage, now: datetime) -> Sequence[OutboxMessage]:
    """Lock the other due messages of the same person that may go out together with this one."""
    kinds = [kind for kind in MessageKind if MANNERS[kind].may_gather]
    query = (
        sa.select(OutboxMessage)
        .where(
            OutboxMessage.reader == message.reader,
            OutboxMessage.state == Delivery.PENDING,
            OutboxMessage.attempts == 0,
            OutboxMessage.kind.in_(kinds),
            OutboxMessage.not_before <= now,
            sa.or_(OutboxMessage.lease_until.is_(None), OutboxMessage.lease_until <= now),
            OutboxMessage.id != message.id,
        )
        .with_for_update(skip_locked=True)
    )
    return session.scalars(query).all()
