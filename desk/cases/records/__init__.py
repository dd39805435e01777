"""办件 as stored: cases and their people, the countdowns that run on them, what leaders decide."""

from desk.cases.records.answers import Decline, DeemedAcceptance, Pledge
from desk.cases.records.approvals import Approval
from desk.cases.records.cases import (
    Case,
    CaseMaterial,
    CaseParty,
    CaseSearchToken,
    Paper,
    Serial,
    TimelineEntry,
)
from desk.cases.records.countdowns import CaseHold, CaseSettings, Countdown, Extension, HoldType

__all__ = [
    "Approval",
    "Case",
    "CaseHold",
    "CaseMaterial",
    "CaseParty",
    "CaseSearchToken",
    "CaseSettings",
    "Countdown",
    "Decline",
    "DeemedAcceptance",
    "Extension",
    "HoldType",
    "Paper",
    "Pledge",
    "Serial",
    "TimelineEntry",
]
