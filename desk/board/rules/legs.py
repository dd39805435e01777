"""环节用时: whose leg ate the time, body by body.

Source: beyond 8 (each leg has its own promised days; the total shows whose leg ate the time).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.cases.rules.legs import LegKind, Stretch

NOTE = (
    "本期开始的转送、初审、协办环节；还没完的算到今天。用时按工作日算，开始那天是第0天。"
    "协办与主办同时进行，不停整件的时限；办件随主办办结，超期仍算主办的。"
)


@dataclass(frozen=True, slots=True)
class Walked:
    """A leg as the report counts it."""

    kind: LegKind
    stretch: Stretch
    #: it has been red, and no supervisor said that was wrong
    is_late: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Share:
    """What one body was given, and what it took."""

    holder: str
    number: int
    promised: int
    taken: int
    late: int
    #: working days over what was promised, of the late ones together
    over: int
    still_open: int


def shares(walked: Sequence[Walked]) -> list[Share]:
    """Return a row for each body: who took most over his promise first."""
    holders = dict.fromkeys(one.stretch.holder for one in walked)
    found = [
        _share(holder, [one for one in walked if one.stretch.holder == holder])
        for holder in holders
    ]
    return sorted(found, key=lambda share: (-share.over, -share.taken, share.holder))


def _share(holder: str, walked: Sequence[Walked]) -> Share:
    late = [one for one in walked if one.is_late]
    return Share(
        holder,
        len(walked),
        sum(one.stretch.promised for one in walked),
        sum(one.stretch.taken for one in walked),
        len(late),
        sum(one.stretch.over for one in late),
        sum(one.is_open for one in walked),
    )
