"""问题、会商、投诉、投入的表单: what is typed about what comes in a project's way."""

from datetime import date

from flask import request

from desk.windows.enterprise.actions.complaints import Complained
from desk.windows.enterprise.actions.obstacles import Raised
from desk.windows.enterprise.rules.complaints import (
    ANSWER_LIMIT,
    NAME_LIMIT,
    WORDS_LIMIT,
    ComplaintAbout,
    NotCheckedYet,
)
from desk.windows.enterprise.rules.meetings import MOST_POINTS, Agreed, Minutes
from desk.windows.enterprise.rules.obstacles import ObstacleKind
from desk.windows.enterprise.rules.settings import Numbers, read_number
from desk.windows.enterprise.rules.spending import Spent
from kernel.money import parse_fen
from kernel.text import whole_number
from kernel.web.fields import Typed, read_day

OBSTACLE_LIMIT = 500
PRESENT_LIMIT = 500
KEY_LIMIT = 40


def raised() -> Raised:
    """Read what stands in a project's way."""
    typed = Typed()
    found = Raised(
        kind=typed.one("kind", ObstacleKind) or ObstacleKind.OTHER,
        words=typed.text("words", OBSTACLE_LIMIT),
        errand_key=typed.text("errand", KEY_LIMIT),
        owner_id=typed.optional("owner", _number),
        due_on=typed.day("due_on"),
    )
    typed.finish()
    return found


def given() -> tuple[int, date]:
    """Read who answers for an obstacle, and by when."""
    typed = Typed()
    owner, due_on = typed.read("owner", _number), typed.read("due_on", read_day)
    typed.finish()
    return owner or 0, due_on or date.min


def said(name: str, limit: int = OBSTACLE_LIMIT) -> str:
    """Read one text; its rule says whether it may be empty."""
    typed = Typed()
    words = typed.text(name, limit)
    typed.finish()
    return words


def minutes() -> Minutes:
    """Read the minutes of a meeting: a row for each thing that was agreed."""
    typed = Typed()
    held_on = typed.read("held_on", read_day) or date.min
    place, present = typed.text("place", PRESENT_LIMIT), typed.text("present", PRESENT_LIMIT)
    agreed = tuple(_agreed(typed, at) for at in range(MOST_POINTS) if _is_filled(at))
    typed.finish()
    moved = (whole_number(one) or 0 for one in request.form.getlist("obstacles"))
    return Minutes(held_on, place, present, agreed, tuple(moved))


def complained() -> Complained:
    """Read what an enterprise complains of."""
    typed = Typed()
    found = Complained(
        about=typed.one("about", ComplaintAbout) or ComplaintAbout.WINDOW,
        words=typed.text("words", WORDS_LIMIT),
        about_id=typed.optional("about_id", _number),
        bureau=typed.text("bureau", NAME_LIMIT),
    )
    typed.finish()
    return found


def answered() -> str:
    """Read the answer to a complaint."""
    return said("answer", ANSWER_LIMIT)


def spent() -> Spent:
    """Read a payment."""
    typed = Typed()
    found = Spent(
        fen=typed.read("amount", parse_fen) or 0,
        spent_on=typed.read("spent_on", read_day) or date.min,
        purpose=typed.text("purpose", OBSTACLE_LIMIT),
        payer=typed.text("payer", NAME_LIMIT),
        payee=typed.text("payee", NAME_LIMIT),
        paper=typed.text("paper", NAME_LIMIT),
    )
    typed.finish()
    return found


def numbers() -> Numbers:
    """Read the window's own days."""
    typed = Typed()
    names = ("obstacle_days", "old_days", "mandate_days", "paper_days", "least_history")
    found = [typed.read(name, read_number) or 0 for name in names]
    typed.finish()
    return Numbers(*found)


def check_ticked() -> None:
    """Refuse to close a complaint that nobody says they looked at again. Raises NotCheckedYet."""
    if request.form.get("is_checked") != "1":
        raise NotCheckedYet


def _number(typed: str) -> int:
    """Return a number; of anything else 0, which nobody has."""
    return whole_number(typed) or 0


def _is_filled(at: int) -> bool:
    names = (f"who_{at}", f"what_{at}")
    return any(request.form.get(name, "").strip() for name in names)


def _agreed(typed: Typed, at: int) -> Agreed:
    who = typed.text(f"who_{at}", NAME_LIMIT)
    return Agreed(who, typed.text(f"what_{at}", OBSTACLE_LIMIT), typed.day(f"by_{at}"))
