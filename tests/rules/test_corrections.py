"""更正: what changed, in words that give nothing away."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from desk.cases.rules.corrections import FIELDS, NothingChanged, changed_fields
from desk.cases.rules.people import Person, Relation
from kernel.identity import DocumentKind, Sex
from tests.builders import person

OTHERS: dict[str, Any] = {
    "name": "示例群众乙",
    "document_kind": DocumentKind.PASSPORT,
    "document_number": "D0000001",
    "born_on": date(1941, 2, 3),
    "sex": Sex.FEMALE,
    "birth_reason": "户口簿登记有误，以户口簿为准",
    "phone": "",
    "address": "示例上溪村8号",
}


@pytest.mark.parametrize(("field", "other"), list(OTHERS.items()))
def test_each_particular_that_changed_is_named_and_its_value_is_not(field: str, other: Any) -> None:
    changed = changed_fields(person(), replace(person(), **{field: other}))
    assert changed == [FIELDS[field]]
    assert str(other) not in changed


def test_several_are_named_in_the_order_of_the_form() -> None:
    assert changed_fields(person(), replace(person(), **OTHERS)) == list(FIELDS.values())


def test_nothing_changed_is_no_correction() -> None:
    with pytest.raises(NothingChanged):
        changed_fields(person(), person())


def test_who_left_no_name_is_corrected_from_nothing() -> None:
    assert changed_fields(None, Person(name="示例群众甲")) == ["姓名"]
    with pytest.raises(NothingChanged):
        changed_fields(None, Person(name=""))


def test_every_particular_of_the_form_is_watched() -> None:
    assert {field.name for field in fields(Person)} - set(FIELDS) == {"relation"}
    assert "relation" not in OTHERS
    with pytest.raises(NothingChanged):
        changed_fields(person(), replace(person(), relation=Relation.CHILD))
