"""我们的印制: one order printed in a sample town, in a process of its own."""

import sys
from pathlib import Path
from time import perf_counter

from bench.installation import Installation
from kernel.access import HOUSE
from services_catalog.jobs import print_order
from services_catalog.rules.prints import PrintKind
from services_catalog.rules.prints.orders import Order


def main(folder: Path, kind: str, out: Path) -> None:
    here = Installation(folder, 1).open_house()
    begun = perf_counter()
    print_order(here, Order(PrintKind(kind)), out, HOUSE, lambda *_: None)
    print(perf_counter() - begun)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
