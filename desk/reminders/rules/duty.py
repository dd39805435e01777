"""值班提醒: the afternoon before a turn, and once when a sign-in is missed; what makes each untrue.

Source: domain notes on duty (who leaves names another, so who comes has to know in time).
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from duty_roster.rules.shifts import DutyTerms, Shift, ShiftKind, span_of
from kernel.calendar.rules import ONE_DAY
from kernel.clock import TOWN_TZ

KEY_WORD = "duty"
#: of the day before: late enough that the day's swaps are made, early enough to make one
REMIND_AT = time(16)


class DutyWord(StrEnum):
    """What somebody is told about their turn."""

    TURN = "turn"  # 值班提醒
    MISSED = "missed"  # 未签到


_NAMES = {ShiftKind.WHOLE: "全天值班", ShiftKind.DAY: "白班", ShiftKind.NIGHT: "夜班"}
_MISSED_NAMES = {kind: f"{name}（还没签到）" for kind, name in _NAMES.items()}


@dataclass(frozen=True, slots=True)
class DutyReminder:
    """One thing one person is told about one shift."""

    word: DutyWord
    shift: Shift
    person_id: int

    @property
    def key(self) -> str:
        """Return the key of its text."""
        return f"{KEY_WORD}:{self.word}:{self.shift.day}:{self.shift.kind}:{self.person_id}"

    @classmethod
    def of_key(cls, key: str) -> "DutyReminder":
        """Return what a text is about, by its key."""
        _, word, day, kind, person = key.split(":")
        return cls(DutyWord(word), Shift(date.fromisoformat(day), ShiftKind(kind)), int(person))

    @property
    def words(self) -> str:
        """Return what the text calls the shift."""
        return (_MISSED_NAMES if self.word is DutyWord.MISSED else _NAMES)[self.shift.kind]


def is_near(shift: Shift, terms: DutyTerms, now: datetime) -> bool:
    """Say whether a turn may be reminded of: from the afternoon before it until it begins."""
    from_at = datetime.combine(shift.day - ONE_DAY, REMIND_AT, TOWN_TZ)
    return from_at <= now < span_of(shift, terms)[0]
