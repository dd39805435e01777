"""受理后的文书: what each paper says that is given out while a case is worked, and at its end.

Source: 行政许可法 §38 (理由, 救济), §42 (延长), §44 (送达), §45 (书面告知); domain notes §2.3.
"""

from dataclasses import replace

from desk.cases.rules.papers import PAPER_TITLES, PaperKind
from desk.cases.rules.papers_contents import Contents
from desk.cases.rules.papers_known import Known, accepted, common, told
from desk.cases.rules.results import REMEDIES, RESULT_NAMES, Result
from kernel.calendar.rules import chinese_date
from kernel.clock import town_day
from services_catalog.rules.limits import spoken

FETCHED = "有证照或者文书要领取的，请凭本通知和身份证件到原窗口领取；邮寄的，以邮寄送达为准。"
FORWARDED = "本件已转报上级机关，上级机关的办理结果另行通知。"
SERVED_TITLE = "送达的文书"
HANDED_TITLE = "交接的材料"
SERVED = (
    "受送达人（签名）：",
    "代收人（签名）：",
    "与受送达人的关系：",
    "送达人（签名）：",
    "收到日期：",
)
HANDED = ("移交人（签名）：", "接收人（签名）：", "日　期：")
HAND_OVER_COPIES = ("接收方联", "移交方存根联")
ASKED = ("主办经办人（签名）：", "协办接收人（签名）：", "接收日期：")
ASKED_COPIES = ("协办单位联", "主办存根联")


def hold_notice(known: Known) -> Contents:
    """特别程序告知书: which, how long, on what ground; its days do not count."""
    return _dated(known, PaperKind.HOLD_NOTICE)


def extension_notice(known: Known) -> Contents:
    """延长期限告知书: by how much, until when, why; the head approved."""
    return _dated(known, PaperKind.EXTENSION_NOTICE)


def completion(known: Known) -> Contents:
    """办结通知: what was decided or done; a "no" has its reason and its remedies."""
    paper = common(known, PAPER_TITLES[PaperKind.COMPLETION])
    ended = (("办结日", chinese_date(town_day(known.closed_at))),) if known.closed_at else ()
    result = (("办理结果", RESULT_NAMES[known.result]),) if known.result else ()
    facts = (*paper.facts, *accepted(known), *ended, *result)
    return replace(paper, facts=facts, words=tuple(_result_words(known)))


def delivery_proof(known: Known) -> Contents:
    """送达回证: what is handed over, how; who takes it signs, and says for whom."""
    paper = common(known, PAPER_TITLES[PaperKind.DELIVERY_PROOF], SERVED)
    result = (("办理结果", RESULT_NAMES[known.result]),) if known.result else ()
    notice = PAPER_TITLES[PaperKind.COMPLETION]
    served = [f"《{title}》{number}" for title, number in known.earlier if title == notice]
    return replace(
        paper,
        facts=(*paper.facts, *result),
        sections=told(known, SERVED_TITLE, served[:1]),
    )


def hand_over(known: Known) -> Contents:
    """材料交接单: who gave, who took; the papers one by one."""
    paper = common(known, PAPER_TITLES[PaperKind.HAND_OVER], HANDED)
    return replace(paper, sections=told(known, HANDED_TITLE), copies=HAND_OVER_COPIES)


def joint_request(known: Known) -> Contents:
    """协办函: who is asked for what, by when; the whole runs on at who asks."""
    paper = common(known, PAPER_TITLES[PaperKind.JOINT_REQUEST], ASKED)
    return replace(paper, facts=(*paper.facts, *accepted(known)), copies=ASKED_COPIES)


def _dated(known: Known, kind: PaperKind) -> Contents:
    """Return a paper about the time of an accepted case; its new day stands in its words."""
    paper, matter = common(known, PAPER_TITLES[kind]), known.matter
    limits = (("承诺时限", spoken(matter.promised)), ("法定时限", spoken(matter.statutory)))
    return replace(paper, facts=(*paper.facts, *accepted(known), *limits))


def _result_words(known: Known) -> list[str]:
    """Return what an applicant has to know at the close: the reason, and what comes next."""
    is_denied = known.result is Result.DENIED
    words = list(known.said.words)
    if known.result_note:
        words.append(("理由：" if is_denied else "说明：") + known.result_note)
    if is_denied:
        return [*words, REMEDIES]
    return [*words, FORWARDED if known.result is Result.FORWARDED else FETCHED]


WRITTEN_AFTER = {
    PaperKind.HOLD_NOTICE: hold_notice,
    PaperKind.EXTENSION_NOTICE: extension_notice,
    PaperKind.COMPLETION: completion,
    PaperKind.DELIVERY_PROOF: delivery_proof,
    PaperKind.HAND_OVER: hand_over,
    PaperKind.JOINT_REQUEST: joint_request,
}
