"""读一次: what every application of a run works out alike is worked out once.

Thousands of tests open an application of their own. Each would compile the same five hundred
addresses and the same templates again, read the same 4,000 names aloud to build the index of the
search, and spend 40 ms at the door on a password that is made to take so long: a third of the
run. The stories meet all of it as it is.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from argon2 import PasswordHasher
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from services_catalog.rules.search.index import Index, build
from services_catalog.rules.search.lines import SearchEntry
from services_catalog.rules.search.synonyms import Synonyms, synonyms

#: where the door has its hasher
HASHERS = ("kernel.staff.actions.entering.HASHER", "kernel.staff.actions.accounts.HASHER")
Builder = Callable[..., tuple[str, str]]


class TemplatesReadOnce(BytecodeCache):
    """Keeps compiled templates, by name and content, for as long as the process lives."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what is kept."""
        if kept := self._kept.get((bucket.key, bucket.checksum)):
            bucket.load_bytecode(BytesIO(kept))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


@contextmanager
def addresses_read_once() -> Iterator[None]:
    """Compile each address once; what comes of it depends on the address alone."""
    kept: dict[tuple[Any, ...], Builder] = {}
    compile_builder = Rule._compile_builder

    def compiled(rule: Rule, append_unknown: bool = True) -> Builder:
        which = (rule.rule, rule.merge_slashes, repr(rule.defaults), append_unknown)
        if which not in kept:
            kept[which] = compile_builder(rule, append_unknown)
        return kept[which]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compiled)
        yield


@contextmanager
def searches_built_once() -> Iterator[None]:
    """Build the index of the same items and words once."""
    tables: dict[object, Synonyms] = {}
    indices: dict[object, Index] = {}

    def read(rows: Iterable[Sequence[str]]) -> Synonyms:
        which = tuple(map(tuple, rows))
        if which not in tables:
            tables[which] = synonyms(which)
        return tables[which]

    def built(entries: Iterable[SearchEntry], table: Synonyms) -> Index:
        known = list(entries)
        words = (tuple(table.official.items()), table.empty, table.telling)
        which = (tuple((one.code, one.title, tuple(one.names)) for one in known), words)
        if which not in indices:
            indices[which] = build(known, table)
        return indices[which]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("services_catalog.queries.words.synonyms", read)
        patch.setattr("services_catalog.queries.lists.build", built)
        yield


@contextmanager
def passwords_read_quickly() -> Iterator[None]:
    """Hash passwords as cheaply as Argon2 allows; the hash itself says how it is to be checked."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        for name in HASHERS:
            patch.setattr(name, quick)
        yield
