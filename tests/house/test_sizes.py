"""House rule: nothing grows past what one person can hold in mind."""

import ast
from pathlib import Path
from statistics import median

from tests.house.tree import ROOT, parsed, product

FILE_LIMIT = 250
FRONT_DOOR_LIMIT = 120
FUNCTION_LIMIT = 40
FUNCTION_MEDIAN = 8


def lines_of(module: Path) -> int:
    """Return how many lines a module has."""
    return len((ROOT / module).read_text("utf-8").splitlines())


def functions() -> dict[str, int]:
    """Return the length of every function's body, its docstring not counted."""
    return {
        f"{module}:{node.lineno} {node.name}": _length(node)
        for module in product()
        for node in ast.walk(parsed(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_module_is_longer_than_the_limit() -> None:
    assert {m: lines_of(m) for m in product() if lines_of(m) > FILE_LIMIT} == {}


def test_the_front_door_stays_small() -> None:
    assert lines_of(Path("app.py")) <= FRONT_DOOR_LIMIT


def test_no_function_is_longer_than_the_limit() -> None:
    assert {name: length for name, length in functions().items() if length > FUNCTION_LIMIT} == {}


def test_the_median_function_is_small() -> None:
    assert median(functions().values()) <= FUNCTION_MEDIAN
