"""票据审查: why a paper is not taken as an original, in words for the slip.

Source: 农村集体经济组织财务制度 art. 16 (不得以白条抵库); practice 19, 23, 28; domain notes 4.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.windows.village_accounts.rules.original_kinds import (
    KIND_NAMES,
    PERMITTED,
    PURPOSE_NAMES,
    Ground,
    OriginalKind,
    Purpose,
    Share,
)
from desk.windows.village_accounts.rules.originals import Entered
from desk.windows.village_accounts.rules.settings import Limits
from kernel.money import yuan

#: words that tell of hospitality whatever the purpose is called
_HOSPITALITY = ("招待", "宴请", "酒水", "香烟", "礼品")


@dataclass(frozen=True, slots=True)
class Used:
    """One use that was made of an original already."""

    amount_fen: int
    share: Share
    #: village and receipt number of the bundle
    where: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the town knows of a paper: its uses in any village, and red invoices on it."""

    uses: Sequence[Used] = ()
    #: zero or less
    red_fen: int = 0
    #: what the village's other small lists of the same day come to
    small_fen: int = 0


#: a paper nobody has brought yet
UNKNOWN = Known()


@dataclass(frozen=True, slots=True)
class Finding:
    """Why an original is not taken, in words for the slip."""

    ground: Ground
    words: str


def judge(entered: Entered, known: Known, limits: Limits, *, in_cash: bool) -> Finding | None:
    """Say why an original is not taken; None where nothing speaks against it."""
    return (
        _forbidden(entered, limits)
        or _too_large(entered, known.small_fen, limits, in_cash=in_cash)
        or _used_up(entered, known)
    )


def _forbidden(entered: Entered, limits: Limits) -> Finding | None:
    if entered.kind is OriginalKind.WHITE_SLIP:
        words = "白条、收条、便条不是合法的原始凭证，请向收款方索取发票、财政票据或统一收据。"
        return Finding(Ground.WHITE_SLIP, words)
    is_named = entered.purpose is Purpose.HOSPITALITY
    is_hinted = any(word in entered.gist for word in _HOSPITALITY)
    if limits.refuses_hospitality and (is_named or is_hinted):
        return Finding(Ground.HOSPITALITY, "村级实行零招待，招待费、烟酒、礼品不予报销。")
    if entered.kind not in PERMITTED[entered.purpose]:
        kinds = "、".join(
            KIND_NAMES[one] for one in OriginalKind if one in PERMITTED[entered.purpose]
        )
        words = f"“{PURPOSE_NAMES[entered.purpose]}”要凭{kinds}，不能凭{KIND_NAMES[entered.kind]}。"
        return Finding(Ground.WRONG_KIND, words)
    return None


def _too_large(
    entered: Entered, small_fen: int, limits: Limits, *, in_cash: bool
) -> Finding | None:
    face = abs(entered.face_fen)
    if entered.kind is OriginalKind.SELF_MADE and face > limits.small_fen:
        words = f"自制清单每张不超过{yuan(limits.small_fen)}元，这张{yuan(face)}元，请取得发票。"
        return Finding(Ground.OVER_SMALL, words)
    if entered.kind is OriginalKind.SELF_MADE and small_fen + face > limits.small_day_fen:
        words = (
            f"本村同一天的自制清单合计不超过{yuan(limits.small_day_fen)}元，当天已有"
            f"{yuan(small_fen)}元，加上这张{yuan(face)}元超过了，请取得发票。"
        )
        return Finding(Ground.OVER_SMALL, words)
    if in_cash and face > limits.cash_fen:
        words = f"{yuan(limits.cash_fen)}元以上要通过银行支付，这张{yuan(face)}元已用现金付出。"
        return Finding(Ground.IN_CASH, words)
    return None


def _used_up(entered: Entered, known: Known) -> Finding | None:
    used = known.uses
    where = "；".join(f"{one.where}用了{yuan(one.amount_fen)}元" for one in used)
    is_whole = entered.share is Share.WHOLE or any(one.share is Share.WHOLE for one in used)
    if used and is_whole:
        return Finding(Ground.USED, f"同一张票据已经用过：{where}。")
    left = abs(entered.face_fen) + known.red_fen
    if abs(sum(one.amount_fen for one in used) + entered.amount_fen) > left:
        parts = [where, known.red_fen and f"红字发票已冲{yuan(-known.red_fen)}元"]
        words = "；".join(str(part) for part in parts if part)
        return Finding(Ground.OVER_FACE, f"{words}；加上这次超过票面{yuan(entered.face_fen)}元。")
    return None
