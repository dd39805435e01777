"""问话: what of a villager's question says what is wanted.

«我妈80了能领什么钱» is about 八十岁 and 领什么钱; the rest is how people talk.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from services_catalog.rules.search.readings import Reading, flat, read
from services_catalog.rules.search.weights import CHARACTER, MISTYPED, PAIR, SOUND

_AGE = re.compile(r"(\d{2,3})(?:多岁|来岁|周岁|岁多|岁|了|以上|大寿)")
_TENS = "零一二三四五六七八九"
#: so short a wrong word is only believed where the catalogue knows no such pair of characters
SHORT = 2
#: what people say between the parts of a word: 上个户口 is 上户口; no word of two is parted so
PARTING = frozenset("了过个着的一下次些")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the table, to be found in what people type."""

    words: frozenset[str]
    empty: frozenset[str]
    by_sound: Mapping[str, str]
    by_initials: Mapping[str, str]
    longest: int


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: known words, and the stretches of text between the empty ones.

    A stretch keeps its known words, marked, because the catalogue may use them too.
    """

    words: tuple[str, ...]
    stretches: tuple[Reading, ...]
    #: per stretch: which units belong to a known word
    covered: tuple[tuple[bool, ...], ...]

    @property
    def content(self) -> str:
        """Return the question without its empty words."""
        return "".join(unit for stretch in self.stretches for unit in stretch.units)


class _Piece(NamedTuple):
    start: int
    end: int
    #: the word of the table; "" for an empty one
    word: str


def vocabulary(words: Iterable[str], empty: frozenset[str]) -> Vocabulary:
    """Prepare the words that the catalogue can answer to, and the empty ones."""
    readings = {word: read(word) for word in words}
    spoken = {word: reading for word, reading in readings.items() if len(reading.units) > 1}
    return Vocabulary(
        words=frozenset(readings),
        empty=empty,
        by_sound={_heard(reading.sounds): word for word, reading in reversed(spoken.items())},
        by_initials={reading.initials: word for word, reading in reversed(spoken.items())},
        longest=max(map(len, (*readings, *empty)), default=0),
    )


def without_ages(key: str) -> str:
    """Replace ages by their decade in words: 83岁 and 80了 are 八十岁."""
    return _AGE.sub(_decade, key)


def understood(reading: Reading, known: Vocabulary, pairs: Container[str]) -> Question:
    """Tell the known words of a question from its empty ones; longer words go first."""
    pieces = tuple(_pieces(reading, known, pairs))
    words = tuple(dict.fromkeys(piece.word for piece in pieces if piece.word))
    borders = [(piece.start, piece.end) for piece in pieces if not piece.word]
    spans = tuple(_between(borders, len(reading.units)))
    marked = {at for piece in pieces if piece.word for at in range(piece.start, piece.end)}
    return Question(
        words,
        tuple(Reading(reading.units[a:b], reading.sounds[a:b]) for a, b in spans),
        tuple(tuple(at in marked for at in range(a, b)) for a, b in spans),
    )


def unread(reading: Reading) -> Question:
    """Take a question word for word: somebody asked for nothing but empty words."""
    if not reading.units:
        return Question((), (), ())
    return Question((), (reading,), ((False,) * len(reading.units),))


def literal(question: Question, catalogue: Container[str]) -> dict[str, float]:
    """Return the tokens of a question that no known word stands for, and what they are worth."""
    found: dict[str, float] = {}
    for stretch, covered in zip(question.stretches, question.covered, strict=True):
        single = zip(stretch.units, covered, strict=False)
        found.update((unit, CHARACTER) for unit, known in single if not known)
        for left, pair in enumerate(pairwise(covered)):
            if not all(pair):
                found.update(_joined(stretch, left, catalogue))
    return found


def _joined(stretch: Reading, left: int, catalogue: Container[str]) -> Iterator[tuple[str, float]]:
    """Give a pair of neighbours as units and as sounds; of typed pinyin there are only sounds."""
    sounds = " ".join(map(flat, stretch.sounds[left : left + 2]))
    if len(stretch.units) != len(stretch.sounds):
        yield sounds, SOUND
        return
    units = "+".join(stretch.units[left : left + 2])
    yield units, PAIR
    yield sounds, SOUND if units in catalogue else MISTYPED


def _pieces(reading: Reading, known: Vocabulary, pairs: Container[str]) -> Iterator[_Piece]:
    """Give the known words as written, and between them those that sound like one."""
    written = list(
        _scanned(0, len(reading.units), known.longest, partial(_written, reading, known))
    )
    taken = [(piece.start, piece.end) for piece in written]
    heard = partial(_sounding, reading, known, pairs)
    rest = _between(taken, len(reading.units))
    spoken = (piece for start, end in rest for piece in _scanned(start, end, known.longest, heard))
    yield from sorted((*written, *spoken))


def _scanned(
    start: int, end: int, longest: int, word_at: Callable[[int, int], str | None]
) -> Iterator[_Piece]:
    """Give the known words of a stretch from left to right, at each place the longest."""
    while start < end:
        for stop in range(min(end, start + longest), start, -1):
            word = word_at(start, stop)
            if word is not None:
                yield _Piece(start, stop, word)
                start = stop
                break
        else:
            start += 1


def _written(reading: Reading, known: Vocabulary, start: int, end: int) -> str | None:
    units = reading.units[start:end]
    text = "".join(units)
    if text in known.words:
        return text
    return "" if text in known.empty else _parted(units, known)


def _parted(units: Sequence[str], known: Vocabulary) -> str | None:
    """Return the known word of at least three signs that only little words part here."""
    if units[0] in PARTING or units[-1] in PARTING:
        return None
    kept = [unit for unit in units if unit not in PARTING]
    text = "".join(kept)
    return text if SHORT < len(kept) < len(units) and text in known.words else None


def _sounding(
    reading: Reading, known: Vocabulary, pairs: Container[str], start: int, end: int
) -> str | None:
    if end - start < SHORT or "+".join(reading.units[start:end]) in pairs:
        return None
    return known.by_sound.get(_heard(reading.sounds[start:end]))


def _heard(sounds: Sequence[str]) -> str:
    if len(sounds) <= SHORT:
        return " ".join(sounds)
    return " ".join(map(flat, sounds))


def _between(borders: Sequence[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    start = 0
    for left, right in (*borders, (length, length)):
        if left > start:
            yield start, left
        start = right


def _decade(found: re.Match[str]) -> str:
    tens = int(found[1]) // 10
    if tens >= len(_TENS):
        return "百岁"
    return f"{_TENS[tens]}十岁"
