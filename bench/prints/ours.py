"""我们的印制: one order printed in a sample town, in a process of its own."""

import sys
from pathlib import Path

from bench.installation import Installation
from bench.prints.stopwatch import timed
from kernel.access import HOUSE
from services_catalog.jobs import print_order
from services_catalog.rules.prints import PrintKind
from services_catalog.rules.prints.orders import Order


def main() -> None:
    folder, kind, out = sys.argv[1:]
    here = Installation(Path(folder), 1).open_house()
    with timed():
        print_order(here, Order(PrintKind(kind)), Path(out), HOUSE, lambda *_: None)
