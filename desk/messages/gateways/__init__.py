"""短信网关: the ways out to the carriers, the only network in the house.

A carrier's door is asked once and answers in one of four ways. The difference that matters is
between an answer and none: after a definite "no" or "not now" the text certainly did not go
out; after silence it may have, and asking again could send it twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from desk.messages.rules.delivery import Verdict


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One text on its way to a carrier."""

    uuid: str
    #: eleven digits; carriers abroad put the country code before it
    mobile: str = field(repr=False)
    text: str
    mark: str
    #: the moment of the attempt
    started_at: datetime
    #: how long the carrier may keep it before it must drop it
    valid_seconds: int
    #: the carrier's id of the approved template, and what stands in its blanks
    template: str = ""
    blanks: Mapping[str, str] = field(default_factory=dict)


class CarrierError(Exception):
    """A carrier did not take a text. `note` is a code; a carrier's sentence may hold a number."""

    verdict: Verdict

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


class Refused(CarrierError):
    """A definite no, for good: saying it again will not help."""

    verdict = Verdict.REFUSED


class NoReader(Refused):
    """The number does not exist, is a landline, or refuses us: another carrier knows no better."""

    verdict = Verdict.NO_READER


class TryLater(CarrierError):
    """A definite no, for now: no connection, or too many texts at once."""

    verdict = Verdict.TRY_LATER


class Unanswered(CarrierError):
    """No answer, or none to rely on: the text may or may not have gone out."""

    verdict = Verdict.UNANSWERED


class SmsGateway(Protocol):
    """A carrier's door."""

    @property
    def name(self) -> str:
        """Return the carrier's short name, as attempts are filed under."""
        ...

    @property
    def is_abroad(self) -> bool:
        """Say whether what it is told leaves China (PIPL art. 36)."""
        ...

    @property
    def can_list(self) -> bool:
        """Say whether the carrier can be asked what it has; if not, doubt waits for a person."""
        ...

    def send(self, outgoing: Outgoing) -> str:
        """Hand one text to the carrier and return the carrier's id for it.

        Raises: Refused, TryLater, Unanswered.
        """
        ...

    def find(self, outgoing: Outgoing) -> str | None:
        """Return the carrier's id for a text it has, or None when its list lacks it.

        Raises: CarrierError, when the list cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What one attempt came to."""

    verdict: Verdict
    note: str = ""
    carrier_id: str | None = None


def ask(gateway: SmsGateway, outgoing: Outgoing) -> Answer:
    """Send one text and return the answer as a value. No transaction may be open."""
    try:
        return Answer(Verdict.ACCEPTED, carrier_id=gateway.send(outgoing))
    except CarrierError as answer:
        return Answer(answer.verdict, answer.note)
