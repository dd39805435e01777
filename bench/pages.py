"""公开页: an item from the page cache and a slip's status page, beside a bare Flask "hello".

The three are asked in turn, several rounds, and compared by their medians.
"""

import sys
from statistics import median

from bench.figures import Figure
from bench.installation import (
    Installation,
    ending,
    free_port,
    sample_town,
    start,
    wait_until_open,
)
from bench.loader import rate
from desk.cases.actions.register import lookup_code
from tests.builders import HERE, a_case

ROUNDS = 3
AIM_ITEM, AIM_CASE = 2.5, 0.5
FLOOR = "bare Flask hello"


def figures() -> list[Figure]:
    """Measure a page that is the same for everybody and one that is not, beside the floor."""
    with sample_town() as town:
        code = _code_of_a_slip(town)
        port = free_port()
        hello = start(
            [sys.executable, "-m", "bench.hello", str(port)],
            town.environment,
            town.folder / "hello",
        )
        with ending(hello), town.served():
            wait_until_open(port)
            asked = [(port, "/"), (town.port, f"/items/{HERE}"), (town.port, f"/c/{code}")]
            rounds = [[rate(*page) for page in asked] for _ in range(ROUNDS)]
    floor, item, case = (median(rates) for rates in zip(*rounds, strict=True))
    return [
        Figure("an item's page, kept", item, "/s", floor, FLOOR, AIM_ITEM),
        Figure("a slip's status page", case, "/s", floor, FLOOR, AIM_CASE),
    ]


def _code_of_a_slip(town: Installation) -> str:
    here = town.open_house()
    with here.writing() as session:
        code = lookup_code(session, a_case(here, session, here.now()))
    here.database.engine.dispose()
    return code
