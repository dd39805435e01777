"""365指南: what card and board of a village say, as plain values; the same for both.

Source: the 365 article (one card a household, one board a village, two advisers); practice 12
(complaint phone and 12345 on every card and board) and 33.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import takewhile
from string import digits
from typing import NamedTuple

from kernel.town.rules import DIRECTORY_GROUPS
from services_catalog.rules.items import HANDLING_NAMES, Handling

HOTLINE = "12345"
NOTE = "{usual}（另有注明的除外）"
#: of these the name and the number are said: what the windows do is the list of items, and
#: nobody asks what 110 is for. Of the others also business and place. Source: the 365 article.
ONLY_PHONES = frozenset({"centre", "township", "social"})
#: numbers that belong to no place
NATIONWIDE = frozenset({"social"})
#: a prefix shorter than this, or shared by fewer units, is not worth a heading
SHORTEST_PREFIX = 3
FEWEST_SHARING = 4
_FIRST = re.compile(r"[、，,；;/\s]+")

Content = dict[str, object]

#: 服务对象 of what no household ever asks for
FIRMS_ONLY = "法人"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every print says about the house it comes from."""

    town: str
    hall: str
    address: str
    hours: str
    duty_phone: str
    complaint_phone: str
    is_sample: bool
    #: where the QR codes lead; when it moves, what was printed is stale
    site: str


class Place(NamedTuple):
    """A village."""

    code: str
    name: str


class Contact(NamedTuple):
    """咨询员: one of the two people of a village whom anybody may ring."""

    name: str
    office: str
    phone: str


class Unit(NamedTuple):
    """One unit of the telephone directory."""

    group: str
    name: str
    business: str
    place: str
    hours: str
    phone: str


class Offer(NamedTuple):
    """A published item, as the guide lists it."""

    section: str
    title: str
    handling: Handling
    phone: str


def imprint_content(imprint: Imprint) -> Content:
    """Return the imprint with 12345 among the phones for complaints."""
    said = asdict(imprint)
    if HOTLINE not in imprint.complaint_phone:
        said["complaint_phone"] = "、".join(filter(None, (imprint.complaint_phone, HOTLINE)))
    return said


def guide_content(
    imprint: Imprint,
    village: Place,
    advisers: Sequence[Contact],
    units: Sequence[Unit],
    offers: Sequence[Offer],
) -> Content:
    """Return what the card and the board of a village say."""
    return {
        **imprint_content(imprint),
        "village": village._asdict(),
        "advisers": [adviser._asdict() for adviser in advisers],
        "sections": section_contents(offers),
        "groups": group_contents(units, imprint.hall),
    }


def section_contents(offers: Iterable[Offer]) -> list[Content]:
    """Return the items by section: the section's phone once, an item's where it differs."""
    by_section: dict[str, list[Offer]] = {}
    for offer in offers:
        by_section.setdefault(offer.section, []).append(offer)
    return [_section(name, some) for name, some in by_section.items()]


def _section(name: str, offers: Sequence[Offer]) -> Content:
    usual = commonest([first_phone(offer.phone) for offer in offers])
    items = [
        {
            "title": offer.title,
            "handling": HANDLING_NAMES[offer.handling],
            "phone": "" if first_phone(offer.phone) == usual else first_phone(offer.phone),
        }
        for offer in offers
    ]
    return {"name": name, "phone": usual, "items": items}


def group_contents(units: Iterable[Unit], hall: str) -> list[Content]:
    """Return the directory by group, in the order of the groups."""
    by_group: dict[str, list[Unit]] = {group: [] for group in DIRECTORY_GROUPS}
    for unit in units:
        by_group.setdefault(unit.group, []).append(unit)
    return [_group(group, some, hall) for group, some in by_group.items() if some]


def _group(group: str, units: Sequence[Unit], hall: str) -> Content:
    """Return a group; what its names, places and hours have in common is said once, above."""
    prefix = shared_prefix([unit.name for unit in units])
    place = shared_prefix([unit.place for unit in units])
    hours = commonest([unit.hours for unit in units])
    usual = filter(None, ("" if place == prefix else place, hours))
    return {
        "name": DIRECTORY_GROUPS.get(group, group),
        "prefix": "" if prefix == hall else prefix,
        "note": "" if group in NATIONWIDE else NOTE.format(usual="；".join(usual)),
        "units": [
            {
                "name": unit.name.removeprefix(prefix),
                "phone": unit.phone,
                "words": _words(unit, place, "" if unit.hours == hours else unit.hours),
            }
            for unit in units
        ],
    }


def _words(unit: Unit, place: str, own_hours: str) -> str:
    """Return what a unit does and where, and its hours where they are not the usual ones."""
    if unit.group in NATIONWIDE:
        return ""
    if unit.group in ONLY_PHONES:
        return own_hours
    aside = "，".join(filter(None, (unit.place.removeprefix(place), own_hours)))
    return unit.business + (f"（{aside}）" if aside else "")


def first_phone(phones: str) -> str:
    """Return the first of the numbers of an item: the one to ring."""
    return _FIRST.split(phones.strip())[0]


def commonest(texts: Sequence[str]) -> str:
    """Return what is said oftenest; of equals the first."""
    return Counter(texts).most_common(1)[0][0]


def shared_prefix(texts: Sequence[str]) -> str:
    """Return what all texts begin with, where it is worth saying once; empty otherwise."""
    prefix = common_start(texts).rstrip(digits)  # 1号 and 10号 share no word
    is_worth = len(texts) >= FEWEST_SHARING and len(prefix) >= SHORTEST_PREFIX
    return prefix if is_worth and prefix not in texts else ""


def common_start(texts: Sequence[str]) -> str:
    """Return the longest text that all begin with."""
    first, last = min(texts), max(texts)
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(sign for sign, _ in alike)
