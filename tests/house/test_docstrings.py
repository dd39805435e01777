"""House rule: every module says first, in Chinese, which part of the hall it is."""

import ast
from pathlib import Path

from tests.house.test_words import CHINESE
from tests.house.tree import parsed, rooms


def test_every_module_begins_with_its_chinese_term() -> None:
    found = [str(module) for module in rooms() if not begins_in_chinese(module)]
    assert found == [], "\n".join(found)


def begins_in_chinese(module: Path) -> bool:
    """Say whether a module's docstring begins with a Chinese word (an empty one needs none)."""
    tree = parsed(module)
    if not tree.body:
        return module.name == "__init__.py"
    return CHINESE.match(ast.get_docstring(tree) or "") is not None
