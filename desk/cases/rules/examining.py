"""审查收件: what may be said to papers that lie here, and how often.

Source: 行政许可法 §32(1) 第四项: everything that lacks is told once; a leader decides on a second
time (design: 4 of the points beyond).
"""

from kernel.errors import Refusal


class SecondNotice(Refusal):
    message = (
        "已经一次性告知过，不能自行再告知一次。确有必要的，请先在“请示负责人”里选“再次补正告知”"
        "并写明理由，批准后再来；材料够的请直接受理。"
    )


class NothingNew(Refusal):
    message = "没有勾选新交来的材料；请勾上这次带来的，再按“记下已交材料”。"
    status = 422
    field = "materials"


class NowComplete(Refusal):
    message = "材料已经齐了，不用等，请直接选“受理”或“收件代办”。"
    status = 422
    field = "materials"


def check_notice_number(given: int, *, is_granted: bool) -> None:
    """Refuse a second notice that no leader has granted."""
    if given and not is_granted:
        raise SecondNotice
