"""来意: what is to become of a permit: a lost one, a lapsed one, a changed one, one given up.

An office files every permit under several titles that differ in nothing else. Who says 丢了 wants
the one about a loss, whatever the permit: 剧团解散了 is 注销 however often 剧团 stands elsewhere.
"""

import re
from dataclasses import dataclass

#: what a line is worth that meets the wish, that says none, that meets another: chosen on the
#: tune parts, so that what is found by chance is no stronger than where nobody wishes (misses.py)
MET, SILENT, ANOTHER = 1.2, 0.86, 0.77


@dataclass(frozen=True, slots=True)
class _Wish:
    """How people say a wish, and how titles that meet it say so."""

    said: re.Pattern[str]
    titled: re.Pattern[str]


def _wish(said: str, titled: str) -> _Wish:
    return _Wish(re.compile(said), re.compile(titled))


_WISHES = (
    _wish(
        "丢|遗失|不见了|掉了|被偷|被盗|找不到|弄没|损坏|烂了|破了|坏了|补办|补领|补发|补证|补个|补一",
        "补领|补办|补发|补证|遗失|挂失|补换|补录",
    ),
    _wish(
        "到期|过期|满期|期满|快到|(?<!手)续|延期|换证|换新|旧了|换发",
        "延续|延期|续期|换发|换证|换领|期满|换补|有效期",
    ),
    _wish(
        "改(?![造建厕革装])|变更|变了|变成|怎么变|搬|更名|更正|登错|写错|错了|换(?![证发届新补])",
        "变更|更正|修改|变动|更名|更换|换发",
    ),
    _wish(
        "不干|(?<!开)不开|(?<!办)不办|不做了|不要了|不用了|不跑|不玩|不养|不种|不卖|不搞|不想[开干]|不经营|不营业"
        "|关门|关了|关掉|关张|倒闭|注销|退掉|撤|解散|报废|停业|停止|歇业|终止|散伙|交回",
        "注销|终止|停业|歇业|撤销|停保|撤回|报停|停运|报废|清算|缴销|解散",
    ),
    _wish("年审|年检|校验|审车|验车|年报", "校验|年检|年审|年度|检验|审验"),
)
#: having the thing for the first time is a wish too, which nobody says who has another
_FIRST = re.compile("设立|新办|首次|初次|核发|申领|新申请|新增|初领|配发|取证|办理")
_FIRST_BIT = 1 << len(_WISHES)


def wishes_in(question: str) -> int:
    """Return which wishes a question says, a bit for each."""
    return sum(1 << place for place, wish in enumerate(_WISHES) if wish.said.search(question))


def wishes_met(title: str) -> int:
    """Return which wishes a title meets; the first issue where it says no other."""
    met = sum(1 << place for place, wish in enumerate(_WISHES) if wish.titled.search(title))
    return met or (_FIRST_BIT if _FIRST.search(title) else 0)


def suiting(wished: int, met: int) -> float:
    """Return how well a line that meets some wishes suits a question that says some."""
    if not wished:
        return 1.0
    if not met:
        return SILENT
    return MET if wished & met else ANOTHER
