"""问题、会商、投诉、投入: what is refused, what is old, whom a complaint concerns."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk.windows.enterprise.rules.complaints import (
    AboutWhom,
    AnswerUnsaid,
    ClosedByAnother,
    ComplaintAbout,
    ComplaintAnswered,
    ComplaintOver,
    ComplaintUnanswered,
    ComplaintUnsaid,
    Concerned,
    WhichBureau,
    check_answer,
    check_closer,
    check_complaint,
)
from desk.windows.enterprise.rules.meetings import (
    Agreed,
    AgreedByNobody,
    AgreedForThePast,
    HeldLater,
    Minutes,
    NobodyMet,
    NothingAgreed,
    agreed_rows,
    check_minutes,
    meeting_number,
)
from desk.windows.enterprise.rules.obstacles import (
    DueInThePast,
    NotAnOwner,
    ObstacleClosed,
    ObstacleFacts,
    ObstacleOpen,
    ObstacleUnsaid,
    OutcomeUnsaid,
    ReopeningUnsaid,
    check_closing,
    check_owner,
    check_raised,
    check_reopening,
    gist,
)
from desk.windows.enterprise.rules.settings import NotInBounds, read_number
from desk.windows.enterprise.rules.spending import (
    NothingSpent,
    PurposeUnsaid,
    Spent,
    SpentLater,
    StrikingUnsaid,
    StruckAlready,
    check_spent,
    check_striking,
)
from kernel.access import Actor, Role
from kernel.errors import Refusal

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "is_old", "is_late"),
    [(0, False, False), (14, False, False), (15, True, False), (16, True, True)],
)
def test_an_obstacle_is_old_from_the_set_day_and_late_after_its_due_day(
    days: int, is_old: bool, is_late: bool
) -> None:
    facts, today = ObstacleFacts(MONDAY, MONDAY + 15 * DAY), MONDAY + days * DAY
    assert (facts.is_old(today, 15), facts.is_late(today)) == (is_old, is_late)
    closed = replace(facts, is_closed=True)
    assert not (closed.is_old(today, 15) or closed.is_late(today))


def test_an_obstacle_says_what_it_is_and_is_due_in_time() -> None:
    check_raised("示例：没有水", MONDAY, MONDAY)
    with pytest.raises(ObstacleUnsaid):
        check_raised("", MONDAY, MONDAY)
    with pytest.raises(DueInThePast):
        check_raised("示例：没有水", MONDAY - DAY, MONDAY)
    with pytest.raises(NotAnOwner):
        check_owner(3, [1, 2])


def test_an_obstacle_is_closed_once_with_its_outcome_and_reopened_with_a_reason() -> None:
    check_closing("示例：已改线", is_closed=False)
    check_reopening("示例：又停水", is_closed=True)
    cases: list[tuple[type[Refusal], str, bool]] = [
        (ObstacleClosed, "示例", True),
        (OutcomeUnsaid, "", False),
    ]
    for refusal, outcome, is_closed in cases:
        with pytest.raises(refusal):
            check_closing(outcome, is_closed=is_closed)
    with pytest.raises(ObstacleOpen):
        check_reopening("示例", is_closed=False)
    with pytest.raises(ReopeningUnsaid):
        check_reopening("", is_closed=True)


def test_a_gist_is_one_short_line() -> None:
    assert gist("水管\n 过村") == "水管 过村"
    assert gist("水" * 31) == "水" * 30 + "…"


MINUTES = Minutes(MONDAY, "示例乡会议室", "示例三村", (Agreed("示例站", "改线", MONDAY),))


@pytest.mark.parametrize(
    ("refusal", "changed"),
    [
        (HeldLater, {"held_on": MONDAY + DAY}),
        (NobodyMet, {"present": ""}),
        (NothingAgreed, {"agreed": ()}),
        (AgreedByNobody, {"agreed": (Agreed("", "改线"),)}),
        (AgreedForThePast, {"agreed": (Agreed("示例站", "改线", MONDAY - DAY),)}),
    ],
)
def test_minutes_hold_somebody_to_something(
    refusal: type[Refusal], changed: dict[str, object]
) -> None:
    check_minutes(MINUTES, MONDAY)
    with pytest.raises(refusal):
        check_minutes(replace(MINUTES, **changed), MONDAY)  # type: ignore[arg-type]


def test_minutes_are_numbered_and_list_who_does_what_by_when() -> None:
    assert meeting_number(2026, 3) == "企商〔2026〕3号"
    rows = agreed_rows([Agreed("示例站", "改线", MONDAY), Agreed("示例村", "让路")])
    assert rows == [["1", "示例站", "改线", "2026年3月2日 周一"], ["2", "示例村", "让路", "——"]]


def test_a_complaint_says_what_about_whom() -> None:
    check_complaint("示例", ComplaintAbout.WINDOW, None, "")
    with pytest.raises(ComplaintUnsaid):
        check_complaint("", ComplaintAbout.WINDOW, None, "")
    with pytest.raises(AboutWhom):
        check_complaint("示例", ComplaintAbout.PERSON, None, "")
    with pytest.raises(WhichBureau):
        check_complaint("示例", ComplaintAbout.BUREAU, None, "")


@pytest.mark.parametrize(
    ("staff_id", "role", "about", "concerns"),
    [
        (7, Role.HEAD, Concerned(ComplaintAbout.PERSON, 7), True),
        (8, Role.HEAD, Concerned(ComplaintAbout.PERSON, 7), False),
        (8, Role.DIRECTOR, Concerned(ComplaintAbout.WINDOW), False),
        (8, Role.DIRECTOR, Concerned(ComplaintAbout.WINDOW, agents=frozenset({8})), True),
        (8, Role.AGENT, Concerned(ComplaintAbout.WINDOW), True),
        (8, Role.AGENT, Concerned(ComplaintAbout.BUREAU), False),
    ],
)
def test_a_complaint_concerns_whom_it_names_and_whoever_walks_the_enterprises_matters(
    staff_id: int, role: Role, about: Concerned, concerns: bool
) -> None:
    assert about.concerns(Actor(staff_id, "示例", frozenset({role}))) is concerns


def test_a_complaint_is_answered_once_and_closed_by_another() -> None:
    check_answer("示例答复", is_answered=False)
    with pytest.raises(ComplaintAnswered):
        check_answer("示例答复", is_answered=True)
    with pytest.raises(AnswerUnsaid):
        check_answer("", is_answered=False)
    head = Actor(1, "示例")
    check_closer(head, 2, is_closed=False)
    with pytest.raises(ClosedByAnother):
        check_closer(head, 1, is_closed=False)
    with pytest.raises(ComplaintUnanswered):
        check_closer(head, None, is_closed=False)
    with pytest.raises(ComplaintOver):
        check_closer(head, 2, is_closed=True)


def test_a_payment_is_of_something_for_something_and_struck_once_with_a_reason() -> None:
    paid = Spent(890_000_00, MONDAY, "示例专线", "示例乡", "示例所", "")
    check_spent(paid, MONDAY)
    with pytest.raises(NothingSpent):
        check_spent(replace(paid, fen=0), MONDAY)
    with pytest.raises(SpentLater):
        check_spent(paid, MONDAY - DAY)
    with pytest.raises(PurposeUnsaid):
        check_spent(replace(paid, purpose=""), MONDAY)
    check_striking("示例：记重", is_struck=False)
    with pytest.raises(StrikingUnsaid):
        check_striking("", is_struck=False)
    with pytest.raises(StruckAlready):
        check_striking("示例", is_struck=True)


@pytest.mark.parametrize("typed", ["", "0", "366", "十"])
def test_the_windows_days_are_within_a_year(typed: str) -> None:
    assert read_number("365") == 365
    with pytest.raises(NotInBounds):
        read_number(typed)
