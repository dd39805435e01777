"""收件登记: what the counter may answer, and what each answer needs.

The desk's honest answers: 受理, 收件代办, 一次性告知, 转介. Source: 行政许可法 §32; practice 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desk.cases.rules.stages import Stage
from kernel.errors import Refusal
from services_catalog.rules.items import Handling


class Answer(StrEnum):
    """What the counter tells the person at the glass."""

    ACCEPT = "accept"  # 受理
    CARRY = "carry"  # 收件代办
    NOTICE = "notice"  # 一次性告知
    REFER = "refer"  # 转介
    EXPECT = "expect"  # 村里代收: given by an adviser, never at the counter


ANSWER_NAMES = {
    Answer.ACCEPT: "受理",
    Answer.CARRY: "收件代办",
    Answer.NOTICE: "一次性告知",
    Answer.REFER: "转介",
    Answer.EXPECT: "村里代收",
}
STAGE_AFTER = {
    Answer.ACCEPT: Stage.IN_PROGRESS,
    Answer.CARRY: Stage.RECEIVED,
    Answer.NOTICE: Stage.AWAITING_MATERIALS,
    Answer.REFER: Stage.REFERRED,
    Answer.EXPECT: Stage.EXPECTED,
}
ALLOWED: dict[Handling, tuple[Answer, ...]] = {
    Handling.HERE: (Answer.ACCEPT, Answer.NOTICE, Answer.REFER),
    Handling.CARRIED: (Answer.CARRY, Answer.NOTICE, Answer.REFER),
    Handling.REFERRED: (Answer.REFER,),
}

#: what an adviser has brought is here: nobody is pointed on with it any more
ON_ARRIVAL = {
    handling: tuple(one for one in answers if one is not Answer.REFER)
    for handling, answers in ALLOWED.items()
}


class MaterialState(StrEnum):
    """How the counter found one material of the checklist."""

    BROUGHT = "brought"  # 已交
    MISSING = "missing"  # 未交
    NOT_NEEDED = "not_needed"  # 本次不需要: the paper is for a case that this is not


@dataclass(frozen=True, slots=True)
class Brought:
    """One material of the checklist as the counter found it."""

    name: str
    copies: str
    state: MaterialState
    #: what is wrong with it, or what exactly to bring
    note: str = ""

    @property
    def is_wanted(self) -> bool:
        """Say whether the case needs this paper at all."""
        return self.state is not MaterialState.NOT_NEEDED


class AnswerNotOffered(Refusal):
    message = "这个事项本厅不能“{answer}”，可以答复：{allowed}。"
    field = "answer"


class MaterialsMissing(Refusal):
    message = (
        "还缺：{names}。材料齐了才能受理或代办："
        "确实不需要的勾“不需要”，缺的请选“一次性告知”，一次说清。"
    )
    field = "materials"


class NothingMissing(Refusal):
    message = "材料都齐了，没有要补的，请选“受理”或“收件代办”；确有问题请在材料后写明。"
    field = "materials"


def check_answer(
    answer: Answer,
    handling: Handling,
    materials: Sequence[Brought],
    allowed: Mapping[Handling, Sequence[Answer]] = ALLOWED,
) -> None:
    """Refuse an answer that the item, or what was brought, does not bear out."""
    if answer is Answer.EXPECT:
        # an adviser takes what a neighbour has; the counter judges it
        return
    if answer not in allowed[handling]:
        names = "、".join(ANSWER_NAMES[one] for one in allowed[handling])
        raise AnswerNotOffered(answer=ANSWER_NAMES[answer], allowed=names)
    missing = [entry.name for entry in materials if entry.state is MaterialState.MISSING]
    if answer in {Answer.ACCEPT, Answer.CARRY} and missing:
        raise MaterialsMissing(names="、".join(missing))
    if answer is Answer.NOTICE:
        check_notice(materials)


def check_notice(materials: Sequence[Brought]) -> None:
    """Refuse a notice that would ask for nothing."""
    if not any(is_lacking(entry) for entry in materials):
        raise NothingMissing


def is_lacking(entry: Brought) -> bool:
    """Say whether a paper is missing, or wanted and wrong."""
    return entry.state is MaterialState.MISSING or (entry.is_wanted and bool(entry.note))
