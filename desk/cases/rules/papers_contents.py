"""文书内容: everything a paper says, as plain values, and as the one text that is sealed with it.

A paper keeps its contents from the day it is given out. Names are corrected, days move, phones
change: a reprint says what the paper said, and bears the day it was printed again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain

from kernel.calendar.rules import chinese_date
from kernel.clock import town_day
from kernel.errors import Refusal

#: signs made for this and refused in anything that is typed: between lines, between fields
LINE, FIELD = "\x1e", "\x1f"
_NO_SIGNS = {ord(LINE): " ", ord(FIELD): " "}


@dataclass(frozen=True, slots=True)
class Section:
    """A list under its heading."""

    heading: str
    lines: tuple[str, ...]
    is_numbered: bool = True


@dataclass(frozen=True, slots=True)
class Contents:
    """What a paper says besides its number and day, from top to bottom."""

    title: str
    #: the hall it comes from; nobody's, where a villager writes
    issuer: str
    #: (name, words) of each fact
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...] = ()
    #: paragraphs
    words: tuple[str, ...] = ()
    #: whom to ring
    contacts: tuple[str, ...] = ()
    #: to be written by hand, each on a line
    signatures: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    is_sealed: bool = True

    @property
    def text(self) -> str:
        """Return everything it says, run together: to see which characters it takes."""
        listed = (line for part in self.sections for line in (part.heading, *part.lines))
        said = chain((self.title, self.issuer), chain(*self.facts), listed, self.words)
        return "".join(chain(said, self.contacts, self.signatures, self.copies))


class _Mark(StrEnum):
    """What a line of the kept text is."""

    TITLE = "title"
    ISSUER = "issuer"
    FACT = "fact"
    NUMBERED = "numbered"
    LISTED = "listed"
    ENTRY = "entry"
    WORDS = "words"
    CONTACT = "contact"
    SIGNATURE = "signature"
    COPY = "copy"
    NO_SEAL = "no_seal"


def kept_text(contents: Contents) -> str:
    """Return contents as one text: a line for each thing said, what it is in front."""
    return LINE.join(
        FIELD.join((mark, *(value.translate(_NO_SIGNS) for value in values)))
        for mark, *values in _lines(contents)
    )


def read_contents(kept: str) -> Contents:
    """Return the contents that `kept_text` wrote down."""
    said: dict[str, list[list[str]]] = {mark: [] for mark in _Mark}
    sections: list[Section] = []
    for line in kept.split(LINE):
        mark, *values = line.split(FIELD)
        if mark in (_Mark.NUMBERED, _Mark.LISTED):
            sections.append(Section(values[0], (), mark == _Mark.NUMBERED))
        elif mark == _Mark.ENTRY:
            last = sections.pop()
            sections.append(Section(last.heading, (*last.lines, values[0]), last.is_numbered))
        else:
            said[mark].append(values)

    def all_of(mark: _Mark) -> tuple[str, ...]:
        return tuple(values[0] for values in said[mark])

    return Contents(
        title=all_of(_Mark.TITLE)[0],
        issuer=all_of(_Mark.ISSUER)[0],
        facts=tuple((name, words) for name, words in said[_Mark.FACT]),
        sections=tuple(sections),
        words=all_of(_Mark.WORDS),
        contacts=all_of(_Mark.CONTACT),
        signatures=all_of(_Mark.SIGNATURE),
        copies=all_of(_Mark.COPY),
        is_sealed=not said[_Mark.NO_SEAL],
    )


class ReprintReason(Refusal):
    message = "请写明为什么补印，例如“申请人遗失”。"
    status = 422
    field = "reason"


def check_reprint(reason: str) -> None:
    """Refuse to print a paper again for no reason."""
    if not reason:
        raise ReprintReason


def reprinted_line(title: str, number: str, reason: str) -> str:
    """Return the staff's line about a paper that was printed again."""
    return f"补印《{title}》{number}：{reason}"


def reprint_mark(issued_at: datetime, printed_at: datetime, *, is_again: bool) -> str:
    """Return what a paper bears that is printed again, or later than on its day; else nothing."""
    printed_on = town_day(printed_at)
    if not is_again and printed_on <= town_day(issued_at):
        return ""
    return f"补印　{chinese_date(printed_on)}"


def _lines(contents: Contents) -> Iterator[tuple[str, ...]]:
    yield _Mark.TITLE, contents.title
    yield _Mark.ISSUER, contents.issuer
    yield from ((_Mark.FACT, name, words) for name, words in contents.facts)
    for part in contents.sections:
        yield _Mark.NUMBERED if part.is_numbered else _Mark.LISTED, part.heading
        yield from ((_Mark.ENTRY, line) for line in part.lines)
    for mark, texts in (
        (_Mark.WORDS, contents.words),
        (_Mark.CONTACT, contents.contacts),
        (_Mark.SIGNATURE, contents.signatures),
        (_Mark.COPY, contents.copies),
    ):
        yield from ((mark, text) for text in texts)
    if not contents.is_sealed:
        yield (_Mark.NO_SEAL,)
