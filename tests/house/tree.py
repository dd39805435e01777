"""The tree as the house tests see it: where the code stands, and what is written in it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = ("kernel", "services_catalog", "duty_roster", "desk")
#: the kinds of file a room may have; a package of such a name holds topics, not rooms
KINDS = frozenset(
    {"pages", "commands", "jobs", "forms", "actions", "gateways", "queries", "records", "rules"}
)


def rooms() -> list[Path]:
    """Return every module of the product's four packages, relative to the root."""
    return [module for floor in FLOORS for module in _modules(floor)]


def product() -> list[Path]:
    """Return every module that runs in the hall: the rooms, the front door, the migrations."""
    return [Path("app.py"), *rooms(), *_modules("migrations")]


def _modules(folder: str) -> list[Path]:
    return sorted(file.relative_to(ROOT) for file in (ROOT / folder).rglob("*.py"))


@cache
def parsed(module: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse((ROOT / module).read_text("utf-8"))


def is_rules(module: Path) -> bool:
    """Say whether a module is `rules.py` or lies in a `rules/` package."""
    return "rules" in module.with_suffix("").parts


def dotted(module: Path) -> str:
    """Return the name that Python knows a module (or a package's `__init__.py`) by."""
    parts = module.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def spoken(tree: ast.AST) -> Iterator[ast.Constant]:
    """Yield the string literals below `tree`, docstrings aside."""
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node
