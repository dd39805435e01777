"""报账: begin a bundle, bring it from one to the next, record who signed it on paper.

A bundle is a case of this window; wherever it lies, a countdown of the core runs.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions import countdowns, ending
from desk.cases.actions.people import add_parties
from desk.cases.actions.register import Intake, numbered_case, supplement_limit
from desk.cases.actions.versions import touch
from desk.cases.actions.writing import write_line
from desk.cases.records import Case
from desk.cases.rules.attachments import ScannedPaper
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.intake import Answer
from desk.cases.rules.people import Person
from desk.cases.rules.results import Result
from desk.cases.rules.stages import OPEN, move
from desk.windows.village_accounts.actions.scans import keep_scan
from desk.windows.village_accounts.queries import bundles
from desk.windows.village_accounts.records import (
    AccountSet,
    Bundle,
    BundleSignature,
)
from desk.windows.village_accounts.rules import bundles as rules
from desk.windows.village_accounts.rules.bundles import Station
from desk.windows.village_accounts.rules.means import Means
from desk.windows.village_accounts.rules.settings import reporting_day
from desk.windows.village_accounts.rules.signing import (
    WITH_MINUTES,
    Signed,
    SignPart,
    chain,
    check_chain,
    check_minutes,
)
from kernel.access import Actor
from kernel.audit.actions import record, refuse_a_clock_that_went_back
from kernel.clock import TOWN_TZ, town_day
from kernel.errors import NotFound
from kernel.hall import Hall
from kernel.house_session import vault_of
from kernel.staff.queries import holding
from kernel.town.records import Village
from services_catalog import queries as catalogue
from services_catalog.records import ItemVersion
from services_catalog.rules.limits import NO_LIMIT, LimitUnit, TimeLimit


def begin(
    session: Session,
    books: AccountSet,
    what: tuple[Means, str],
    actor: Actor,
    now: datetime,
    hall: Hall,
) -> Case:
    """Begin a bundle (means, gist): a case that lies with the village until it is signed.

    Raises: ItemMissing, ClockWentBack.
    """
    refuse_a_clock_that_went_back(session, now)
    means, gist = what
    intake = Intake(
        window=bundles.WINDOW,
        item=_item(session),
        answer=Answer.RECEIVE,
        applicant=Person(name=books.name),
        materials=(),
        village=session.get_one(Village, books.village_id),
    )
    case = numbered_case(session, intake, actor, now)
    case.stage = rules.STAGE_AT[Station.VILLAGE]
    session.add(case)
    session.flush()
    add_parties(session, case.id, intake.people)
    bundle = Bundle(case_id=case.id, set_id=books.id, means=means, gist=gist, bank_slip="")
    bundle.station, bundle.begun_by_id = Station.VILLAGE, actor.staff_id or 0
    session.add(bundle)
    session.flush()
    _wait(session, case, bundle, now, hall)
    write_line(session, case, rules.station_line(Station.VILLAGE), actor, now)
    record(session, actor, "bundle.begun", f"case:{case.id}", now, means=means)
    return case


def _item(session: Session) -> ItemVersion:
    try:
        return catalogue.published(session, rules.ITEM)
    except NotFound:
        raise rules.ItemMissing(code=rules.ITEM) from None


def _wait(session: Session, case: Case, bundle: Bundle, now: datetime, hall: Hall) -> None:
    """Start the time a bundle may lie where it is now."""
    review = TimeLimit(bundles.limits(session).review_days, LimitUnit.WORKING)
    kind, limits, starts_at = CountdownKind.INTAKE, (review, NO_LIMIT), now
    if bundle.station is Station.VILLAGE:
        kind, limits = CountdownKind.SUPPLEMENT, (supplement_limit(session), NO_LIMIT)
    elif bundle.station is Station.FIRST_REVIEW:
        day = reporting_day(town_day(now), bundles.limits(session).reporting_days)
        starts_at = max(now, datetime.combine(day, datetime.min.time(), TOWN_TZ))
    elif bundle.station not in rules.REVIEWS:
        kind, limits = CountdownKind.HANDLING, (case.item.promised, case.item.statutory)
    countdowns.begin(
        session, case, countdowns.plan(session, kind, starts_at, limits, hall.calendar)
    )


def move_on(
    session: Session, case: Case, bundle: Bundle, to: Station, by: tuple[Actor, datetime, Hall]
) -> None:
    """Bring a bundle to a station: its stage, its time, its handler and a line of its history."""
    actor, now, hall = by
    was_accepted = case.accepted_at is not None
    bundle.station, stage = to, rules.STAGE_AT[to]
    if stage is not case.stage:
        case.stage = move(case.stage, stage)
    # one promise covers payment and entry, whichever comes first
    if not (was_accepted and stage in OPEN):
        countdowns.end(session, case, now)
        if stage in OPEN:
            _wait(session, case, bundle, now, hall)
    if to in {Station.PAYMENT, Station.POSTING} and not was_accepted:
        case.accepted_at = now
    if stage not in OPEN:
        ending.let_go(session, case, now)
        case.result = Result.DONE if to is Station.DONE else None
    case.handler_id = _next_handler(session, bundle) or case.handler_id
    write_line(session, case, rules.station_line(to), actor, now)
    session.flush()


def _next_handler(session: Session, bundle: Bundle) -> int | None:
    """Return whom the watch over the countdown speaks to: somebody who may take the next step."""
    if bundle.station is Station.VILLAGE:
        return bundle.begun_by_id
    able = holding(session, *rules.WORKERS_AT.get(bundle.station, ()))
    had = {bundle.begun_by_id, bundle.submitted_by_id, bundle.first_by_id}
    free = [one.id for one in able if one.id not in had]
    return next(iter(free), None)


def sign(
    session: Session,
    bundle: Bundle,
    signed: Sequence[Signed],
    scans: tuple[ScannedPaper, ScannedPaper | None],
    actor: Actor,
    now: datetime,
) -> None:
    """Record who signed the 支出审批单 on paper, over what was recorded before.

    `scans` are the sheet and, where a meeting decided, its minutes.
    Raises: NotHere, SignatureMissing, SignedLater, SignedOutOfOrder, SameHand, NoMinutes.
    """
    rules.check_at(bundle.station, Station.VILLAGE)
    wanted, (sheet, minutes) = needed(session, bundle), scans
    check_chain(wanted, signed, town_day(now))
    check_minutes(wanted, has_minutes=minutes is not None)
    kept = keep_scan(session, bundle, sheet, actor, now)
    said = keep_scan(session, bundle, minutes, actor, now) if minutes else kept
    mine = BundleSignature.bundle_id == bundle.case_id
    session.execute(sa.delete(BundleSignature).where(mine))
    town = vault_of(session).town
    for one in signed:
        uuid = uuid4().hex
        row = BundleSignature(uuid=uuid, bundle_id=bundle.case_id, part=one.part)
        row.name_sealed = town.seal(one.name, bundles.signature_place(uuid))
        row.signed_on = one.on
        row.scan_id = said.id if one.part in WITH_MINUTES else kept.id
        row.recorded_at, row.recorded_by_id = now, actor.staff_id or 0
        session.add(row)
    touch(session.get_one(Case, bundle.case_id))
    session.flush()
    record(session, actor, "bundle.signed", f"case:{bundle.case_id}", now, number=len(signed))


def needed(session: Session, bundle: Bundle) -> Sequence[SignPart]:
    """Return who has to sign a bundle, in order."""
    return chain(bundles.total(session, bundle), bundle.means, bundles.limits(session))
