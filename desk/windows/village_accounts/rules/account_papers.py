"""村账的纸: what the approval sheet, the slip of a refused paper and the slip of a return say.

Source: practice 17, 27 (支出审批单, 退单).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk.windows.village_accounts.rules.bundles import STATION_NAMES, Station
from desk.windows.village_accounts.rules.means import CORRECTING, MEANS_NAMES, Means
from desk.windows.village_accounts.rules.original_kinds import (
    GROUND_NAMES,
    KIND_NAMES,
    Ground,
    OriginalKind,
)
from desk.windows.village_accounts.rules.signing import PART_NAMES, WITH_MINUTES, SignPart
from kernel.calendar.rules import chinese_date
from kernel.money import capitals, yuan

#: what the pictures of papers are called
ORIGINAL_SCAN, SIGNED_SCAN = "原始凭证", "签字的支出审批单"
MINUTES_SCAN, AGREEMENT_SCAN = "会议记录", "委托代理协议"
APPROVAL_HEADS = ("序号", "票据种类", "号码", "开票方", "用途", "金额（元）")


@dataclass(frozen=True, slots=True)
class AccountPaper:
    """A paper to be typeset."""

    title: str
    number: str
    #: label and words
    facts: Sequence[tuple[str, str]]
    words: Sequence[str] = ()
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    #: who signs, each with a line for name and day
    signs: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """An original as the approval sheet lists it. Units: fen."""

    kind: OriginalKind
    number: str
    issuer: str
    gist: str
    fen: int


def approval_title(means: Means) -> str:
    """Return what a bundle's sheet of signatures is called."""
    if means in CORRECTING:
        return "余额更正审批单"
    return "收款登记单" if means is Means.RECEIVED else "支出审批单"


def approval(
    heading: tuple[str, str, str],
    means: Means,
    listed: Sequence[Listed],
    parts: Sequence[SignPart],
) -> AccountPaper:
    """Return 支出审批单 of a bundle: (number, books, gist), to be signed on paper."""
    number, books, gist = heading
    total = sum(one.fen for one in listed)
    rows = [
        (f"{place}", KIND_NAMES[one.kind], one.number, one.issuer, one.gist, yuan(one.fen))
        for place, one in enumerate(listed, 1)
    ]
    words = (
        ["村两委会、村民（代表）会议决定的，会议记录附后。"] if WITH_MINUTES & set(parts) else []
    )
    return AccountPaper(
        approval_title(means),
        number,
        (
            ("单位", books),
            ("事由", gist),
            ("收付方式", MEANS_NAMES[means]),
            ("合计金额", f"{yuan(total)}元　{capitals(total)}"),
            ("附件", f"{len(listed)}张"),
        ),
        words,
        APPROVAL_HEADS,
        rows,
        [PART_NAMES[one] for one in parts],
    )


def refused(
    number: str, books: str, paper: Listed, why: tuple[Ground, str], case_number: str
) -> AccountPaper:
    """Return the slip that tells a village why a paper was not taken."""
    ground, words = why
    facts = [
        ("单位", books),
        ("报账编号", case_number),
        ("票据", KIND_NAMES[paper.kind]),
        ("代码号码", paper.number or "无"),
        ("开票方", paper.issuer or "未写明"),
        ("金额", f"{yuan(paper.fen)}元" if paper.fen else "未写明"),
        ("不予受理原因", GROUND_NAMES[ground]),
    ]
    after = "请换取合法票据后重新报账；对此有异议的，可向便民服务中心主任反映。"
    return AccountPaper("票据不予受理通知单", number, facts, [words, after], signs=["村报账员"])


def returned(
    heading: tuple[str, str, str, str], station: Station, reasons: str, day: date
) -> AccountPaper:
    """Return 退单: (number, books, case number, gist), with every reason."""
    number, books, case_number, gist = heading
    facts = [
        ("单位", books),
        ("报账编号", case_number),
        ("事由", gist),
        ("退回环节", STATION_NAMES[station].removeprefix("待")),
        ("退回日期", chinese_date(day)),
    ]
    lines = [f"{place}．{line}" for place, line in enumerate(reasons.splitlines(), 1)]
    words = ["退回原因：", *lines, "补正后可以重新送交。"]
    return AccountPaper("报账退单", number, facts, words, signs=["退回人", "村报账员"])
