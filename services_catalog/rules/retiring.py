"""停用单位的规矩: a unit of the directory ends only when nothing that is said today rings it."""

from kernel.errors import Refusal

#: as many names as a sentence bears
MOST_NAMED = 8


class ItemsRingIt(Refusal):
    message = (
        "还有{count}个事项写着这个单位的电话：{titles}。请先把这些事项的电话改成别的单位，再停用。"
    )
    field = "closed_on"


class PrintsBearIt(Refusal):
    message = (
        "{villages}手里有{cards}张一卡通、墙上有{boards}块指南牌印着它；"
        "停用后这些都会列入“要换”。确定要停用的，请勾选后再按一次。"
    )
    field = "is_confirmed"


class NoDayGiven(Refusal):
    message = "请填写从哪一天起停用。"
    status = 422
    field = "closed_on"


def named(names: list[str]) -> str:
    """Return some names as a sentence bears them."""
    return "、".join(names[:MOST_NAMED]) + ("等" if len(names) > MOST_NAMED else "")
