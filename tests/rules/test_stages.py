"""办件环节: every pair of stages, and what a refused move says."""

import pytest

from desk.cases.rules.stages import (
    OPEN,
    RUNNING,
    STAGE_NAMES,
    AlreadyEnded,
    MoveNotAllowed,
    Stage,
    check_open,
    move,
)

#: from each stage to each, in the order of Stage; x: allowed
TABLE = {
    Stage.EXPECTED: ".xxxx...xxxx",
    Stage.EXAMINING: "..xxx..xxxxx",
    Stage.RECEIVED: "...xx..xxxxx",
    Stage.AWAITING_MATERIALS: ".xxxx..xx.xx",
    Stage.IN_PROGRESS: ".....xx.x.xx",
    Stage.ON_HOLD: "....x.....xx",
    Stage.COMPLETED: "............",
    Stage.DECLINED: "............",
    Stage.RETURNED: "............",
    Stage.REFERRED: "............",
    Stage.WITHDRAWN: "............",
    Stage.MERGED: "............",
}
PAIRS = [
    (now, to, mark == "x")
    for now, row in TABLE.items()
    for to, mark in zip(Stage, row, strict=True)
]


@pytest.mark.parametrize(("now", "to", "is_allowed"), PAIRS)
def test_a_case_moves_only_where_the_table_leads(now: Stage, to: Stage, is_allowed: bool) -> None:
    if is_allowed:
        assert move(now, to) is to
        return
    with pytest.raises(MoveNotAllowed) as refused:
        move(now, to)
    assert STAGE_NAMES[now] in refused.value.sentence
    assert STAGE_NAMES[to] in refused.value.sentence


def test_the_table_speaks_of_every_stage() -> None:
    assert set(TABLE) == set(Stage) == set(STAGE_NAMES)


def test_from_a_stage_that_is_open_there_is_a_way_and_from_an_ended_one_none() -> None:
    with_a_way = {now for now, _, is_allowed in PAIRS if is_allowed}
    assert with_a_way == OPEN


def test_the_clock_runs_in_no_stage_that_has_ended() -> None:
    assert RUNNING < OPEN


def test_whoever_is_open_can_be_withdrawn() -> None:
    assert all(move(now, Stage.WITHDRAWN) is Stage.WITHDRAWN for now in OPEN)


@pytest.mark.parametrize("now", Stage)
def test_an_ended_case_is_not_changed(now: Stage) -> None:
    if now in OPEN:
        check_open(now)
        return
    with pytest.raises(AlreadyEnded, match=STAGE_NAMES[now]):
        check_open(now)
