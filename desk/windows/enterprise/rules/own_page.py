"""企业专页: what an enterprise may see and say on its own page, behind a code nobody guesses.

The code opens the enterprise's own projects and nothing else; the hall closes it, or gives out
another, at any time. Nobody of the staff speaks for the enterprise there.
Source: 好差评 has five levels, and nobody presses for who rates (国办发〔2019〕51号); settled 16.
"""

from datetime import timedelta
from enum import StrEnum

from kernel.errors import InvalidInput, Refusal

#: what the code is computed for
PURPOSE = "enterprise-page"
#: codes that open nothing, tried from one address in a day
ADDRESS_TRIES, SPAN = 60, timedelta(days=1)
#: messages of one enterprise in a day
MESSAGES_A_DAY = 20
#: complaints of one enterprise, and what stands in its way, in a day
COMPLAINTS_A_DAY = 5
WORDS_LIMIT = 500
#: of what was written before, so much is shown
MESSAGES_SHOWN = 20


class RatingLevel(StrEnum):
    """How content an enterprise is."""

    VERY_GOOD = "very_good"  # 非常满意
    GOOD = "good"  # 满意
    FAIR = "fair"  # 基本满意
    BAD = "bad"  # 不满意
    VERY_BAD = "very_bad"  # 非常不满意


RATING_NAMES = {
    RatingLevel.VERY_GOOD: "非常满意",
    RatingLevel.GOOD: "满意",
    RatingLevel.FAIR: "基本满意",
    RatingLevel.BAD: "不满意",
    RatingLevel.VERY_BAD: "非常不满意",
}
#: these ask for a word of why
POOR = frozenset({RatingLevel.BAD, RatingLevel.VERY_BAD})


class NoSuchPage(Refusal):
    message = "这个二维码已经失效，或不是本厅发出的；请向代办员要新的，或打大厅电话询问。"
    status = 404


class OnlyItself(Refusal):
    message = (
        "您登录着工作人员账号。这里的留言、评价、投诉只由企业自己写；"
        "企业当面说的，请退出专页，在企业窗口替它登记。"
    )


class NothingWritten(InvalidInput):
    message = "请写下要说的话。"
    field = "words"


class PoorNeedsWords(InvalidInput):
    message = "请写一句哪里不满意，我们才好改。"
    field = "why"


class RatedAlready(Refusal):
    message = "这个项目已经评价过了，谢谢。有新的意见请留言或打监督电话。"


class NotYetToRate(Refusal):
    message = "项目的事项都办完以后才评价；现在有意见请留言或打监督电话。"


class PageNotOpen(Refusal):
    message = "这家企业的专页还没有开通，请先开通。"


def check_words(words: str) -> None:
    """Refuse a message that says nothing. Raises: NothingWritten."""
    if not words.strip():
        raise NothingWritten


def check_rating(level: RatingLevel, words: str, *, is_over: bool, is_rated: bool) -> None:
    """Refuse a rating too early, a second one, or a poor one without a word.

    Raises: NotYetToRate, RatedAlready, PoorNeedsWords.
    """
    if is_rated:
        raise RatedAlready
    if not is_over:
        raise NotYetToRate
    if level in POOR and not words.strip():
        raise PoorNeedsWords


def message_place(uuid: str) -> str:
    """Return what binds a sealed message to its place."""
    return f"project_message|words|{uuid}"


def rating_place(project_id: int) -> str:
    """Return what binds the sealed words of a rating to their place."""
    return f"project_rating|words|{project_id}"
