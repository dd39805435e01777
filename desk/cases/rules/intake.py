"""收件登记: what the counter may answer, and what each answer needs.

The desk's honest answers: 受理, 收件代办, 收件待审查, 一次性告知, 容缺受理, 转介.
Source: 行政许可法 §32; practice 1, 9.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desk.cases.rules.stages import Stage
from kernel.errors import Refusal
from services_catalog.rules.items import Handling


class Answer(StrEnum):
    """What the counter tells the person at the glass."""

    ACCEPT = "accept"  # 受理
    CARRY = "carry"  # 收件代办
    RECEIVE = "receive"  # 收件待审查
    ACCEPT_OWING = "accept_owing"  # 容缺受理
    NOTICE = "notice"  # 一次性告知
    REFER = "refer"  # 转介
    EXPECT = "expect"  # 村里代收: given by an adviser, never at the counter


ANSWER_NAMES = {
    Answer.ACCEPT: "受理",
    Answer.CARRY: "收件代办",
    Answer.RECEIVE: "收件待审查",
    Answer.ACCEPT_OWING: "容缺受理",
    Answer.NOTICE: "一次性告知",
    Answer.REFER: "转介",
    Answer.EXPECT: "村里代收",
}
STAGE_AFTER = {
    Answer.ACCEPT: Stage.IN_PROGRESS,
    Answer.CARRY: Stage.RECEIVED,
    Answer.RECEIVE: Stage.EXAMINING,
    Answer.ACCEPT_OWING: Stage.IN_PROGRESS,
    Answer.NOTICE: Stage.AWAITING_MATERIALS,
    Answer.REFER: Stage.REFERRED,
    Answer.EXPECT: Stage.EXPECTED,
}
ALLOWED: dict[Handling, tuple[Answer, ...]] = {
    # nobody is sent on with what is handled here; what is not this hall's is declined in writing
    Handling.HERE: (Answer.ACCEPT, Answer.RECEIVE, Answer.NOTICE, Answer.ACCEPT_OWING),
    # a body of its own accepts what is carried: the town may neither accept nor let owe
    Handling.CARRIED: (Answer.CARRY, Answer.RECEIVE, Answer.NOTICE, Answer.REFER),
    Handling.REFERRED: (Answer.REFER,),
}
#: what is no longer an answer once the papers lie here
_PAST = {
    Stage.EXPECTED: frozenset({Answer.REFER}),
    Stage.EXAMINING: frozenset({Answer.RECEIVE}),
    Stage.AWAITING_MATERIALS: frozenset({Answer.REFER}),
}
#: what the counter may answer; the other one is an adviser's
COUNTERS = frozenset(Answer) - {Answer.EXPECT}
ACCEPTING = frozenset({Answer.ACCEPT, Answer.ACCEPT_OWING})


def answers_to(stage: Stage, handling: Handling) -> tuple[Answer, ...]:
    """Return what can be answered to papers that lie here; nothing once that is over."""
    if stage not in _PAST:
        return ()
    return tuple(one for one in ALLOWED[handling] if one not in _PAST[stage])


class MaterialState(StrEnum):
    """How the counter found one material of the checklist."""

    BROUGHT = "brought"  # 已交
    MISSING = "missing"  # 未交
    OWED = "owed"  # 容缺: may be brought later, under a signed 承诺书
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


class OwedNotAccepted(Refusal):
    message = "勾了“容缺”的材料：{names}。同意后补的请选“容缺受理”，不同意的请去掉勾。"
    field = "materials"


class NothingOwed(Refusal):
    message = "没有勾“容缺”的材料。请在允许后补的材料旁勾“容缺”；材料齐了的请选“受理”。"
    field = "materials"


class NothingMissing(Refusal):
    message = "材料都齐了，没有要补的，请选“受理”或“收件代办”；确有问题请在材料后写明。"
    field = "materials"


def check_answer(
    answer: Answer,
    handling: Handling,
    materials: Sequence[Brought],
    allowed: Sequence[Answer] | None = None,
) -> None:
    """Refuse an answer that the item, or what was brought, does not bear out.

    `allowed` is what can still be answered to papers that lie here (`answers_to`).
    """
    if answer is Answer.EXPECT:
        # an adviser takes what a neighbour has; the counter judges it
        return
    offered = ALLOWED[handling] if allowed is None else allowed
    if answer not in offered:
        names = "、".join(ANSWER_NAMES[one] for one in offered)
        raise AnswerNotOffered(answer=ANSWER_NAMES[answer], allowed=names)
    if answer in {Answer.ACCEPT, Answer.CARRY, Answer.ACCEPT_OWING}:
        _check_complete(answer, materials)
    if answer is Answer.NOTICE:
        check_notice(materials)


def _check_complete(answer: Answer, materials: Sequence[Brought]) -> None:
    missing = _names(materials, MaterialState.MISSING)
    if missing:
        raise MaterialsMissing(names=missing)
    owed = _names(materials, MaterialState.OWED)
    if owed and answer is not Answer.ACCEPT_OWING:
        raise OwedNotAccepted(names=owed)
    if not owed and answer is Answer.ACCEPT_OWING:
        raise NothingOwed


def _names(materials: Sequence[Brought], state: MaterialState) -> str:
    return "、".join(entry.name for entry in materials if entry.state is state)


def check_notice(materials: Sequence[Brought]) -> None:
    """Refuse a notice that would ask for nothing."""
    if not any(is_lacking(entry) for entry in materials):
        raise NothingMissing


def is_lacking(entry: Brought) -> bool:
    """Say whether a paper is missing, or wanted and wrong."""
    absent = entry.state in {MaterialState.MISSING, MaterialState.OWED}
    return absent or (entry.is_wanted and bool(entry.note))


def as_answered(answer: Answer, materials: Sequence[Brought]) -> list[Brought]:
    """Return the papers as this answer leaves them: what may be owed is owed only under it."""
    if answer is Answer.ACCEPT_OWING:
        return list(materials)
    return [
        replace(entry, state=MaterialState.MISSING) if entry.state is MaterialState.OWED else entry
        for entry in materials
    ]
