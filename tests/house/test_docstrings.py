"""House rule: every module says first, in Chinese, which part of the hall it is."""

import ast
import re
from pathlib import Path

from tests.house.tree import parsed, rooms

#: a first word with Chinese in it: 办件, or 365指南
CHINESE_TERM = re.compile(r"\w*[\u4e00-\u9fff]")


def test_every_module_begins_with_its_chinese_term() -> None:
    found = [str(module) for module in rooms() if not begins_in_chinese(module)]
    assert found == [], "\n".join(found)


def begins_in_chinese(module: Path) -> bool:
    """Say whether a module's docstring begins with a Chinese word (an empty one needs none)."""
    tree = parsed(module)
    if not tree.body:
        return module.name == "__init__.py"
    return CHINESE_TERM.match(ast.get_docstring(tree) or "") is not None
