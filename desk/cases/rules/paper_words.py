"""文书用语: what the papers before acceptance tell; kept with each, so that reprints say the same.

Source: 行政许可法 §32 (一次告知, 逾期视为受理, 不予受理), §38 (理由, 救济); practice 1, 9, 11.
"""

from datetime import date

from desk.cases.rules.deadlines import Due
from desk.cases.rules.declining import GROUND_NAMES, Declined
from desk.cases.rules.notices import due_words
from desk.cases.rules.papers import Said
from desk.cases.rules.results import REMEDIES
from desk.cases.rules.silence import is_permit
from desk.cases.rules.slips import ACCEPT_ADVICE, NOTICE_ADVICE
from kernel.calendar.rules import chinese_date
from services_catalog.rules.limits import TimeLimit

BY_LAW = "逾期没有告知的，自收到材料之日起视为受理。"
LATE_ANSWER = "逾期没有答复的，可以拨打监督投诉电话。"
AFTERWARDS = "补正期限届满仍未补齐的，材料将退回，备齐后可以重新申请；补正所用时间不计入办理时限。"
UNKEPT = "到期没有补齐的，将撤销受理、退回材料，由此造成的后果由申请人承担。"
PLEDGE = "申请人知悉以上材料应当提交，自愿承诺在上述日期前补齐，并对材料的真实性负责。"


def examined(due: Due, limit: TimeLimit, *, by_law: bool) -> Said:
    """Return what the receipt for papers tells that are taken in to be looked through."""
    answer = f"本厅最迟{due_words(due.binding, limit)}答复：受理、一次性告知补正，或者不予受理。"
    return Said((answer, BY_LAW if by_law else LATE_ANSWER))


def notified(due: Due, limit: TimeLimit, lacking: list[str]) -> Said:
    """Return what a one-time notice tells: everything that lacks, and by when to bring it."""
    by = f"请最迟{due_words(due.binding, limit)}补齐。"
    return Said((by + NOTICE_ADVICE, AFTERWARDS), tuple(lacking))


def pledged(due: Due, limit: TimeLimit, owed: list[str]) -> Said:
    """Return what the applicant signs: what is owed, by when, and what follows if not."""
    by = f"承诺补交的材料最迟{due_words(due.binding, limit)}交到窗口。"
    return Said((by + PLEDGE, UNKEPT), tuple(owed))


def accepted_owing(due: Due, limit: TimeLimit) -> Said:
    """Return what the acceptance tells where papers may follow."""
    day = due_words(due.binding, limit)
    by = f"本件为容缺受理：暂缺的材料最迟{day}补交，见《容缺受理承诺书》。"
    return Said((by, ACCEPT_ADVICE))


def deemed_words(item_type: str, received_on: date) -> Said:
    """Return what the notice of an acceptance by silence tells: the law's, or the town's word."""
    day = chinese_date(received_on)
    why = f"因未在承诺的审查期限内答复，本件自{day}收到材料之日起视为受理。"
    if is_permit(item_type):
        why = (
            "依照《中华人民共和国行政许可法》第三十二条，因未在五个工作日内告知补正，"
            f"本件自{day}收到申请材料之日起视为受理。"
        )
    return Said((why, ACCEPT_ADVICE))


def declined(why: Declined) -> Said:
    """Return what a refusal tells: ground, reason, the right body, the remedies."""
    elsewhere = f"请向{why.right_body}申请。" if why.right_body else ""
    told = (f"{GROUND_NAMES[why.ground]}。理由：{why.reason}", elsewhere, REMEDIES)
    return Said(tuple(words for words in told if words))


def withdrawn(reason: str) -> Said:
    """Return what the notice tells that acknowledges a withdrawal: what ended, what goes back."""
    asked = f"申请人要求撤回申请，本件终止办理。撤回原因：{reason}"
    return Said((asked, "收下的材料退还申请人，请当面点清；需要再办的，可以重新申请。"))


def given_back(reason: str, *, is_revoked: bool) -> Said:
    """Return what the notice tells with which papers go back."""
    told = (f"退件原因：{reason}", "材料已全部退还，请当面点清；备齐后可以重新申请。")
    return Said((*told, REMEDIES) if is_revoked else told)
