"""捣乱一遍: `python -m bench.chaos --small` (in the tests) or `--large` (the long run)."""

import argparse
import random
import secrets
import sys

from bench.chaos import doubles, kills, locks

SIZES = {"small": (60, 250, 200), "large": (1000, 2500, 1000)}


def main() -> None:
    """Run every piece of chaos and say what was found; exit 1 where a promise broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = parser.add_mutually_exclusive_group(required=True)
    for size in SIZES:
        sizes.add_argument(f"--{size}", dest="size", action="store_const", const=size)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    asked = parser.parse_args()
    print(f"seed {asked.seed}")
    killed, written, pressed = SIZES[asked.size]
    verdicts = [
        locks.run(written),
        doubles.run(pressed, random.Random(asked.seed)),
        kills.run(killed, random.Random(asked.seed)),
    ]
    for verdict in verdicts:
        print(verdict.words)
    sys.exit(0 if all(verdict.is_kept for verdict in verdicts) else 1)


if __name__ == "__main__":
    main()
