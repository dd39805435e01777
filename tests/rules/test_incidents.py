"""突发事件的规矩: who is told, when somebody counts as told, when the district is."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from desk.cases.rules.lights import Light
from desk.incidents.rules.calls import (
    Answered,
    Outcome,
    Standing,
    Text,
    Told,
    Way,
    reached_at,
    review,
    standing,
    way_words,
)
from desk.incidents.rules.kinds import IncidentKind, villages_told
from desk.incidents.rules.reporting import (
    ReportKind,
    Times,
    first_reports,
    follows,
    left_words,
    light,
)
from desk.messages.rules.delivery import Delivery

EVENING = datetime(2026, 7, 6, 12, 0, tzinfo=UTC)  # 20:00 in the township
WAIT = timedelta(minutes=2)


def after(minutes: float) -> datetime:
    return EVENING + timedelta(minutes=minutes)


@dataclass(frozen=True)
class Village:
    id: int
    is_riverside: bool


VILLAGES = [Village(1, False), Village(2, True), Village(3, False), Village(4, True)]


def called(minutes: float, outcome: Outcome, *, is_deputy: bool = False) -> Told:
    return Told(after(minutes), outcome, Way.PHONE, is_deputy)


def text(minutes: float, delivery: Delivery, settled: float | None = None) -> Text:
    return Text(after(minutes), delivery, None if settled is None else after(settled))


def test_a_storm_is_told_to_all_by_the_river_first() -> None:
    told = villages_told(IncidentKind.STORM, VILLAGES, None)
    assert [one.id for one in told] == [2, 4, 1, 3]


@pytest.mark.parametrize(("here", "ids"), [(3, [3]), (None, [])])
def test_a_blocked_road_is_told_to_the_village_where_it_is(
    here: int | None, ids: list[int]
) -> None:
    assert [one.id for one in villages_told(IncidentKind.ROAD, VILLAGES, here)] == ids


@pytest.mark.parametrize(
    ("told", "texts", "now", "expected"),
    [
        ([], [], 0, Standing.OPEN),
        ([called(1, Outcome.MISSED)], [], 2, Standing.MISSED),
        ([called(1, Outcome.MISSED), called(3, Outcome.TOLD)], [], 4, Standing.TOLD),
        ([called(1, Outcome.TOLD), called(3, Outcome.MISSED)], [], 4, Standing.TOLD),
        ([called(1, Outcome.TOLD), called(3, Outcome.REPLIED)], [], 4, Standing.REPLIED),
        ([], [text(0, Delivery.ACCEPTED)], 1.9, Standing.SENDING),
        ([], [text(0, Delivery.ACCEPTED)], 2, Standing.OPEN),
        ([], [text(0, Delivery.UNKNOWN)], 3, Standing.OPEN),
        ([], [text(0, Delivery.FAILED, 0.1)], 0.5, Standing.OPEN),
        ([], [text(0, Delivery.DELIVERED, 1)], 1, Standing.TOLD),
        ([], [text(0, Delivery.DELIVERED, 5)], 6, Standing.TOLD),
        ([called(1, Outcome.MISSED)], [text(2, Delivery.PENDING)], 3, Standing.SENDING),
        ([called(1, Outcome.MISSED)], [text(2, Delivery.PENDING)], 4, Standing.MISSED),
    ],
)
def test_a_text_counts_only_when_it_has_arrived(
    told: list[Told], texts: list[Text], now: float, expected: Standing
) -> None:
    assert standing(told, texts, after(now), WAIT) is expected


def test_somebody_is_reached_at_the_first_moment_by_whatever_way() -> None:
    told = [called(1, Outcome.MISSED), called(9, Outcome.TOLD, is_deputy=True)]
    texts = [text(2, Delivery.DELIVERED, 5)]
    assert reached_at(told, texts) == after(5)
    assert way_words(told, texts) == "短信"
    assert way_words(told, []) == "电话（副手）"
    assert way_words(told[:1], []) == "未接（拨打1次）"


def test_the_review_says_how_long_it_took_and_who_never_answered() -> None:
    people = [
        Answered("水库", False, after(1), after(1)),
        Answered("甲村", True, after(2), after(2.5)),
        Answered("乙村", True, after(3), after(17.9)),
    ]
    found = review(EVENING, people)
    assert (found.first_call, found.all_villages, found.never) == (1, 17, ())
    silent = review(EVENING, [*people, Answered("丙村", True, after(4), None)])
    assert (silent.all_villages, silent.never, silent.reached) == (None, ("丙村",), 3)
    assert review(EVENING, []).first_call is None


def test_the_district_is_told_in_thirty_minutes_and_in_writing_within_the_hour() -> None:
    assert first_reports(EVENING, Times()) == [
        (ReportKind.PHONE, after(30)),
        (ReportKind.WRITTEN, after(60)),
    ]


@pytest.mark.parametrize(
    ("kind", "is_resolved", "next_one"),
    [
        (ReportKind.PHONE, False, None),
        (ReportKind.WRITTEN, False, ReportKind.FOLLOW_UP),
        (ReportKind.FOLLOW_UP, False, ReportKind.FOLLOW_UP),
        (ReportKind.WRITTEN, True, None),
        (ReportKind.FINAL, True, None),
    ],
)
def test_one_report_follows_another_until_the_end(
    kind: ReportKind, is_resolved: bool, next_one: ReportKind | None
) -> None:
    assert follows(kind, is_resolved=is_resolved) is next_one


@pytest.mark.parametrize(
    ("done", "now", "expected"),
    [
        (None, 0, Light.GREEN),
        (None, 19.9, Light.GREEN),
        (None, 20, Light.YELLOW),
        (None, 30, Light.YELLOW),
        (None, 30.1, Light.RED),
        (12, 99, Light.GREEN),
        (31, 99, Light.RED),
    ],
)
def test_a_reporting_clock_has_a_light(done: float | None, now: float, expected: Light) -> None:
    done_at = None if done is None else after(done)
    assert light(EVENING, after(30), done_at, after(now)) is expected


@pytest.mark.parametrize(
    ("now", "words"), [(0, "还有30分钟"), (-60, "还有1小时30分"), (35, "已超过5分钟")]
)
def test_what_is_left_is_said_in_words(now: float, words: str) -> None:
    assert left_words(after(30), after(now)) == words
