"""公开页的规矩: how often a case may be asked after, and what a deadline question may be."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desk.cases.rules.deadlines import Deadline, deadline
from kernel.calendar.rules import FIRST_DAY, WorkingCalendar
from kernel.errors import InvalidInput, Refusal
from services_catalog.rules.limits import LONGEST, LimitUnit, TimeLimit

#: tries for one case, and for one address, in a day
CASE_TRIES, ADDRESS_TRIES, SPAN = 5, 60, timedelta(days=1)
UNITS = {"working": LimitUnit.WORKING, "calendar": LimitUnit.CALENDAR}
LAST_DAY = date(2999, 12, 31)
LONGEST_SEARCH, MOST_ANSWERS = 100, 50
#: pages under these are made from the catalogue and the directory alone
SAME_FOR_ALL = ("/items/", "/villages/", "/events/", "/I/", "/i/", "/V/", "/v/")
_NUMBERED = re.compile(r"^\s*(?:[（(]?[0-9一二三四五六七八九十]+[)）.、．]\s*)?")
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAYS = re.compile("[0-9]{1,4}")
#: browsers take \\ for /, and leave out tabs and line breaks
_OUR_PAGE = re.compile(r"/(?:[^/\\\x00-\x1f\x7f][^\\\x00-\x1f\x7f]*)?")


class NothingTyped(Refusal):
    message = "请填这一项。编号和后四位都要填，才查得到。"
    status = 422


class NoSuchCase(Refusal):
    message = (
        "没有查到。请核对受理编号，以及预留手机号或证件号的后四位；"
        "同一件一天内最多填错5次，也可以带身份证到窗口查询。"
    )
    status = 422


class NoSuchCode(Refusal):
    message = "这个二维码或查询码已经失效，或不是本厅发出的；可用受理编号查询，或到窗口询问。"
    status = 404


@dataclass(frozen=True, slots=True)
class Question:
    """A deadline somebody wants counted."""

    accepted_on: date
    limit: TimeLimit


def check_filled(typed: str) -> str:
    """Return what was typed without the spaces around it. Raises NothingTyped."""
    if not (filled := typed.strip()):
        raise NothingTyped
    return filled


def read_question(accepted_on: str, days: str, unit: str) -> Question:
    """Read a question to the calculator. Raises InvalidInput with a sentence."""
    day = _read_day(accepted_on)
    if day < FIRST_DAY:
        raise InvalidInput(sentence=f"受理日期最早是{FIRST_DAY}，更早的放假安排没有收录。")
    if day > LAST_DAY:
        raise InvalidInput(sentence=f"受理日期最晚是{LAST_DAY}，请核对年份。")
    if not _DAYS.fullmatch(days) or int(days) > LONGEST:
        raise InvalidInput(sentence=f"天数请填0到{LONGEST}之间的整数。")
    if unit not in UNITS:
        raise InvalidInput(sentence="单位请选 working（工作日）或 calendar（自然日）。")
    return Question(day, TimeLimit(int(days), UNITS[unit]))


def _read_day(typed: str) -> date:
    """Return the day of a full date; the other shapes of ISO 8601 are slips of the finger."""
    try:
        if _DATE.fullmatch(typed):
            return date.fromisoformat(typed)
    except ValueError:
        pass
    raise InvalidInput(sentence="受理日期请写成 2026-09-28 这样，并且是日历上有的一天。")


def answered(question: Question, calendar: WorkingCalendar) -> Deadline:
    """Count the deadline."""
    return deadline(question.accepted_on, question.limit, calendar)


def as_json(counted: Deadline) -> dict[str, object]:
    """Return a deadline as the public interface gives it."""
    return {
        "due_on": counted.day.isoformat(),
        "provisional": counted.provisional,
        "steps": [
            {"on": step.day.isoformat(), "counted": step.counts, "why": step.why}
            for step in counted.steps
        ],
    }


def is_public(path: str) -> bool:
    """Say whether a page is the same for everybody, so that it may be kept."""
    return path in {"/", "/phones", "/items/"} or path.startswith(SAME_FOR_ALL)


def is_slip(path: str) -> bool:
    """Say whether a page is a slip's: who has its code may see it, and nobody else."""
    return path.startswith(("/c/", "/C/"))


def is_ours(address: str) -> bool:
    """Say whether an address leads to a page of ours, however a browser reads it."""
    return _OUR_PAGE.fullmatch(address) is not None


def conditions_of(text: str) -> list[str]:
    """Return the conditions of an item, one a line, without their numbers; none for 无."""
    lines = (_NUMBERED.sub("", line).strip() for line in text.splitlines())
    return [line for line in lines if line and line != "无"]


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """我能不能办: what somebody ticked, and what is still in doubt. No decision of the desk."""

    unmet: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return what to tell them."""
        if not self.unmet:
            return "看起来您可以申请。带齐材料来办，是否符合以审核为准。"
        return "下面这些您没有勾选，不一定不能办，请先打电话问清楚："


def self_check(conditions: Sequence[str], ticked: Collection[int]) -> SelfCheck:
    """Compare the conditions (numbered from 0) with those somebody says they meet."""
    return SelfCheck(tuple(text for place, text in enumerate(conditions) if place not in ticked))


@dataclass(frozen=True, slots=True)
class Search:
    """Words somebody searches for over the public interface, and how many answers to give."""

    words: str
    limit: int


def read_search(words: str, limit: str) -> Search:
    """Read a search. Raises InvalidInput with a sentence."""
    if not words.strip():
        raise InvalidInput(sentence="请用 q 写明要找的事，例如 q=身份证丢了。")
    if len(words) > LONGEST_SEARCH:
        raise InvalidInput(sentence=f"q 最多{LONGEST_SEARCH}个字。")
    few_digits = limit.isascii() and limit.isdecimal() and len(limit) < 4
    if not few_digits or not 1 <= int(limit) <= MOST_ANSWERS:
        raise InvalidInput(sentence=f"limit 请填1到{MOST_ANSWERS}之间的整数。")
    return Search(words.strip(), int(limit))
