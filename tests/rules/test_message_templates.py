"""短信模板: the words a town begins with are those the house says, and each is one message."""

import csv
from pathlib import Path

import pytest

from desk.messages.rules.kinds import MessageKind
from desk.messages.rules.shapes import SHAPES, TWINS, TemplateName
from desk.messages.rules.templates import (
    filled,
    longest_values,
    refuse_matters,
    refuse_other_blanks,
)
from desk.messages.rules.wording import billed_parts, refuse_unfit, signed

STARTER = Path(__file__).parents[2] / "migrations" / "starter"
MARK = "K7QD"


def test_the_newest_rows_are_what_the_house_says() -> None:
    rows: dict[TemplateName, str] = {}
    for file in sorted(STARTER.glob("*_message_templates.csv")):
        with file.open(encoding="utf-8", newline="") as sheet:
            rows |= {TemplateName(row["name"]): row["wording"] for row in csv.DictReader(sheet)}
    assert rows == {name: shape.starter for name, shape in SHAPES.items()}


def test_every_text_about_a_case_has_one_for_its_contact() -> None:
    """But what tells nothing of one case: several gathered, a code, texts to staff."""
    about = {name for name, shape in SHAPES.items() if "编号" in shape.blanks}
    staffs = {TemplateName.NUDGE, TemplateName.LATE}
    assert set(TWINS) == about - staffs - set(TWINS.values())


def test_every_kind_has_a_template() -> None:
    assert {shape.kind for shape in SHAPES.values()} == set(MessageKind)


@pytest.mark.parametrize("name", list(TemplateName))
def test_every_template_is_one_message_in_its_longest_likely_form(name: TemplateName) -> None:
    wording = SHAPES[name].starter
    refuse_other_blanks(name, wording)
    refuse_matters(wording)
    text = signed("示例乡便民中心", filled(wording, longest_values(name)), MARK)
    refuse_unfit(text, MARK)
    assert billed_parts(text) == 1, text
