"""印制种类: the four kinds of print, and when one that hangs or lies somewhere has grown old."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple


class PrintKind(StrEnum):
    """What is printed."""

    CARD = "card"  # 一卡通
    BOARD = "board"  # 服务指南牌
    HANDBOOK = "handbook"  # 便民手册
    LEAFLET = "leaflet"  # 单页指南


PRINT_NAMES = {
    PrintKind.CARD: "一卡通",
    PrintKind.BOARD: "服务指南牌",
    PrintKind.HANDBOOK: "便民手册",
    PrintKind.LEAFLET: "办事指南单页",
}


class CardFace(NamedTuple):
    """What stands on one household's card and on no other: its code, its door and its name."""

    household_id: int
    #: of the code
    generation: int
    #: token of group, door and head; None for what was printed before it was kept
    face: bytes | None


def content_digest(content: Mapping[str, object]) -> str:
    """Return 64 hex digits that are the same for the same words on paper.

    The day of printing and the edition are not among the words: they would make every card
    stale every time anything in the town changed.
    """
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def canonical(content: Mapping[str, object]) -> str:
    """Return what a print says as text that is always the same for the same words."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def check_code(digest: str) -> str:
    """Return the eight signs printed on the paper, by which it is compared with today's words."""
    return f"{digest[:4]}-{digest[4:8]}".upper()


def sentences(content: object) -> Iterator[str]:
    """Yield every text in what a print says."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for part in content.values():
            yield from sentences(part)
    elif isinstance(content, Sequence):
        for part in content:
            yield from sentences(part)
