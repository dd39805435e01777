"""捣乱一遍: `python -m bench.chaos --small` (in the tests) or `--large` (the long run)."""

import argparse
import random
import secrets
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from bench.chaos import (
    books,
    bundles,
    deadlines,
    doubles,
    kills,
    locks,
    messages,
    numbers,
    roads,
    walks,
)
from bench.chaos.verdicts import Verdict
from bench.installation import sample_town
from bench.postgres import database, postgres


@dataclass(frozen=True, slots=True)
class Size:
    """How much chaos."""

    kills: int
    writes: int
    forms: int
    #: registrations of each of the sixteen counters
    registrations: int
    #: every deadline of 2004 to 2026 beside the oracle's, or a sample of them
    every_deadline: bool
    #: presses of any button on any case
    steps: int
    #: texts through a carrier that misbehaves, and kills of the workers that send them
    texts: int
    sender_kills: int
    #: road maps beside two other reckonings
    roads: int


SIZES = {
    "small": Size(
        60, 250, 200, 50, every_deadline=False, steps=2000, texts=150, sender_kills=6, roads=100
    ),
    "large": Size(
        1000,
        2500,
        1000,
        500,
        every_deadline=True,
        steps=20_000,
        texts=10_000,
        sender_kills=50,
        roads=10_000,
    ),
}


def main() -> None:
    """Run every piece of chaos and say what was found; exit 1 where a promise broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = parser.add_mutually_exclusive_group(required=True)
    for size in SIZES:
        sizes.add_argument(f"--{size}", dest="size", action="store_const", const=size)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(f"seed {asked.seed}", flush=True)
    broken = 0
    for verdict in verdicts(SIZES[asked.size], random.Random(asked.seed)):
        print(verdict.words, flush=True)
        broken += not verdict.is_kept
    sys.exit(bool(broken))


def verdicts(size: Size, dice: random.Random) -> Iterator[Verdict]:
    """Do one thing after the other; a town lives through presses first, then through New Year."""
    yield deadlines.run(dice, of_all=size.every_deadline)
    yield roads.run(dice, size.roads)
    yield walks.run(size.steps, dice)
    yield books.run(size.steps, dice)
    yield bundles.run(size.steps, dice)
    yield locks.run(size.writes)
    with postgres() as cluster:
        # a town has a key of its own: what another left in its database could never be sent
        for presses, texts in (("", ""), (cluster, database(cluster, "texts"))):
            with sample_town(presses) as town:
                yield doubles.run(town, size.forms, dice)
                yield numbers.run(town, size.registrations, dice)
            with sample_town(texts) as town:
                yield messages.run(town, size.texts, size.sender_kills, dice)
    yield kills.run(size.kills, dice)


if __name__ == "__main__":
    main()
