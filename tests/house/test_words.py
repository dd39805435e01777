"""House rule: what people read is written in templates and rules, nowhere else.

A refusal's sentence stands in its class, next to the check, wherever the check is made.
"""

import ast
import re
from pathlib import Path

from tests.house.tree import is_rules, parsed, product, rooms, spoken

CHINESE = re.compile("[\u4e00-\u9fff]")
#: small pure modules of the kernel whose labels and sentences belong to the thing they check
MAY_SPEAK = frozenset(
    Path("kernel") / name
    for name in ("contact.py", "identity.py", "money.py", "settings.py", "text.py")
)


def refusals() -> frozenset[str]:
    """Return the names of all classes that descend from Refusal."""
    bases = {
        node.name: {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        for module in rooms()
        for node in ast.walk(parsed(module))
        if isinstance(node, ast.ClassDef)
    }
    found = {"Refusal"}
    while grown := {name for name, above in bases.items() if above & found} - found:
        found |= grown
    return frozenset(found)


def words_out_of_place(module: Path, excused: frozenset[str]) -> list[str]:
    """Return the Chinese literals of a module that stand outside every refusal's class."""
    tree = parsed(module)
    in_refusals = {
        id(word)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name in excused
        for word in spoken(node)
    }
    return [
        f"{module}:{word.lineno} {word.value!s}"
        for word in spoken(tree)
        if CHINESE.search(str(word.value)) and id(word) not in in_refusals
    ]


def test_only_rules_templates_and_refusals_speak() -> None:
    excused = refusals()
    silent = [module for module in product() if not is_rules(module) and module not in MAY_SPEAK]
    found = [words for module in silent for words in words_out_of_place(module, excused)]
    assert found == [], "\n".join(found)


def test_a_module_that_may_speak_is_still_there() -> None:
    assert set(product()) >= MAY_SPEAK
