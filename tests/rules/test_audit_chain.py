"""审计链: whatever is done to one record of the chain, the chain says where.

What it cannot say is that its newest records were cut off: for that, its head is kept elsewhere.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kernel.audit.rules import GENESIS, Line, canonical_facts, digest, first_broken

KEY = b"k" * 32
WRONG_KEY = b"w" * 32
FEW = settings(max_examples=15, deadline=None, database=None)
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

Chain: TypeAlias = list[tuple[Line, bytes]]

WORDS = st.text('ab:,"[]\\{}0\n办𠮷', max_size=8)
MOMENTS = st.integers(0, 10**9).map(lambda n: START + timedelta(microseconds=n))
ACTORS = st.none() | st.integers(1, 99)


def linked(lines: list[Line], key: bytes = KEY, previous: bytes = GENESIS) -> Chain:
    """Return the lines with their digests, each over the one before."""
    chain: Chain = []
    for line in lines:
        previous = digest(key, previous, line)
        chain.append((line, previous))
    return chain


@st.composite
def chains(draw: st.DrawFn, least: int = 1) -> Chain:
    told = draw(
        st.lists(st.tuples(MOMENTS, ACTORS, WORDS, WORDS, WORDS), min_size=least, max_size=6)
    )
    return linked([Line(number, *one) for number, one in enumerate(told, start=1)])


def place_in(draw: st.DataObject, chain: Chain, last: int = 0) -> int:
    return draw.draw(st.integers(0, len(chain) - 1 - last), label="place")


@FEW
@given(chains(least=0))
def test_an_untouched_chain_is_whole(chain: Chain) -> None:
    assert first_broken(KEY, chain) is None


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("number", st.integers(0, 99)),
        ("at", MOMENTS),
        ("actor_id", ACTORS),
        ("verb", WORDS),
        ("subject", WORDS),
        ("facts", WORDS),
    ],
)
@FEW
@given(chains(), st.data())
def test_an_altered_field_is_found(
    name: str, values: st.SearchStrategy[object], chain: Chain, draw: st.DataObject
) -> None:
    place = place_in(draw, chain)
    line, stored = chain[place]
    value = draw.draw(values)
    assume(value != getattr(line, name))
    altered: dict[str, object] = {name: value}
    chain[place] = (replace(line, **altered), stored)  # type: ignore[arg-type]
    assert first_broken(KEY, chain) == place + 1


@FEW
@given(chains(), st.data())
def test_an_altered_digest_is_found(chain: Chain, draw: st.DataObject) -> None:
    place = place_in(draw, chain)
    line, stored = chain[place]
    byte = draw.draw(st.integers(0, len(stored) - 1))
    chain[place] = (line, stored[:byte] + bytes([stored[byte] ^ 1]) + stored[byte + 1 :])
    assert first_broken(KEY, chain) == place + 1


@FEW
@given(chains(least=2), st.data())
def test_a_deleted_record_is_found(chain: Chain, draw: st.DataObject) -> None:
    place = place_in(draw, chain, last=1)
    del chain[place]
    assert first_broken(KEY, chain) == place + 1


@FEW
@given(chains(least=2), st.data())
def test_a_deleted_record_is_found_though_the_rest_was_renumbered(
    chain: Chain, draw: st.DataObject
) -> None:
    place = place_in(draw, chain, last=1)
    del chain[place]
    for later in range(place, len(chain)):
        line, stored = chain[later]
        chain[later] = (replace(line, number=later + 1), stored)
    assert first_broken(KEY, chain) == place + 1


@FEW
@given(chains(least=2), st.data())
def test_two_swapped_records_are_found_at_the_first(chain: Chain, draw: st.DataObject) -> None:
    first = place_in(draw, chain, last=1)
    second = draw.draw(st.integers(first + 1, len(chain) - 1))
    chain[first], chain[second] = chain[second], chain[first]
    assert first_broken(KEY, chain) == first + 1


@FEW
@given(chains(), st.data())
def test_an_inserted_record_is_found(chain: Chain, draw: st.DataObject) -> None:
    place = place_in(draw, chain)
    line = replace(chain[place][0], verb="inserted")
    previous = chain[place - 1][1] if place else GENESIS
    chain[place:place] = linked([line], WRONG_KEY, previous)
    assert first_broken(KEY, chain) == place + 1


@FEW
@given(chains(), st.data())
def test_a_record_told_twice_is_found(chain: Chain, draw: st.DataObject) -> None:
    place = place_in(draw, chain)
    chain.insert(place + 1, chain[place])
    assert first_broken(KEY, chain) == place + 2


@FEW
@given(chains(), st.data())
def test_a_rest_that_was_rewritten_with_another_key_is_found(
    chain: Chain, draw: st.DataObject
) -> None:
    place = place_in(draw, chain)
    previous = chain[place - 1][1] if place else GENESIS
    chain[place:] = linked([line for line, _ in chain[place:]], WRONG_KEY, previous)
    assert first_broken(KEY, chain) == place + 1


@FEW
@given(chains(), st.data())
def test_only_who_has_the_key_can_rewrite_the_rest(chain: Chain, draw: st.DataObject) -> None:
    place = place_in(draw, chain)
    previous = chain[place - 1][1] if place else GENESIS
    forged = [replace(line, verb="forged") for line, _ in chain[place:]]
    chain[place:] = linked(forged, KEY, previous)
    assert first_broken(KEY, chain) is None, "the control: the key is what protects the chain"


@FEW
@given(chains(), st.data())
def test_a_cut_tail_is_not_seen_and_so_the_head_is_kept_elsewhere(
    chain: Chain, draw: st.DataObject
) -> None:
    head = chain[-1][1]
    shorter = chain[: place_in(draw, chain)]
    assert first_broken(KEY, shorter) is None
    assert (shorter[-1][1] if shorter else GENESIS) != head


def test_the_words_of_a_record_cannot_move_from_one_field_to_the_next() -> None:
    one = Line(1, START, None, "close", "case:17", "{}")
    assert digest(KEY, GENESIS, one) != digest(
        KEY, GENESIS, replace(one, verb="closec", subject="ase:17")
    )


def test_the_same_facts_are_the_same_text_in_any_order() -> None:
    assert canonical_facts({"b": 1, "环节": "办结"}) == canonical_facts({"环节": "办结", "b": 1})
    assert canonical_facts({"on": START.date()}) == '{"on":"2026-03-02"}'
