"""短信定时任务: deliver what is due, find out what is in doubt, drop what came too late.

Claim and commit, talk to the carrier with no transaction open, settle and commit. A crash in
between leaves the message in doubt: the house would rather find out than repeat itself.
"""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from desk.messages import queries
from desk.messages.actions.claims import Claimed
from desk.messages.actions.evidence import doubts, found_listed, not_listed
from desk.messages.actions.promises import expire
from desk.messages.actions.sending import (
    UNGUARDED,
    Guards,
    abandon,
    begin,
    claim,
    release,
    reserve,
    settle,
)
from desk.messages.gateways import CarrierError, SmsGateway, ask
from desk.messages.queries.keeping import quiet_hours, settings
from desk.messages.rules.delivery import Verdict
from desk.messages.rules.kinds import AT_ONCE
from kernel.scheduler import Job
from kernel.web.house import House

Gateways = Sequence[SmsGateway]
#: a pass ends after so many, so that one job never holds up the others for long
PASS_LIMIT = 50
#: so many texts are with the carrier at once in an emergency
ALARM_LINES = 8
ALL_LINES = range(ALARM_LINES)
#: what waits for its turn on the one line; what may not wait never stands in a lot
IN_TURN = queries.EVERY_KIND - AT_ONCE
#: what shows that the carrier is there; after anything else the pass ends
DEFINITE = frozenset({Verdict.ACCEPTED, Verdict.REFUSED, Verdict.NO_READER})


def jobs(here: House, gateways: Gateways, guards: Guards = UNGUARDED) -> tuple[Job, ...]:
    """Return what the scheduler runs for messages. Any number of schedulers may."""
    return (
        Job("messages.alarm", 1, partial(deliver_alarms, here, gateways)),
        Job("messages.deliver", 2, partial(deliver, here, gateways, guards)),
        Job("messages.reconcile", 30, partial(reconcile, here, gateways)),
        Job("messages.tidy", 30, partial(tidy, here)),
    )


def deliver(here: House, gateways: Gateways, guards: Guards = UNGUARDED) -> int:
    """Send what is due; return how many were tried.

    A whole lot is reserved at once; each is begun with in the commit that settles the one
    before it. When the carrier gives no definite answer the rest of the lot is put back.
    """
    if not _is_any_due(here, IN_TURN):
        return 0
    with here.writing() as session:
        doors, now = _doors(session, gateways), here.now()
        lot = reserve(session, list(doors), now, PASS_LIMIT, IN_TURN, guards)
        waiting, tried = deque(lot), 0
        current = _begin_next(session, waiting, now, guards)
    while current and _may_begin(here, current):
        tried += 1
        answer = ask(doors[current.carrier], current.outgoing)
        with here.writing() as session:
            now = here.now()
            settle(session, current, answer, now, list(doors))
            if answer.verdict not in DEFINITE:
                release(session, waiting, now)
                waiting.clear()
            current = _begin_next(session, waiting, now, guards)
    return tried


def _begin_next(
    session: Session, waiting: deque[Claimed], now: datetime, guards: Guards
) -> Claimed | None:
    """Begin with the next of a lot that may still go out."""
    while waiting:
        if begun := begin(session, waiting.popleft(), now, guards):
            return begun
    return None


def deliver_alarms(here: House, gateways: Gateways) -> int:
    """Send what may not wait, many at a time: a slow carrier must not keep the last village.

    Returns how many the carrier took, or turned down.
    """
    if not _is_any_due(here, AT_ONCE):
        return 0
    with ThreadPoolExecutor(ALARM_LINES) as lines:
        return sum(lines.map(lambda _: _deliver_alarms_on_one_line(here, gateways), ALL_LINES))


def _deliver_alarms_on_one_line(here: House, gateways: Gateways) -> int:
    sent = 0
    for _ in range(PASS_LIMIT):
        if not _is_any_due(here, AT_ONCE):
            break
        sent += _deliver_alarm(here, gateways)
    return sent


def _is_any_due(here: House, kinds: queries.Kinds) -> bool:
    with here.reading() as session:
        return queries.is_any_due(session, here.now(), kinds, quiet_hours(session))


def _deliver_alarm(here: House, gateways: Gateways) -> bool:
    """Send one that may not wait, and take no other in hand meanwhile: each line takes its own.

    Say whether the carrier took it, or turned it down.
    """
    with here.writing() as session:
        doors = _doors(session, gateways)
        claimed = claim(session, list(doors), here.now(), AT_ONCE)
    if claimed is None or not _may_begin(here, claimed):
        return False
    answer = ask(doors[claimed.carrier], claimed.outgoing)
    with here.writing() as session:
        settle(session, claimed, answer, here.now(), list(doors))
    return answer.verdict in DEFINITE


def _doors(session: Session, gateways: Gateways) -> dict[str, SmsGateway]:
    """Return the carriers that may be asked: one abroad only where the town switched it on."""
    abroad_on = settings(session).abroad_on
    return {door.name: door for door in gateways if abroad_on or not door.is_abroad}


def _may_begin(here: House, claimed: Claimed) -> bool:
    """Say whether the lease still holds: a PC may have slept between the claim and now."""
    return claimed.lease_until is not None and here.now() < claimed.lease_until


def reconcile(here: House, gateways: Gateways) -> int:
    """Look for messages in doubt in the carriers' lists; return how many were looked for."""
    return sum(_reconcile_at(here, gateway) for gateway in gateways if gateway.can_list)


def _reconcile_at(here: House, gateway: SmsGateway) -> int:
    """Look in one carrier's list. While it cannot be read everything stays, however long."""
    with here.reading() as session:
        waiting = doubts(session, gateway.name, here.now(), PASS_LIMIT)
    for looked, doubt in enumerate(waiting):
        if not reconcile_one(here, gateway, doubt):
            return looked
    return len(waiting)


def reconcile_one(here: House, gateway: SmsGateway, doubt: Claimed) -> bool:
    """Look for one message; say whether the carrier's list could be read."""
    try:
        carrier_id = gateway.find(doubt.outgoing)
    except CarrierError:
        return False
    with here.writing() as session:
        if carrier_id:
            found_listed(session, doubt, carrier_id, here.now())
        else:
            not_listed(session, doubt, here.now())
    return True


def tidy(here: House) -> None:
    """Put into doubt what a worker left in the middle; drop what waited past its worth."""
    with here.writing() as session:
        abandon(session, here.now())
        expire(session, here.now())
