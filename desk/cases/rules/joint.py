"""主办与协办: the lead window asks another window or body for its part, within days of its own.

The lead stays responsible and the whole runs on: joint handling stops no clock, for what is not
counted is named by law one by one.
Source: 行政许可法 §26 (统一办理、联合办理), §42(2), §45; beyond 8.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kernel.errors import Refusal
from services_catalog.rules.items import WINDOW_NAMES, Window

#: what a receipt says where only words passed
NO_PAPERS = "无纸质材料"


class Opinion(StrEnum):
    """What an assisting window or body answers."""

    AGREE = "agree"  # 同意
    DISAGREE = "disagree"  # 不同意
    DONE = "done"  # 已办好
    NOT_OURS = "not_ours"  # 不属本单位


OPINION_NAMES = {
    Opinion.AGREE: "同意",
    Opinion.DISAGREE: "不同意",
    Opinion.DONE: "所请的事已办好",
    Opinion.NOT_OURS: "不属本单位职责，退回主办",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the lead window asks for: of one of the hall's windows, or of a body outside."""

    window: Window | None
    body: str
    #: working days
    days: int
    task: str

    @property
    def assister(self) -> str:
        """Return who is asked, by name."""
        return WINDOW_NAMES[self.window] if self.window else self.body


@dataclass(frozen=True, slots=True)
class Answered:
    """协办意见: what is said, why, and which papers come with it."""

    opinion: Opinion
    words: str
    papers: str = ""
    #: of a body outside: who brought the answer
    gave: str = ""


class AssisterNeeded(Refusal):
    message = "请选一个协办窗口，或者写明窗口以外的协办单位，两样只填一样。"
    status = 422
    field = "window"


class OwnWindow(Refusal):
    message = "{window}就是主办窗口，不用协办；要换人办请用“转交同事”。"
    status = 422
    field = "window"


class TaskNeeded(Refusal):
    message = "请写明请对方办什么、答复什么。"
    status = 422
    field = "task"


class BeyondTheWhole(Refusal):
    message = "这样协办到{part}，晚于整件的期限{whole}；协办不停整件的时限，请缩短协办天数。"
    status = 422
    field = "days"


class AskedThere(Refusal):
    message = "已经请{assister}协办，还没有答复；请等答复，或先写明不再等的原因。"
    status = 422
    field = "window"


class PartIsOver(Refusal):
    message = "这份协办已经答复或结束，不能再改；请看办理进度。"


class PartTaken(Refusal):
    message = "这份协办已由{name}接收。"


class OpinionNeeded(Refusal):
    message = "请写明意见；只选结论，主办窗口不知道为什么。"
    status = 422
    field = "words"


class PartsUnanswered(Refusal):
    message = "还有协办没有答复（{assisters}）。请等答复；不再等的，先在“协办”页写明原因，再办结。"


def check_wanted(wanted: Wanted, lead: Window) -> None:
    """Refuse a request that names nobody, two, or the lead itself, or says nothing."""
    if (wanted.window is None) == (not wanted.body):
        raise AssisterNeeded
    if wanted.window is lead:
        raise OwnWindow(window=WINDOW_NAMES[lead])
    if not wanted.task:
        raise TaskNeeded


def check_within(part_on: date | None, whole_on: date | None) -> None:
    """Refuse a part that would be due after the whole, where the whole has a day."""
    if part_on and whole_on and part_on > whole_on:
        raise BeyondTheWhole(part=part_on, whole=whole_on)


def check_answer(answered: Answered, ended_at: datetime | None) -> None:
    """Refuse an answer without words, or to what is over."""
    if ended_at is not None:
        raise PartIsOver
    if not answered.words:
        raise OpinionNeeded


def check_all_answered(assisters: Collection[str]) -> None:
    """Refuse to close a case while somebody who was asked has not answered."""
    if assisters:
        raise PartsUnanswered(assisters="、".join(assisters))


def asked_line(wanted: Wanted) -> str:
    """Return the staff's line about what was asked."""
    return f"请{wanted.assister}协办：{wanted.task}"


def taken_line(assister: str, name: str) -> str:
    """Return the staff's line about who answers for a part from now on."""
    return f"{assister}{name}已接收协办"


def answered_line(assister: str, answered: Answered) -> str:
    """Return the staff's line about an answer."""
    return f"{assister}的协办意见：{OPINION_NAMES[answered.opinion]}。{answered.words}"


def let_go_line(assister: str, why: str) -> str:
    """Return the staff's line about a part that nobody waits for any more."""
    return f"不再等{assister}的协办：{why}"
