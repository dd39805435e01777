"""值班表的版次: a month is a draft, then published, then replaced by its next edition."""

from datetime import date
from enum import StrEnum

from kernel.errors import Refusal

#: of which a month can be shown
YEARS = range(2000, 3000)
#: how many months ahead one can be drawn up
FURTHEST_MONTHS = 12


class SheetStage(StrEnum):
    """What an edition of a month is."""

    DRAFT = "draft"  # 草稿
    PUBLISHED = "published"  # 已签发
    REPLACED = "replaced"  # 已被新版替换


class NoDraft(Refusal):
    message = "这个月没有草稿，请先排班或打开一个新版本。"


class AlreadyDrafted(Refusal):
    message = "这个月已经有一份草稿，请在草稿上改，或先作废草稿。"


class NothingPublished(Refusal):
    message = "这一天还没有签发的值班表，请先排班并签发。"
    status = 422
    field = "day"


class TooFarAhead(Refusal):
    message = "只能排本月到往后{months}个月的值班表。"
    status = 422


class Nobody(Refusal):
    message = "名册上还没有带班领导，请先在“人员与外出”里登记。"


class NoSuchPlace(Refusal):
    message = "这个班位已经不在表上，请刷新后再改。"


class NotALeader(Refusal):
    message = "请从列出的值班领导里选一位。"
    status = 422
    field = "leader"


class NotOfThisDuty(Refusal):
    message = "请从列出的人员里选一位。"
    status = 422
    field = "person"


def first_of(typed: str, today: date) -> date:
    """Return the first day of a month written 2026-03; this month for anything else."""
    try:
        first = date.fromisoformat(f"{typed}-01")
    except ValueError:
        return today.replace(day=1)
    return first if first.year in YEARS else today.replace(day=1)


def check_drawable(first: date, today: date) -> None:
    """Refuse months that are over, or hardly meant. Raises TooFarAhead."""
    ahead = (first.year - today.year) * 12 + first.month - today.month
    if not 0 <= ahead <= FURTHEST_MONTHS:
        raise TooFarAhead(months=FURTHEST_MONTHS)


def period(first_on: date, last_on: date) -> str:
    """Return a stretch of days in words."""
    if first_on == last_on:
        return f"{first_on.year}年{first_on.month}月{first_on.day}日"
    return f"{first_on.year}年{first_on.month}月{first_on.day}日至{last_on.month}月{last_on.day}日"
