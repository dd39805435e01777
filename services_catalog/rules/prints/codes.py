"""印刷用的二维码: addresses in upper case, and their pictures drawn by the thousand.

Error level M and a quiet zone of four modules, as everywhere in the house (`kernel/qr.py`).
Source: docs/decisions/0010.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from kernel.qr import QUIET
from services_catalog.rules.prints.guide import common_start

#: one of the eight masks every reader knows; choosing among them costs five times the rest
MASK = 2
#: fewer codes than this are drawn one by one
WORTH_LEARNING = 300
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_PLACE_OF = {sign: place for place, sign in enumerate(_ALPHABET)}
_PAIR_BITS, _LAST_BITS = 11, 6
#: modules are looked at so many at a time
_BYTE = 8
#: the strokes of a byte of a row by its value: after a light module, and after a dark one
_Strokes = tuple[tuple[str, ...], ...]


def card_address(site: str, token: str) -> str:
    """Return what a household's card leads to."""
    return f"{site}/H/{token}".upper()


def village_address(site: str, code: str) -> str:
    """Return what a village's board leads to."""
    return f"{site}/V/{code}".upper()


def picture(text: str) -> str:
    """Return the code of a text as an SVG picture of horizontal strokes."""
    return _svg(*_matrix(text))


def painter(texts: Sequence[str]) -> Callable[[str], str]:
    """Return what draws the codes of these texts; many that begin alike are learnt first."""
    alike = len({len(text) for text in texts}) == 1
    plain = all(sign in _PLACE_OF for sign in set("".join(texts)))
    if len(texts) < WORTH_LEARNING or not (alike and plain):
        return picture
    basis = _learn(texts[0], len(common_start(texts)) // 2)
    return lambda text: _svg(basis.size, basis.matrix(text))


@dataclass(frozen=True, slots=True)
class _Basis:
    """Codes of one length and beginning: with a fixed mask they are sums of their bits' codes.

    Data bits, error correction (Reed and Solomon) and mask are all linear over the field of
    two elements, so the library draws each bit once and every further code is an exclusive or.
    """

    size: int
    #: the matrix of the beginning with noughts after it
    base: int
    #: the first pair of signs in which the texts differ
    first: int
    #: what each bit of each later pair changes, and what each value did that was met already
    parts: tuple[tuple[int, ...], ...]
    met: tuple[dict[int, int], ...]

    def matrix(self, text: str) -> int:
        """Return the modules of a text, row by row, as one number."""
        total = self.base
        later = zip(_values(text[2 * self.first :]), self.parts, self.met, strict=True)
        for value, parts, met in later:
            if value not in met:
                met[value] = _changed(value, parts)
            total ^= met[value]
        return total


def _changed(value: int, parts: Sequence[int]) -> int:
    total = 0
    for bit, part in enumerate(parts):
        if value >> bit & 1:
            total ^= part
    return total


def _learn(text: str, first: int) -> _Basis:
    start, signs = text[: 2 * first], len(text) - 2 * first
    size, base = _matrix(start + "0" * signs)
    version = (size - 17) // 4
    parts = tuple(
        tuple(
            _matrix(start + _with_bit(signs, place, bit), version)[1] ^ base
            for bit in range(_PAIR_BITS if place + 1 < signs else _LAST_BITS)
        )
        for place in range(0, signs, 2)
    )
    return _Basis(size, base, first, parts, tuple({} for _ in parts))


def _with_bit(signs: int, place: int, bit: int) -> str:
    """Return noughts with one bit set in the pair (or the last single sign) at `place`."""
    high, low = divmod(1 << bit, len(_ALPHABET))
    pair = _ALPHABET[high] + _ALPHABET[low] if place + 1 < signs else _ALPHABET[low]
    return "0" * place + pair + "0" * (signs - place - len(pair))


def _values(text: str) -> Iterator[int]:
    """Yield what the alphanumeric mode writes for each pair of signs."""
    for place in range(0, len(text) - 1, 2):
        yield _PLACE_OF[text[place]] * len(_ALPHABET) + _PLACE_OF[text[place + 1]]
    if len(text) % 2:
        yield _PLACE_OF[text[-1]]


def _matrix(text: str, version: int | None = None) -> tuple[int, int]:
    """Return how many modules a side has, and all rows as one number, each in whole bytes.

    The quiet zone is not among them: nothing is drawn there. Who knows the version spares the
    library the search for it.
    """
    code = qrcode.QRCode(version, ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    code.add_data(text, optimize=0)
    code.make(fit=version is None)
    rows = code.get_matrix()
    rest = "0" * (-len(rows) % _BYTE)
    return len(rows), int("".join("".join("01"[cell] for cell in row) + rest for row in rows), 2)


def _svg(size: int, matrix: int) -> str:
    """Return strokes for the runs of dark modules.

    A side is never a whole number of bytes, so the light rest of the last one ends every stroke.
    """
    modules = matrix.to_bytes(size * -(-size // _BYTE), "big")
    seen = zip(_rows(size), b"\0" + modules, modules, strict=False)
    strokes = "".join([strokes[before & 1][byte] for strokes, before, byte in seen])
    side = size + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-QUIET} {-QUIET - 0.5} {side} {side}">'
        f'<path stroke="#000" d="{strokes}"/></svg>'
    )


@cache
def _rows(size: int) -> list[_Strokes]:
    """Return the strokes of every byte of every row."""
    columns = [_column(left) for left in range(0, size, _BYTE)]
    return [
        tuple(tuple(one.format(y=row) for one in after) for after in column)
        for row in range(size)
        for column in columns
    ]


def _column(left: int) -> _Strokes:
    """Return the strokes of a byte that begins at `left`, by its value, for any row.

    A stroke begins where dark follows light and ends where light follows dark, so a byte needs
    to know of the one before only its last module.
    """
    light, dark = (
        tuple(_edges(left, f"{before}{byte:08b}") for byte in range(1 << _BYTE))
        for before in range(2)
    )
    return light, dark


def _edges(left: int, modules: str) -> str:
    marks = {("0", "1"): "M{x} {{y}}", ("1", "0"): "H{x}"}
    steps = enumerate(pairwise(modules), left)
    return "".join(marks[step].format(x=x) for x, step in steps if step in marks)
