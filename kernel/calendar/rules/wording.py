"""通知原文: read the days off and the make-up days out of the notice's own words.

A date waits until the words say what becomes of it: 放假 (off) or 上班 (worked). A sentence that
says neither, such as the one above the signature, moves nothing.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from kernel.calendar.rules.days import ONE_DAY, WEEKDAYS, chinese_date
from kernel.calendar.rules.notices import Notice
from kernel.errors import Refusal

LONGEST_SPAN = 31
_NUMBER = re.compile(r"国办发明电[〔\[(【]\s*(\d{4})\s*[〕\])】]\s*(\d{1,3})\s*号")
_YEAR = re.compile("20[0-9]{2}")
_TITLE = re.compile(r"(\d{4})年(?:部分节假日|元旦|全年)")
_TOKEN = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:\((?P<aside>[^)]*)\))?"
    r"|(?P<to>至|到|-|—|–|~)"
    r"|(?P<off>放假)|(?P<work>上班|补班)"
    r"|共?(?P<count>\d{1,2})天"
    r"|(?P<end>[。;\n])"
)
_WEEKDAY = re.compile("(?:周|星期|礼拜)([一二三四五六日天])")


class NoYearInNotice(Refusal):
    message = "原文里没有写是哪一年的安排，请选择年份。"
    status = 422
    field = "year"


class NotAYear(Refusal):
    message = "年份请写成四位数字，如 2027。"
    status = 422


class EmptyNotice(Refusal):
    message = "请把放假通知的原文粘贴进来。"
    status = 422
    field = "text"


class NoticeUnreadable(Refusal):
    message = "通知原文里这里没有看懂：“{said}”。请核对，或改用逐行录入。"
    status = 422
    field = "text"


class WrongSpan(Refusal):
    message = "结束日要在开始日当天或之后，一个假期最多31天，请核对。"
    status = 422


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One festival as somebody typed it."""

    days_off: tuple[date, ...] = ()
    makeup: tuple[date, ...] = ()


@dataclass
class _Reading:
    """What has been read so far of a notice."""

    year: int
    off: set[date] = field(default_factory=set)
    makeup: set[date] = field(default_factory=set)
    weekdays: dict[date, str] = field(default_factory=dict)
    #: dates of which nothing is said yet
    waiting: list[date] = field(default_factory=list)
    #: the days of the last 放假, for the number that follows it
    told: int = 0
    month: int = 0
    is_span: bool = False


def read_notice(text: str, year: int | None = None, number: str = "") -> Notice:
    """Read a notice in its own words; what is given beside it goes before what it says.

    Raises: EmptyNotice, NoYearInNotice, NoticeUnreadable.
    """
    plain = unicodedata.normalize("NFKC", text)
    if not plain.strip():
        raise EmptyNotice
    title, numbered = _TITLE.search(plain), _NUMBER.search(plain)
    found = year or (int(title[1]) if title else None)
    if found is None:
        raise NoYearInNotice
    reading = _Reading(found)
    for token in _tokens(plain):
        _READERS[token.lastgroup or "day"](reading, token)
    if not reading.off:
        raise NoticeUnreadable(said=text.strip()[:30])
    own = f"国办发明电〔{numbered[1]}〕{numbered[2]}号" if numbered else ""
    off, makeup = frozenset(reading.off), frozenset(reading.makeup)
    return Notice(found, number or own, off, makeup, reading.weekdays)


def _tokens(plain: str) -> Iterator[re.Match[str]]:
    return _TOKEN.finditer(_NUMBER.sub("", plain))


def _read_date(reading: _Reading, token: re.Match[str]) -> None:
    """Take a date in; after 至 it ends a span that began with the one before."""
    reading.month = int(token["month"] or reading.month)
    year = int(token["year"] or (reading.waiting[-1].year if reading.waiting else reading.year))
    try:
        day = date(year, reading.month, int(token["day"]))
    except ValueError:
        raise NoticeUnreadable(said=token[0]) from None
    if said := _WEEKDAY.search(token["aside"] or ""):
        reading.weekdays[day] = said[1].replace("天", "日")
    if not reading.is_span:
        reading.waiting.append(day)
        return
    reading.is_span = False
    length = (day - reading.waiting[-1]).days if reading.waiting else 0
    if not 0 < length <= LONGEST_SPAN:
        raise NoticeUnreadable(said=token[0])
    reading.waiting += [reading.waiting[-1] + ONE_DAY * place for place in range(1, length + 1)]


def _read_to(reading: _Reading, _: re.Match[str]) -> None:
    reading.is_span = bool(reading.waiting)


def _read_off(reading: _Reading, _: re.Match[str]) -> None:
    if reading.waiting:
        reading.off |= set(reading.waiting)
        reading.told = len(reading.waiting)
    reading.waiting = []


def _read_work(reading: _Reading, _: re.Match[str]) -> None:
    reading.makeup |= set(reading.waiting)
    reading.waiting = []


def _read_count(reading: _Reading, token: re.Match[str]) -> None:
    """Hold the number of days against the span they were read from."""
    if reading.told and int(token["count"]) != reading.told:
        raise NoticeUnreadable(said=f"{token[0]}（按日期算是{reading.told}天）")
    reading.told = 0


def _read_end(reading: _Reading, token: re.Match[str]) -> None:
    if token[0] != "\n":
        reading.told = 0
    reading.waiting, reading.is_span = [], False


_READERS = {
    "day": _read_date,
    "aside": _read_date,
    "to": _read_to,
    "off": _read_off,
    "work": _read_work,
    "count": _read_count,
    "end": _read_end,
}


def notice_of_rows(year: int, number: str, rows: Sequence[TypedRow]) -> Notice:
    """Return the notice that rows somebody typed add up to."""
    off = frozenset(day for row in rows for day in row.days_off)
    return Notice(year, number, off, frozenset(day for row in rows for day in row.makeup))


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Return the days of one holiday. Raises WrongSpan."""
    length = (last - first).days + 1
    if not 0 < length <= LONGEST_SPAN:
        raise WrongSpan
    return tuple(first + ONE_DAY * place for place in range(length))


def read_year(typed: str) -> int:
    """Read the year of a notice. Raises NotAYear."""
    if not _YEAR.fullmatch(typed.strip()):
        raise NotAYear
    return int(typed)


def spoken_days(days: frozenset[date]) -> list[str]:
    """Return days in words, neighbours as one span: 2027年1月1日 周五至2027年1月3日 周日."""
    spans: list[list[date]] = []
    for day in sorted(days):
        if spans and day - spans[-1][-1] == ONE_DAY:
            spans[-1].append(day)
        else:
            spans.append([day])
    return [_span(span[0], span[-1]) for span in spans]


def _span(first: date, last: date) -> str:
    if first == last:
        return chinese_date(first)
    end = f"{last.month}月{last.day}日 周{WEEKDAYS[last.weekday()]}"
    return f"{chinese_date(first)}至{end}，{(last - first).days + 1}天"
