"""短信模板: how a wording is filled in, and what no wording may say.

A carrier approves a template once; every text is one of them with its blanks filled in. The
town may change the wording, never the blanks. Source: domain/sms.md; docs/rules.md (短信).
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from desk.messages.rules.shapes import BLANKS, SHAPES, TemplateName
from kernel.errors import Refusal

#: what would tell a carrier about somebody: a name, an ID number, what the matter is
_MATTER = re.compile(
    r"\d{15,17}[\dXx]|姓名|身份证号|[一-龥]{1,3}(?:先生|女士|同志)"
    r"|(?:低保|残疾|救助|养老|社保|医保|户口|婚姻|生育|殡葬|贫困|信访)\w*"
)
_BLANK = re.compile(r"\{([^{}]*)\}")


class BlanksDiffer(Refusal):
    message = "模板里的空要正好是这几个，每个一次：{blanks}。"
    status = 422
    field = "wording"


class MatterInText(Refusal):
    message = "短信里不能写姓名、证件号或所办的事，只写编号；请删去“{found}”。"
    status = 422
    field = "wording"


def blanks_of(wording: str) -> list[str]:
    """Return the blanks of a wording, in order."""
    return _BLANK.findall(wording)


def filled(wording: str, values: Mapping[str, str]) -> str:
    """Return a wording with its blanks filled in; a value is never read as a wording."""
    parts = _parts(wording)
    return "".join([values[part] if place % 2 else part for place, part in enumerate(parts)])


@lru_cache
def _parts(wording: str) -> tuple[str, ...]:
    """Return words and names of blanks in turn: a wording is taken apart once for many texts."""
    return tuple(_BLANK.split(wording))


def longest_values(name: TemplateName) -> dict[str, str]:
    """Return the longest likely value of each blank."""
    return {blank: BLANKS[blank].longest for blank in SHAPES[name].blanks}


def refuse_other_blanks(name: TemplateName, wording: str) -> None:
    """Refuse a wording whose blanks are not exactly those of its template.

    Raises: BlanksDiffer.
    """
    wanted = SHAPES[name].blanks
    if sorted(blanks_of(wording)) != sorted(wanted) or "{" in _BLANK.sub("", wording):
        raise BlanksDiffer(blanks="、".join(f"{{{blank}}}" for blank in wanted) or "没有空")


def refuse_matters(wording: str, known: Iterable[str] = ()) -> None:
    """Refuse a wording that names a person, a document or a matter. Raises: MatterInText.

    `known`: the titles of what can be asked for, and the names of who works here.
    """
    found = _MATTER.search(wording)
    if found:
        raise MatterInText(found=found[0])
    for name in known:
        if name and name in wording:
            raise MatterInText(found=name)
