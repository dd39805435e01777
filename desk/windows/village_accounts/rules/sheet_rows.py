"""表格的行: a sheet brought in from outside, read by the names over its columns, row by row.

What is wrong is said with the number of the row as it stands in the sheet; with one row wrong,
nothing is taken in.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from kernel.errors import InvalidInput, Refusal
from kernel.money import parse_fen

Taken = TypeVar("Taken")
Said = Mapping[str, str]
#: the names of columns are looked for in the first rows; a bank puts its own name above them
_HEAD_WITHIN = 15
MOST_SENTENCES = 20
WRONG_ROW = "第{row}行：{sentence}"


class NoHead(Refusal):
    message = "表里没有找到这些列：{names}。请核对表头，或在下面写明列名。"
    status = 422
    field = "file"


class WrongRows(Refusal):
    message = "一行都没有导入。{sentences}"
    status = 422
    field = "file"


class NotRead(InvalidInput):
    message = "“{typed}”不是金额，请写成 1234.56 这样。"


def folded(name: str) -> str:
    """Return a column's name without spaces, units and brackets."""
    return "".join(name.split()).partition("(")[0].partition("（")[0]


def head(
    table: Sequence[Sequence[str]], names: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> tuple[int, dict[str, int]]:
    """Return the row of the columns' names, and the place of each. Raises: NoHead."""
    for top, row in enumerate(table[:_HEAD_WITHIN]):
        there = {folded(cell): at for at, cell in reversed(list(enumerate(row)))}
        places = {
            key: there[folded(name)]
            for key, every in names.items()
            for name in reversed(every)
            if folded(name) in there
        }
        if places.keys() >= set(needed):
            return top, places
    raise NoHead(names="、".join(names[key][0] for key in needed))


def rows(
    table: Sequence[Sequence[str]],
    top: int,
    places: Mapping[str, int],
    take: Callable[[Said], Taken | None],
) -> list[Taken]:
    """Return what `take` makes of every filled row; None leaves one out. Raises: WrongRows."""
    found: list[Taken] = []
    sentences: list[str] = []
    for number, cells in enumerate(table[top + 1 :], start=top + 2):
        if not any(cell.strip() for cell in cells):
            continue
        said = {key: cells[at].strip() if at < len(cells) else "" for key, at in places.items()}
        try:
            taken = take(said)
        except Refusal as no:
            sentences.append(WRONG_ROW.format(row=number, sentence=no.sentence))
        else:
            found.extend([taken] if taken is not None else [])
    if sentences:
        raise WrongRows(sentences=" ".join(sentences[:MOST_SENTENCES]))
    return found


def fen(typed: str) -> int:
    """Return an amount of a cell, an empty one or a dash being nothing. Raises: NotRead."""
    bare = typed.replace(" ", "").removeprefix("¥").removeprefix("+")
    if bare in {"", "-", "—", "－"}:
        return 0
    try:
        return parse_fen(bare)
    except Refusal as no:
        raise NotRead(typed=typed[:20]) from no
