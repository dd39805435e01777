"""按钮的规矩: what a verb asks for beyond the stage it starts from."""

from datetime import date

from kernel.errors import Refusal


class EmptyNote(Refusal):
    message = "请写下要记的内容。"
    status = 422
    field = "text"


class DayOutOfRange(Refusal):
    message = "承办机关的受理日要在收件日（{first}）和今天（{last}）之间，请核对。"
    status = 422
    field = "accepted_on"


class EarlierDayNeedsReason(Refusal):
    message = "受理日早于今天，请写明依据（如承办机关的受理通知书文号）。"
    status = 422
    field = "reason"


class AlreadyAccepted(Refusal):
    message = "此件已在{day}受理，时限从那天算起，不能再受理一次。"


def check_note(text: str) -> None:
    """Refuse an empty line."""
    if not text:
        raise EmptyNote


def check_not_accepted(accepted_on: date | None) -> None:
    """Refuse to begin a count that has begun."""
    if accepted_on is not None:
        raise AlreadyAccepted(day=accepted_on)


def check_acceptance_day(day: date, received_on: date, today: date, reason: str) -> None:
    """Refuse a day of acceptance that cannot be, or an earlier one without its ground."""
    if not received_on <= day <= today:
        raise DayOutOfRange(first=received_on, last=today)
    if day < today and not reason:
        raise EarlierDayNeedsReason
