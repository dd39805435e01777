"""两版对照: what changed from one version of an item to another, for eyes and for printers.

Added and removed words carry a word of their own beside their colour: a black and white printer
must be enough.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from services_catalog.rules.columns import COLUMNS
from services_catalog.rules.export import cells_of
from services_catalog.rules.items import Entry, ItemFacts


class Mark(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"  # 未变
    REMOVED = "removed"  # 删
    ADDED = "added"  # 增


MARK_WORDS = {Mark.KEPT: "", Mark.REMOVED: "删", Mark.ADDED: "增"}
EMPTY = "（未填）"
#: kept by the item, not by its versions
_NOT_COMPARED = frozenset({"code", "names", "window"})
#: words of letters and digits stay whole, so that 20 → 15 is not told as digits
_PIECES = re.compile(r"[0-9A-Za-z.-]+|\s|[^\s0-9A-Za-z]")
#: texts that share less than this are told as one gone and one come, not as a patchwork
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, and what became of it."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in two versions."""

    field: str
    label: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    is_changed: bool


def differences(old: ItemFacts, new: ItemFacts) -> tuple[Difference, ...]:
    """Return every field of two versions side by side, in the order of the sheet."""
    before, after = cells_of(Entry("", old)), cells_of(Entry("", new))
    fields = (field for field in COLUMNS if field not in _NOT_COMPARED)
    return tuple(_difference(field, before[field], after[field]) for field in fields)


def _difference(field: str, old: str, new: str) -> Difference:
    label = COLUMNS[field][0]
    if old == new:
        same = (Piece(Mark.KEPT, old),)
        return Difference(field, label, same, same, is_changed=False)
    pieces = tuple(_pieces(old, new))
    return Difference(
        field,
        label,
        tuple(piece for piece in pieces if piece.mark is not Mark.ADDED),
        tuple(piece for piece in pieces if piece.mark is not Mark.REMOVED),
        is_changed=True,
    )


def _pieces(old: str, new: str) -> Iterator[Piece]:
    """Give what was kept, removed and added, in reading order."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        yield from (Piece(mark, text) for mark, text in _whole(old, new) if text)
        return
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Piece(Mark.KEPT, "".join(before[a:b]))
            continue
        for mark, text in _whole("".join(before[a:b]), "".join(after[c:d])):
            if text:
                yield Piece(mark, text)


def _whole(old: str, new: str) -> tuple[tuple[Mark, str], tuple[Mark, str]]:
    return (Mark.REMOVED, old), (Mark.ADDED, new)
