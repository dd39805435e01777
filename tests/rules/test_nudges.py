"""催办规则: on which days whom, and for how long what was planned is still true."""

from datetime import UTC, date, datetime

import pytest

from desk.cases.rules.countdowns import midnight_after
from desk.reminders.rules.nudges import NudgeKind, Standing, Term, is_true, planned

BEFORE, ON_THE_DAY = NudgeKind.BEFORE, NudgeKind.ON_THE_DAY
HEAD, LEADER = NudgeKind.WINDOW_HEAD, NudgeKind.DUTY_LEADER
MONDAY, THURSDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 5), date(2026, 3, 6)
NIGHT = midnight_after(FRIDAY)


def term(starts_on: date, yellow_on: date, due_on: date) -> Term:
    return Term(starts_on, yellow_on, due_on, midnight_after(due_on))


def days(of: Term) -> dict[NudgeKind, str]:
    return {kind: f"{at:%m-%d}" for kind, at in planned(of).items()}


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (
            term(MONDAY, THURSDAY, FRIDAY),
            {BEFORE: "03-05", ON_THE_DAY: "03-06", HEAD: "03-07", LEADER: "03-07"},
        ),
        # one working day: the day before is day zero, and the day itself says it all
        (term(THURSDAY, FRIDAY, FRIDAY), {ON_THE_DAY: "03-06", HEAD: "03-07", LEADER: "03-07"}),
        # on the spot: whoever has just taken it in needs no reminder
        (term(FRIDAY, FRIDAY, FRIDAY), {HEAD: "03-07", LEADER: "03-07"}),
        # yellow from day zero on: told the next morning
        (
            term(MONDAY, MONDAY, FRIDAY),
            {BEFORE: "03-03", ON_THE_DAY: "03-06", HEAD: "03-07", LEADER: "03-07"},
        ),
    ],
)
def test_who_is_told_on_which_day(of: Term, expected: dict[NudgeKind, str]) -> None:
    assert days(of) == expected


RUNNING = Standing(is_running=True, due_on=FRIDAY, over_at=NIGHT)


@pytest.mark.parametrize(
    ("kind", "stands", "now", "expected"),
    [
        (BEFORE, RUNNING, datetime(2026, 3, 5, 0, tzinfo=UTC), True),
        (BEFORE, RUNNING, datetime(2026, 3, 6, 0, tzinfo=UTC), False),
        (ON_THE_DAY, RUNNING, datetime(2026, 3, 6, 0, tzinfo=UTC), True),
        (ON_THE_DAY, RUNNING, datetime(2026, 3, 7, 0, tzinfo=UTC), False),
        (HEAD, RUNNING, datetime(2026, 3, 6, 15, tzinfo=UTC), False),
        (HEAD, RUNNING, datetime(2026, 3, 6, 16, tzinfo=UTC), True),
        (LEADER, RUNNING, datetime(2026, 4, 1, tzinfo=UTC), True),
        (LEADER, Standing(True, FRIDAY, NIGHT, True), datetime(2026, 4, 1, tzinfo=UTC), False),
        (LEADER, Standing(False, FRIDAY, NIGHT), datetime(2026, 4, 1, tzinfo=UTC), False),
        (BEFORE, Standing(True, None, None), datetime(2026, 3, 5, tzinfo=UTC), False),
        (BEFORE, Standing(True, MONDAY, NIGHT), datetime(2026, 3, 5, tzinfo=UTC), False),
    ],
)
def test_what_was_planned_holds_only_while_it_is_so(
    kind: NudgeKind, stands: Standing, now: datetime, expected: bool
) -> None:
    today = date.fromisoformat(f"{now.astimezone(NIGHT.tzinfo):%Y-%m-%d}")
    assert is_true(kind, FRIDAY, stands, now, today) is expected
