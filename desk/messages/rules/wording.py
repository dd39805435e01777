"""短信用语: what a message says, how it is billed, and what may not stand in it.

No link, no phone number, no name and no matter: the case number alone, and a mark of four
characters by which the text is found again in a carrier's list.
Source: docs/rules.md (短信); PIPL §36 and §51: a carrier must learn nothing about anybody.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from math import ceil

from desk.messages.rules.shapes import SHAPES, TWINS, TemplateName
from desk.messages.rules.templates import filled
from kernel.errors import Refusal
from kernel.text import INVISIBLE
from kernel.vault import CROCKFORD

#: UTF-16 units in a lone Chinese text, in each part of a long one, and in all of it
SINGLE = 70
PART = 67
LONGEST = 500
#: half a mark. 3WWW would read as a link: to our own rule, and to the carriers' filters
_PAIRS = tuple((CROCKFORD[n & 31] + CROCKFORD[n >> 5]).replace("W", "V") for n in range(1024))
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
#: a letter leads, or every place of a text is looked back from
_CASE_NUMBER = re.compile(r"([A-Z](?<![0-9A-Za-z].)[A-Z]?)\d{2}-\d{4,7}-[0-9A-Z](?![0-9A-Za-z-])")
_ANY_NUMBER = "00-0000-0"
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


class Said(str):
    """A text that still knows the template and the values it was made from.

    It is what the house says by itself; the outbox says the same in the town's own words.
    """

    template: TemplateName
    values: Mapping[str, str]

    @classmethod
    def of(cls, template: TemplateName, signature: str, mark: str, **values: str) -> "Said":
        """Return the text of `template` in the words the house began with."""
        said = cls(signed(signature, filled(SHAPES[template].starter, values), mark))
        said.template, said.values = template, values
        return said


def receipt_text(signature: str, number: str, due_text: str, mark: str) -> Said:
    """受理回执: the case was accepted; `due_text` is its last day in time."""
    return Said.of(TemplateName.RECEIPT, signature, mark, 编号=number, 日期=due_text)


def accepted_text(signature: str, number: str, mark: str) -> Said:
    """受理回执 without a last day: none has been fixed, or none is promised."""
    return Said.of(TemplateName.ACCEPTED, signature, mark, 编号=number)


def carried_text(signature: str, number: str, due_text: str, mark: str) -> Said:
    """代收告知: papers were taken in and are carried to the body that accepts them."""
    return Said.of(TemplateName.CARRIED, signature, mark, 编号=number, 日期=due_text)


def examined_text(signature: str, number: str, due_text: str, mark: str) -> Said:
    """收件告知: papers lie here to be looked through; the hall answers by `due_text`."""
    return Said.of(TemplateName.EXAMINED, signature, mark, 编号=number, 日期=due_text)


def notice_text(signature: str, number: str, due_text: str, mark: str) -> Said:
    """补正告知: something lacks; what, stands in the written notice."""
    return Said.of(TemplateName.NOTICE, signature, mark, 编号=number, 日期=due_text)


def completed_text(signature: str, number: str, mark: str) -> Said:
    """办结通知: the case was closed; the result is learnt at the window."""
    return Said.of(TemplateName.COMPLETED, signature, mark, 编号=number)


def held_text(signature: str, number: str, mark: str) -> Said:
    """改期告知: the count has stopped for a while; how long stands in the written notice."""
    return Said.of(TemplateName.HELD, signature, mark, 编号=number)


def moved_text(signature: str, number: str, due_text: str, mark: str) -> Said:
    """改期告知: the promise moved; why is told in writing and on the case's page."""
    return Said.of(TemplateName.MOVED, signature, mark, 编号=number, 日期=due_text)


def ready_text(signature: str, number: str, mark: str) -> Said:
    """领取通知: the result lies ready at the window."""
    return Said.of(TemplateName.READY, signature, mark, 编号=number)


def appointment_text(signature: str, number: str, when: tuple[str, str], mark: str) -> Said:
    """预约提醒: when and where somebody and the hall meet; `when` is (moment, place)."""
    values = {"编号": number, "时间": when[0], "地点": when[1]}
    return Said.of(TemplateName.APPOINTMENT, signature, mark, **values)


def contact_text(said: Said, mark: str) -> Said:
    """Return a text to the applicant as the contact reads it: whose matter it is, and no more."""
    return Said.of(TWINS[said.template], signature_of(said), mark, **said.values)


def nudge_text(signature: str, about: tuple[str, str], due_text: str, mark: str) -> Said:
    """催办: something is soon to be done; `about` is the case number and what runs on it."""
    number, step = about
    values = {"编号": number, "事项": step, "日期": due_text}
    return Said.of(TemplateName.NUDGE, signature, mark, **values)


def late_text(signature: str, about: tuple[str, str], due_text: str, mark: str) -> Said:
    """督办: something was to be done by a day that is over."""
    number, step = about
    values = {"编号": number, "事项": step, "日期": due_text}
    return Said.of(TemplateName.LATE, signature, mark, **values)


def several_text(signature: str, mark: str) -> Said:
    """催办 about more than one case: which, stands on the screen."""
    return Said.of(TemplateName.SEVERAL, signature, mark)


def duty_text(signature: str, day_text: str, shift: str, mark: str) -> Said:
    """值班提醒: whose turn it is, to whom it is."""
    return Said.of(TemplateName.DUTY, signature, mark, 日期=day_text, 班次=shift)


def ending_text(signature: str, what: str, day_text: str, mark: str) -> Said:
    """到期提醒: what of an enterprise ends soon; whose it is, stands on the screen."""
    return Said.of(TemplateName.ENDING, signature, mark, 事项=what, 日期=day_text)


def code_text(signature: str, code: str, mark: str) -> Said:
    """退订验证码: to whoever says that a number is theirs."""
    return Said.of(TemplateName.CODE, signature, mark, 验证码=code)


def emergency_text(signature: str, words: str, mark: str) -> Said:
    """紧急通知: what the duty leader typed, to whoever is on the call list."""
    return Said.of(TemplateName.EMERGENCY, signature, mark, 内容=_sentence(words))


def upward_text(signature: str, mark: str) -> Said:
    """报告领导: something waits at the hall that the leader has to know of; what, stands there."""
    return Said.of(TemplateName.UPWARD, signature, mark)


def _sentence(words: str) -> str:
    return words if words.endswith(("。", "！", "？")) else f"{words}。"


def signed(signature: str, sentence: str, mark: str) -> str:
    """Return a whole text: who says it, what, and the mark."""
    return f"【{signature}】{sentence}{MARK_WORD}{mark}"


def signature_of(text: str) -> str:
    """Return who signed a text."""
    return text[1 : text.index("】")] if text.startswith("【") and "】" in text else ""


def mark_of(uuid: str) -> str:
    """Return the four characters that a message's text bears, always the same for a `uuid`."""
    number = int.from_bytes(hashlib.sha256(uuid.encode()).digest()[:4], "big")
    return _PAIRS[number & 1023] + _PAIRS[number >> 10 & 1023]


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


def refuse_unfit(text: str, mark: str, *, has_phone: bool = False) -> None:
    """Refuse a text that carriers filter or that gives something away.

    A telephone number may stand in it only where the approved template has one.
    Source: carriers' rules for mainland China (no links, no phone numbers in notices).
    """
    if not text.startswith("【") or not (text.endswith(MARK_WORD + mark) or bears(text, mark)):
        raise NotSigned(word=MARK_WORD)
    if text_units(text) > LONGEST:
        raise TextTooLong(limit=LONGEST, units=text_units(text))
    # thousands of texts say the same of different cases: what they say is looked through once
    same = text.removesuffix(MARK_WORD + mark)
    if number := _CASE_NUMBER.search(same):
        same = f"{same[: number.start()]}{number[1]}{_ANY_NUMBER}{same[number.end() :]}"
    if refusal := judged(same, has_phone=has_phone):
        raise refusal


@lru_cache(maxsize=1024)
def judged(said: str, *, has_phone: bool) -> type[Refusal] | None:
    """Return why words cannot go out, if so; which case they are about makes no difference."""
    plain = unicodedata.normalize("NFKC", INVISIBLE.sub("", said))
    if _LINK.search(plain):
        return LinkInText
    is_phone = _PHONE.search(_BETWEEN_DIGITS.sub("", _NO_PHONE.sub("", plain)))
    return PhoneInText if is_phone and not has_phone else None
