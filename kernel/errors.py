"""系统提示: a rule said no, and the person at the counter deserves to know why."""

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
        self.sentence = self.message.format(**facts)
        super().__init__(self.sentence)


class NotFound(Refusal):
    message = "没有找到这条记录，请核对编号后再试。"
    status = 404


class InvalidInput(Refusal):
    message = "{sentence}"
    status = 422


class Conflict(Refusal):
    """Somebody else changed the same thing in the meantime."""

    message = "此件刚刚被他人改动，您填写的内容还在下面，请看过最新情况后再提交一次。"
