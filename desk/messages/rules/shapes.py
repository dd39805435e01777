"""短信一览: every text the house can send, what it is for, and what stands in its blanks.

The town may change the wording, never the blanks. Each text about a case has a twin: what the
contact of record reads says whose matter it is, and no more. Source: docs/rules.md (短信).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from desk.messages.rules.kinds import MessageKind

_TO_CONTACT = "_contact"


class TemplateName(StrEnum):
    """Every text the house can send."""

    RECEIPT = "receipt"
    ACCEPTED = "accepted"
    CARRIED = "carried"
    EXAMINED = "examined"
    NOTICE = "notice"
    COMPLETED = "completed"
    HELD = "held"
    MOVED = "moved"
    READY = "ready"
    NUDGE = "nudge"
    LATE = "late"
    SEVERAL = "several"
    DUTY = "duty"
    APPOINTMENT = "appointment"
    GATHERED = "gathered"
    EMERGENCY = "emergency"
    UPWARD = "upward"
    ENDING = "ending"
    CODE = "code"
    # 发给联系人的
    RECEIPT_CONTACT = "receipt_contact"
    ACCEPTED_CONTACT = "accepted_contact"
    CARRIED_CONTACT = "carried_contact"
    EXAMINED_CONTACT = "examined_contact"
    NOTICE_CONTACT = "notice_contact"
    COMPLETED_CONTACT = "completed_contact"
    HELD_CONTACT = "held_contact"
    MOVED_CONTACT = "moved_contact"
    READY_CONTACT = "ready_contact"
    APPOINTMENT_CONTACT = "appointment_contact"


@dataclass(frozen=True, slots=True)
class Blank:
    """空: one variable of a template."""

    #: what carriers call it: letters only
    english: str
    #: the longest value that is likely, for counting parts
    longest: str


BLANKS = {
    "编号": Blank("number", "Z26-123456-5"),
    "日期": Blank("due", "11月22日（暂定）"),
    "事项": Blank("step", "办理结果送达"),
    "时间": Blank("at", "11月22日14时30分"),
    "地点": Blank("place", "大厅"),
    "班次": Blank("shift", "夜间值班"),
    "内容": Blank("words", "河水上涨，请低洼处群众马上转移到安置点，带好证件和药品"),
    "验证码": Blank("code", "482915"),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a template is for and which blanks it has."""

    label: str
    kind: MessageKind
    blanks: tuple[str, ...]
    starter: str


SHAPES: dict[TemplateName, Shape] = {
    TemplateName.RECEIPT: Shape(
        "受理回执",
        MessageKind.RECEIPT,
        ("编号", "日期"),
        "您的办件{编号}已受理，最迟{日期}办结。请凭编号查询进度。",
    ),
    TemplateName.ACCEPTED: Shape(
        "受理回执（没有期限）",
        MessageKind.RECEIPT,
        ("编号",),
        "您的办件{编号}已受理。请凭编号查询进度。",
    ),
    TemplateName.CARRIED: Shape(
        "代收告知",
        MessageKind.CARRIED,
        ("编号", "日期"),
        "办件{编号}的材料已收下，最迟{日期}送交承办机关。",
    ),
    TemplateName.EXAMINED: Shape(
        "收件告知",
        MessageKind.RECEIPT,
        ("编号", "日期"),
        "办件{编号}的材料已收下，最迟{日期}答复是否受理。",
    ),
    TemplateName.NOTICE: Shape(
        "补正告知",
        MessageKind.NOTICE,
        ("编号", "日期"),
        "办件{编号}的材料需要补正，请最迟{日期}按告知书补齐。",
    ),
    TemplateName.COMPLETED: Shape(
        "办结通知",
        MessageKind.COMPLETED,
        ("编号",),
        "办件{编号}已办结，想知道结果请到原窗口询问。",
    ),
    TemplateName.HELD: Shape(
        "改期告知（不计时）",
        MessageKind.MOVED,
        ("编号",),
        "办件{编号}进入特别程序，期间不计入办理时限，详见书面告知。",
    ),
    TemplateName.MOVED: Shape(
        "改期告知",
        MessageKind.MOVED,
        ("编号", "日期"),
        "办件{编号}的办结日有变动，现在最迟{日期}办结。",
    ),
    TemplateName.READY: Shape(
        "领取通知",
        MessageKind.READY,
        ("编号",),
        "办件{编号}的结果可以领取，请带回执和身份证到原窗口。",
    ),
    TemplateName.NUDGE: Shape(
        "催办",
        MessageKind.NUDGE,
        ("编号", "事项", "日期"),
        "催办：办件{编号}的{事项}最迟{日期}完成，请及时办理。",
    ),
    TemplateName.LATE: Shape(
        "督办",
        MessageKind.NUDGE,
        ("编号", "事项", "日期"),
        "督办：办件{编号}的{事项}已超过{日期}的期限，请督促办理。",
    ),
    TemplateName.SEVERAL: Shape(
        "催办（几件）",
        MessageKind.NUDGE,
        (),
        "催办：有几件办件临近或超过期限，请看系统里的今日要办。",
    ),
    TemplateName.DUTY: Shape(
        "值班提醒",
        MessageKind.DUTY,
        ("日期", "班次"),
        "值班提醒：{日期}是您的{班次}，请按时到岗，不能到岗请先办换班。",
    ),
    TemplateName.APPOINTMENT: Shape(
        "预约提醒",
        MessageKind.APPOINTMENT,
        ("编号", "时间", "地点"),
        "办件{编号}约定{时间}在{地点}办理，带好材料，来不了请早说。",
    ),
    TemplateName.GATHERED: Shape(
        "几件合并",
        MessageKind.RECEIPT,
        (),
        "您的几个办件都有新进展，请凭回执上的编号查询，或到原窗口询问。",
    ),
    TemplateName.EMERGENCY: Shape(
        "紧急通知",
        MessageKind.EMERGENCY,
        ("内容",),
        "紧急通知：{内容}收到请立即回电值班室。",
    ),
    TemplateName.UPWARD: Shape(
        "报告领导",
        MessageKind.UPWARD,
        (),
        "大厅有重要情况需要您处理，详情请看值日簿或致电值班室。",
    ),
    TemplateName.ENDING: Shape(
        "企业代办到期提醒",
        MessageKind.ENDING,
        ("事项", "日期"),
        "企业代办：{事项}最迟{日期}到期，请及时续签或者更换。",
    ),
    TemplateName.CODE: Shape(
        "退订验证码",
        MessageKind.CODE,
        ("验证码",),
        "退订验证码{验证码}，十分钟内有效，请不要告诉别人。",
    ),
}
_MATTER = re.compile("(?:您的)?办件")
#: of each text about a case, the one that its contact reads
TWINS = {
    TemplateName(name.removesuffix(_TO_CONTACT)): name
    for name in TemplateName
    if name.endswith(_TO_CONTACT)
}


def _twin(shape: Shape) -> Shape:
    wording = _MATTER.sub("您代为联系的办件", shape.starter, count=1)
    return Shape(f"{shape.label}（发给联系人）", shape.kind, shape.blanks, wording)


SHAPES |= {twin: _twin(SHAPES[name]) for name, twin in TWINS.items()}
