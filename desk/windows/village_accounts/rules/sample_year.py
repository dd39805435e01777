"""示例的一年: what a village of usual size does with its money in a year; plainly invented.

About 1,200 vouchers: the town's money in and out, petty cash, subsidies, rents, wages, repairs and
depreciation. Every amount follows from the month and the place in it, so that a year is the same
whenever it is made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desk.windows.village_accounts.rules.kinds import EntryKind
from desk.windows.village_accounts.rules.opening import OpeningRow
from kernel.errors import Refusal

NAME = "示例股份经济合作社"
KEEPER = "示例报账员"
SHEET = "示例对账单"
#: petty cash a village keeps, and what it spends of it in a month
PETTY, SPENT_IN_CASH = 2_000_00, 300_00
USUAL = 1_200
#: entries of a month that are not payments: income, transfers, depreciation
_OTHERS = 16
OPENING = (
    OpeningRow("101", "", PETTY),
    OpeningRow("10201", "", 860_000_00),
    OpeningRow("151", "", 2_400_000_00),
    OpeningRow("152", "", -480_000_00),
    OpeningRow("301", "", -1_900_000_00),
    OpeningRow("32201", "", -882_000_00),
)
_INCOME = (("501", "鱼塘承包款"), ("501", "林地租金"), ("504", "存款利息"), ("503", "村级运转补助"))
_SPENT = (
    ("513", "办公用品"),
    ("513", "村务误工补贴"),
    ("513", "水电费"),
    ("514", "村道保洁"),
    ("514", "路灯维修"),
    ("511", "水渠清淤"),
    ("514", "老年食堂买菜"),
    ("513", "报刊订阅"),
)
_TO_SPEND, _TO_CASH = "专户拨入支出户", "提取备用金"
_WEAR, _WEAR_FEN = "计提固定资产折旧", 9_500_00


SAMPLE_MADE = "{village}：{name}{year}年的账已经做好，十二个月都结了账。"


class NotTheSampleTown(Refusal):
    message = "示例账只能做在示例乡里。"


class NobodyToKeep(Refusal):
    message = "找不到“{village}”，或者没有记账会计、审核员、出纳的账号。"


@dataclass(frozen=True, slots=True)
class Event:
    """One entry to be: codes with amounts, debits positive."""

    on: date
    kind: EntryKind
    gist: str
    lines: Sequence[tuple[str, int]]


def events(year: int, month: int, most: int = USUAL) -> Iterator[Event]:
    """Yield what a village does in a month, a twelfth of `most` entries."""
    count = max(1, most // 12 - _OTHERS)
    paid = [_paid(month, place) for place in range(count)]
    whole = sum(paid) + SPENT_IN_CASH

    def at(day: int) -> date:
        return date(year, month, day)

    for place in range(10):
        code, gist = _INCOME[place % len(_INCOME)]
        fen = 8_000_00 + 731_00 * place + 97_00 * month
        yield Event(at(2), EntryKind.INCOME, gist, (("10201", fen), (code, -fen)))
    yield Event(at(3), EntryKind.TRANSFER, _TO_SPEND, (("10202", whole), ("10201", -whole)))
    cash = (("101", SPENT_IN_CASH), ("10202", -SPENT_IN_CASH))
    yield Event(at(4), EntryKind.TRANSFER, _TO_CASH, cash)
    for place, fen in enumerate(paid):
        code, gist = _SPENT[(place + month) % len(_SPENT)]
        on = at(5 + place * 22 // count)
        yield Event(on, EntryKind.SUBMISSION, gist, ((code, fen), ("10202", -fen)))
    for place in range(3):
        code, gist = _SPENT[place]
        fen = SPENT_IN_CASH // 3
        yield Event(at(27), EntryKind.SUBMISSION, gist, ((code, fen), ("101", -fen)))
    wear = (("513", _WEAR_FEN), ("152", -_WEAR_FEN))
    yield Event(at(28), EntryKind.COMPUTED, _WEAR, wear)


def _paid(month: int, place: int) -> int:
    return 120_00 + (place * 7919 + month * 104_729) % 97_000
