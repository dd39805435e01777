"""保险柜与钥匙文件: what is sealed opens only in its own place, with its own key."""

import stat
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.keys import VERSION, KeyMissing, KeyUnreadable, create_key, open_vault, read_key
from kernel.vault import (
    BLIND_BYTES,
    CROCKFORD,
    KEY_BYTES,
    TOKEN_LENGTH,
    Vault,
    crockford,
    token_hash,
)

FEW = settings(max_examples=15, deadline=None, database=None)
VAULT = Vault(bytes(range(KEY_BYTES)))
OTHER_TOWN = Vault(bytes(KEY_BYTES))
PLACE = "person|mobile|17"


@FEW
@given(st.text("a|0\x00\n办𠮷\ue863"), st.text("abc|19", max_size=20))
def test_what_is_sealed_opens_in_its_place(plain: str, place: str) -> None:
    sealed = VAULT.town.seal(plain, place)
    assert VAULT.town.open(sealed, place) == plain
    assert sealed.startswith("v1|k1|")
    assert sealed.count("|") == 3


def test_sealing_twice_gives_two_texts() -> None:
    assert VAULT.town.seal("同一句话", PLACE) != VAULT.town.seal("同一句话", PLACE)


@pytest.mark.parametrize(
    "place", ["person|mobile|18", "person|number|17", "case|mobile|17", "", PLACE + " "]
)
def test_what_is_moved_to_another_place_does_not_open(place: str) -> None:
    sealed = VAULT.town.seal("0000-8000123", PLACE)
    with pytest.raises(InvalidTag):
        VAULT.town.open(sealed, place)


def test_no_altered_character_of_a_sealed_text_opens() -> None:
    sealed = VAULT.town.seal_bytes(b"0000-8000123;6", PLACE)
    assert not sealed.endswith("="), "padding would have bits that say nothing"
    for place in range(len("v1|k1|"), len(sealed)):
        if sealed[place] == "|":
            continue
        other = "A" if sealed[place] != "A" else "B"
        with pytest.raises(InvalidTag):
            VAULT.town.open_bytes(sealed[:place] + other + sealed[place + 1 :], PLACE)


def test_another_towns_key_does_not_open() -> None:
    with pytest.raises(InvalidTag):
        OTHER_TOWN.town.open(VAULT.town.seal("0000-8000123", PLACE), PLACE)


def test_every_purpose_has_a_key_of_its_own() -> None:
    keys = {VAULT.database_key, VAULT.audit_key, VAULT.cookie_key, VAULT.town.key}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {KEY_BYTES}
    assert keys.isdisjoint({OTHER_TOWN.database_key, OTHER_TOWN.audit_key})


def test_a_persons_key_opens_for_that_person_only() -> None:
    wrapped, key = VAULT.new_person_key("17")
    sealed = key.seal("家庭住址", PLACE)
    assert VAULT.person_key(wrapped, "17").open(sealed, PLACE) == "家庭住址"
    with pytest.raises(InvalidTag):
        VAULT.person_key(wrapped, "18")
    _, another = VAULT.new_person_key("17")
    with pytest.raises(InvalidTag):
        another.open(sealed, PLACE)


@FEW
@given(st.integers(1, 10**9), st.integers(1, 99))
def test_tokens_have_26_characters_and_stay_the_same(row: int, generation: int) -> None:
    token = VAULT.token("case", str(row), generation)
    assert len(token) == TOKEN_LENGTH == 26
    assert set(token) <= set(CROCKFORD)
    assert token == Vault(bytes(range(KEY_BYTES))).token("case", str(row), generation)


def test_tokens_differ_by_purpose_row_generation_and_town() -> None:
    asked = [
        ("case", "1", 1),
        ("card", "1", 1),
        ("case", "2", 1),
        ("case", "1", 2),
        ("case", "11", 1),
    ]
    tokens = {VAULT.token(*one) for one in asked} | {OTHER_TOWN.token("case", "1")}
    assert len(tokens) == len(asked) + 1


def test_tokens_have_no_letter_that_is_misread() -> None:
    assert not set("ILOU") & set(CROCKFORD)
    assert crockford(0) == "0" * 26
    assert crockford(2**128 - 1) == "7" + "Z" * 25


def test_a_token_opens_in_both_letter_cases() -> None:
    token = VAULT.token("case", "17")
    assert token_hash(token) == token_hash(token.lower())
    assert token_hash(token) != token_hash(VAULT.token("case", "18"))
    assert token.encode() not in token_hash(token)


def test_the_blind_index_is_stable_and_apart_for_each_kind() -> None:
    blind = VAULT.blind("mobile", "+8615400001234")
    assert blind == VAULT.blind("mobile", "+8615400001234")
    assert len(blind) == BLIND_BYTES
    others = [
        ("number", "+8615400001234"),
        ("mobile", "+8615400001235"),
        ("mobil", "e+8615400001234"),
    ]
    assert blind not in {VAULT.blind(*other) for other in others}
    assert blind != OTHER_TOWN.blind("mobile", "+8615400001234")


def test_a_key_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "town.key"
    create_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert len(read_key(path)) == KEY_BYTES
    assert open_vault(path).database_key == Vault(read_key(path)).database_key


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "town.key"
    create_key(path)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        create_key(path)
    assert path.read_bytes() == before


def test_two_keys_are_not_the_same(tmp_path: Path) -> None:
    create_key(tmp_path / "a.key")
    create_key(tmp_path / "b.key")
    assert read_key(tmp_path / "a.key") != read_key(tmp_path / "b.key")


def test_a_missing_key_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing, match="请从保管处取回钥匙副本"):
        read_key(tmp_path / "nowhere.key")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        VERSION.encode(),
        f"{VERSION}\n\n".encode(),
        f"{VERSION}\n{'00' * 31}\n".encode(),
        f"{VERSION}\n{'00' * 33}\n".encode(),
        f"{VERSION}\n{'0g' * 32}\n".encode(),
        f"another key v1\n{'00' * 32}\n".encode(),
        b"\xff\xfe\x00\n\x80\n",
    ],
)
def test_a_damaged_key_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "town.key"
    path.write_bytes(content)
    with pytest.raises(KeyUnreadable, match="请换用完好的副本"):
        read_key(path)
