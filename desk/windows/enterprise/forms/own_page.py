"""企业专页的表单: what an enterprise writes and how it rates; what its agent answers."""

from desk.windows.enterprise.rules.own_page import WORDS_LIMIT, RatingLevel
from kernel.web.fields import Typed


def message() -> str:
    """Read a message."""
    typed = Typed()
    words = typed.text("words", WORDS_LIMIT)
    typed.finish()
    return words


def rating() -> tuple[RatingLevel, str]:
    """Read how content an enterprise is, and why."""
    typed = Typed()
    level, why = typed.one("level", RatingLevel), typed.text("why", WORDS_LIMIT)
    typed.finish()
    return level or RatingLevel.FAIR, why
