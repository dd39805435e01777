"""公开的步骤: drafted from the books, reviewed on paper, published for good, hung on the board.

Source: 农经发〔2011〕13号 (民主理财小组 reviews before it is published); practice 17, 24, 28.
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from kernel.errors import Refusal

NAMES_LIMIT, NOTE_LIMIT = 60, 300


class SheetStep(StrEnum):
    """What happened to a sheet."""

    REVIEWED = "reviewed"  # 监委会审核
    PUBLISHED = "published"  # 公布
    POSTED = "posted"  # 上墙公示
    DROPPED = "dropped"  # 作废


class PictureKind(StrEnum):
    """What a picture kept with a sheet shows."""

    REVIEW = "review"  # 审核签字页
    BOARD = "board"  # 公开栏照片
    REDACTED = "redacted"  # 处理过的原始凭证


STEP_NAMES: dict[SheetStep, str] = {
    SheetStep.REVIEWED: "监委会审核",
    SheetStep.PUBLISHED: "网上公布",
    SheetStep.POSTED: "公开栏公示",
    SheetStep.DROPPED: "作废",
}

PICTURE_TITLES: dict[PictureKind, str] = {
    PictureKind.REVIEW: "监委会审核签字页",
    PictureKind.BOARD: "公开栏照片",
    PictureKind.REDACTED: "遮盖后的原始凭证",
}


class NotReviewed(Refusal):
    message = "先由村务监督委员会审核签字，登记审核人和日期以后才能公布。"


class ReviewedAlready(Refusal):
    message = "这份公开表已经登记过审核。"


class PublishedAlready(Refusal):
    message = "这份公开表已经公布，内容不能再变；账有更正的，公布页上会写明更正。"


class NotPublished(Refusal):
    message = "这份公开表还没有公布。"


class SheetDropped(Refusal):
    message = "这份公开表已经作废，请重新起草。"


class BooksMoved(Refusal):
    message = "起草以后账有变动，这份表和账不一致，请作废后重新起草，再请监委会审核。"


class OwnSheet(Refusal):
    message = "起草和公布不能是同一个人，请另一位来公布。"
    status = 403


class NoReviewer(Refusal):
    message = "请写明审核人姓名。"
    status = 422
    field = "names"


class DayNotYet(Refusal):
    message = "日期不能晚于今天，也不能早于起草的那天（{first}）。"
    status = 422
    field = "on"


class NoWhy(Refusal):
    message = "请写明作废的原因。"
    status = 422
    field = "note"


class NotAPicture(Refusal):
    message = "请上传照片或图片（JPG、PNG），不收PDF。"
    status = 422
    field = "file"


class OwnPicture(Refusal):
    message = "上传和放行不能是同一个人，请另一位核对遮盖是否完整以后放行。"
    status = 403


class NoVoucherThere(Refusal):
    message = "这一行不是凭证来的，没有原始凭证可以公开。"
    status = 422


def check_step(step: SheetStep, done: Collection[SheetStep]) -> None:
    """Refuse a step out of order.

    Raises: SheetDropped, NotReviewed, ReviewedAlready, PublishedAlready, NotPublished.
    """
    if SheetStep.DROPPED in done:
        raise SheetDropped
    is_out = SheetStep.PUBLISHED in done
    if step is SheetStep.POSTED and not is_out:
        raise NotPublished
    if step is not SheetStep.POSTED and is_out:
        raise PublishedAlready
    if step is SheetStep.REVIEWED and SheetStep.REVIEWED in done:
        raise ReviewedAlready
    if step is SheetStep.PUBLISHED and SheetStep.REVIEWED not in done:
        raise NotReviewed


def check_day(on: date, drafted_on: date, today: date) -> None:
    """Refuse a day before there was a sheet, or one to come. Raises: DayNotYet."""
    if not drafted_on <= on <= today:
        raise DayNotYet(first=drafted_on)


def picture_place(uuid: str) -> str:
    """Return what binds a sealed picture to its place."""
    return f"disclosure_picture|content|{uuid}"
