"""来访登记: one form, one slip. 检举控告 goes sealed to 纪检 and becomes no case at all."""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from desk.cases.actions import countdowns
from desk.cases.actions.people import add_parties
from desk.cases.actions.register import Intake, numbered_case
from desk.cases.actions.writing import write_line
from desk.cases.records import Case
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.intake import Answer
from desk.cases.rules.people import Person
from desk.messages.actions import Promise, queue
from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.wording import upward_text
from desk.windows.petitions import queries
from desk.windows.petitions.records import Denunciation, Petition
from desk.windows.petitions.rules.intake import (
    CODE_LENGTH,
    ItemMissing,
    check_told,
    group_words,
    is_group,
    registered_line,
)
from desk.windows.petitions.rules.kinds import Channel, Matter, Told, item_code
from duty_roster.actions import log
from duty_roster.rules.log import LogKind, Written
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.errors import NotFound
from kernel.hall import Hall
from kernel.house_session import vault_of
from kernel.staff.records import Staff
from kernel.town.records import Village
from kernel.vault import CROCKFORD
from services_catalog import queries as catalogue
from services_catalog.records import ItemVersion
from services_catalog.rules.items import Window
from services_catalog.rules.limits import NO_LIMIT, LimitUnit, TimeLimit


@dataclass(frozen=True, slots=True)
class Visit:
    """来访: who came, from where, with what, and which leader answers for it."""

    told: Told
    person: Person
    village: Village | None
    leader: Staff


def register(
    session: Session, visit: Visit, actor: Actor, now: datetime, hall: Hall
) -> tuple[str, Case | None]:
    """Register a visit; return the code of its slip, and its case where it becomes one.

    The code is on every slip and says nothing of the matter. Raises: GistNeeded, NameNeeded,
    OrderNumberNeeded, TooManyRepresentatives, ItemMissing, ClockWentBack.
    """
    settings = queries.settings(session)
    check_told(visit.told, visit.person.name, settings.most_representatives)
    audit.refuse_a_clock_that_went_back(session, now)
    code = "".join(secrets.choice(CROCKFORD) for _ in range(CODE_LENGTH))
    if visit.told.matter is Matter.DENUNCIATION:
        _seal(session, visit, code, actor, now)
        return code, None
    return code, _open(session, visit, code, (actor, now), hall)


def _seal(session: Session, visit: Visit, code: str, actor: Actor, now: datetime) -> None:
    """Put what was said where 纪检 alone finds it. The audit line is silent about it, too."""
    said = {
        **asdict(visit.told),
        "name": visit.person.name,
        "phone": visit.person.phone,
        "address": visit.person.address,
        "village": visit.village.name if visit.village else "",
    }
    sealed = vault_of(session).town.seal(json.dumps(said), f"denunciation|said|{code}")
    session.add(
        Denunciation(
            code=code,
            received_at=now,
            received_by_id=actor.staff_id,
            said_sealed=sealed,
            outcome_sealed="",
        )
    )
    session.flush()
    audit.record(session, actor, "visit.registered", f"visit:{code}", now)


def _open(
    session: Session, visit: Visit, code: str, asked: tuple[Actor, datetime], hall: Hall
) -> Case:
    """Open the case of a petition: from now on the days to say whether it is taken up run."""
    (actor, now), told = asked, visit.told
    intake = Intake(
        window=Window.PETITIONS,
        item=_item(session, told),
        answer=Answer.RECEIVE,
        applicant=visit.person,
        materials=(),
        village=visit.village,
        outside_number=told.order_number,
    )
    case = numbered_case(session, intake, actor, now)
    session.add(case)
    session.flush()
    planned = countdowns.plan(
        session, CountdownKind.INTAKE, now, (_accept_limit(session, told), NO_LIMIT), hall.calendar
    )
    countdowns.begin(session, case, planned)
    add_parties(session, case.id, intake.people)
    write_line(session, case, registered_line(told), actor, now)
    session.add(_petition(session, visit, code, case.id))
    session.flush()
    if is_group(told.people, queries.settings(session).group_size):
        _tell_upward(session, visit, case, asked, hall)
    facts = {"people": told.people, "channel": told.channel}
    audit.record(session, actor, "petition.registered", f"case:{case.id}", now, **facts)
    return case


def _petition(session: Session, visit: Visit, code: str, case_id: int) -> Petition:
    told, town = visit.told, vault_of(session).town

    def sealed(column: str, text: str) -> str:
        return town.seal(text, f"petition|{column}|{code}") if text else ""

    return Petition(
        case_id=case_id,
        code=code,
        matter=told.matter,
        channel=told.channel,
        topic=told.topic,
        people=told.people,
        is_repeat=told.is_repeat,
        gist_sealed=sealed("gist", told.gist),
        asked_sealed=sealed("asked", told.asked),
        representatives_sealed=sealed("representatives", "、".join(told.representatives)),
        leader_id=visit.leader.id,
    )


def _item(session: Session, told: Told) -> ItemVersion:
    code = item_code(told.matter, told.channel)
    try:
        return catalogue.published(session, code)
    except NotFound:
        raise ItemMissing(code=code) from None


def _accept_limit(session: Session, told: Told) -> TimeLimit:
    """Return by when the petitioner hears whether it is taken up; an order is signed for."""
    settings = queries.settings(session)
    if told.channel is Channel.HOTLINE:
        return TimeLimit(settings.sign_days, LimitUnit.WORKING)
    return TimeLimit(settings.accept_days, settings.accept_unit)


def _tell_upward(
    session: Session, visit: Visit, case: Case, asked: tuple[Actor, datetime], hall: Hall
) -> None:
    """Put a group visit on every leader's list until it is closed, and write to the one above."""
    actor, now = asked
    where = visit.village.name if visit.village else ""
    words = group_words(visit.told, case.number, where)
    link = f"/windows/petitions/cases/{case.number}"
    log.write(session, Written(LogKind.VISIT, words, now, is_open=True, link=link), actor, now)
    mobile = queries.upward_mobile(session)
    if mobile:
        key = f"petition:{case.id}:upward"

        def wording(mark: str) -> str:
            return upward_text(hall.town.signature, mark)

        queue(session, Promise(key, MessageKind.UPWARD, mobile, wording), now)
