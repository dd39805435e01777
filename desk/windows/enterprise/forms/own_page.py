"""企业专页的表单: what an enterprise writes, raises, complains of and rates; what is answered."""

from desk.windows.enterprise.actions.complaints import Complained
from desk.windows.enterprise.actions.obstacles import Raised
from desk.windows.enterprise.forms.afterwards import complained
from desk.windows.enterprise.rules.obstacles import ObstacleKind
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


def trouble() -> Raised:
    """Read what stands in the way; whose it is, and until when, is the hall's to say."""
    typed = Typed()
    kind, words = typed.one("kind", ObstacleKind), typed.text("words", WORDS_LIMIT)
    typed.finish()
    return Raised(kind or ObstacleKind.OTHER, words)


def complaint() -> Complained:
    """Read what an enterprise complains of."""
    return complained()
