"""咨询员的规矩: who may see what, and what an adviser needs before carrying a neighbour's case.

An adviser is a village cadre, the very person people may complain about: he sees only cases he
carried with the villager's signed consent. Source: practice 18; the 365 article (咨询员).
"""

from datetime import date

from kernel.access import Role
from kernel.errors import Refusal

ADVISERS = frozenset({Role.ADVISER})
KEEPERS = frozenset({Role.DIRECTOR, Role.ADMIN})
QUESTION_LIMIT = 500
#: what a form asks the adviser to confirm
CONSENT = "群众已在代收委托上签名，同意由我代为送件、代看进度"


class NoVillage(Refusal):
    message = "您的账号还没有对应到哪个村，请找中心主任在“咨询员”里登记。"
    status = 403


class ConsentNeeded(Refusal):
    message = "没有群众签名同意，不能代收；请先请本人签名，再勾选。"
    status = 422
    field = "consent"


class NoPapers(Refusal):
    message = "一样材料也没有勾。收到哪几样就勾哪几样；什么都没收到的不用代收，请邻居备齐再来。"
    status = 422
    field = "brought"


class NotForCarrying(Refusal):
    message = "这个事项由别处直接办理，请把地点和电话告诉群众：{place}，{phone}。"


class TermBackwards(Refusal):
    message = "聘期的结束日要在开始日之后，请核对。"
    status = 422
    field = "term_to_on"


class EmptyQuestion(Refusal):
    message = "请写下问的是什么。"
    status = 422
    field = "question"


class EmptyAnswer(Refusal):
    message = "请写下怎么答复。"
    status = 422
    field = "answer"


class AlreadyAnswered(Refusal):
    message = "这个问题已经有人答复了：{answer}"
    status = 409


def check_consent(given: bool) -> None:
    """Refuse to carry a case that its owner has not signed for."""
    if not given:
        raise ConsentNeeded


def check_papers(taken: int, wanted: int) -> None:
    """Refuse to carry nothing, where there is something to carry."""
    if wanted and not taken:
        raise NoPapers


def check_term(first: date | None, last: date | None) -> None:
    """Refuse a term that ends before it begins."""
    if first and last and last < first:
        raise TermBackwards


def is_in_term(first: date | None, last: date | None, day: date) -> bool:
    """Say whether an adviser serves on `day`; an open end is open."""
    return (first is None or first <= day) and (last is None or day <= last)
