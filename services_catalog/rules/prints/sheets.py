"""幅面: how large a board or a leaflet is, and from how far a board is read."""

import re
from dataclasses import dataclass

from kernel.errors import Refusal

#: width and height in millimetres, as boards hang: lying
SIZES = {"A0": (1189, 841), "A1": (841, 594), "A2": (594, 420), "A3": (420, 297)}
DEFAULT_SIZE = "A1"
LEAFLET_SIZES = ("A4", "A5")
DEFAULT_LEAFLET_SIZE = "A4"
SMALLEST, LARGEST = 297, 3000
_MILLIMETRES = re.compile(r"(\d{3,4})\s*[xX×*]\s*(\d{3,4})")


class NoSuchSize(Refusal):
    message = "幅面“{size}”看不懂，请写 A0、A1、A2、A3，或以毫米写宽x高，如 1200x800。"
    status = 422


class SizeOutOfRange(Refusal):
    message = "幅面“{size}”不合适：边长要在297到3000毫米之间，一边不超过另一边的三倍。"
    status = 422


class NoSuchLeafletSize(Refusal):
    message = "单页只有 A4 和 A5 两种，没有“{size}”。"
    status = 422


@dataclass(frozen=True, slots=True)
class SheetSize:
    """A board's width and height in millimetres."""

    name: str
    width: int
    height: int


def read_size(text: str) -> SheetSize:
    """Read `A1` or `1200x800`. Raises NoSuchSize, SizeOutOfRange."""
    name = text.strip().upper()
    found = _MILLIMETRES.fullmatch(name)
    if name not in SIZES and found is None:
        raise NoSuchSize(size=text.strip())
    width, height = SIZES[name] if name in SIZES else map(int, found.groups() if found else ())
    short, long = sorted((width, height))
    if not (short >= SMALLEST and long <= LARGEST and long <= 3 * short):
        raise SizeOutOfRange(size=text.strip())
    return SheetSize(name if name in SIZES else f"{width}x{height}", width, height)


def read_leaflet_size(text: str) -> str:
    """Read A4 or A5. Raises NoSuchLeafletSize."""
    name = text.strip().upper()
    if name not in LEAFLET_SIZES:
        raise NoSuchLeafletSize(size=text.strip())
    return name
