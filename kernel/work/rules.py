"""长活的规矩: where it stands, and what is said about how long it will still take."""

from datetime import datetime, timedelta
from enum import StrEnum

from kernel.access import Role
from kernel.errors import Refusal


class Progress(StrEnum):
    """Where a piece of long work stands."""

    HELD = "held"  # 等另一个人同意
    WAITING = "waiting"  # 排队中
    RUNNING = "running"  # 进行中
    CANCELLING = "cancelling"  # 正在取消
    CANCELLED = "cancelled"  # 已取消
    DONE = "done"  # 已完成
    FAILED = "failed"  # 没做成
    LOST = "lost"  # 中断了


PROGRESS_NAMES = {
    Progress.HELD: "等人同意",
    Progress.WAITING: "排队中",
    Progress.RUNNING: "进行中",
    Progress.CANCELLING: "正在取消",
    Progress.CANCELLED: "已取消",
    Progress.DONE: "已完成",
    Progress.FAILED: "没做成",
    Progress.LOST: "中断了",
}
OPEN = frozenset({Progress.WAITING, Progress.RUNNING, Progress.CANCELLING})
#: who may agree to what somebody else wants to take out of the house
AGREERS = frozenset({Role.DIRECTOR, Role.HEAD})
#: more persons than this leave the house in one sheet only by a second person's word
MOST_ALONE = 200
HELD_NOTE = (
    "一次带出超过{most}个人的完整信息，要主任或单位负责人（不是本人）同意后才能下载；"
    "14天没有答复就作废。"
)
#: a worker writes no oftener than this; one that is silent much longer is gone
TELL_EVERY = timedelta(milliseconds=500)
SILENCE = timedelta(seconds=60)
#: results are kept this long for whoever asked for them
KEPT_FOR = timedelta(days=14)
#: what lies half done so long is nobody's: the power went while it was made
HALF_DONE_FOR = timedelta(days=1)
AGREED_SENTENCE = "{name}已同意，可以下载。"
DECLINED_SENTENCE = "{name}没有同意，文件已删除。"
LAPSED_SENTENCE = "14天没有人答复，文件已删除；需要请重新导出。"
LOST_SENTENCE = "电脑重启或断电，这项没有做完，也没有留下半截结果；请重新开始。"
FAILED_SENTENCE = "没有做成，已记入日志；请再试一次，仍不行请告诉管理员。"


class NotYours(Refusal):
    message = "这项工作是别人开始的，只有本人和管理员能看。"
    status = 403


class NotHeld(Refusal):
    message = "这一项已经有人答复或已撤回，请刷新后再看。"
    status = 409


class NotYourOwn(Refusal):
    message = "自己要的文件，要由另一位负责人同意。"
    status = 403


class NotAgreedYet(Refusal):
    message = "这份文件要另一位负责人同意后才能下载。"
    status = 409


class NoResultYet(Refusal):
    message = "还没有做完，请稍等；完成后会在这里显示下载。"
    status = 409


class ResultGone(Refusal):
    message = "文件已过期清理，请重新生成。"
    status = 410


class Cancelled(Refusal):
    """Raised inside a piece of work when its owner has cancelled it."""

    message = "已按您的要求取消。"


def goes_alone(persons: int) -> bool:
    """Say whether a sheet of so many whole persons leaves the house by one person's word."""
    return persons <= MOST_ALONE


def still_words(started_at: datetime, now: datetime, done: int, total: int) -> str:
    """Return how long the rest will take, at the pace so far; nothing before there is a pace."""
    if not 0 < done < total:
        return ""
    left = (now - started_at).total_seconds() / done * (total - done)
    return f"大约还要{round(left)}秒" if left < 90 else f"大约还要{round(left / 60)}分钟"
