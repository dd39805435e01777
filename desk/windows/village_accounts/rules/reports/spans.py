"""报表期间: from which month to which a report goes, and which months it needs to be made of."""

from dataclasses import dataclass

from desk.windows.village_accounts.rules.periods import next_period, words

#: a ledger month by month shows a year at most
MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Months:
    """The months of a report, both included."""

    first: int
    last: int

    @property
    def words(self) -> str:
        """Return the months as they are said."""
        is_one = self.first == self.last
        return words(self.last) if is_one else f"{words(self.first)}至{words(self.last)}"

    @property
    def new_year(self) -> int:
        """Return the January of the last month's year."""
        return self.last // 100 * 100 + 1

    @property
    def code(self) -> str:
        """Return the months as part of a file's name."""
        return f"{self.first}-{self.last}" if self.first != self.last else f"{self.last}"


def each_month(first: int, last: int) -> list[int]:
    """Return the months from one to the other, the last twelve at most."""
    months = []
    at = max(first, last - 100)
    while at <= last:
        months.append(at)
        at = next_period(at)
    return months[-MOST_MONTHS:]
