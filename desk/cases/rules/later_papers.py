"""受理后文书用语: what the papers after acceptance tell; a reprint says what was said then.

Source: 行政许可法 §42 (延长, 理由告知), §44 (送达), §45 (所需时间书面告知); beyond 8 (交接).
"""

from datetime import date

from desk.cases.rules.countdowns import Dates
from desk.cases.rules.legs import HandOver, NewLeg
from desk.cases.rules.notices import dated
from desk.cases.rules.papers import Said
from kernel.calendar.rules import chinese_date

ASSISTED = (
    "协办不停止本件的办理期限，请在上述日期前书面答复，写明意见和理由，并附有关材料；"
    "不属贵单位职责的，请即退回并说明。"
)
HELD = "上述时间不计入办理期限；结束后恢复计算，最迟办结日另行告知。"


def held(name: str, noticed_on: date, until_on: date, source: str, reason: str) -> Said:
    """Return what the notice of a hold tells: which, since when, how long, on what ground."""
    when = f"自{chinese_date(noticed_on)}的次日起，预计至{chinese_date(until_on)}"
    why = f"事由：{reason}。依据：{source}。"
    return Said((f"本件需要进行{name}，{when}。", why, HELD))


def extended(days: int, reason: str, due: str) -> Said:
    """Return what the notice of an extension tells: how long, why, until when."""
    until = f"，最迟{due}办结" if due else ""
    return Said((f"经单位负责人批准，本件办理期限延长{days}天{until}。", f"理由：{reason}"))


def handed_over(from_body: str, to_body: str, receipt: HandOver) -> Said:
    """Return what a hand-over's receipt tells: who gave, who took; the papers one a line."""
    hands = f"{from_body}（交：{receipt.gave}）→ {to_body}（收：{receipt.took}）"
    listed = tuple(line.strip() for line in receipt.papers.splitlines() if line.strip())
    return Said((hands,), listed)


def asked_to_assist(lead: str, leg: NewLeg, by: Dates) -> Said:
    """Return what a body outside is asked for: its part, its days, and what it answers."""
    due = dated(by.due_on, is_provisional=by.is_provisional)
    until = f"，最迟{due}" if due else ""
    days = f"协办时间：{leg.days}个工作日{until}。"
    return Said((f"{leg.from_body}：", f"本件由{lead}主办，请协助办理：{leg.task}", days, ASSISTED))


def delivered(how: str, tracking: str) -> Said:
    """Return what the proof of delivery tells; the name is written by hand, by who takes it."""
    posted = f"，邮件号码{tracking}" if tracking else ""
    return Said((f"送达方式：{how}{posted}。", "收到人签名并写明日期；代收的写明与申请人的关系。"))
