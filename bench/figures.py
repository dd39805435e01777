"""数字: a figure beside its floor, as a ratio. Nothing here asserts seconds."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report."""

    name: str
    measured: float
    unit: str
    floor: float | None = None
    floor_name: str = ""
    #: what the ratio should at least (or, for `at_most`, at most) be
    aim: float | None = None
    at_most: bool = False

    @property
    def ratio(self) -> float | None:
        """Return how often the floor goes into the figure."""
        return self.measured / self.floor if self.floor else None

    @property
    def words(self) -> str:
        """Return the line as it is printed."""
        parts = [f"{self.name}: {_number(self.measured)} {self.unit}"]
        if self.ratio is not None and self.floor is not None:
            parts.append(f"{self.floor_name} {_number(self.floor)} {self.unit}")
            parts.append(f"ratio {self.ratio:.2f}")
        if self.aim is not None:
            parts.append(self._verdict())
        return "; ".join(parts)

    def _verdict(self) -> str:
        compared = self.measured if self.ratio is None else self.ratio
        aim = self.aim or 0.0
        is_met = compared <= aim if self.at_most else compared >= aim
        sign = "≤" if self.at_most else "≥"
        return f"aim {sign} {aim:g}: {'met' if is_met else 'NOT met'}"


def percentile(seconds: Sequence[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
