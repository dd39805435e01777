"""原始凭证的规则: which paper is an original for what, and which is none (白条).

Source: 农村集体经济组织财务制度 art. 16 (不得以白条抵库); 会计基础工作规范 (原始凭证, 分割单);
practice 18, 19, 23, 28; domain notes 4.3.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk.windows.village_accounts.rules.original_kinds import (
    VILLAGE_MADE,
    OriginalKind,
    Purpose,
    Share,
)
from kernel.errors import Refusal
from kernel.money import capitals, read_capitals, yuan

ISSUER_LIMIT, GIST_LIMIT, CODE_LIMIT = 60, 60, 40
#: how code and number of a paper are written, where somebody prescribes it
_FORMS = {
    OriginalKind.E_INVOICE: (r"", r"[0-9]{20}", "数电发票没有代码，号码是20位数字"),
    OriginalKind.TAX_INVOICE: (
        r"[0-9]{10}|[0-9]{12}",
        r"[0-9]{8}",
        "发票代码是10位或12位数字，号码是8位数字",
    ),
    OriginalKind.FISCAL: (r"[0-9]{6,12}", r"[0-9]{6,12}", "财政票据的代码和号码都是6到12位数字"),
}
_ANY = (r"\w{0,40}", r"\w{1,40}", "号码照单据上的写，不能空着")
_MARKS = re.compile(r"[\W_]+")


class NotItsNumber(Refusal):
    message = "{hint}，请照票面核对。"
    status = 422
    field = "number"


class CapitalsDiffer(Refusal):
    message = "大写金额是{written}，小写是{fen}元，两处不一致，请照票面核对。"
    status = 422
    field = "capitals"


class NoAmount(Refusal):
    message = "金额不能是零。"
    status = 422
    field = "amount"


class MoreThanFace(Refusal):
    message = "这次报的{amount}元超过了票面{face}元。"
    status = 422
    field = "amount"


class NotWhole(Refusal):
    message = "全额使用的票据，报账金额要等于票面金额；只报一部分请选分割单或分期付款。"
    status = 422
    field = "share"


class NotYet(Refusal):
    message = "票据日期不能晚于今天。"
    status = 422
    field = "issued_on"


class RedUnlinked(Refusal):
    message = "红字发票要填明它冲的是哪一张蓝字发票，而且那张票要在本系统登记过。"
    status = 422
    field = "red_of"


class RedTooLarge(Refusal):
    message = "红字发票的金额超过了它所冲的蓝字发票还没有冲掉的部分。"
    status = 422
    field = "face"


class FaceDiffers(Refusal):
    message = "这张票据登记过，票面是{face}元、{day}、{issuer}，和现在填的不一致，请照票面核对。"
    status = 422
    field = "face"


class OtherPurpose(Refusal):
    message = "“更正账上余额”只在余额更正的报账里用，余额更正的报账也只能用它，请核对用途。"
    status = 422
    field = "purpose"


class PayeeNeeded(Refusal):
    message = "小额零星自制清单要写明收款人的姓名、身份证号和电话。"
    status = 422
    field = "payee_name"


@dataclass(frozen=True, slots=True)
class Entered:
    """An original as it is typed, with what of it is claimed now. Amounts in fen."""

    kind: OriginalKind
    purpose: Purpose
    code: str
    number: str
    issuer: str
    issued_on: date
    face_fen: int
    amount_fen: int
    gist: str
    share: Share = Share.WHOLE

    @property
    def is_red(self) -> bool:
        """Say whether it takes an earlier one back (红字发票)."""
        return self.face_fen < 0


def folded(text: str) -> str:
    """Return code or number as it is compared: half width, upper case, without marks."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).upper()


def key_of(kind: OriginalKind, code: str, number: str, village: str) -> str:
    """Return what no two originals share. Source: practice 23."""
    first = village if kind in VILLAGE_MADE else folded(code)
    return f"{kind}|{first}|{folded(number)}"


def check_entered(entered: Entered, typed_capitals: str, today: date) -> None:
    """Refuse what was typed wrongly, to be typed again.

    Raises: NotItsNumber, NoAmount, MoreThanFace, NotWhole, CapitalsDiffer, NotYet.
    """
    if entered.kind is OriginalKind.WHITE_SLIP:
        return
    _check_number(entered)
    if not entered.face_fen or not entered.amount_fen:
        raise NoAmount
    if entered.issued_on > today:
        raise NotYet
    is_beyond = abs(entered.amount_fen) > abs(entered.face_fen)
    if is_beyond or (entered.amount_fen < 0) != entered.is_red:
        raise MoreThanFace(amount=yuan(entered.amount_fen), face=yuan(entered.face_fen))
    if entered.share is Share.WHOLE and entered.amount_fen != entered.face_fen:
        raise NotWhole
    check_capitals(entered.face_fen, typed_capitals)


def check_capitals(fen: int, typed: str) -> None:
    """Refuse capitals that say another amount than the digits. Raises: CapitalsDiffer."""
    if read_capitals(typed) != fen:
        raise CapitalsDiffer(written=capitals(read_capitals(typed)), fen=yuan(fen))


def _check_number(entered: Entered) -> None:
    code, number, hint = _FORMS.get(entered.kind, _ANY)
    ours = "" if entered.kind in VILLAGE_MADE else folded(entered.code)
    if not (re.fullmatch(code, ours) and re.fullmatch(number, folded(entered.number))):
        raise NotItsNumber(hint=hint)


def check_purpose(entered: Entered, *, corrects: bool) -> None:
    """Refuse to put a balance right in a bundle that pays or receives. Raises: OtherPurpose."""
    if (entered.purpose is Purpose.BALANCE) != corrects:
        raise OtherPurpose


def check_payee(entered: Entered, payee: Sequence[str]) -> None:
    """Refuse a list of small purchases that does not say who was paid. Raises: PayeeNeeded."""
    if entered.kind is OriginalKind.SELF_MADE and not all(payee):
        raise PayeeNeeded


def check_red(entered: Entered, left_fen: int | None) -> None:
    """Refuse a red invoice without the one it takes back, or beyond what reds left of that.

    Raises: RedUnlinked, RedTooLarge.
    """
    if entered.is_red and left_fen is None:
        raise RedUnlinked
    if entered.is_red and abs(entered.face_fen) > (left_fen or 0):
        raise RedTooLarge


def refusal_number(year: int, serial: int) -> str:
    """Return the number of a slip that tells why an original was not taken."""
    return f"村账拒〔{year}〕{serial}号"


def payee_place(uuid: str) -> str:
    """Return what binds a sealed payee to its original."""
    return f"original|payee|{uuid}"


def scan_place(uuid: str) -> str:
    """Return what binds a sealed scan to its place."""
    return f"account_scan|content|{uuid}"
