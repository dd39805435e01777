"""企业窗口的表单: what an agent types about enterprises, projects, mandates and road maps."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from flask import request

from desk.cases.actions.verbs import Acceptance
from desk.cases.rules.attachments import MOST_BYTES, AttachedTo, ScannedPaper, read_scan
from desk.cases.rules.results import Result
from desk.windows.enterprise.actions.enterprises import HandedIn, Named, Particulars
from desk.windows.enterprise.actions.projects import Undertaking
from desk.windows.enterprise.rules.mandates import MandateFacts, MandateWay
from desk.windows.enterprise.rules.projects import (
    EnterpriseStage,
    NotAnAgent,
    NotANumber,
    NothingTyped,
    ProxyStep,
)
from desk.windows.enterprise.rules.roadmaps import PARTED, PlannedErrand
from kernel.contact import parse_phone
from kernel.identity import parse_credit_code
from kernel.money import parse_fen
from kernel.text import checked_name, checked_text, whole_number
from kernel.web.fields import Typed, read_day

NAME_LIMIT = 100
ADDRESS_LIMIT = 200
REASON_LIMIT = 200
OUTSIDE_LIMIT = 60
#: rows of the road map's editor beyond those that are there
MORE_ROWS = 3
MOST_ROWS = 220
LARGEST_AREA = 10**9


def particulars() -> tuple[Particulars, Named]:
    """Read a new enterprise and whom to ring there."""
    typed = Typed()
    code = typed.read("credit_code", parse_credit_code) or ""
    told = Particulars(
        credit_code=code,
        name=typed.read("name", partial(needed, limit=NAME_LIMIT)) or "",
        stage=typed.one("stage", EnterpriseStage) or EnterpriseStage.INTENDING,
        address=typed.text("address", ADDRESS_LIMIT),
    )
    named = _named(typed)
    typed.finish()
    return told, named


def named() -> Named:
    """Read somebody to ring at an enterprise."""
    typed = Typed()
    found = _named(typed)
    typed.finish()
    return found


def standing() -> tuple[EnterpriseStage, str]:
    """Read how far an enterprise has come, and where it is."""
    typed = Typed()
    stage = typed.one("stage", EnterpriseStage) or EnterpriseStage.INTENDING
    address = typed.text("address", ADDRESS_LIMIT)
    typed.finish()
    return stage, address


def handed_in() -> HandedIn:
    """Read a paper for the dossier; its scan is welcome, not needed."""
    typed = Typed()
    name = typed.read("name", partial(needed, limit=NAME_LIMIT)) or ""
    until, note = typed.day("valid_until_on"), typed.text("note", REASON_LIMIT)
    typed.finish()
    file = request.files.get("file")
    scan = scanned(name) if file is not None and file.filename else None
    return HandedIn(name, until, note, scan)


def scanned(title: str) -> ScannedPaper:
    """Read an uploaded scan, without what does not belong in it."""
    file = request.files.get("file")
    content = file.stream.read(MOST_BYTES + 1) if file else b""
    return read_scan(AttachedTo.MATERIAL, title, content)


def undertaking(agents: Iterable[int]) -> Undertaking:
    """Read a new project."""
    typed, known = Typed(), frozenset(agents)
    found = Undertaking(
        name=typed.read("name", partial(needed, limit=NAME_LIMIT)) or "",
        industry=typed.text("industry", NAME_LIMIT),
        investment_fen=typed.optional("investment", _wan) or 0,
        land_area=typed.optional("land_area", _area) or 0,
        agent_id=typed.read("agent", partial(_agent, known)) or 0,
        deputy_id=typed.optional("deputy", partial(_agent, known)),
        target_on=typed.day("target_on"),
    )
    typed.finish()
    return found


def agents(known: Iterable[int]) -> tuple[int, int | None, date | None]:
    """Read who walks a project from now on, and by when it should be done."""
    typed, may = Typed(), frozenset(known)
    found = (
        typed.read("agent", partial(_agent, may)) or 0,
        typed.optional("deputy", partial(_agent, may)),
        typed.day("target_on"),
    )
    typed.finish()
    return found


def map_chosen() -> int:
    """Read which edition of a road map was chosen; garbled: 0, which none has."""
    return whole_number(request.values.get("map", "")) or 0


def terms(milestones: Iterable[str]) -> MandateFacts:
    """Read what a mandate is to say."""
    typed = Typed()
    ticked = request.form.getlist("covers")
    way = typed.one("way", MandateWay) or MandateWay.WHOLE
    from_on, until_on = typed.read("from_on", read_day), typed.read("until_on", read_day)
    typed.finish()
    covers = tuple(one for one in milestones if one in ticked)
    return MandateFacts(
        way,
        covers if way is MandateWay.STAGES else (),
        from_on or date.min,
        until_on or date.min,
    )


def signed() -> tuple[date, ScannedPaper]:
    """Read the day of a signature, and the scan."""
    typed = Typed()
    day = typed.read("signed_on", read_day)
    typed.finish()
    return day or date.min, scanned("mandate")


def step() -> tuple[ProxyStep, str]:
    """Read which of the seven steps is taken."""
    typed = Typed()
    chosen = typed.one("step", ProxyStep) or ProxyStep.TAKEN_UP
    note = typed.text("note", REASON_LIMIT)
    typed.finish()
    return chosen, note


def reason() -> str:
    """Read why something is done."""
    typed = Typed()
    words = typed.text("reason", REASON_LIMIT)
    typed.finish()
    return words


def road_map() -> tuple[str, str, list[PlannedErrand]]:
    """Read a new edition: its name, what changed, and a row for each errand."""
    typed = Typed()
    name = typed.read("name", partial(needed, limit=NAME_LIMIT)) or ""
    note = typed.text("note", REASON_LIMIT)
    rows = [_planned(typed, place) for place in range(MOST_ROWS) if _is_filled(place)]
    typed.finish()
    return name, note, rows


def acceptance() -> Acceptance:
    """Read on which day the body that accepts has accepted, and its number."""
    typed = Typed()
    day, number = typed.day("accepted_on"), typed.text("outside_number", OUTSIDE_LIMIT)
    words = typed.text("reason", REASON_LIMIT)
    typed.finish()
    return Acceptance(day, number, words)


def ending() -> tuple[Result, str]:
    """Read how a case ends, and why."""
    typed = Typed()
    result, words = typed.one("result", Result), typed.text("reason")
    typed.finish()
    return result or Result.DONE, words


def needed(typed: str, limit: int) -> str:
    """Return a text that has to be there. Raises NothingTyped."""
    text = checked_text(typed, limit)
    if not text:
        raise NothingTyped
    return text


def _named(typed: Typed) -> Named:
    name = typed.read("contact_name", checked_name) or ""
    phone = typed.read("contact_phone", parse_phone)
    post = typed.text("contact_post", NAME_LIMIT)
    agrees = request.form.get("contact_texts") == "1"
    return Named(name, phone.stored if phone else "", post, agrees)


def _agent(known: frozenset[int], typed: str) -> int:
    number = whole_number(typed)
    if number not in known:
        raise NotAnAgent
    return number


def _wan(typed: str) -> int:
    """Return the fen of an amount typed in 万元."""
    fen = parse_fen(typed) * 10_000
    if not 0 <= fen < 10**17:
        raise NotANumber
    return fen


def _area(typed: str) -> int:
    area = whole_number(typed)
    if area is None or area > LARGEST_AREA:
        raise NotANumber
    return area


def _is_filled(place: int) -> bool:
    return bool(request.form.get(f"key_{place}", "").strip())


def _planned(typed: Typed, place: int) -> PlannedErrand:
    needs = typed.text(f"needs_{place}", ADDRESS_LIMIT).replace(PARTED, " ").split()
    assisting = typed.text(f"assisting_{place}", ADDRESS_LIMIT).replace(PARTED, " ").split()
    return PlannedErrand(
        key=typed.text(f"key_{place}", 40),
        item=typed.text(f"item_{place}", 40),
        milestone=typed.read(f"milestone_{place}", partial(needed, limit=20)) or "",
        lead=typed.text(f"lead_{place}", 60),
        assisting=tuple(assisting),
        needs=tuple(dict.fromkeys(needs)),
        preparation_days=typed.optional(f"days_{place}", _area) or 0,
    )
