"""House rule: the table of rules names what there is, and leaves no module of rules out.

A row is rule, source, function, test. A module is named with its path; what follows a colon is
defined in it. A bare name is defined in some module of the product.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.house.tree import ROOT, is_rules, product

TABLE = ROOT / "docs" / "rules.md"
NAMED = re.compile(r"`([^`]+)`")
MODULE = re.compile(r"([\w/.]+\.(?:py|html|typ|csv))(?:: ?(.+))?")
#: rows may name what is run instead of a test
COMMANDS = ("make ", "python -m ")


def rows() -> list[list[str]]:
    """Return the cells of every row below the heading."""
    lines = TABLE.read_text("utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if "|" in line
    ]
    return cells[2:]


@cache
def files() -> tuple[str, ...]:
    """Return every file that a row may name."""
    kinds = [
        *product(),
        *(ROOT / "templates").rglob("*"),
        *(ROOT / "migrations").rglob("*.csv"),
        *ROOT.glob("[bt]e[ns][ct]*/**/*.py"),
    ]
    return tuple(f"/{(ROOT / one).relative_to(ROOT)}" for one in kinds)


def found(name: str) -> list[Path]:
    """Return the files whose path ends with `name`."""
    return [ROOT / one[1:] for one in files() if one.endswith("/" + name)]


@cache
def defined(file: Path) -> str:
    """Return the text of a file; of a package's, that of all its modules."""
    together = file.parent.glob("*.py") if file.name == "__init__.py" else (file,)
    return "\n".join(one.read_text("utf-8") for one in together)


def is_defined(name: str, text: str) -> bool:
    """Say whether a text defines a function, a class or a table called `name`."""
    last = re.escape(name.rpartition(".")[2])
    return (
        re.search(rf"^ *(?:(?:def|class) {last}\b|{last}\b[^=\n]*=)", text, re.MULTILINE)
        is not None
    )


def wrong_names(cell: str) -> list[str]:
    """Return what a cell names and the tree does not have."""
    wrong = []
    for token in NAMED.findall(cell):
        whole = MODULE.fullmatch(token)
        places = found(whole[1]) if whole else [ROOT / one for one in product()]
        names = re.split(", ?", whole[2] or "") if whole else [token]
        texts = [defined(place) for place in places]
        if not whole and (ROOT / token).is_dir():
            continue
        missing = [one for one in names if one and not any(is_defined(one, text) for text in texts)]
        wrong += [f"{token}: {one}" for one in missing] if texts else [token]
    return wrong


def wrong_tests(cell: str) -> list[str]:
    """Return the tests that a cell names and the tree does not have."""
    named = [one for one in NAMED.findall(cell) if not one.startswith(COMMANDS)]
    return [one for one in named if not found(one)]


def test_every_row_has_its_rule_source_function_and_test() -> None:
    assert [row for row in rows() if len(row) != 4 or not all(row)] == []


def test_every_function_a_row_names_is_there() -> None:
    assert [wrong for row in rows() for wrong in wrong_names(row[2])] == []


def test_every_test_a_row_names_is_there() -> None:
    assert [wrong for row in rows() for wrong in wrong_tests(row[3])] == []


def test_every_module_of_rules_is_named() -> None:
    said = TABLE.read_text("utf-8")
    modules = [one for one in product() if is_rules(one) and one.name != "__init__.py"]
    assert [str(one) for one in modules if f"`{one}" not in said] == []


@pytest.mark.parametrize("cell", ["`kernel/text.py: unheard_of`", "`nowhere.py`", "`unheard_of`"])
def test_a_wrong_name_would_be_found(cell: str) -> None:
    assert wrong_names(cell)
