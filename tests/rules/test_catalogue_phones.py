"""电话只在一处改: a number of the directory becomes a reference, and is read back as it was."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services_catalog.rules.phones import link_phones, referred, resolve_phones

DIRECTORY = {"U02": "0000-8000301", "U03": "0000-8000302", "U11": "0000-8000365", "U60": "12345"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("0000-8000302", "{U03}"),
        ("0000-8000365、12345", "{U11}、{U60}"),
        ("民政窗口：0000-8000301（工作日）", "民政窗口：{U02}（工作日）"),
        ("0000-80003021", "0000-80003021"),
        ("10000-8000302", "10000-8000302"),
        ("0000-8000302-801", "0000-8000302-801"),
        ("0000-8000302转801", "0000-8000302转801"),
        ("0000-123456", "0000-123456"),
        ("无", "无"),
        ("", ""),
    ],
)
def test_whole_numbers_become_references(text: str, kept: str) -> None:
    assert link_phones(text, DIRECTORY) == kept
    assert resolve_phones(kept, DIRECTORY) == text
    assert referred(kept) == set(re.findall(r"U\d+", kept))


def test_of_two_units_with_one_number_the_first_is_meant() -> None:
    assert link_phones("110", {"U1": "110", "U2": "110"}) == "{U1}"


def test_what_refers_to_no_unit_stays_as_it_is() -> None:
    assert resolve_phones("{U99}、{not a code}", DIRECTORY) == "{U99}、{not a code}"
    assert link_phones("110", {}) == "110"


NUMBERS = st.from_regex(r"[0-9]{3,5}(-[0-9]{7,8})?", fullmatch=True)


@settings(max_examples=40)
@given(
    directory=st.dictionaries(st.from_regex(r"U[0-9]{2}", fullmatch=True), NUMBERS, max_size=6),
    text=st.lists(st.one_of(NUMBERS, st.text("、，转- {}（）民政0123456789U", max_size=6))),
)
def test_whatever_is_linked_reads_as_before(directory: dict[str, str], text: list[str]) -> None:
    typed = "、".join([*text, *list(directory.values())[:2]])
    if not referred(typed) & directory.keys():
        assert resolve_phones(link_phones(typed, directory), directory) == typed
