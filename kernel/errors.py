"""系统提示: a rule said no, and the person at the counter deserves to know why."""

from datetime import date, datetime
from typing import ClassVar


class Refusal(Exception):
    """Base of every expected "no". Anything else that escapes is a bug and stays a 500.

    `message` is the sentence people read; it may name facts in braces. `field` is the form
    field it stands beside, or empty when it concerns the whole page.
    """

    message: ClassVar[str] = "操作未能完成，请返回后重试。"
    status: ClassVar[int] = 409
    field: ClassVar[str] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        spoken = {name: self._spoken(fact) for name, fact in facts.items()}
        self.sentence = self.message.format(**spoken)
        super().__init__(self.sentence)

    @staticmethod
    def _spoken(fact: object) -> object:
        """Return a fact as people say it: a day as 2026年11月22日."""
        if isinstance(fact, date) and not isinstance(fact, datetime):
            return f"{fact.year}年{fact.month}月{fact.day}日"
        return fact


class NotFound(Refusal):
    message = "没有找到这条记录，请核对编号后再试。"
    status = 404


class InvalidInput(Refusal):
    message = "{sentence}"
    status = 422


class Conflict(Refusal):
    """Somebody else changed the same thing in the meantime."""

    message = "此件刚刚被他人改动，您填写的内容还在下面，请看过最新情况后再提交一次。"
