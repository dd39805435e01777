"""读音: how a text sounds, so that wrong characters and typed pinyin still find it."""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module

#: a single character outside the Latin ones, or a run of letters and digits
_UNITS = re.compile(r"[0-9a-z]+|[^\W_]")
#: sounds that are one in the mouths of the south: zh and z, n and l, -ng and -n
_FLAT = ((re.compile("^([zcs])h"), r"\1"), (re.compile("^n"), "l"), (re.compile("ng$"), "n"))
LONGEST_SYLLABLE = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """A text cut into units, and their sounds; as many sounds as units."""

    units: tuple[str, ...]
    sounds: tuple[str, ...]

    @property
    def spelled(self) -> str:
        """Return the whole pinyin: shenfenzheng."""
        return "".join(self.sounds)

    @property
    def initials(self) -> str:
        """Return the first letters: sfz; runs of letters and digits stay whole."""
        return "".join(
            unit if unit.isascii() else sound[:1]
            for unit, sound in zip(self.units, self.sounds, strict=True)
        )


def units_of(key: str) -> tuple[str, ...]:
    """Cut a folded text into characters and runs of letters and digits."""
    return tuple(_UNITS.findall(key))


def read(key: str) -> Reading:
    """Read a folded text. Letters and digits are their own sound."""
    units = units_of(key)
    spoken = [unit for unit in units if not unit.isascii()]
    sounds = _speaker()("".join(spoken), errors="ignore")
    if len(sounds) != len(spoken):  # some have no reading: they stand for themselves
        sounds = [_speaker()(unit)[0] for unit in spoken]
    heard = iter(sounds)
    return Reading(units, tuple(unit if unit.isascii() else next(heard) for unit in units))


@cache
def _speaker() -> Callable[..., list[str]]:
    """Return what tells how characters sound.

    Its tables take 56 MB: a process that prints or sends texts never asks for them.
    """
    spoken: Callable[..., list[str]] = import_module("pypinyin").lazy_pinyin
    return spoken


@lru_cache(maxsize=4096)
def flat(sound: str) -> str:
    """Return the sound as it is heard where zh is z, n is l and -ng is -n."""
    for pattern, plain in _FLAT:
        sound = pattern.sub(plain, sound)
    return sound


def is_spelled(key: str) -> bool:
    """Say whether a folded query is letters, so that it may be pinyin or initials."""
    return key.isascii() and key.isalpha()


def syllables(letters: str, known: Set[str]) -> tuple[str, ...]:
    """Cut letters into the fewest known syllables; an unfinished one at the end is left out.

    What cannot be cut from its beginning has no syllables.
    """
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - LONGEST_SYLLABLE), end):
            piece = letters[start:end]
            if start in best and piece in known:
                cut = (*best[start], piece)
                if end not in best or len(cut) < len(best[end]):
                    best[end] = cut
    return best[max(best)]
