"""值班 as stored, by topic."""

from duty_roster.records.days import DutyDay

__all__ = ["DutyDay"]
