"""信访的答复: accepting, not accepting, guiding elsewhere, handing on, and the opinion.

Source: 信访工作条例 (分类处理; 15日告知; 60日答复; 延长30日; 复查、复核各30日); practice 29.
The days are settings; whether they are working days is too (domain notes [confirm]).
"""

from datetime import date
from enum import StrEnum

from desk.cases.rules.notices import PROVISIONAL
from desk.cases.rules.papers import Said
from desk.windows.petitions.rules.kinds import OUTCOME_NAMES, Outcome
from kernel.calendar.rules import chinese_date
from kernel.errors import Refusal

BODY_LIMIT = 60


class Ground(StrEnum):
    """Why the town does not take a petition up."""

    COURT = "court"  # 诉讼
    ARBITRATION = "arbitration"  # 仲裁
    RECONSIDERATION = "reconsideration"  # 行政复议
    POLICE = "police"  # 公安、检察机关的程序
    NOT_OURS = "not_ours"  # 不属本级职权
    ENDED = "ended"  # 已复核终结
    UNDER_WAY = "under_way"  # 正在办理中，重复提出


GROUND_NAMES = {
    Ground.COURT: "应当通过诉讼解决",
    Ground.ARBITRATION: "应当通过仲裁解决",
    Ground.RECONSIDERATION: "应当通过行政复议等行政程序解决",
    Ground.POLICE: "应当按公安、检察机关的法律程序处理",
    Ground.NOT_OURS: "不属于本机关职权范围",
    Ground.ENDED: "已经复核，程序终结",
    Ground.UNDER_WAY: "同一事项正在办理期限内",
}
#: the sentence that guides there
GUIDANCE = {
    Ground.COURT: "此事依法应当向人民法院起诉，由法院审理裁判；不懂怎么起诉的，"
    "可到乡司法所或者拨打公共法律服务热线12348免费咨询、申请法律援助。",
    Ground.ARBITRATION: "此事依法应当先申请仲裁：劳动争议向劳动人事争议仲裁委员会申请，"
    "土地承包纠纷向农村土地承包仲裁委员会申请。",
    Ground.RECONSIDERATION: "对行政机关的决定不服的，可以在知道之日起60日内申请行政复议，"
    "也可以依法向人民法院提起行政诉讼。",
    Ground.POLICE: "此事由公安机关、检察机关依照法律程序处理，请向其反映；紧急情况请拨打110。",
    Ground.NOT_OURS: "请向{body}提出。",
    Ground.ENDED: "此事已经复核，信访程序终结；仍以同一事实和理由提出的，不再受理。",
    Ground.UNDER_WAY: "此事正在办理，请等待答复；答复期限内以同一事实和理由再次提出的，不再受理。",
}


class HandOn(StrEnum):
    """How a petition goes to another body."""

    FORWARDED = "forwarded"  # 转送: theirs from now on
    ASSIGNED = "assigned"  # 交办: theirs to work on, ours to answer


HAND_ON_NAMES = {HandOn.FORWARDED: "转送", HandOn.ASSIGNED: "交办"}


class BodyNeeded(Refusal):
    message = "请写明是哪个单位。"
    status = 422
    field = "body"


class OpinionNeeded(Refusal):
    message = "请写明查明的事实和处理意见，信访人凭它了解结果、申请复查。"
    status = 422
    field = "opinion"


def accepted(due_on: date | None, *, is_provisional: bool = False) -> Said:
    """Return what the 受理告知书 tells; a day past the last published year is provisional."""
    day = chinese_date(due_on) + (PROVISIONAL if is_provisional else "") if due_on else ""
    by = f"最迟{day}答复；情况复杂、经批准延长的，另行书面告知。" if due_on else ""
    return Said(
        (
            "您提出的信访事项，经审查属于本机关职权范围，依照《信访工作条例》决定予以受理。" + by,
            "办理期间请不要就同一事项重复信访；可以凭编号到窗口、电话或者扫码查询进度。",
        )
    )


def not_accepted(ground: Ground, body: str, reason: str) -> Said:
    """Return what the 不予受理告知书 tells: the ground, and where to turn."""
    first = f"您提出的信访事项，经审查{GROUND_NAMES[ground]}，依照《信访工作条例》不予受理。"
    return Said(tuple(filter(None, (first, GUIDANCE[ground].format(body=body), reason))))


def check_ground(ground: Ground, body: str) -> None:
    """Refuse to send somebody away without saying where to."""
    if ground is Ground.NOT_OURS and not body:
        raise BodyNeeded


def handed_on(way: HandOn, body: str, note: str, report_by: date | None) -> Said:
    """Return what the 转送函 or 交办函 tells the body it goes to."""
    name = HAND_ON_NAMES[way]
    what = f"{body}：现将附列信访事项{name}你单位，请依照《信访工作条例》办理"
    by = f"，并于{chinese_date(report_by)}前书面报告结果" if report_by else ""
    own = "，办理结果直接答复信访人。" if way is HandOn.FORWARDED else f"{by}。"
    return Said(tuple(filter(None, (what + own, note))))


def opinion(outcome: Outcome, text: str, review_days: int) -> Said:
    """Return what the 信访处理意见书 tells: findings, opinion, and the way to a review."""
    return Said(
        (
            text,
            f"处理意见：{OUTCOME_NAMES[outcome]}。",
            f"如不服本意见，可以自收到本意见书之日起{review_days}日内，"
            "向原办理机关的上一级机关书面申请复查；逾期不申请的，不再受理。",
        )
    )


ACCEPTED_LINE = "已受理，最迟{day}答复。"
ACCEPTED_OPEN_LINE = "已受理。"
DECLINED_LINE = "不予受理，理由和应当去的地方见《不予受理告知书》。"
FORWARDED_LINE = "已转送{body}办理，由其直接答复。"
ASSIGNED_LINE = "已交办{body}"
ANSWERED_LINE = "已答复，见《信访处理意见书》。"
LEADER_LINE = "负责领导：{name}"


def accepted_line(due_on: date | None, *, is_provisional: bool = False) -> str:
    """Return the public line of acceptance."""
    if due_on is None:
        return ACCEPTED_OPEN_LINE
    return ACCEPTED_LINE.format(day=chinese_date(due_on) + (PROVISIONAL if is_provisional else ""))
