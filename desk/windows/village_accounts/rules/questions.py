"""质询: a villager asks about a line of the books that were opened; ten days for an answer.

Name and phone are the asker's to give. Who asked is for the centre's window alone: whoever is a
village's clerk or adviser never sees it, whatever other post he holds.
Source: 农经发〔2011〕13号 (doubts are answered in time); practice 18; domain notes 4.4.
"""

from datetime import timedelta

from desk.windows.village_accounts.rules.access import CHECKERS, MAKERS, READERS
from kernel.access import Actor, Role
from kernel.errors import Refusal

#: the catalogue's item a question is taken in under: its days are the town's to change
ITEM_CODE = "CW-001"
ASKED_LIMIT, SHOWN_LIMIT, ANSWER_LIMIT = 500, 300, 1000
#: questions from one address, and about one sheet, in a day
ADDRESS_TRIES, SHEET_TRIES, SPAN = 8, 60, timedelta(days=1)
ANSWERERS = MAKERS | CHECKERS
#: people of a village: they may be the very ones who are asked about
OF_THE_VILLAGE = frozenset({Role.VILLAGE_CLERK, Role.ADVISER})
ASKED_LINE = "对{village}{months}财务公开表的质询已收到，正在核对。"
ANSWERED_LINE = "质询已经答复，请在质询回执的页面上看答复。"
PUBLIC_LINE = "质询已经公开答复，请在质询回执的页面或公开表上看答复。"


class NothingAsked(Refusal):
    message = "请写下您想问什么。"
    status = 422
    field = "asked"


class NoAnswer(Refusal):
    message = "请写下答复。"
    status = 422
    field = "answer"


class NothingShown(Refusal):
    message = "公开答复要写明问的是什么；请改写，不要出现提问人的姓名、电话。"
    status = 422
    field = "shown"


class NamesAsker(Refusal):
    message = "公开的文字里有提问人的姓名，请改写成看不出是谁问的。"
    status = 422
    field = "shown"


class AnsweredAlready(Refusal):
    message = "这个质询已经答复过了。"


class ItemMissing(Refusal):
    message = "目录里还没有“村级财务公开质询答复”（{code}），请打电话到大厅询问。"
    status = 503


def may_see_askers(actor: Actor) -> bool:
    """Say whether somebody may read questions and who asked them. Source: practice 18."""
    return actor.is_any(*READERS) and not actor.is_any(*OF_THE_VILLAGE)


def may_meet(actor: Actor) -> bool:
    """Say whether questions come before somebody beyond their own pages, in lists and calls."""
    has_a_part = actor.is_any(*ANSWERERS) or not actor.is_any(Role.CASHIER)
    return has_a_part and not actor.is_any(*OF_THE_VILLAGE)


def check_asked(asked: str) -> None:
    """Refuse an empty question."""
    if not asked:
        raise NothingAsked


def check_answer(answer: str, shown: str, *, is_public: bool, asker: str = "") -> None:
    """Refuse an answer without words, or a public one nobody understands, or that names who asked.

    Raises: NoAnswer, NothingShown, NamesAsker.
    """
    if not answer:
        raise NoAnswer
    if is_public and not shown:
        raise NothingShown
    if is_public and asker and asker in f"{shown}\n{answer}":
        raise NamesAsker


def sealed_place(column: str, uuid: str) -> str:
    """Return what binds a question or an answer to its case."""
    return f"disclosure_question|{column}|{uuid}"
