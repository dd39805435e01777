"""事项版本: what becomes of an item that is handed in: a new version, a draft, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kernel.calendar.rules import WorkingCalendar
from kernel.errors import Refusal
from services_catalog.rules.columns import COLUMNS
from services_catalog.rules.items import Entry, Window, digest, missing_answers
from services_catalog.rules.limits import spoken
from services_catalog.rules.promises import Fit, PromiseAfterLaw, fits, question


class Outcome(StrEnum):
    """What became of an item."""

    ADDED = "added"  # 新增并发布
    CHANGED = "changed"  # 有改动，已发布新版
    UNCHANGED = "unchanged"  # 与目录相同
    DRAFTED = "drafted"  # 存为草稿


class StillIncomplete(Refusal):
    message = "还不能发布：{reason}"
    status = 422


@dataclass(frozen=True, slots=True)
class Standing:
    """What the catalogue knows of an item: its newest version, names and window."""

    item_id: int
    number: int
    digest: bytes
    names: tuple[str, ...]
    window: Window
    #: of what it says today, where numbers it refers to have changed since
    digest_shown: bytes = b""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done with an entry."""

    outcome: Outcome
    digest: bytes
    #: False: only everyday names or the window changed, or nothing at all
    makes_version: bool
    draft_reason: str = ""


def judge(entry: Entry, standing: Standing | None, calendar: WorkingCalendar) -> Verdict:
    """Decide what becomes of `entry`. Raises PromiseAfterLaw.

    Complete facts are published; facts with a gap, or a promise that is sometimes later than
    the law, are kept as a draft with the question to answer.
    """
    told = digest(entry.facts)
    if standing is not None and told in (standing.digest, standing.digest_shown):
        outcome = Outcome.CHANGED if _differs(entry, standing) else Outcome.UNCHANGED
        return Verdict(outcome, told, makes_version=False)
    reason = draft_reason(entry, calendar)
    if reason:
        return Verdict(Outcome.DRAFTED, told, makes_version=True, draft_reason=reason)
    outcome = Outcome.ADDED if standing is None else Outcome.CHANGED
    return Verdict(outcome, told, makes_version=True)


def judge_all(
    entries: Sequence[Entry], standings: Mapping[str, Standing], calendar: WorkingCalendar
) -> list[Verdict | Refusal]:
    """Judge each entry; a refusal stands in its entry's place."""
    verdicts: list[Verdict | Refusal] = []
    for entry in entries:
        try:
            verdicts.append(judge(entry, standings.get(entry.code), calendar))
        except Refusal as no:
            verdicts.append(no)
    return verdicts


def draft_reason(entry: Entry, calendar: WorkingCalendar) -> str:
    """Return why the entry cannot be published as it is, or nothing. Raises PromiseAfterLaw."""
    promised, statutory = entry.facts.promised, entry.facts.statutory
    fit = fits(promised, statutory, calendar)
    if fit is Fit.ALWAYS_LATER:
        raise PromiseAfterLaw(promised=spoken(promised), statutory=spoken(statutory))
    gaps = gaps_sentence(entry)
    asked = question(promised, statutory) if fit is Fit.SOMETIMES_LATER else ""
    return gaps + asked


def gaps_sentence(entry: Entry) -> str:
    """Return what is still missing, as a sentence, or nothing."""
    gaps = missing_answers(entry.facts)
    if not entry.is_coded:
        gaps = (COLUMNS["code"][0], *gaps)
    return f"还缺：{'、'.join(gaps)}。" if gaps else ""


def _differs(entry: Entry, standing: Standing) -> bool:
    names, window = entry.names, entry.window
    return (names is not None and names != standing.names) or (
        window is not None and window is not standing.window
    )
