"""科目数字: what an account brings to a report: before, movements, and what closing took away.

Closing entries empty income and expense at the end of a year; a report of the year must not see
them, or December would have earned nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.windows.village_accounts.rules.kinds import AccountKind, Side

#: what begins every year at nothing beside 损益: 本年收益, 各项分配
_FLOWS = ("321", "32202")


@dataclass(frozen=True, slots=True)
class Figure:
    """A leaf account over some months; debits are positive."""

    code: str
    name: str
    kind: AccountKind
    before: int
    debits: int
    credits: int
    #: what closing entries moved, part of the movements
    closing: int = 0
    set_id: int = 0
    side: Side = Side.EITHER

    @property
    def after(self) -> int:
        """Return what stands in it at the end."""
        return self.before + self.debits - self.credits

    @property
    def moved(self) -> int:
        """Return the movement without closing entries."""
        return self.debits - self.credits - self.closing

    @property
    def since_new_year(self) -> int:
        """Return the movement of a year that the months end, or what it was taken over with.

        Only for figures that begin in January: what such accounts were opened with in the middle
        of a year belongs to that year.
        """
        is_flow = self.kind is AccountKind.PROFIT or self.code.startswith(_FLOWS)
        return self.after - self.closing if is_flow else self.moved

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to show."""
        return not (self.before or self.debits or self.credits)


def under(figures: Iterable[Figure], code: str) -> list[Figure]:
    """Return the figures of an account and everything below it."""
    return [one for one in figures if one.code.startswith(code)]


@dataclass(frozen=True, slots=True)
class Group:
    """An account of the chart with all its parts added up."""

    code: str
    name: str
    is_leaf: bool
    before: int
    debits: int
    credits: int
    set_id: int = 0

    @property
    def after(self) -> int:
        """Return what stands in it at the end."""
        return self.before + self.debits - self.credits


def grouped(figures: Sequence[Figure], names: dict[str, str]) -> list[Group]:
    """Add up the leaves under every code of `names` that has something to show."""
    found = []
    for code, name in sorted(names.items()):
        parts = [one for one in under(figures, code) if not one.is_empty]
        if parts:
            is_one = len({one.set_id for one in figures}) == 1
            own = [one.set_id for one in parts if one.code == code and is_one]
            sums = (
                sum(one.before for one in parts),
                sum(one.debits for one in parts),
                sum(one.credits for one in parts),
            )
            found.append(Group(code, name, bool(own), *sums, own[0] if own else 0))
    return found
