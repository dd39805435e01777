"""项目路线图: milestones, the errands in them, and what has to be finished before each.

A road map is a graph without a circle; one with a circle is refused, and the circle named.
Source: practice 1; 企业投资项目审批流程 (the order is the town's data, never law).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kernel.errors import Refusal

ARROW = " → "
#: between the names of assisting bodies
PARTED = "、"
#: more errands than this is a slip: a whole undertaking has about thirty
MOST_ERRANDS = 200
MOST_PREPARATION = 365


@dataclass(frozen=True, slots=True)
class PlannedErrand:
    """代办事项 of a road map: an item of the catalogue, its place, and what comes before it."""

    #: its name inside the road map
    key: str
    #: 事项编码 of the catalogue: materials and limits are that item's
    item: str
    milestone: str
    #: 主办
    lead: str
    #: 协办
    assisting: tuple[str, ...] = ()
    #: keys of what has to be finished first
    needs: tuple[str, ...] = ()
    #: working days the enterprise takes to get ready; its own time, nobody's promise
    preparation_days: int = 0


class NoErrands(Refusal):
    message = "路线图里还没有事项，请至少写一个。"
    field = "errands"


class TooManyErrands(Refusal):
    message = "一张路线图最多{most}个事项，请分成几张。"
    field = "errands"


class ErrandTwice(Refusal):
    message = "“{key}”写了两次，每个代号只能用一次，请改正。"
    field = "errands"


class NeedUnknown(Refusal):
    message = "“{key}”的前置“{need}”不在这张路线图里，请核对代号。"
    field = "errands"


class PreparationTooLong(Refusal):
    message = "“{key}”的企业准备时间应为0至{most}个工作日，请核对。"
    field = "errands"


class CircleFound(Refusal):
    message = "前后顺序成了圈，谁都开不了头：{path}。请去掉圈里的一个前置。"
    field = "errands"


def check_road_map(
    errands: Sequence[PlannedErrand], names: Mapping[str, str] | None = None
) -> None:
    """Refuse a road map that cannot be walked; `names` is what its keys are called.

    Raises: NoErrands, TooManyErrands, ErrandTwice, NeedUnknown, PreparationTooLong, CircleFound.
    """
    if not errands:
        raise NoErrands
    if len(errands) > MOST_ERRANDS:
        raise TooManyErrands(most=MOST_ERRANDS)
    known = [one.key for one in errands]
    for one in errands:
        _check_one(one, known)
    found = circle({one.key: one.needs for one in errands})
    if found:
        raise CircleFound(path=ARROW.join((names or {}).get(key, key) for key in found))


def _check_one(one: PlannedErrand, known: Sequence[str]) -> None:
    if known.count(one.key) > 1:
        raise ErrandTwice(key=one.key)
    if not 0 <= one.preparation_days <= MOST_PREPARATION:
        raise PreparationTooLong(key=one.key, most=MOST_PREPARATION)
    for need in one.needs:
        if need not in known:
            raise NeedUnknown(key=one.key, need=need)


def circle(needs: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return a circle, its first key again at its end, in the order of doing; none: nothing."""
    settled: set[str] = set()
    for start in needs:
        way: list[str] = []
        ahead: list[Iterator[str]] = [iter((start,))]
        while ahead:
            key = next(ahead[-1], None)
            if key is None:
                ahead.pop()
                if way:
                    settled.add(way.pop())
            elif key in way:
                return tuple(reversed([*way[way.index(key) :], key]))
            elif key not in settled:
                way.append(key)
                ahead.append(iter(needs[key]))
    return ()


def in_order(needs: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the keys so that each comes after what it needs, else as they were written.

    A need that is not among the keys holds nothing up. Raises ValueError on a circle.
    """
    left = {key: {need for need in before if need in needs} for key, before in needs.items()}
    dependents: dict[str, list[str]] = {key: [] for key in needs}
    for key, before in left.items():
        for need in before:
            dependents[need].append(key)
    ordered = [key for key, before in left.items() if not before]
    for key in ordered:
        for other in dependents[key]:
            left[other].discard(key)
            if not left[other]:
                ordered.append(other)
    if len(ordered) < len(needs):
        raise ValueError("a circle; check_road_map refuses it")
    return ordered


def milestones(errands: Sequence[PlannedErrand]) -> list[str]:
    """Return the milestones in their order."""
    return list(dict.fromkeys(one.milestone for one in errands))


@dataclass(frozen=True, slots=True)
class Difference:
    """What moving a running project to another road map does, by key."""

    added: tuple[str, ...] = ()
    #: not begun: they fall away
    dropped: tuple[str, ...] = ()
    #: begun, and not on the new map: they are walked to their end
    kept_beside: tuple[str, ...] = ()
    #: other needs, or another item
    changed: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Say whether both maps are the same for this project."""
        return self == Difference()


def difference(
    before: Sequence[PlannedErrand], after: Sequence[PlannedErrand], begun: frozenset[str]
) -> Difference:
    """Compare two road maps for a project in which `begun` has been filed."""
    old, young = {one.key: one for one in before}, {one.key: one for one in after}
    gone = [key for key in old if key not in young]
    return Difference(
        added=tuple(key for key in young if key not in old),
        dropped=tuple(key for key in gone if key not in begun),
        kept_beside=tuple(key for key in gone if key in begun),
        changed=tuple(key for key in young if key in old and _differs(old[key], young[key])),
    )


def _differs(one: PlannedErrand, other: PlannedErrand) -> bool:
    first, second = (replace(each, needs=tuple(sorted(each.needs))) for each in (one, other))
    return first != second
