"""企业投诉: an enterprise complains of a person, a window or a bureau; a case with its own days.

Whoever it is about neither sees it nor answers nor closes it; who answered does not close it.
The days are the catalogue's (s).
Source: practice 12, 18 (by analogy); domain notes on 企业代办 (企业投诉).
"""

from dataclasses import dataclass
from enum import StrEnum

from kernel.access import Actor, Role
from kernel.errors import InvalidInput, Refusal

#: the catalogue's item a complaint is taken in under: its days are the town's to change
ITEM_CODE = "QT-001"
WORDS_LIMIT, ANSWER_LIMIT, NAME_LIMIT = 1000, 1000, 60
#: who may hear complaints, the first of them who is not concerned has it in hand
HEARERS = (Role.DIRECTOR, Role.HEAD, Role.SUPERVISOR)
#: whom a complaint about the window concerns, whatever other post they hold
OF_THE_WINDOW = frozenset({Role.AGENT})
#: the pages common to all windows that work on complaints: an end, a return or a transfer by
#: another would take one from who has it in hand
CORE_PAGES = frozenset({"cases.calling", "cases.note_call"})
TAKEN_LINE = "企业投诉已收到，由与被投诉的人无关的人员核查。"
ANSWERED_LINE = "投诉已经核查并提出答复，由另一人复核后办结。"
CLOSED_LINE = "投诉已办结，结果已告知企业。"


class ComplaintAbout(StrEnum):
    """What a complaint is about."""

    PERSON = "person"  # 工作人员
    WINDOW = "window"  # 企业服务窗口
    BUREAU = "bureau"  # 承办单位


ABOUT_NAMES = {
    ComplaintAbout.PERSON: "某一位工作人员",
    ComplaintAbout.WINDOW: "企业服务窗口",
    ComplaintAbout.BUREAU: "承办单位",
}


@dataclass(frozen=True, slots=True)
class Concerned:
    """What tells whether a complaint is about somebody."""

    about: ComplaintAbout
    #: the person; None: nobody by name
    about_id: int | None = None
    #: who walks the enterprise's projects, or stands in
    agents: frozenset[int] = frozenset()

    def concerns(self, actor: Actor) -> bool:
        """Say whether a complaint is about somebody, so that he has no part in it."""
        if self.about is ComplaintAbout.PERSON:
            return actor.staff_id == self.about_id
        if self.about is ComplaintAbout.WINDOW:
            return actor.is_any(*OF_THE_WINDOW) or actor.staff_id in self.agents
        return False


class ComplaintUnsaid(InvalidInput):
    message = "请写明投诉的是什么事。"
    field = "words"


class AboutWhom(InvalidInput):
    message = "投诉个人的，请从名单里选是哪一位；不知道名字的，选“企业服务窗口”。"
    field = "about_id"


class WhichBureau(InvalidInput):
    message = "请写明投诉的是哪个单位。"
    field = "bureau"


class AnswerUnsaid(InvalidInput):
    message = "请写下核查的结果和答复。"
    field = "answer"


class NotCheckedYet(InvalidInput):
    message = "请先核对答复是不是属实、企业知不知道，再打勾办结。"
    field = "is_checked"


class ComplaintAnswered(Refusal):
    message = "这件投诉已经答复过了，等另一人复核办结。"


class ComplaintUnanswered(Refusal):
    message = "这件投诉还没有答复，先核查答复，再由另一人复核办结。"


class ClosedByAnother(Refusal):
    message = "答复和办结要由两个人做：请另一位领导或监督员复核办结。"


class ComplaintOver(Refusal):
    message = "这件投诉已经办结。"


class NobodyToHear(Refusal):
    message = "没有与此事无关的领导可以受理，请拨打监督电话。"
    status = 503


class ComplaintItemMissing(Refusal):
    message = "目录里还没有“企业投诉答复”（{code}），请先在目录里发布。"
    status = 503


def check_complaint(words: str, about: ComplaintAbout, about_id: int | None, bureau: str) -> None:
    """Refuse a complaint that says nothing, or not about whom.

    Raises: ComplaintUnsaid, AboutWhom, WhichBureau.
    """
    if not words:
        raise ComplaintUnsaid
    if about is ComplaintAbout.PERSON and about_id is None:
        raise AboutWhom
    if about is ComplaintAbout.BUREAU and not bureau:
        raise WhichBureau


def check_answer(answer: str, *, is_answered: bool) -> None:
    """Refuse an empty answer, or a second one. Raises: ComplaintAnswered, AnswerUnsaid."""
    if is_answered:
        raise ComplaintAnswered
    if not answer:
        raise AnswerUnsaid


def check_closer(actor: Actor, answered_by_id: int | None, *, is_closed: bool) -> None:
    """Refuse a close before the answer, by who answered, or twice.

    Raises: ComplaintOver, ComplaintUnanswered, ClosedByAnother.
    """
    if is_closed:
        raise ComplaintOver
    if answered_by_id is None:
        raise ComplaintUnanswered
    if actor.staff_id == answered_by_id:
        raise ClosedByAnother


def sealed_place(column: str, uuid: str) -> str:
    """Return what binds a complaint or its answer to its case."""
    return f"enterprise_complaint|{column}|{uuid}"
