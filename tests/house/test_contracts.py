"""House rule: imports only go down, and no package escapes the contracts that say so."""

import re
from typing import Any

from importlinter.api import read_configuration
from importlinter.cli import lint_imports

from tests.house.tree import KINDS, ROOT, dotted, rooms

CONFIGURATION = str(ROOT / "pyproject.toml")


def contracts() -> list[dict[str, Any]]:
    """Return the contracts of pyproject.toml."""
    found = read_configuration(CONFIGURATION)["contracts_options"]
    assert isinstance(found, list)
    return found


def test_every_contract_is_kept() -> None:
    assert lint_imports(config_filename=CONFIGURATION, no_cache=True, no_logo=True) == 0


def test_no_import_is_excused() -> None:
    excuses = ("ignore_imports", "exhaustive_ignores", "allow_indirect_imports")
    excused = [one["name"] for one in contracts() if any(one.get(excuse) for excuse in excuses)]
    assert excused == []


def test_every_package_is_covered_by_a_contract() -> None:
    packages = [dotted(module) for module in rooms() if module.name == "__init__.py"]
    found = [name for name in packages if not is_covered(name)]
    assert found == [], "\n".join(found)


def test_a_new_room_that_no_contract_names_would_be_found() -> None:
    assert is_covered("desk.cases")
    assert is_covered("desk.windows.a_new_window")
    assert is_covered("services_catalog.rules.search")
    assert not is_covered("kernel.a_new_room")
    assert not is_covered("desk.a_new_room")


def is_covered(package: str) -> bool:
    """Say whether some contract knows every module that may stand directly in `package`.

    A package that is itself a kind of file (`rules/`, or a topic below it) needs none: the
    contract of its room speaks for all of it.
    """
    if KINDS.intersection(package.split(".")):
        return True
    return any(_names(pattern, package) for pattern in _watched())


def _watched() -> list[str]:
    """Return the packages whose children are all named by a contract."""
    watched = []
    for contract in contracts():
        if contract.get("exhaustive"):
            watched += contract["containers"]
        if contract["type"] == "independence":
            watched += [module.removesuffix(".*") for module in contract["modules"]]
    return watched


def _names(pattern: str, package: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", r"[^.]+"), package) is not None
