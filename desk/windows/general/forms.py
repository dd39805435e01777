"""综合窗口的表单: what the counter types, checked field by field."""

from datetime import date
from functools import partial

from flask import request

from desk.cases.actions.verbs import Acceptance
from desk.cases.rules.people import Person, Relation
from desk.cases.rules.results import Result
from kernel.contact import parse_phone
from kernel.identity import (
    DocumentKind,
    Sex,
    check_birth_and_sex,
    contradictions,
    normalised_number,
    parse_resident_id,
)
from kernel.text import checked_name, checked_text
from kernel.web.fields import NotAChoice, Typed, one_of

ADDRESS_LIMIT = 200
OUTSIDE_LIMIT = 60
REASON_LIMIT = 200


def applicant(today: date) -> Person:
    """Read who the case is about."""
    typed = Typed()
    person = _person(typed, "applicant_", today, is_named=True)
    typed.finish()
    return person


def people(today: date, *, is_named: bool) -> tuple[Person, Person | None]:
    """Read applicant and presenter, so that whatever is wrong with either is told at once.

    Somebody who is only referred may stay unnamed. No presenter: the applicant came.
    """
    typed = Typed()
    person = _person(typed, "applicant_", today, is_named=is_named)
    other = _presenter(typed, today) if "presented" in request.form else None
    typed.finish()
    return person, other


def outside_number() -> str:
    """Read the number of the file in the system where it really lives."""
    typed = Typed()
    number = typed.text("outside_number", OUTSIDE_LIMIT)
    typed.finish()
    return number


def acceptance() -> Acceptance:
    """Read on which day the body that accepts has accepted, and its number."""
    typed = Typed()
    day, number = typed.day("accepted_on"), typed.text("outside_number", OUTSIDE_LIMIT)
    reason = typed.text("reason", 200)
    typed.finish()
    return Acceptance(day, number, reason)


def ending() -> tuple[Result, str]:
    """Read how a case ends, and why."""
    typed = Typed()
    result, reason = typed.choice("result", Result), typed.text("reason")
    typed.finish()
    if result is None:
        raise NotAChoice
    return result, reason


def _presenter(typed: Typed, today: date) -> Person:
    person = _person(typed, "presenter_", today, is_named=True)
    relation = typed.read("presenter_relation", partial(one_of, Relation))
    return Person(
        person.name,
        person.document_kind,
        person.document_number,
        phone=person.phone,
        relation=relation,
    )


def _person(typed: Typed, prefix: str, today: date, *, is_named: bool) -> Person:
    read_name = typed.read if is_named else typed.optional
    name = read_name(f"{prefix}name", checked_name)
    kind = typed.choice(f"{prefix}document_kind", DocumentKind) or DocumentKind.NONE
    if not is_named and not request.form.get(f"{prefix}document_number", "").strip():
        kind = DocumentKind.NONE
    number = _number(typed, prefix, kind, today)
    phone = typed.optional(f"{prefix}phone", parse_phone)
    born_on, sex, reason = _birth_and_sex(typed, prefix, kind, number, today)
    return Person(
        name=name or "",
        document_kind=kind,
        document_number=number,
        born_on=born_on,
        sex=sex,
        phone=phone.stored if phone else "",
        address=typed.read(f"{prefix}address", partial(checked_text, limit=ADDRESS_LIMIT)) or "",
        birth_reason=reason,
    )


def _number(typed: Typed, prefix: str, kind: DocumentKind, today: date) -> str:
    if kind is DocumentKind.NONE:
        return ""
    field = f"{prefix}document_number"
    return typed.read(field, lambda text: normalised_number(kind, text, today)) or ""


def _birth_and_sex(
    typed: Typed, prefix: str, kind: DocumentKind, number: str, today: date
) -> tuple[date | None, Sex | None, str]:
    """Read both, filled in from a resident ID; another value needs a reason (practice 7).

    The reason is kept only where there is something to explain.
    """
    born_on, sex = typed.day(f"{prefix}born_on"), typed.choice(f"{prefix}sex", Sex)
    if kind is not DocumentKind.RESIDENT_ID or not number:
        return born_on, sex, ""
    resident, reason = parse_resident_id(number, today), f"{prefix}birth_reason"
    typed.read(reason, lambda text: check_birth_and_sex(resident, born_on, sex, text))
    words = typed.text(reason, REASON_LIMIT) if contradictions(resident, born_on, sex) else ""
    return born_on or resident.born_on, sex or resident.sex, words
