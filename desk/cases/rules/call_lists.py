"""电话名单的纸: who is to be rung up, what to say, and room to write what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

TITLE = "电话名单"
#: in millimetres, A4 landscape; the last column takes what is left
WIDTHS = (27, 22, 24, 46, 74, 16)
HEAD = ("编号", "申请人", "村", "电话", "要说的话", "打过", "结果（打勾）")
RESULTS = "□本人接听　□答应转告　□上门\n□无人接听　□号码不对\n时间：　　　　打电话的人："
NOTES = (
    "先核对对方是本人或家人；不是的，只说编号，不说什么事。",
    "打完把结果记进系统；没有接到的仍在名单上。名单上有姓名和电话，用完请收回销毁。",
)
NO_PHONE = "没有电话，请上门或请村里转告"


@dataclass(frozen=True, slots=True)
class Ring:
    """One line: somebody to be rung up about a case."""

    number: str
    name: str = field(repr=False)
    village: str
    phones: tuple[str, ...] = field(repr=False)
    words: tuple[str, ...]
    tried: int


def sheet(rows: Sequence[Ring], hall: tuple[str, bool, str]) -> dict[str, object]:
    """Return what the typesetter is told: (name of the hall, whether a sample, day in words)."""
    name, is_sample, printed = hall
    table = {
        "title": f"{len(rows)}人",
        "head": HEAD,
        "widths": WIDTHS,
        "rows": [_row(one) for one in rows],
    }
    return {
        "hall": name,
        "is_sample": is_sample,
        "title": TITLE,
        "subtitle": printed,
        "flipped": True,
        "tables": [table],
        "notes": NOTES,
        "printed": printed,
    }


def _row(one: Ring) -> list[str]:
    tried = f"{one.tried}次" if one.tried else ""
    phones = "\n".join(one.phones) or NO_PHONE
    words = "\n".join(one.words)
    return [one.number, one.name or "未留姓名", one.village, phones, words, tried, RESULTS]
