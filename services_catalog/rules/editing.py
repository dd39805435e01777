"""目录维护: what staff type into an item's form, and whether it may be published as it is."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kernel.calendar.rules import WorkingCalendar
from kernel.errors import Refusal
from services_catalog.rules.items import Entry, VersionState
from services_catalog.rules.limits import spoken
from services_catalog.rules.promises import Fit, fits, question
from services_catalog.rules.versions import StillIncomplete, gaps_sentence

#: what a draft waits for when nothing else is missing
READY = "内容已齐，等待发布。"
#: 人生事件: offered in the form; a town may write others
LIFE_EVENTS = (
    "生孩子", "上学", "找工作", "结婚", "盖房子", "看病", "养老", "残疾", "身后事",
    "办企业", "种地养殖", "困难求助",
)  # fmt: skip
LISTED_STATES = {
    VersionState.DRAFT: "草稿",
    VersionState.PUBLISHED: "已发布",
    VersionState.SUPERSEDED: "已撤下",
}
_BETWEEN_EVENTS = re.compile(r"[、，,;；|｜\s]+")


class PromiseTooLong(Refusal):
    message = "承诺时限（{promised}）比法定时限（{statutory}）还长，不能发布；请改短承诺时限。"
    status = 422
    field = "promised"


class NotConfirmed(Refusal):
    message = "{question}核对过、确认可以这样承诺的，请在“发布”旁打勾后再按一次。"
    status = 422
    field = "is_confirmed"


class NotPublished(Refusal):
    message = "这个事项现在没有发布的版本，不用撤下。"


class CodeTaken(Refusal):
    message = "编码“{code}”已经是“{title}”的，请核对；要修改那个事项，请从目录打开它。"
    field = "code"


class NewNeedsCode(Refusal):
    message = "请填写实施编码；还没有下发编码的，先用本乡自编的，例如 ZB-001。"
    status = 422


class ChangedMeanwhile(Refusal):
    message = "这个事项刚刚被他人改动，您填写的内容都还在下面；请先对照最新内容，再按一次。"


@dataclass(frozen=True, slots=True)
class Keeping:
    """How an item is kept, beside what its versions say: who answers for it, until when."""

    owner: str = ""
    review_on: date | None = None
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """An item's form as it was sent."""

    entry: Entry
    keeping: Keeping
    #: what the form was made from (`seal`); empty for an item that is not there yet
    based_on: str
    is_to_publish: bool = False
    #: 已核对: the promise is sometimes later than the law, and somebody looked
    is_confirmed: bool = False


def draft_sentence(entry: Entry, calendar: WorkingCalendar) -> str:
    """Return what a draft waits for: everything missing, and a promise later than the law."""
    promised, statutory = entry.facts.promised, entry.facts.statutory
    fit = fits(promised, statutory, calendar)
    late = {
        Fit.FITS: "",
        Fit.SOMETIMES_LATER: question(promised, statutory),
        Fit.ALWAYS_LATER: _too_long(entry).sentence,
    }
    return (gaps_sentence(entry) + late[fit]) or READY


def check_publishable(entry: Entry, calendar: WorkingCalendar, *, is_confirmed: bool) -> None:
    """Refuse what is incomplete, or promises more time than the law gives.

    Raises: StillIncomplete, PromiseTooLong, NotConfirmed.
    Source: practice.md 4 and 5.
    """
    gaps = gaps_sentence(entry)
    if gaps:
        raise StillIncomplete(reason=gaps)
    promised, statutory = entry.facts.promised, entry.facts.statutory
    fit = fits(promised, statutory, calendar)
    if fit is Fit.ALWAYS_LATER:
        raise _too_long(entry)
    if fit is Fit.SOMETIMES_LATER and not is_confirmed:
        raise NotConfirmed(question=question(promised, statutory))


def _too_long(entry: Entry) -> PromiseTooLong:
    facts = entry.facts
    return PromiseTooLong(promised=spoken(facts.promised), statutory=spoken(facts.statutory))


def is_sometimes_later(entry: Entry, calendar: WorkingCalendar) -> bool:
    """Say whether publishing asks for the confirmation tick."""
    facts = entry.facts
    return fits(facts.promised, facts.statutory, calendar) is Fit.SOMETIMES_LATER


def seal(number: int, names: Iterable[str], window: str, keeping: Keeping) -> str:
    """Return 16 hex digits that are the same while nobody has changed the item."""
    told = repr((number, tuple(names), window, keeping.owner, keeping.review_on, keeping.events))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def read_events(typed: str) -> tuple[str, ...]:
    """Return the life events of a field, each once, in one order whatever they were typed in."""
    return tuple(sorted({event for event in _BETWEEN_EVENTS.split(typed) if event}))
