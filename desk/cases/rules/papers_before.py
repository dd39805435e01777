"""受理前后的文书: what each paper says with which the hall answers what was brought.

Source: 行政许可法 §32 (受理或不予受理, 一次告知), §38 (理由, 救济); practice 1, 9, 11.
"""

from dataclasses import replace

from desk.cases.rules.intake import MaterialState
from desk.cases.rules.notices import PROVISIONAL
from desk.cases.rules.papers import LIST_TITLES, LISTED_TITLES, PAPER_TITLES, PaperKind
from desk.cases.rules.papers_contents import Contents, Section
from desk.cases.rules.papers_known import Known, accepted, brought, common, listed, told
from desk.cases.rules.slips import advice, day_runs, limit_lines, missing_lines
from kernel.calendar.rules import chinese_date

COUNT_TITLE = "计日明细（受理日不计）"


def acceptance(known: Known) -> Contents:
    """受理通知书: both limits with their days, and every day counted or skipped."""
    paper, matter = _begun(known, PaperKind.ACCEPTANCE), known.matter
    limits = limit_lines(known.due, matter.promised, matter.statutory)
    binding = known.due.binding if known.due else None
    runs = tuple(run.words for run in day_runs(binding.steps)) if binding else ()
    count = (Section(COUNT_TITLE, runs, is_numbered=False),) if runs else ()
    return replace(
        paper,
        facts=(*paper.facts, *accepted(known), *limits),
        sections=(*count, *_here(known, PaperKind.ACCEPTANCE)),
    )


def intake_receipt(known: Known) -> Contents:
    """收件凭证: each paper taken in; limits without a day, as none runs yet."""
    paper, matter = _begun(known, PaperKind.INTAKE_RECEIPT), known.matter
    limits = limit_lines(None, matter.promised, matter.statutory)
    return replace(
        paper,
        facts=(*paper.facts, *limits),
        sections=_here(known, PaperKind.INTAKE_RECEIPT),
    )


def one_time_notice(known: Known) -> Contents:
    """一次性告知书, which is also the 补正告知书: everything that lacks, at once."""
    lacking = told(known, LIST_TITLES[PaperKind.ONE_TIME_NOTICE], missing_lines(known.materials))
    here = _here(known, PaperKind.ONE_TIME_NOTICE)
    return replace(_begun(known, PaperKind.ONE_TIME_NOTICE), sections=(*lacking, *here))


def referral(known: Known) -> Contents:
    """转介告知单: where to go instead, when, whom to ring, and what to take along."""
    paper, matter = _begun(known, PaperKind.REFERRAL), known.matter
    there = (("办理地点", matter.place), ("办理时间", matter.hours), ("联系电话", matter.phone))
    wanted = {MaterialState.BROUGHT, MaterialState.MISSING}
    to_take = [one for one in known.materials if one.state in wanted]
    return replace(
        paper,
        facts=(*paper.facts, *there),
        sections=listed(LISTED_TITLES[PaperKind.REFERRAL], to_take),
    )


def decline(known: Known) -> Contents:
    """不予受理决定书: ground, reason, the right body and the remedies are what the act told."""
    paper = _begun(known, PaperKind.DECLINE)
    return replace(paper, sections=_here(known, PaperKind.DECLINE))


def pledge(known: Known) -> Contents:
    """容缺受理承诺书: the applicant's word; the hall only takes it."""
    paper = common(known, PAPER_TITLES[PaperKind.PLEDGE], ("承诺人（签名）：", "日　期："))
    owed = told(known, LIST_TITLES[PaperKind.PLEDGE])
    return replace(paper, facts=(*paper.facts, *accepted(known)), sections=owed)


def return_notice(known: Known) -> Contents:
    """退件通知: why, and which papers are back in the applicant's hand."""
    paper = _begun(known, PaperKind.RETURN_NOTICE)
    return replace(
        paper,
        facts=(*paper.facts, *accepted(known)),
        sections=_here(known, PaperKind.RETURN_NOTICE),
    )


def _begun(known: Known, kind: PaperKind) -> Contents:
    """Return what every paper of the kind says; where the act told nothing, what happens next."""
    paper = common(known, PAPER_TITLES[kind])
    doubt = PROVISIONAL if known.is_provisional else ""
    carry_by = chinese_date(known.carry_by_on) + doubt if known.carry_by_on else ""
    return paper if paper.words else replace(paper, words=(advice(kind, carry_by),))


def _here(known: Known, kind: PaperKind) -> tuple[Section, ...]:
    return brought(known, LISTED_TITLES.get(kind, LISTED_TITLES[PaperKind.ACCEPTANCE]))


WRITTEN_BEFORE = {
    PaperKind.ACCEPTANCE: acceptance,
    PaperKind.INTAKE_RECEIPT: intake_receipt,
    PaperKind.ONE_TIME_NOTICE: one_time_notice,
    PaperKind.REFERRAL: referral,
    PaperKind.DECLINE: decline,
    PaperKind.PLEDGE: pledge,
    PaperKind.RETURN_NOTICE: return_notice,
}
