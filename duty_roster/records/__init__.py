"""值班 as stored, by topic."""

from duty_roster.records import log
from duty_roster.records.people import DutyAbsence, DutyPerson, DutyPhoto
from duty_roster.records.presence import DutyMissed, DutyPresence, SpotCheck
from duty_roster.records.sheets import DutySettings, DutySheet, DutySwap, DutyTurn

__all__ = [
    "DutyAbsence",
    "DutyMissed",
    "DutyPerson",
    "DutyPhoto",
    "DutyPresence",
    "DutySettings",
    "DutySheet",
    "DutySwap",
    "DutyTurn",
    "SpotCheck",
    "log",
]
