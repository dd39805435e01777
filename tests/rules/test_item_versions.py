"""事项版本: what is new is published, what is doubtful is asked about, the rest changes nothing."""

from dataclasses import replace

import pytest

from kernel.calendar.rules import WorkingCalendar
from services_catalog.rules.items import Entry, ItemFacts, MaterialFacts, Window, digest
from services_catalog.rules.limits import NO_LIMIT, UNANSWERED, TimeLimit, parse_limit
from services_catalog.rules.promises import PromiseAfterLaw
from services_catalog.rules.versions import Outcome, Standing, judge

ANY_YEAR = WorkingCalendar(frozenset({2025, 2026}))
FULL = Entry(
    "BM-1",
    ItemFacts(
        title="最低生活保障申请",
        item_type="行政给付",
        body="示例县民政局",
        audience="自然人",
        statutory=parse_limit("30工作日"),
        promised=parse_limit("20工作日"),
        conditions="无",
        materials=(MaterialFacts("身份证"),),
        place="1号窗口",
        phone="0000-8000301",
        complaint_phone="0000-8000365",
    ),
)


def test_the_digest_is_of_what_was_said() -> None:
    facts = FULL.facts
    assert digest(facts) == digest(replace(facts))
    others = (
        replace(facts, promised=TimeLimit(19, facts.promised.unit)),
        replace(facts, materials=()),
        replace(facts, materials=None),
        replace(facts, statutory=NO_LIMIT),
        replace(facts, statutory=UNANSWERED),
        replace(facts, fee="不收费"),
    )
    assert len({digest(other) for other in (facts, *others)}) == 1 + len(others)


def _standing(entry: Entry, **changes: object) -> Standing:
    known = Standing(1, 3, digest(entry.facts), ("低保",), Window.GENERAL)
    return replace(known, **changes)  # type: ignore[arg-type]


def test_the_verdict_follows_what_the_catalogue_knows() -> None:
    other = _standing(FULL, digest=bytes(32))
    for entry, standing, outcome, makes_version in (
        (FULL, None, Outcome.ADDED, True),
        (FULL, _standing(FULL), Outcome.UNCHANGED, False),
        (FULL, other, Outcome.CHANGED, True),
        (replace(FULL, names=("低保",)), _standing(FULL), Outcome.UNCHANGED, False),
        (replace(FULL, names=()), _standing(FULL), Outcome.CHANGED, False),
        (replace(FULL, window=Window.PETITIONS), _standing(FULL), Outcome.CHANGED, False),
    ):
        verdict = judge(entry, standing, ANY_YEAR)
        assert (verdict.outcome, verdict.makes_version) == (outcome, makes_version)


def test_a_promise_always_after_the_law_is_refused_and_a_doubtful_one_asked_about() -> None:
    def promising(promised: str, statutory: str) -> Entry:
        ours, law = parse_limit(promised), parse_limit(statutory)
        return replace(FULL, facts=replace(FULL.facts, promised=ours, statutory=law))

    with pytest.raises(PromiseAfterLaw, match="40个工作日"):
        judge(promising("40工作日", "30工作日"), None, ANY_YEAR)
    verdict = judge(promising("22工作日", "30自然日"), None, ANY_YEAR)
    assert verdict.outcome is Outcome.DRAFTED
    assert "22个工作日" in verdict.draft_reason
