"""容缺承诺: papers owed under a signed word, and what follows when it is not kept.

Source: practice 9; 容缺受理 as the town runs it: the number of days is a setting.
"""

from collections.abc import Sequence
from datetime import date, datetime

from desk.cases.rules.results import Result
from kernel.calendar.rules import chinese_date
from kernel.errors import Refusal


class NothingBrought(Refusal):
    message = "请勾选这次补交的材料。"
    status = 422
    field = "owed"


class AlreadySigned(Refusal):
    message = "承诺书已经登记签名，不用再登记。"


class NoPledge(Refusal):
    message = "此件不是容缺受理，没有承诺书。"


class PapersOwed(Refusal):
    message = "容缺的材料还没有补齐：{names}。补齐后才能办结；办不成的请选“不予批准”并写明理由。"
    field = "result"


class NotYetUnkept(Refusal):
    message = "承诺补交的日子还没有过，不能撤销受理；到期仍未补齐的再办。"


def check_nothing_owed(result: Result, owed: Sequence[str]) -> None:
    """Refuse a favourable result while papers are owed: they are part of what it rests on."""
    if owed and result in {Result.GRANTED, Result.DONE}:
        raise PapersOwed(names="、".join(owed))


def check_unkept(over_at: datetime | None, now: datetime) -> None:
    """Refuse to revoke while the applicant still has time."""
    if over_at is None or now < over_at:
        raise NotYetUnkept


def unsupplied_reason(due_on: date | None) -> str:
    """Return the usual reason for giving papers back whose supplement never came."""
    day = chinese_date(due_on) if due_on else ""
    return f"补正期限{day}已过，仍未补齐一次性告知的材料。"


def unkept_reason(due_on: date | None) -> str:
    """Return the usual reason for revoking an acceptance whose pledge was not kept."""
    day = chinese_date(due_on) if due_on else ""
    return f"承诺{day}前补交的材料到期没有补齐。"
