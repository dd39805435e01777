"""短信用语: what a message says, how it is billed, and what may not stand in it.

No link, no phone number, no name and no matter: the case number alone, and a mark of four
characters by which the text is found again in a carrier's list.
Source: docs/rules.md (短信); PIPL §36 and §51: a carrier must learn nothing about anybody.
"""

import hashlib
import re
import unicodedata
from math import ceil

from kernel.errors import Refusal
from kernel.text import INVISIBLE
from kernel.vault import CROCKFORD

#: UTF-16 units in a lone Chinese text, in each part of a long one, and in all of it
SINGLE = 70
PART = 67
LONGEST = 500
MARK_LENGTH = 4
#: before the mark, so that it cannot be taken for a piece of the case number
MARK_WORD = "短信号"

_MARK = re.compile(f"{MARK_WORD}([0-9A-Za-z]+)")
_LINK = re.compile(
    r"://|(?<![a-z])www(?![a-z])|\w\.\s*[a-z]{2,}|[a-z0-9]。\s*[a-z]{2,}"
    r"|\w\.(?:中国|公益|政务|公司|网络)",
    re.IGNORECASE,
)
#: shapes with many digits that are no phone: a case number, a written date
_NO_PHONE = re.compile(
    r"(?<![0-9A-Za-z])(?:[A-Z]{1,2}\d{2}-\d{4,7}-[0-9A-Z]|20\d\d[-.]\d\d[-.]\d\d)(?![0-9A-Za-z-])"
)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s().·~_+‐-―−-]+(?=\d)")
#: seven digits and more, or a five-digit hotline (12345, 95598) that is no sum of money
_PHONE = re.compile(r"\d{7,}|(?<!\d)(?:1[02]|9[56])\d{3}(?![\d元.])")


class LinkInText(Refusal):
    message = "短信里不能有网址，请删去后再保存。"
    status = 422


class PhoneInText(Refusal):
    message = "短信里不能有电话号码，请删去后再保存。"
    status = 422


class TextTooLong(Refusal):
    message = "短信连同签名最多{limit}个字，现在有{units}个，请缩短。"
    status = 422


class NotSigned(Refusal):
    message = "短信要以【签名】开头，并带上{word}，请补上后再保存。"
    status = 422


def receipt_text(signature: str, number: str, due_text: str, mark: str) -> str:
    """受理回执: the case was accepted; `due_text` is its last day in time."""
    return _signed(
        signature, f"您的办件{number}已受理，最迟{due_text}办结。请凭编号查询进度。", mark
    )


def accepted_text(signature: str, number: str, mark: str) -> str:
    """受理回执 without a last day: none has been fixed, or none is promised."""
    return _signed(signature, f"您的办件{number}已受理。请凭编号查询进度。", mark)


def carried_text(signature: str, number: str, due_text: str, mark: str) -> str:
    """代收告知: papers were taken in and are carried to the body that accepts them."""
    return _signed(signature, f"办件{number}的材料已收下，最迟{due_text}送交承办机关。", mark)


def examined_text(signature: str, number: str, due_text: str, mark: str) -> str:
    """收件告知: papers lie here to be looked through; the hall answers by `due_text`."""
    return _signed(signature, f"办件{number}的材料已收下，最迟{due_text}答复是否受理。", mark)


def notice_text(signature: str, number: str, due_text: str, mark: str) -> str:
    """补正告知: something lacks; what, stands in the written notice."""
    return _signed(signature, f"办件{number}的材料需要补正，请最迟{due_text}按告知书补齐。", mark)


def completed_text(signature: str, number: str, mark: str) -> str:
    """办结通知: the case was closed; the result is learnt at the window."""
    return _signed(signature, f"办件{number}已办结，结果请到原窗口领取或询问。", mark)


def held_text(signature: str, number: str, mark: str) -> str:
    """改期告知: the count has stopped for a while; how long stands in the written notice."""
    return _signed(signature, f"办件{number}进入特别程序，期间不计入办理时限，详见书面告知。", mark)


def moved_text(signature: str, number: str, due_text: str, mark: str) -> str:
    """改期告知: the promise moved; why is told in writing and on the case's page."""
    return _signed(signature, f"办件{number}的办结日有变动，现在最迟{due_text}办结。", mark)


def ready_text(signature: str, number: str, mark: str) -> str:
    """领取通知: the result lies ready at the window."""
    return _signed(signature, f"办件{number}的结果可以领取，请带回执和身份证到原窗口。", mark)


def nudge_text(signature: str, about: tuple[str, str], due_text: str, mark: str) -> str:
    """催办: something is soon to be done; `about` is the case number and what runs on it."""
    number, step = about
    said = f"催办：办件{number}的{step}最迟{due_text}完成，请及时办理。"
    return _signed(signature, said, mark)


def late_text(signature: str, about: tuple[str, str], due_text: str, mark: str) -> str:
    """督办: something was to be done by a day that is over."""
    number, step = about
    said = f"督办：办件{number}的{step}已超过{due_text}的期限，请督促办理。"
    return _signed(signature, said, mark)


def several_text(signature: str, mark: str) -> str:
    """催办 about more than one case: which, stands on the screen."""
    said = "催办：有几件办件临近或超过期限，请看系统里的今日要办。"
    return _signed(signature, said, mark)


def emergency_text(signature: str, words: str, mark: str) -> str:
    """紧急通知: what the duty leader typed, to whoever is on the call list."""
    return _signed(signature, f"紧急通知：{_sentence(words)}收到请立即回电值班室。", mark)


def upward_text(signature: str, mark: str) -> str:
    """报告领导: something waits at the hall that the leader has to know of; what, stands there."""
    return _signed(signature, "大厅有重要情况需要您处理，详情请看值日簿或致电值班室。", mark)


def _sentence(words: str) -> str:
    return words if words.endswith(("。", "！", "？")) else f"{words}。"


def _signed(signature: str, sentence: str, mark: str) -> str:
    return f"【{signature}】{sentence}{MARK_WORD}{mark}"


def mark_of(uuid: str) -> str:
    """Return the four characters that a message's text bears, always the same for a `uuid`."""
    number = int.from_bytes(hashlib.sha256(uuid.encode()).digest()[:4], "big")
    places = range(0, 5 * MARK_LENGTH, 5)
    # 3WWW would read as a link: to our own rule, and to the carriers' filters
    return "".join(CROCKFORD[number >> place & 31] for place in places).replace("W", "V")


def bears(body: str, mark: str) -> bool:
    """Say whether a text in a carrier's list is the one with this mark."""
    return mark in _MARK.findall(body)


def billed_parts(text: str) -> int:
    """Return how many messages the carrier bills for `text`, 【签名】 included.

    Units: UTF-16; 70 fit in a lone text, 67 in each part of a longer one.
    Source: 3GPP TS 23.040 (UCS-2); domain/sms.md.
    """
    units = text_units(text)
    return 1 if units <= SINGLE else ceil(units / PART)


def text_units(text: str) -> int:
    """Return the length of `text` as carriers count it."""
    return len(text.encode("utf-16-le")) // 2


def refuse_unfit(text: str, mark: str) -> None:
    """Refuse a text that carriers filter or that gives something away.

    Source: carriers' rules for mainland China (no links, no phone numbers in notices).
    """
    if not text.startswith("【") or not bears(text, mark):
        raise NotSigned(word=MARK_WORD)
    if text_units(text) > LONGEST:
        raise TextTooLong(limit=LONGEST, units=text_units(text))
    plain = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    if _LINK.search(plain):
        raise LinkInText
    if _PHONE.search(_BETWEEN_DIGITS.sub("", _NO_PHONE.sub("", plain))):
        raise PhoneInText
