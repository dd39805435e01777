"""报表公式: how a line of a statement is made of accounts and of other lines.

`101+102` adds accounts with all below them; `113d` and `113c` take the debit and credit balances
of its parts one by one; `32201s` is what stood there at the start; `r5-r6` uses other lines.
Source: practice 25 (113 split by sub-account), 26 (lines are versioned data).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desk.windows.village_accounts.rules.kinds import Side
from desk.windows.village_accounts.rules.reports.figures import Figure, under
from kernel.errors import Refusal

_TERM = re.compile(r"([+-]?)(?:r([0-9]{1,2})|([1-5][0-9]{0,8})([dcs]?))")
Basis = Callable[[Figure], int]


class NotAFormula(Refusal):
    message = "报表项目“{name}”的公式“{formula}”读不懂，例如 101+102、113d、r5-r6。"
    status = 422


class UnknownLine(Refusal):
    message = "报表项目“{name}”用到的行次{number}不在它前面。"
    status = 422


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line of a statement; without a formula it is a heading."""

    #: 行次, or empty for a heading
    number: str
    name: str
    depth: int
    #: the half of the sheet it stands in: 1 or 2
    half: int
    side: Side
    formula: str

    @property
    def is_total(self) -> bool:
        """Say whether it adds other lines up; a net value under a heading does not."""
        return self.formula.startswith("r") and ("-" not in self.formula or not self.depth)


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a formula."""

    sign: int
    line: str
    code: str
    part: str


def terms(line: StatementLine) -> list[Term]:
    """Return the parts of a formula. Raises: NotAFormula."""
    found, at = [], 0
    while at < len(line.formula):
        match = _TERM.match(line.formula, at)
        if match is None or (at and not match[1]):
            raise NotAFormula(name=line.name, formula=line.formula)
        sign, number, code, part = match.groups()
        found.append(Term(-1 if sign == "-" else 1, number or "", code or "", part or ""))
        at = match.end()
    return found


def check_lines(lines: Sequence[StatementLine]) -> None:
    """Refuse lines that cannot be reckoned from top to bottom. Raises: UnknownLine."""
    known: set[str] = set()
    for line in lines:
        for term in terms(line):
            if term.line and term.line not in known:
                raise UnknownLine(name=line.name, number=term.line)
        known.add(line.number)


@dataclass(frozen=True, slots=True)
class Part:
    """What one account brings to a line."""

    figure: Figure
    fen: int


def parts(line: StatementLine, figures: Sequence[Figure], basis: Basis) -> Iterator[Part]:
    """Yield what each account brings to a line, in the sign of the line."""
    turn = -1 if line.side is Side.CREDIT else 1
    for term in terms(line):
        for one in under(figures, term.code) if term.code else ():
            fen = one.before if term.part == "s" else basis(one)
            is_left_out = (term.part == "d" and fen < 0) or (term.part == "c" and fen > 0)
            if fen and not is_left_out:
                yield Part(one, term.sign * turn * fen)


def reckoned(
    lines: Sequence[StatementLine], figures: Sequence[Figure], basis: Basis
) -> Mapping[str, int]:
    """Return the amount of every line by its number."""
    found: dict[str, int] = {}
    for line in lines:
        if line.formula:
            own = sum(part.fen for part in parts(line, figures, basis))
            others = sum(term.sign * found[term.line] for term in terms(line) if term.line)
            found[line.number] = own + others
    return found


def starts(lines: Sequence[StatementLine]) -> frozenset[str]:
    """Return the lines that speak of the start of the year, or are made of one that does."""
    found: set[str] = set()
    for line in lines:
        if any(term.part == "s" or term.line in found for term in terms(line)):
            found.add(line.number)
    return frozenset(found)
