"""单元格: what people type into one cell, cleaned and read."""

import re
from collections.abc import Mapping
from typing import TypeVar

from kernel.errors import Refusal
from kernel.text import folded, forbidden_character
from services_catalog.rules.columns import COLUMNS
from services_catalog.rules.items import (
    HANDLING_NAMES,
    WINDOW_NAMES,
    Handling,
    MaterialFacts,
    Window,
)
from services_catalog.rules.limits import UNANSWERED, TimeLimit, parse_limit

Choice = TypeVar("Choice")

#: the answers that mean: no papers to bring
NO_MATERIALS = frozenset({"无", "无需材料", "无需提交材料", "不需要"})
_WINDOWS = {
    **{window.value: window for window in Window},
    **{name: window for window, name in WINDOW_NAMES.items()},
    **dict.fromkeys(("综合", "综合受理窗口", "综合服务窗口"), Window.GENERAL),
    **dict.fromkeys(("企业", "企业服务", "企业窗口"), Window.ENTERPRISE),
    **dict.fromkeys(
        ("村账", "村级会计", "村级会计代理", "村级会计委托代理窗口"), Window.VILLAGE_ACCOUNTS
    ),
    **dict.fromkeys(("信访", "信访接待窗口"), Window.PETITIONS),
}
_HANDLINGS = {
    **{handling.value: handling for handling in Handling},
    **{name: handling for handling, name in HANDLING_NAMES.items()},
    **dict.fromkeys(("办", "直接办理", "本级办理"), Handling.HERE),
    **dict.fromkeys(("代", "帮办代办", "帮代办"), Handling.CARRIED),
    **dict.fromkeys(("转", "转办", "引导", "指引"), Handling.REFERRED),
}
#: what a spreadsheet writes into XML for a carriage return it could not keep
_LEFTOVERS = re.compile(r"_x000[dD]_|\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_NUMBERING = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．](?!\d)\s*")
_BETWEEN_NAMES = re.compile(r"[、，,;；|｜\n]")
_BETWEEN_PARTS = re.compile(r"[|｜]")
_PREFIXES = {
    field: re.compile(rf"^(?:{'|'.join(map(re.escape, names))})\s*[:：]\s*")
    for field, names in COLUMNS.items()
}


class UnknownWindow(Refusal):
    message = "窗口“{text}”不认识，可以写{known}；民政、社保这类请写在“专窗”一列。"
    status = 422


class UnknownHandling(Refusal):
    message = "办理方式“{text}”不认识，可以写{known}。"
    status = 422


def clean(text: str, field: str = "") -> str:
    """Return the text of a cell without stray spaces, empty lines and invisible characters.

    A cell that repeats its column's name (`办理地点：…`) loses it.
    """
    plain = _LEFTOVERS.sub("\n", text)
    if forbidden_character(plain) is not None:
        plain = "".join(mark for mark in plain if forbidden_character(mark) is None)
    lines = (line.strip() for line in _BLANKS.sub(" ", plain).split("\n"))
    cleaned = "\n".join(line for line in lines if line)
    return _without(_PREFIXES[field], cleaned) if field in _PREFIXES else cleaned


def _without(start: re.Pattern[str], text: str) -> str:
    """Take a beginning off, however often it stands there: reading twice is reading once."""
    while (found := start.match(text)) is not None:
        text = text[found.end() :]
    return text


def one_line(text: str) -> str:
    """Return a cleaned cell without the line breaks that a narrow column put there."""
    return text.replace("\n", "")


def read_limit(text: str) -> TimeLimit:
    """Return the limit a cell tells; an empty cell tells none."""
    return parse_limit(text) if text else UNANSWERED


def read_window(text: str) -> Window | None:
    """Return the window a cell names, or None. Raises UnknownWindow."""
    if not text:
        return None
    found = _WINDOWS.get(folded(text))
    if found is None:
        raise UnknownWindow(text=text, known=_listed(WINDOW_NAMES))
    return found


def read_handling(text: str) -> Handling:
    """Return what the hall does with the item; unsaid, it names the body and refers.

    Source: settled.md 1: imported rows default to 转介 (刊明承办机关).
    """
    if not text:
        return Handling.REFERRED
    found = _HANDLINGS.get(folded(text))
    if found is None:
        raise UnknownHandling(text=text, known=_listed(HANDLING_NAMES))
    return found


def read_names(text: str) -> tuple[str, ...]:
    """Return the everyday names of a cell, each once, the best known first."""
    names = (name.strip() for name in _BETWEEN_NAMES.split(text))
    return tuple(dict.fromkeys(name for name in names if name))


def read_materials(text: str) -> tuple[MaterialFacts, ...] | None:
    """Return the papers of a cell, one a line, as `名称｜份数｜来源｜说明`.

    An empty cell is no answer (None); 无 is one (an empty tuple).
    """
    if not text:
        return None
    if text.rstrip("。") in NO_MATERIALS:
        return ()
    papers = (_material(line) for line in text.split("\n"))
    return tuple(paper for paper in papers if paper.name)


def _material(line: str) -> MaterialFacts:
    parts = [part.strip() for part in _BETWEEN_PARTS.split(line, maxsplit=3)]
    name, copies, source, note = parts + [""] * (4 - len(parts))
    return MaterialFacts(_without(_NUMBERING, name).rstrip(";；。 "), copies, source, note)


def _listed(names: Mapping[Choice, str]) -> str:
    return "、".join(f"“{name}”" for name in names.values())
