"""目录表单: what staff type about an item, its words and its files."""

from collections.abc import Callable
from datetime import date
from functools import partial

from flask import g, request

from kernel.errors import InvalidInput
from kernel.households.rules import (
    LONGEST_GROUP,
    HouseholdChanged,
    HouseholdRow,
    checked_door,
    read_phone,
)
from kernel.text import checked_name, checked_text
from kernel.web.fields import Typed, uploaded_file
from services_catalog.queries.keeping import Wanted
from services_catalog.rules.cells import (
    clean,
    read_handling,
    read_limit,
    read_materials,
    read_window,
)
from services_catalog.rules.columns import COLUMNS
from services_catalog.rules.editing import (
    ChangedMeanwhile,
    Edited,
    Keeping,
    NewNeedsCode,
    NotConfirmed,
    read_events,
)
from services_catalog.rules.items import FormKind, VersionState, Window
from services_catalog.rules.retiring import NoDayGiven
from services_catalog.rules.sheets import LONGEST_TITLE, checked_code, read_row
from services_catalog.rules.uploads import Upload, media_type_of

LONGEST_TEXT, LONGEST_LINE = 6000, 300
SEAL = "version"
PUBLISH = "publish"


def edited(code: str = "") -> Edited:
    """Read an item's form; without `code` it is for an item that is not there yet.

    Raises: WrongFields, with a sentence beside each wrong field.
    """
    typed = Typed()
    cells = {field: typed.text(field, LONGEST_TEXT) for field in COLUMNS if field != "code"}
    for field, check in _CHECKS.items():
        typed.read(field, check)
    cells["code"] = code or typed.read("code", _new_code) or ""
    keeping = Keeping(
        owner=typed.text("owner", LONGEST_LINE),
        review_on=typed.day("review_on"),
        events=read_events(typed.text("events", LONGEST_LINE)),
    )
    typed.finish()
    return Edited(
        entry=read_row(cells),
        keeping=keeping,
        based_on=request.form.get(SEAL, "") if code else "",
        is_to_publish=request.form.get("then") == PUBLISH,
        is_confirmed=is_confirmed(),
    )


class TitleMissing(InvalidInput):
    message = "请填写事项名称。"


def _title(text: str) -> str:
    title = checked_text(text, LONGEST_TITLE)
    if not title:
        raise TitleMissing
    return title


def _new_code(text: str) -> str:
    code = checked_text(text)
    if not code:
        raise NewNeedsCode
    return checked_code(code)


def _cleaned(read: Callable[[str], object], text: str) -> object:
    return read(clean(text))


_CHECKS: dict[str, Callable[[str], object]] = {
    "title": _title,
    **{
        field: partial(_cleaned, read)
        for field, read in (
            ("statutory", read_limit),
            ("promised", read_limit),
            ("materials", read_materials),
            ("window", read_window),
            ("handling", read_handling),
        )
    },
}


def wanted(today: date) -> Wanted:
    """Read which part of the catalogue is asked for; what is no choice is left aside."""
    asked = request.args
    state, window = asked.get("state", ""), asked.get("window", "")
    return Wanted(
        words=asked.get("q", "").strip()[:100],
        state=VersionState(state) if state in set(VersionState) else None,
        section=asked.get("section", "")[:100],
        window=Window(window) if window in set(Window) else None,
        owner=asked.get("owner", "")[:100],
        due_on=today if "due" in asked else None,
    )


def page_number() -> int:
    """Return which page of a list is asked for, from 1."""
    asked = request.args.get("page", "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 5 else 1


def household(village: str, walk: int, phone: str) -> HouseholdRow:
    """Read what is corrected about a household of a village (by its code) that has `phone`."""
    typed = Typed()
    told = typed.optional("phone", read_phone)
    row = HouseholdRow(
        row=walk,
        village=village,
        group=typed.text("group", LONGEST_GROUP),
        door=typed.read("door", checked_door) or "",
        head=typed.read("head", checked_name) or "",
        phone=phone if told is None else told,
        walk=walk,
    )
    typed.finish()
    return row


def version_seen() -> int:
    """Return the version that a form was made from; 0, which is none, where it does not say."""
    typed = request.form.get(SEAL, "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def version_shown(version: int) -> int:
    """Return the version for a form that is shown: a refused one keeps what it was made from.

    Only who was told that somebody else changed the household may press again over the change.
    """
    if request.method == "POST" and not isinstance(g.get("refusal"), HouseholdChanged):
        return version_seen()
    return version


def upload() -> Upload:
    """Read a form or sample for a material. Raises NoFile and what its content refuses."""
    typed = Typed()
    kind = typed.choice("kind", FormKind) or FormKind.BLANK
    typed.finish()
    _, content = uploaded_file()
    material = request.form.get("material", "")[:LONGEST_LINE]
    return Upload(material, kind, media_type_of(content), content)


def last_day() -> date:
    """Read from which day on a unit ends. Raises NoDayGiven."""
    typed = Typed()
    day = typed.day("closed_on")
    typed.finish()
    if day is None:
        raise NoDayGiven
    return day


def refuse_if_changed(seal: str) -> None:
    """Refuse a button whose page was made from another state of the item."""
    if request.form.get(SEAL, "") != seal:
        raise ChangedMeanwhile


def is_confirmed() -> bool:
    """Say whether somebody ticked that they looked at the limits."""
    return "is_confirmed" in request.form


def asked_to_confirm() -> bool:
    """Say whether the form is shown again because that tick was missing."""
    return isinstance(g.get("refusal"), NotConfirmed) or is_confirmed()


def is_rehearsal() -> bool:
    """Say whether the button was the one that writes nothing."""
    return request.form.get("then") != "import"


def seal_shown(seal: str) -> str:
    """Return the seal for a form that is shown: a refused one keeps what it was made from.

    Only who was told that somebody else changed the item may press again over the change.
    """
    if request.method == "POST" and not isinstance(g.get("refusal"), ChangedMeanwhile):
        return request.form.get(SEAL, seal)
    return seal
