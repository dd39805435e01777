"""退订: who wants no texts, and how they said so. Replies do not work in mainland China.

What the law wants told is then told by telephone; an emergency is told all the same.
Source: docs/rules.md (短信); 通信短信息服务管理规定 (a way to refuse); practice 31.
"""

from datetime import timedelta
from enum import StrEnum

from kernel.errors import Refusal

#: a code is good for so long, and may be tried so often
CODE_VALID = timedelta(minutes=10)
CODE_DIGITS = 6
TRIES = 5
#: codes to one number in a day, and to one address
CODES_A_DAY = 3


class OptOutWay(StrEnum):
    """How somebody said so."""

    DESK = "desk"  # 窗口
    PHONE = "phone"  # 电话
    WEB = "web"  # 网页


OPT_OUT_WAYS = {
    OptOutWay.DESK: "本人到窗口",
    OptOutWay.PHONE: "打电话到窗口",
    OptOutWay.WEB: "网页，凭验证码",
}


class AlreadyOut(Refusal):
    message = "这个号码已经退订了，不用再登记。"
    field = "mobile"


class NotOut(Refusal):
    message = "这个号码没有退订，或者刚才已经恢复。"


class MobileOnly(Refusal):
    message = "只有手机号收短信：请填11位手机号。"
    status = 422
    field = "mobile"


class WrongCode(Refusal):
    message = "验证码不对或已过期，请核对后再填，或重新获取。"
    status = 422
    field = "answer"
