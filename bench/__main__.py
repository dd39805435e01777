"""跑分一遍: `python -m bench` for every figure, or `python -m bench registrations pages …`.

Each figure stands beside a floor measured in the same run; no second is asserted.
"""

import argparse
import os
import platform
import signal
import sys
from collections.abc import Callable

from sqlcipher3 import dbapi2 as sqlcipher

from bench import (
    accounts,
    boot,
    calendar,
    deadlines,
    importing,
    lists,
    outbox,
    pages,
    projects,
    registrations,
    reminders,
    rota,
    screen,
    searching,
)
from bench.figures import Figure
from bench.prints import measures as prints

TOPICS: dict[str, Callable[[], list[Figure]]] = {
    "calendar": calendar.figures,
    "registrations": registrations.figures,
    "pages": pages.figures,
    "boot": boot.figures,
    "import": importing.figures,
    "deadlines": deadlines.figures,
    "search": searching.figures,
    "reminders": reminders.figures,
    "rota": rota.figures,
    "screen": screen.figures,
    "lists": lists.figures,
    "outbox": outbox.figures,
    "prints": prints.figures,
    "accounts": accounts.figures,
    "board_of_projects": projects.figures,
}


def main() -> None:
    """Measure the topics asked for, and print each as it comes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topics", nargs="*", metavar="topic", help=", ".join(TOPICS))
    parser.add_argument("--full", action="store_true", help="lists, accounts: a million")
    parser.add_argument("--postgres", action="store_true", help="lists: a county's database")
    asked = parser.parse_args().topics or list(TOPICS)
    if unknown := set(asked) - set(TOPICS):
        parser.error(f"no such topic: {', '.join(sorted(unknown))}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(machine())
    for topic in asked:
        for figure in TOPICS[topic]():
            print(figure.words, flush=True)


def machine() -> str:
    """Return on what it is measured, and how busy that is with other things."""
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, "
        f"SQLite {sqlcipher.sqlite_version}, load {load:.1f} before the start"
    )


if __name__ == "__main__":
    main()
