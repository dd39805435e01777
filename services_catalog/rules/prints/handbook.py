"""便民手册: what handbook and leaflet say of each item, and the index by everyday word."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from kernel.text import folded
from services_catalog.rules.items import HANDLING_NAMES, ItemFacts
from services_catalog.rules.limits import spoken
from services_catalog.rules.prints.guide import Content, Imprint, imprint_content
from services_catalog.rules.search.readings import read

#: under which words that begin with no letter stand in the index
OTHER_LETTER = "#"
_ASK, _ANSWER = ("问：", "问:"), ("答：", "答:")
_COLONS = "：:"
LONGEST_STEP_NAME = 12


class Entry(NamedTuple):
    """A published item with its everyday names."""

    code: str
    facts: ItemFacts
    names: tuple[str, ...]


class Word(NamedTuple):
    """A word of the index, how it sounds, and the item it leads to."""

    sounds: tuple[str, ...]
    word: str
    code: str


def handbook_content(imprint: Imprint, entries: Sequence[Entry]) -> Content:
    """Return what the handbook says; chapters in the order their sections first come."""
    by_section: dict[str, list[Content]] = {}
    for entry in entries:
        said = item_content(imprint.site, entry)
        by_section.setdefault(entry.facts.section, []).append(said)
    chapters = [{"name": name, "items": items} for name, items in by_section.items()]
    return {**imprint_content(imprint), "chapters": chapters, "index": index_content(entries)}


def leaflet_content(imprint: Imprint, entry: Entry) -> Content:
    """Return what the leaflet of one item says."""
    return {**imprint_content(imprint), "item": item_content(imprint.site, entry)}


def item_content(site: str, entry: Entry) -> Content:
    """Return everything an item says, cut into the lines it is printed in."""
    facts = entry.facts
    return {
        "code": entry.code,
        "address": item_address(site, entry.code),
        "title": facts.title,
        "section": facts.section,
        "names": list(entry.names),
        "handling": HANDLING_NAMES[facts.handling],
        "body": facts.body,
        "audience": facts.audience,
        "promised": spoken(facts.promised),
        "statutory": spoken(facts.statutory),
        "limit_note": facts.limit_note,
        "conditions": lines(facts.conditions),
        "materials": [
            {"name": one.name, "copies": one.copies, "source": one.source, "note": one.note}
            for one in facts.materials or ()
        ],
        "steps": [step_content(line) for line in lines(facts.steps)],
        "fee": facts.fee,
        "place": facts.place,
        "hours": facts.hours,
        "phone": facts.phone,
        "complaint_phone": facts.complaint_phone,
        "faq": faq_content(facts.faq),
    }


def item_address(site: str, code: str) -> str:
    """Return what an item's code leads to: short and in upper case, so that its modules are big."""
    return f"{site}/I/{quote(code)}".upper()


def lines(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def step_content(line: str) -> Content:
    """Return a step as its name and what happens in it; a line without a name has none."""
    for colon in _COLONS:
        name, found, said = line.partition(colon)
        if found and said and len(name) <= LONGEST_STEP_NAME:
            return {"name": name, "text": said}
    return {"name": "", "text": line}


def faq_content(text: str) -> list[Content]:
    """Return questions with their answers; lines without a mark belong to what is before them."""
    pairs: list[Content] = []
    for line in lines(text):
        if line.startswith(_ASK) or not pairs:
            pairs.append({"question": _without(line, _ASK), "answer": ""})
        else:
            said = _without(line, _ANSWER)
            pairs[-1]["answer"] = "\n".join(filter(None, (str(pairs[-1]["answer"]), said)))
    return pairs


def _without(line: str, marks: Iterable[str]) -> str:
    for mark in marks:
        line = line.removeprefix(mark)
    return line


def index_content(entries: Iterable[Entry]) -> list[Content]:
    """Return the index by everyday word: by letter, in the order of the words' pinyin."""
    words = sorted(
        Word(read(folded(word)).sounds, word, entry.code)
        for entry in entries
        for word in dict.fromkeys((entry.facts.title, *entry.names))
    )
    return [
        {"letter": letter, "words": [{"word": one.word, "code": one.code} for one in some]}
        for letter, some in groupby(sorted(words, key=_letter), _letter)
    ]


def _letter(word: Word) -> str:
    first = word.sounds[0][:1].upper() if word.sounds else ""
    return first if first.isascii() and first.isalpha() else OTHER_LETTER
