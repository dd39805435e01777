"""申请人与来办人: by which scraps a case is found, and who can be sent a text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.cases.rules.people import (
    RELATION_NAMES,
    Person,
    Relation,
    name_pieces,
    search_keys,
    sought_pieces,
)
from kernel.identity import DocumentKind
from kernel.text import DOTS, folded
from tests.builders import mobile, person, resident_number


def test_a_person_is_found_by_name_number_and_phone() -> None:
    who = person(7, "欧阳一")
    assert sorted(search_keys(who)) == sorted(
        [
            *(("name", piece) for piece in ("欧", "阳", "一", "欧阳", "阳一")),
            ("document", resident_number(7)),
            ("document4", resident_number(7)[-4:]),
            ("phone", f"+86{mobile(7)}"),
            ("phone4", "0007"),
        ]
    )


def test_who_has_neither_number_nor_phone_is_found_by_name_alone() -> None:
    assert {kind for kind, _ in search_keys(Person(name="王五"))} == {"name"}


def test_who_left_no_name_is_found_by_phone() -> None:
    assert set(search_keys(Person(name="", phone="+8615400000007"))) == {
        ("phone", "+8615400000007"),
        ("phone4", "0007"),
    }


def test_the_extension_of_a_landline_is_not_among_its_last_four() -> None:
    keys = dict(search_keys(Person(name="", phone="+860008000301;ext=88")))
    assert keys["phone4"] == "0301"


@pytest.mark.parametrize(
    ("number", "last"), [("D00000001", "0001"), ("X1", "X1"), ("第12.5号", "2·5号")]
)
def test_the_end_of_any_document_is_a_key(number: str, last: str) -> None:
    who = Person("甲", DocumentKind.OTHER, number)
    assert dict(search_keys(who))["document4"] == last


NAMES = st.text("阿卜杜买提王五ＡbAß𠮷㐀\ufa19 　·•．", min_size=1, max_size=12).filter(folded)


def _is_found(name: str, typed: str) -> bool:
    return set(sought_pieces(typed)) <= set(name_pieces(folded(name)))


@settings(max_examples=40)
@given(NAMES, st.data())
def test_every_part_of_a_name_finds_it(name: str, data: st.DataObject) -> None:
    plain = folded(name)
    first = data.draw(st.integers(0, len(plain) - 1))
    last = data.draw(st.integers(first + 1, len(plain)))
    assert _is_found(name, plain[first:last])
    assert _is_found(name, name)


def test_a_name_that_only_shares_characters_is_not_found() -> None:
    assert not _is_found("王小明", "王明")
    assert not _is_found("王小明", "李")
    assert not _is_found("阿卜杜·买买提", "阿卜杜买")


@pytest.mark.parametrize("dot", DOTS.replace(".", ".．"))
def test_every_dot_between_the_parts_of_a_name_is_one_dot(dot: str) -> None:
    assert _is_found("阿卜杜·买买提", f"杜{dot}买")
    assert _is_found(f"阿卜杜{dot}买买提", "杜·买")


@pytest.mark.parametrize(
    ("phone", "is_mobile"),
    [("+8615400000001", True), ("+860008000301", False), ("66123", False), ("", False)],
)
def test_only_a_mobile_can_be_sent_a_text(phone: str, is_mobile: bool) -> None:
    assert Person(name="甲", phone=phone).is_mobile is is_mobile


def test_every_relation_has_its_word() -> None:
    assert set(RELATION_NAMES) == set(Relation)
