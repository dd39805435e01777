"""通知名单的维护: what an entry of a kind's list needs."""

from dataclasses import dataclass

from desk.incidents.rules.calls import Contact
from desk.incidents.rules.kinds import IncidentKind
from kernel.errors import Refusal

LABEL_LIMIT, NAME_LIMIT = 40, 40


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a kind's list besides the villages, which are rung by themselves."""

    kind: IncidentKind
    label: str
    #: of the telephone directory: then the number is the directory's, whatever is typed
    unit_code: str
    contact: Contact


class EntryIncomplete(Refusal):
    message = "请写单位或岗位名称，并填电话，或者选电话簿里的单位。"
    status = 422
    field = "label"


class NoSuchUnit(Refusal):
    message = "电话簿里没有这个单位，请从列出的里面选。"
    status = 422
    field = "unit_code"


def check_entry(entry: Entry) -> None:
    """Refuse an entry nobody could ring."""
    if not entry.label or not (entry.contact.phone or entry.unit_code):
        raise EntryIncomplete
