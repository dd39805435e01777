"""短信模板: which texts there are, what stands in their blanks, and what no text may say.

A carrier approves a template once; every text is one of them with its blanks filled in. The
town may change the wording, never the blanks. Source: domain/sms.md; docs/rules.md (短信).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desk.messages.rules.kinds import MessageKind
from kernel.errors import Refusal


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
    CODE = "code"


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
        ("时间",),
        "您预约{时间}到大厅办事，请带好证件和材料，来不了请早说。",
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
    TemplateName.CODE: Shape(
        "退订验证码",
        MessageKind.CODE,
        ("验证码",),
        "退订验证码{验证码}，十分钟内有效，请不要告诉别人。",
    ),
}
#: what would tell a carrier about somebody: a name, an ID number, what the matter is
_MATTER = re.compile(
    r"\d{15,17}[\dXx]|姓名|身份证号|(?:低保|残疾|救助|养老|社保|医保|户口|婚姻|生育|殡葬|贫困|信访)\w*"
)
_BLANK = re.compile(r"\{([^{}]*)\}")


class BlanksDiffer(Refusal):
    message = "模板里的空要正好是这几个，每个一次：{blanks}。"
    status = 422
    field = "wording"


class MatterInText(Refusal):
    message = "短信里不能写姓名、证件号或所办的事，只写编号；请删去“{found}”。"
    status = 422
    field = "wording"


def blanks_of(wording: str) -> list[str]:
    """Return the blanks of a wording, in order."""
    return _BLANK.findall(wording)


def filled(wording: str, values: Mapping[str, str]) -> str:
    """Return a wording with its blanks filled in; a value is never read as a wording."""
    return _BLANK.sub(lambda found: values[found[1]], wording)


def longest_values(name: TemplateName) -> dict[str, str]:
    """Return the longest likely value of each blank."""
    return {blank: BLANKS[blank].longest for blank in SHAPES[name].blanks}


def refuse_other_blanks(name: TemplateName, wording: str) -> None:
    """Refuse a wording whose blanks are not exactly those of its template.

    Raises: BlanksDiffer.
    """
    wanted = SHAPES[name].blanks
    if sorted(blanks_of(wording)) != sorted(wanted) or "{" in _BLANK.sub("", wording):
        raise BlanksDiffer(blanks="、".join(f"{{{blank}}}" for blank in wanted) or "没有空")


def refuse_matters(wording: str) -> None:
    """Refuse a wording that names a person, a document or a matter. Raises: MatterInText."""
    found = _MATTER.search(wording)
    if found:
        raise MatterInText(found=found[0])
