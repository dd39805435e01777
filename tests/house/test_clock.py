"""House rule: one module reads the clock; whoever needs `now` is given it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import parsed, product, spoken

THE_CLOCK = Path("kernel/clock.py")
#: waiting is not dating: these two may ask how long something took
STOPWATCHES = frozenset({Path("kernel/scheduler.py"), Path("kernel/serving.py")})
CLOCK_READERS = frozenset(
    {
        "datetime.date.today",
        "datetime.datetime.now",
        "datetime.datetime.today",
        "datetime.datetime.utcnow",
        "sqlalchemy.func.current_date",
        "sqlalchemy.func.current_timestamp",
        "sqlalchemy.func.localtimestamp",
        "sqlalchemy.func.now",
        "time.ctime",
        "time.gmtime",
        "time.localtime",
        "time.strftime",
        "time.time",
        "time.time_ns",
        "uuid.uuid1",
    }
)
INTERVAL_READERS = frozenset(
    {"time.monotonic", "time.monotonic_ns", "time.perf_counter", "time.perf_counter_ns"}
)
SQL_CLOCKS = re.compile(
    r"\bcurrent_(timestamp|date|time)\b|(?<![.\w])now\(\)|\(\s*'now'|\bclock_timestamp\b",
    re.IGNORECASE,
)


def test_only_the_clock_reads_the_clock() -> None:
    found = [line for module in product() if module != THE_CLOCK for line in readings(module)]
    assert found == [], "\n".join(found)


def readings(module: Path) -> list[str]:
    """Return where a module reads a clock, in Python or in SQL."""
    banned = CLOCK_READERS if module in STOPWATCHES else CLOCK_READERS | INTERVAL_READERS
    return [f"{module}:{line} {what}" for line, what in read_in(parsed(module), banned)]


def read_in(tree: ast.Module, banned: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield line and name of every banned reading below `tree`."""
    known = imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            name = full_name(node, known)
            if name in banned:
                yield node.lineno, name
    for word in spoken(tree):
        if SQL_CLOCKS.search(str(word.value)):
            yield word.lineno, str(word.value)


def imported(tree: ast.Module) -> dict[str, str]:
    """Return what each imported name of a module stands for, in full."""
    known = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for entry in node.names:
                first = entry.name.split(".", 1)[0]
                known[entry.asname or first] = entry.name if entry.asname else first
        if isinstance(node, ast.ImportFrom):
            for entry in node.names:
                known[entry.asname or entry.name] = f"{node.module}.{entry.name}"
    return known


def full_name(node: ast.expr, known: dict[str, str]) -> str:
    """Return the dotted name of `a.b.c` with its first part resolved; empty for anything else."""
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    if isinstance(node, ast.Attribute):
        before = full_name(node.value, known)
        return f"{before}.{node.attr}" if before else ""
    return ""


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import datetime\nat = datetime.now(None)",
        "import datetime as dt\nfield(default_factory=dt.datetime.utcnow)",
        "from datetime import date as Day\nDay.today()",
        "import time\ntime.time()",
        "from time import monotonic\nmonotonic()",
        "import sqlalchemy as sa\nsa.Column(server_default=sa.func.now())",
        "import sqlalchemy as sa\nsa.text('CURRENT_TIMESTAMP')",
        "execute(\"SELECT strftime('%s', 'now')\") and execute('select now()')",
    ],
)
def test_every_way_around_the_clock_is_known(text: str) -> None:
    assert list(read_in(ast.parse(text), CLOCK_READERS | INTERVAL_READERS))


@pytest.mark.parametrize("text", ["here.now()", "clock.now()", "here.today()", "time.sleep(1)"])
def test_the_houses_own_clock_is_no_way_around_it(text: str) -> None:
    tree = ast.parse(f"import time\n{text}")
    assert list(read_in(tree, CLOCK_READERS | INTERVAL_READERS)) == []
