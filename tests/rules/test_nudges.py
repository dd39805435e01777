"""催办规则: on which days whom, and for how long what was planned is still true."""

from datetime import UTC, date, datetime

import pytest

from desk.cases.rules.countdowns import midnight_after
from desk.reminders.rules.nudges import (
    Hearer,
    NudgeKind,
    Standing,
    Term,
    copy_key,
    first_to_hear,
    heads_of,
    is_true,
    planned,
    single_key,
    whole_key,
)
from kernel.access import Role
from services_catalog.rules.items import Window

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


HANDLER, DIRECTOR, HEAD_OF_ALL, ON_DUTY = 1, 2, 3, 4


@pytest.mark.parametrize(
    ("kind", "in_turn", "kept_from", "told", "why"),
    [
        (BEFORE, (HANDLER, DIRECTOR), (), HANDLER, "the handler hears first"),
        (BEFORE, (HANDLER, DIRECTOR), (HANDLER,), DIRECTOR, "one it is about does not"),
        (HEAD, (DIRECTOR, HEAD_OF_ALL), (), DIRECTOR, "the window's head, after it"),
        (HEAD, (DIRECTOR, HEAD_OF_ALL), (DIRECTOR,), HEAD_OF_ALL, "about the head: the next"),
        (HEAD, (HANDLER, DIRECTOR), (), HANDLER, "a head who handles it knows that it is late"),
        (LEADER, (ON_DUTY, DIRECTOR), (), ON_DUTY, "the leader on duty"),
        (LEADER, (ON_DUTY, DIRECTOR), (ON_DUTY,), DIRECTOR, "about the leader: the director"),
        (LEADER, (ON_DUTY, DIRECTOR, HEAD_OF_ALL), (ON_DUTY, DIRECTOR), HEAD_OF_ALL, "about both"),
        (LEADER, (HANDLER, DIRECTOR), (), DIRECTOR, "nobody watches over their own lateness"),
        (LEADER, (HANDLER, DIRECTOR), (DIRECTOR,), HANDLER, "there is nobody else"),
        (LEADER, (ON_DUTY, DIRECTOR), (ON_DUTY, DIRECTOR), None, "nobody rather than one of them"),
        (LEADER, (), (), None, "nobody holds a post"),
    ],
)
def test_nobody_hears_of_what_is_kept_from_them_and_the_next_in_turn_does(
    kind: NudgeKind,
    in_turn: tuple[int, ...],
    kept_from: tuple[int, ...],
    told: int | None,
    why: str,
) -> None:
    hearers = [Hearer(one, one not in kept_from) for one in in_turn]
    assert first_to_hear(kind, HANDLER, hearers) == told, why


def test_after_the_head_of_a_window_come_those_above_each_once() -> None:
    above = (Role.DIRECTOR, Role.HEAD, Role.SUPERVISOR)
    assert heads_of(Window.ENTERPRISE, HEAD) == above
    assert heads_of(Window.VILLAGE_ACCOUNTS, HEAD) == (Role.HEAD, Role.DIRECTOR, Role.SUPERVISOR)
    assert heads_of(Window.VILLAGE_ACCOUNTS, LEADER) == above


def test_a_copy_stands_and_falls_with_its_text() -> None:
    key = single_key(7, BEFORE, FRIDAY)
    assert whole_key(copy_key(key, 3)) == whole_key(key) == key
