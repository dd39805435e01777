"""办件表单: what the forms that all windows share bring in, checked field by field."""

from collections.abc import Sequence

from flask import request

from desk.cases.records import CaseMaterial
from desk.cases.rules.approvals import ApprovalKind, Asked
from desk.cases.rules.contacts import CallResult, Contact
from desk.cases.rules.declining import Declined, Ground
from desk.cases.rules.delivery import Manner, Taker
from desk.cases.rules.intake import COUNTERS, Answer, Brought, MaterialState
from desk.cases.rules.joint import Answered, Opinion, Wanted
from desk.cases.rules.outage import Late, moment, read_time
from desk.cases.rules.people import Relation
from desk.cases.rules.receipts import read_number
from kernel.contact import parse_phone
from kernel.errors import InvalidInput
from kernel.text import checked_name
from kernel.web.fields import NotAChoice, Typed, read_day
from services_catalog.records import Material
from services_catalog.rules.items import Window

REASON_LIMIT = 300
BODY_LIMIT, OPINION_LIMIT = 60, 1000
NAME_LIMIT = 40
MOST_DIGITS = 4


class NotANumber(InvalidInput):
    message = "请填整数，例如 5。"


class ResultOfCall(InvalidInput):
    message = "请选这次打电话或上门的结果。"
    field = "result"


def read_count(typed: str) -> int:
    """Read a whole number. Raises NotANumber."""
    text = typed.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise NotANumber(sentence="")
    return int(text)


def asked_for() -> Asked:
    """Read what somebody asks of a leader."""
    typed = Typed()
    kind = typed.choice("kind", ApprovalKind)
    asked = Asked(
        kind or ApprovalKind.HOLD,
        typed.text("reason", REASON_LIMIT),
        typed.optional("days", read_count),
        typed.optional("hold_type", read_count),
        typed.day("until_on"),
    )
    typed.finish()
    if kind is None:
        raise NotAChoice
    return asked


def decision() -> tuple[bool, str]:
    """Read a leader's answer: which button, and the words with it."""
    typed = Typed()
    answer = typed.text("answer", REASON_LIMIT)
    is_granted = typed.read("decision", _yes_or_no)
    typed.finish()
    return bool(is_granted), answer


def _yes_or_no(typed: str) -> bool:
    if typed not in {"grant", "refuse"}:
        raise NotAChoice
    return typed == "grant"


def counter_answer() -> Answer:
    """Read which button was pressed; Enter alone presses the first one."""
    typed = Typed()
    chosen = typed.choice("answer", Answer)
    typed.finish()
    if chosen not in COUNTERS:
        raise NotAChoice
    return chosen


def checklist(materials: Sequence[Material] | Sequence[CaseMaterial]) -> list[Brought]:
    """Read the ticked checklist, with what is wrong with each paper."""
    typed = Typed()
    found = [
        Brought(
            paper.name,
            paper.copies,
            _state(str(paper.position)),
            typed.text(f"flaw_{paper.position}", 120),
        )
        for paper in materials
    ]
    typed.finish()
    return found


def _state(position: str) -> MaterialState:
    """Return what was ticked beside a paper; what was brought is brought, whatever else is."""
    ticks = ("brought", MaterialState.BROUGHT), ("waived", MaterialState.NOT_NEEDED)
    for name, state in (*ticks, ("owed", MaterialState.OWED)):
        if position in request.form.getlist(name):
            return state
    return MaterialState.MISSING


def refusal_to_accept() -> Declined:
    """Read on which ground a case is not accepted, why, and who is the right body."""
    typed = Typed()
    ground = typed.choice("ground", Ground)
    declined = Declined(
        ground or Ground.NOT_OURS,
        typed.text("decline_reason", REASON_LIMIT),
        typed.text("right_body", 100),
    )
    typed.finish()
    if ground is None:
        raise NotAChoice
    return declined


def late_slip() -> Late | None:
    """Read what a slip written by hand says of its number and moment; None: registered at once."""
    typed = Typed()
    number = read_number(request.values.get("slip", "")[:NAME_LIMIT])
    if not number:
        return None
    day, at = typed.read("true_on", read_day), typed.read("true_time", read_time)
    words = typed.text("late_reason", REASON_LIMIT)
    typed.finish()
    return Late(number, moment(day, at), words) if day and at else None


def reason() -> str:
    """Read why something is done."""
    typed = Typed()
    words = typed.text("reason", REASON_LIMIT)
    typed.finish()
    return words


def places() -> list[int]:
    """Read which papers that were owed are here now, by their place in the list."""
    return [int(one) for one in request.form.getlist("owed") if one.isdecimal() and len(one) < 4]


def contact() -> Contact:
    """Read whom the applicant wants told, until when, and whether both."""
    typed = Typed()
    phone = typed.read("contact_phone", parse_phone)
    named = Contact(
        name=typed.read("contact_name", checked_name) or "",
        relation=typed.choice("contact_relation", Relation),
        phone=phone.stored if phone else "",
        until_on=typed.day("contact_until_on"),
        has_consent="contact_consent" in request.form,
        tells_both="contact_both" in request.form,
    )
    typed.finish()
    return named


def call_made() -> tuple[CallResult, str]:
    """Read what came of a call or visit."""
    typed = Typed()
    result, note = typed.choice("result", CallResult), typed.text("note", REASON_LIMIT)
    typed.finish()
    if result is None:
        raise ResultOfCall
    return result, note


def joint_part() -> Wanted:
    """Read which window, or which body outside, is asked for what, within how many days."""
    typed = Typed()
    wanted = Wanted(
        typed.choice("window", Window),
        typed.text("body", BODY_LIMIT),
        typed.read("days", read_count) or 0,
        typed.text("task", REASON_LIMIT),
    )
    typed.finish()
    return wanted


def joint_answer() -> Answered:
    """Read what is answered for a part, with its papers."""
    typed = Typed()
    opinion = typed.one("opinion", Opinion)
    words, papers = typed.text("words", OPINION_LIMIT), typed.text("papers", REASON_LIMIT)
    gave = typed.text("gave", NAME_LIMIT)
    typed.finish()
    if opinion is None:
        raise NotAChoice
    return Answered(opinion, words, papers, gave)


def arrangement() -> tuple[Manner, Taker]:
    """Read how the result gets to the applicant, and who takes it on the spot."""
    typed = Typed()
    manner = typed.choice("manner", Manner)
    taker = Taker(typed.text("taker", NAME_LIMIT), typed.choice("relation", Relation))
    typed.finish()
    return manner or Manner.NOTHING, taker
