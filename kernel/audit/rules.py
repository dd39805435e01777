"""审计链: each record's digest covers the one before, so that nothing can be altered unseen.

Source: design rule 10 of docs/architecture.md; GB/T 22239-2019 8.1.4.3 (审计记录保护).
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

#: what the first record's digest covers in place of a predecessor
GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Line:
    """One record as the chain sees it."""

    number: int
    at: datetime
    actor_id: int | None
    verb: str
    subject: str
    facts: str


def canonical_facts(facts: Mapping[str, object]) -> str:
    """Return facts as text that is always the same for the same facts. No personal values."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest(key: bytes, previous: bytes, line: Line) -> bytes:
    """Return the 32-byte digest of `line`, chained to `previous`."""
    moment = line.at.isoformat(timespec="microseconds")
    parts = (line.number, moment, line.actor_id, line.verb, line.subject, line.facts)
    return hmac.digest(key, previous + json.dumps(parts).encode(), hashlib.sha256)


def first_broken(key: bytes, chain: Iterable[tuple[Line, bytes]]) -> int | None:
    """Return the number of the first record that is missing, altered or out of place."""
    previous, expected = GENESIS, 1
    for line, stored in chain:
        try:
            previous = digest(key, previous, line)
            holds = line.number == expected and hmac.compare_digest(previous, stored)
        except TypeError:  # not even of the right kind
            holds = False
        if not holds:
            return expected
        expected += 1
    return None
