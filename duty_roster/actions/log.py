"""值日簿的动作: write, follow up, correct, hand over, take over. Nothing is ever overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from duty_roster import queries
from duty_roster.queries import log as written_before
from duty_roster.records.log import LogEntry, LogFigure, LogHandover, LogPage, LogStep
from duty_roster.rules.log import (
    AlreadyHandedOver,
    AlreadyTakenOver,
    LogFigureName,
    NobodyOnDuty,
    NoStep,
    NotHandedOver,
    NothingHandedOver,
    NotOpen,
    ReasonForCorrection,
    Written,
    check_entry,
    check_handing,
    check_taking,
    check_taking_back,
)
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.clock import town_day
from kernel.errors import NotFound
from kernel.house_session import vault_of

Figures = Mapping[LogFigureName, int]


@dataclass(frozen=True, slots=True)
class Step:
    """后续: what was done about an open entry, and whether that was all."""

    text: str
    closes: bool


def write(session: Session, written: Written, actor: Actor, now: datetime) -> LogEntry:
    """Write an entry. Raises: EmptyEntry, MomentAhead."""
    check_entry(written, now)
    entry = _entry(session, written, actor, now)
    facts = {"kind": written.kind, "open": written.is_open}
    audit.record(session, actor, "log.written", f"log:{entry.id}", now, **facts)
    return entry


def correct(
    session: Session, entry_id: int, written: Written, actor: Actor, now: datetime
) -> LogEntry:
    """Put an entry right by another one beside it; the first stays as it was.

    Raises: ReasonForCorrection, NotFound.
    """
    before = session.get(LogEntry, entry_id)
    if before is None or before.corrects_id:
        raise NotFound
    if not written.content:
        raise ReasonForCorrection
    entry = _entry(session, written, actor, now, corrects_id=entry_id)
    audit.record(session, actor, "log.corrected", f"log:{entry_id}", now, by=entry.id)
    return entry


def follow_up(session: Session, entry_id: int, step: Step, actor: Actor, now: datetime) -> None:
    """Add what was done about an open entry; close it with the last step.

    Raises: NoStep, NotOpen, NotFound.
    """
    if not step.text:
        raise NoStep
    if not written_before.entry(session, entry_id).is_open:
        raise NotOpen
    session.add(
        LogStep(
            entry_id=entry_id,
            at=now,
            text=step.text,
            closes=step.closes,
            actor_id=actor.staff_id,
        )
    )
    session.flush()
    verb = "log.closed" if step.closes else "log.followed_up"
    audit.record(session, actor, verb, f"log:{entry_id}", now)


def hand_over(
    session: Session,
    ending: tuple[bool, str],
    figures: Figures,
    actor: Actor,
    now: datetime,
) -> None:
    """Close the present page: (零记录 confirmed, why somebody else does it).

    Raises: NobodyOnDuty, AlreadyHandedOver, ZeroNotConfirmed, NotZero.
    """
    page = written_before.newest(session)
    if page is None:
        raise NobodyOnDuty
    if page.handover:
        raise AlreadyHandedOver
    is_zero, reason = ending
    check_handing(written_before.number_written(session, page), is_zero=is_zero)
    _end(session, page.page, (actor.staff_id, is_zero, reason), figures, now)
    facts = {"zero": is_zero}
    audit.record(session, actor, "log.handed_over", f"log_page:{page.page.id}", now, **facts)


def take_over(
    session: Session, reason: str, figures: Figures, actor: Actor, now: datetime
) -> LogPage:
    """Open the next page; `reason` is why the last shift did not hand over itself.

    Raises: NothingHandedOver, SamePerson, AlreadyTakenOver.
    """
    before = written_before.newest(session)
    if before and not before.handover:
        if before.page.taken_by_id == actor.staff_id:
            raise AlreadyTakenOver
        if not reason:
            raise NothingHandedOver
        # nobody who was there has said that nothing happened, so nobody says it for them
        _end(session, before.page, (before.page.taken_by_id, False, reason), figures, now)
    elif before and before.handover:
        check_taking(before.handover.handed_by_id, actor.staff_id)
    page = _opened(session, actor, now)
    audit.record(session, actor, "log.taken_over", f"log_page:{page.id}", now, reason=reason)
    return page


def take_back(session: Session, actor: Actor, now: datetime) -> LogPage:
    """Go on with what one handed over by mistake, before anybody has taken it over.

    What is closed stays closed: the next page goes on and says why.

    Raises: NotHandedOver, NotYoursToTakeBack.
    """
    before = written_before.newest(session)
    if before is None or before.handover is None:
        raise NotHandedOver
    check_taking_back(before.handover.handed_by_id, actor.staff_id)
    page = _opened(session, actor, now)
    audit.record(session, actor, "log.taken_back", f"log_page:{page.id}", now)
    return page


def _opened(session: Session, actor: Actor, now: datetime) -> LogPage:
    """Return the next page of the year, open."""
    year = town_day(now).year
    page = LogPage(
        year=year,
        number=written_before.last_number(session, year) + 1,
        taken_at=now,
        taken_by_id=actor.staff_id,
        leader=_leader(session, now),
    )
    session.add(page)
    session.flush()
    return page


def _leader(session: Session, now: datetime) -> str:
    """Return who leads the shift that the rota has now; nothing where it has a gap."""
    found = queries.on_duty(session, now).leader
    return f"{found.person.title} {found.person.name}" if found else ""


def _end(
    session: Session,
    page: LogPage,
    ending: tuple[int | None, bool, str],
    figures: Figures,
    now: datetime,
) -> None:
    handed_by_id, is_zero, reason = ending
    session.add(
        LogHandover(
            page_id=page.id,
            handed_at=now,
            handed_by_id=handed_by_id,
            is_zero=is_zero,
            reason=reason,
        )
    )
    session.add_all(
        LogFigure(page_id=page.id, name=name, number=number) for name, number in figures.items()
    )
    session.flush()


def _entry(
    session: Session,
    written: Written,
    actor: Actor,
    now: datetime,
    corrects_id: int | None = None,
) -> LogEntry:
    uuid, town = uuid4().hex, vault_of(session).town

    def sealed(column: str, text: str) -> str:
        return town.seal(text, f"log_entry|{column}|{uuid}") if text else ""

    entry = LogEntry(
        uuid=uuid,
        kind=written.kind,
        at=now,
        happened_at=written.happened_at,
        party=written.party,
        caller_sealed=sealed("caller", written.caller),
        phone_sealed=sealed("phone", written.phone),
        content=written.content,
        instruction=written.instruction,
        result=written.result,
        is_open=written.is_open and corrects_id is None,
        corrects_id=corrects_id,
        link=written.link,
        actor_id=actor.staff_id,
    )
    session.add(entry)
    session.flush()
    return entry
