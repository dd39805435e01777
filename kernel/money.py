"""金额: whole 分, as they are typed, shown, and written in capitals (大写金额).

Source: 支付结算办法 附一 (正确填写票据和结算凭证的基本规定), 一至三.
"""

import re
from typing import NewType

from kernel.errors import InvalidInput

#: money is counted in whole fen; a float has no place here
Fen = NewType("Fen", int)
#: one fen below ten trillion yuan: every amount fits a 64-bit column many times over
MOST = Fen(10**15 - 1)

_AMOUNT = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,13})(?:\.([0-9]{1,2}))?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－−￥", "0123456789.,--¥")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_CAPITALS = re.compile(r"(负?)(?:(.+)元)?(?:零?(.)角)?(?:零?(.)分)?整?")
_SPOKEN = str.maketrans("圆正０〇○貳參陸萬億兩", "元整零零零贰叁陆万亿贰")


class NotAnAmount(InvalidInput):
    message = "金额请写成 1234.56 这样，最多两位小数，不带单位。"


class NotCapitals(InvalidInput):
    message = "大写金额没看懂，请写成 壹仟贰佰叁拾肆元伍角陆分 这样。"


def parse_fen(typed: str) -> Fen:
    """Return the amount typed in yuan. Raises: NotAnAmount."""
    found = _AMOUNT.fullmatch(typed.translate(_FULL_WIDTH).strip().removeprefix("¥").strip())
    if found is None:
        raise NotAnAmount
    sign, yuan, cents = found.groups()
    fen = int(yuan.replace(",", "")) * 100 + int((cents or "").ljust(2, "0"))
    return Fen(-fen if sign else fen)


def yuan(fen: int) -> str:
    """Return an amount as it is shown: 1,234.56."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02}"


def plain_yuan(fen: int) -> str:
    """Return an amount as fields and other programs take it: 1234.56."""
    return yuan(fen).replace(",", "")


def capitals(fen: int) -> str:
    """Return an amount in capitals. Raises: NotAnAmount, when it is too large to be one.

    零 stands for a gap between digits; after 元 without 角 it leads to 分. What ends at 元 takes
    整, what ends at 角 may do without.
    """
    if abs(fen) > MOST:
        raise NotAnAmount
    whole, cents = divmod(abs(fen), 100)
    dimes, cents = divmod(cents, 10)
    text = f"{_integer(whole)}元" if whole else ""
    if dimes:
        text += f"{_DIGITS[dimes]}角"
    if cents:
        text += f"{'零' if whole and not dimes else ''}{_DIGITS[cents]}分"
    ending = "" if dimes or cents else "整"
    return f"{'负' if fen < 0 else ''}{text or '零元'}{ending}"


def _integer(number: int) -> str:
    """Return a whole number in capitals, in groups of four digits."""
    text, gap = "", False
    for place in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10_000**place % 10_000
        if not group:
            gap = bool(text)
            continue
        needs_zero = text and (gap or group < 1000)
        text += ("零" if needs_zero else "") + _group(group) + _GROUPS[place]
        gap = False
    return _one_hundred_million(text)


def _one_hundred_million(text: str) -> str:
    """Return 万亿 once: 亿 is said of all that stands before it."""
    before, trillions, after = text.partition("万亿")
    return f"{before}万{after}" if trillions and "亿" in after else text


def _group(group: int) -> str:
    """Return a number below 10,000 in capitals."""
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _UNITS[place]
        gap = not digit
    return text


def read_capitals(text: str) -> Fen:
    """Return the amount that is written in capitals. Raises: NotCapitals."""
    folded = "".join(text.split()).translate(_SPOKEN).removeprefix("人民币").lstrip("：:")
    found = _CAPITALS.fullmatch(folded)
    if found is None or not folded.strip("负整"):
        raise NotCapitals
    sign, whole, dimes, cents = found.groups()
    fen = _read_integer(whole or "零") * 100 + _digit(dimes or "零") * 10 + _digit(cents or "零")
    return Fen(-fen if sign else fen)


def _read_integer(text: str) -> int:
    """Return a whole number below ten trillion. Raises: NotCapitals."""
    before, large, after = text.rpartition("亿")
    if large:
        return _read_integer(before) * 100_000_000 + _read_integer(after or "零")
    before, large, after = text.rpartition("万")
    if large:
        return _read_integer(before) * 10_000 + _read_integer(after or "零")
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * 10 ** _UNITS.index(character)
            digit = 0
        else:
            digit = _digit(character)
    return total + digit


def _digit(character: str) -> int:
    value = _DIGITS.find(character)
    if value < 0:
        raise NotCapitals
    return value
