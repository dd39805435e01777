"""办件 as stored: cases and their people, the countdowns that run on them, what leaders decide."""

from desk.cases.records.afterwards import DeliveryRecord, FollowUp
from desk.cases.records.amends import Merge, Redating, Reopening, RetiredCode
from desk.cases.records.answers import Decline, DeemedAcceptance, Pledge
from desk.cases.records.appointments import Appointment
from desk.cases.records.approvals import Approval
from desk.cases.records.attachments import Attachment
from desk.cases.records.cases import (
    Case,
    CaseMaterial,
    CaseParty,
    CaseSearchToken,
    Paper,
    Serial,
    TimelineEntry,
)
from desk.cases.records.contacts import CaseCall, CaseCallTry, CaseContact
from desk.cases.records.countdowns import CaseHold, CaseSettings, Countdown, Extension, HoldType
from desk.cases.records.lights import LightThreshold, RedAnnulment
from desk.cases.records.lists import OPEN_BY_RECEIVED
from desk.cases.records.outage import NumberBlock, ReservedNumber
from desk.cases.records.relay import JointPart, Leg, Transfer

__all__ = [
    "OPEN_BY_RECEIVED",
    "Appointment",
    "Approval",
    "Attachment",
    "Case",
    "CaseCall",
    "CaseCallTry",
    "CaseContact",
    "CaseHold",
    "CaseMaterial",
    "CaseParty",
    "CaseSearchToken",
    "CaseSettings",
    "Countdown",
    "Decline",
    "DeemedAcceptance",
    "DeliveryRecord",
    "Extension",
    "FollowUp",
    "HoldType",
    "JointPart",
    "Leg",
    "LightThreshold",
    "Merge",
    "NumberBlock",
    "Paper",
    "Pledge",
    "RedAnnulment",
    "Redating",
    "Reopening",
    "ReservedNumber",
    "RetiredCode",
    "Serial",
    "TimelineEntry",
    "Transfer",
]
