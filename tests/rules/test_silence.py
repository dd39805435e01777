"""视为受理: which types silence accepts, and which it only makes late."""

import pytest

from desk.cases.rules.silence import LAW, is_accepted_by_silence, is_permit, statutory_intake
from services_catalog.rules.items import Handling
from services_catalog.rules.limits import NO_LIMIT


@pytest.mark.parametrize(
    ("item_type", "expected"),
    [
        ("行政许可", True),
        ("01", True),
        (" 行政许可（01）", True),
        ("行政给付", False),
        ("行政确认", False),
        ("公共服务", False),
        ("其他行政权力", False),
        ("非行政许可审批", False),
        ("", False),
    ],
)
def test_a_permit_is_told_by_its_name_or_its_code(item_type: str, expected: bool) -> None:
    assert is_permit(item_type) is expected
    assert statutory_intake(item_type) == (LAW if expected else NO_LIMIT)


@pytest.mark.parametrize(
    ("item_type", "handling", "accepts_all", "expected"),
    [
        ("行政许可", Handling.HERE, False, True),
        ("行政给付", Handling.HERE, False, False),
        ("行政给付", Handling.HERE, True, True),
        ("行政许可", Handling.CARRIED, False, False),
        ("行政许可", Handling.CARRIED, True, False),
    ],
)
def test_silence_accepts_what_is_this_bodys_and_a_permit_or_promised(
    item_type: str, handling: Handling, accepts_all: bool, expected: bool
) -> None:
    assert is_accepted_by_silence(item_type, handling, accepts_all=accepts_all) is expected
