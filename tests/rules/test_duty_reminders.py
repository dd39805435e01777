"""值班提醒: from when a turn may be reminded of, and what a text's key says."""

from datetime import date, datetime, time

import pytest

from desk.reminders.rules.duty import DutyReminder, DutyWord, is_near
from duty_roster.rules.shifts import DutyTerms, Shift, ShiftKind

DAY = date(2026, 3, 3)
TERMS = DutyTerms(day_from=time(8), night_from=time(17, 30))


@pytest.mark.parametrize(
    ("kind", "now", "near"),
    [
        (ShiftKind.WHOLE, "03-02T15:59", False),
        (ShiftKind.WHOLE, "03-02T16:00", True),
        (ShiftKind.WHOLE, "03-03T07:59", True),
        (ShiftKind.WHOLE, "03-03T08:00", False),
        (ShiftKind.NIGHT, "03-02T16:00", True),
        (ShiftKind.NIGHT, "03-03T17:29", True),
        (ShiftKind.NIGHT, "03-03T17:30", False),
    ],
)
def test_a_turn_is_reminded_of_from_the_afternoon_before_until_it_begins(
    kind: ShiftKind, now: str, near: bool
) -> None:
    moment = datetime.fromisoformat(f"2026-{now}+08:00")
    assert is_near(Shift(DAY, kind), TERMS, moment) is near


def test_the_key_of_a_text_says_what_it_is_about() -> None:
    told = DutyReminder(DutyWord.MISSED, Shift(DAY, ShiftKind.NIGHT), 7)
    assert DutyReminder.of_key(told.key) == told
    assert told.words == "夜班（还没签到）"
    assert DutyReminder(DutyWord.TURN, Shift(DAY, ShiftKind.WHOLE), 7).words == "全天值班"
