"""信访的表单: what the duty leader types while somebody sits in front of him."""

from datetime import date

from flask import request

from desk.cases.rules.people import Person
from desk.windows.petitions.actions.afterwards import AskedFor
from desk.windows.petitions.actions.answering import Declining, HandingOn
from desk.windows.petitions.rules.afterwards import NoDay
from desk.windows.petitions.rules.answers import BODY_LIMIT, Ground, HandOn
from desk.windows.petitions.rules.intake import (
    ORDER_LIMIT,
    TEXT_LIMIT,
    MatterNeeded,
    read_names,
    read_people,
)
from desk.windows.petitions.rules.kinds import (
    Channel,
    Matter,
    Outcome,
    Remedy,
    Satisfaction,
    Told,
    Topic,
)
from desk.windows.petitions.rules.settings import Numbers, OnlyMobiles, read_number
from kernel.contact import PhoneKind, parse_phone
from kernel.identity import DocumentKind, normalised_number
from kernel.text import checked_name
from kernel.web.fields import NotAChoice, Typed
from services_catalog.rules.limits import LimitUnit

ADDRESS_LIMIT = 200
DAY_UNITS = (LimitUnit.CALENDAR, LimitUnit.WORKING)


def told() -> Told:
    """Read what somebody came with."""
    typed = Typed()
    matter = typed.choice("matter", Matter)
    channel, topic = typed.choice("channel", Channel), typed.choice("topic", Topic)
    found = Told(
        matter or Matter.APPEAL,
        channel or Channel.VISIT,
        topic or Topic.OTHER,
        gist=typed.text("gist", TEXT_LIMIT),
        asked=typed.text("asked", TEXT_LIMIT),
        people=typed.read("people", read_people) or 1,
        is_repeat=request.form.get("times") == "repeat",
        representatives=read_names(typed.text("representatives", TEXT_LIMIT)),
        order_number=typed.text("order_number", ORDER_LIMIT),
    )
    typed.finish()
    if matter is None:
        raise MatterNeeded
    return found


def person(today: date) -> Person:
    """Read who came; whether a name is needed depends on the matter."""
    typed = Typed()
    number = typed.optional(
        "applicant_document_number",
        lambda text: normalised_number(DocumentKind.RESIDENT_ID, text, today),
    )
    phone = typed.optional("applicant_phone", parse_phone)
    found = Person(
        name=typed.optional("applicant_name", checked_name) or "",
        document_kind=DocumentKind.RESIDENT_ID if number else DocumentKind.NONE,
        document_number=number or "",
        phone=phone.stored if phone else "",
        address=typed.text("applicant_address", ADDRESS_LIMIT),
    )
    typed.finish()
    return found


def declining() -> Declining:
    """Read why a petition is not taken up."""
    typed = Typed()
    ground = typed.choice("ground", Ground)
    body, reason = typed.text("body", BODY_LIMIT), typed.text("reason", TEXT_LIMIT)
    typed.finish()
    if ground is None:
        raise NotAChoice
    return Declining(ground, body, reason)


def handing_on() -> HandingOn:
    """Read where a petition goes."""
    typed = Typed()
    way = typed.choice("way", HandOn)
    body, note = typed.text("body", BODY_LIMIT), typed.text("note", TEXT_LIMIT)
    report_by = typed.day("report_by_on")
    typed.finish()
    if way is None:
        raise NotAChoice
    return HandingOn(way, body, note, report_by)


def answer() -> tuple[Outcome, str]:
    """Read the answer."""
    typed = Typed()
    outcome, text = typed.choice("outcome", Outcome), typed.text("opinion")
    typed.finish()
    if outcome is None:
        raise NotAChoice
    return outcome, text


def day(name: str) -> date:
    """Read a day that must be there."""
    typed = Typed()
    found = typed.day(name)
    typed.finish()
    if found is None:
        raise NoDay
    return found


def satisfaction() -> Satisfaction:
    """Read what the petitioner said."""
    typed = Typed()
    found = typed.choice("satisfaction", Satisfaction)
    typed.finish()
    if found is None:
        raise NotAChoice
    return found


def remedy() -> AskedFor:
    """Read that a review was asked for."""
    typed = Typed()
    kind, body = typed.choice("remedy", Remedy), typed.text("body", BODY_LIMIT)
    asked_on = typed.day("on")
    typed.finish()
    if asked_on is None:
        raise NoDay
    return AskedFor(kind or Remedy.REVIEW, asked_on, body)


def text(name: str) -> str:
    """Read one text."""
    typed = Typed()
    found = typed.text(name)
    typed.finish()
    return found


def numbers() -> tuple[Numbers, str]:
    """Read the town's numbers, and whom a group visit is told."""
    typed = Typed()
    unit = typed.choice("accept_unit", LimitUnit)
    names = ("accept_days", "sign_days", "group_size", "most_representatives", "review_days")
    found = {name: typed.read(name, read_number) or 1 for name in names}
    upward = typed.optional("upward", _mobile) or ""
    typed.finish()
    if unit not in DAY_UNITS:
        raise NotAChoice
    return Numbers(accept_unit=unit, **found), upward


def _mobile(typed: str) -> str:
    phone = parse_phone(typed)
    if phone.kind is not PhoneKind.MOBILE:
        raise OnlyMobiles
    return phone.stored
