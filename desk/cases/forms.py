"""办件表单: what the forms that all windows share bring in, checked field by field."""

from desk.cases.rules.approvals import ApprovalKind, Asked
from kernel.errors import InvalidInput
from kernel.web.fields import NotAChoice, Typed

REASON_LIMIT = 300
MOST_DIGITS = 4


class NotANumber(InvalidInput):
    message = "请填整数，例如 5。"


def read_count(typed: str) -> int:
    """Read a whole number. Raises NotANumber."""
    text = typed.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise NotANumber(sentence="")
    return int(text)


def asked_for() -> Asked:
    """Read what somebody asks of a leader."""
    typed = Typed()
    kind = typed.choice("kind", ApprovalKind)
    asked = Asked(
        kind or ApprovalKind.HOLD,
        typed.text("reason", REASON_LIMIT),
        typed.optional("days", read_count),
        typed.optional("hold_type", read_count),
        typed.day("until_on"),
    )
    typed.finish()
    if kind is None:
        raise NotAChoice
    return asked


def decision() -> tuple[bool, str]:
    """Read a leader's answer: which button, and the words with it."""
    typed = Typed()
    answer = typed.text("answer", REASON_LIMIT)
    is_granted = typed.read("decision", _yes_or_no)
    typed.finish()
    return bool(is_granted), answer


def _yes_or_no(typed: str) -> bool:
    if typed not in {"grant", "refuse"}:
        raise NotAChoice
    return typed == "grant"
