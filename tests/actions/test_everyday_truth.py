"""日常纠错: wrong items and days, doubles, cases taken up again, slips written by hand."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from desk.cases import queries
from desk.cases.actions import merging, outage, redating, reopening, verbs
from desk.cases.actions.recounting import disagreements
from desk.cases.actions.register import lookup_code
from desk.cases.queries import amends
from desk.cases.queries.outage import lines_of, standings
from desk.cases.records import Case, Countdown, NumberBlock, Redating
from desk.cases.rules.approvals import ApprovalKind, Asked
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.intake import Answer
from desk.cases.rules.merging import NotBothOpen, OtherPeople, TooLateToUndo
from desk.cases.rules.outage import (
    CountOutOfRange,
    Late,
    NotEnteredYet,
    NotReserved,
    NumberUsed,
    NumberVoid,
    SlipReplaced,
    TrueMomentOutOfRange,
    VoidSlip,
)
from desk.cases.rules.redating import (
    LeaveNeeded,
    NothingToPutRight,
    OtherHandling,
    PutRight,
    RedatedOutOfRange,
)
from desk.cases.rules.results import ReasonNeeded, Result
from desk.cases.rules.stages import Stage
from kernel.clock import FixedClock, town_day
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.actions.a_relay import found, granted, held, taken_in
from tests.builders import CARRIED, HERE, a_case, clerk, intake, person

DAY = timedelta(days=1)
OTHER_ITEM = "BM-006"


def put_right(here: House, number: str, code: str = HERE, back: int = 0) -> None:
    """Put item or day right, as a leader granted."""
    granted(here, number, Asked(ApprovalKind.REDATING, "登记时选错了"))
    with here.writing() as session:
        case = found(session, number)
        assert case.accepted_at is not None
        right = PutRight(code, town_day(case.accepted_at) - back * DAY, "登记时选错了")
        hall = here.hall(session)
        redating.put_right(session, case, right, clerk(session), here.now(), hall)


def handling_of(here: House, number: str) -> list[Countdown]:
    with here.reading() as session:
        mine = Countdown.case_id == found(session, number).id
        kinds = Countdown.kind == CountdownKind.HANDLING
        rows = list(session.scalars(sa.select(Countdown).where(mine, kinds).order_by(Countdown.id)))
        session.expunge_all()
        return rows


def nothing_disagrees(here: House) -> None:
    with here.reading() as session:
        assert disagreements(session, here.calendar(session)) == []


def test_a_day_put_right_counts_anew_and_the_old_slip_dies(here: House) -> None:
    number = taken_in(here)
    with here.reading() as session:
        old, due_on = lookup_code(session, found(session, number)), found(session, number).due_on
    put_right(here, number, back=3)
    with here.reading() as session:
        case = found(session, number)
        assert case.due_on != due_on
        assert case.accepted_at == here.now() - 3 * DAY == case.received_at
        assert queries.by_lookup_code(session, lookup_code(session, case)).id == case.id
        with pytest.raises(SlipReplaced):
            amends.refuse_a_dead_code(session, old)
        assert session.scalars(sa.select(Redating.old_accepted_at)).all() == [here.now()]
    nothing_disagrees(here)


def test_an_item_put_right_keeps_the_old_version_on_record_and_its_lights(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here)
    before = handling_of(here, number)[0]
    assert before.over_at is not None
    clock.at = before.over_at + DAY
    put_right(here, number, OTHER_ITEM)
    (after,) = handling_of(here, number)
    assert after.red_at == before.over_at
    assert after.promised != before.promised or after.statutory != before.statutory
    with here.reading() as session:
        ((row, old, new),) = amends.amends_of(session, found(session, number)).redatings
        assert (row.old_version_of_item_id, new.title != old.title) == (old.id, True)
    nothing_disagrees(here)


def test_nothing_is_put_right_without_a_leader_or_twice_on_one_word(here: House) -> None:
    number = taken_in(here)
    with here.writing() as session, pytest.raises(LeaveNeeded):
        right = PutRight(OTHER_ITEM, None, "选错了")
        case, hall = found(session, number), here.hall(session)
        redating.put_right(session, case, right, clerk(session), here.now(), hall)
    put_right(here, number, OTHER_ITEM)
    with here.writing() as session, pytest.raises(LeaveNeeded):
        case, hall = found(session, number), here.hall(session)
        right = PutRight(HERE, None, "又改")
        redating.put_right(session, case, right, clerk(session), here.now(), hall)


@pytest.mark.parametrize(
    ("code", "back", "refusal"),
    [
        (HERE, 0, NothingToPutRight),
        (CARRIED, 0, OtherHandling),
        (HERE, 31, RedatedOutOfRange),
        (HERE, -1, RedatedOutOfRange),
    ],
)
def test_what_cannot_be_right_is_refused(
    here: House, code: str, back: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        put_right(here, taken_in(here), code, back)


def two_of(here: House, clock: FixedClock, name: str = "示例群众甲") -> tuple[str, str]:
    first = taken_in(here)
    clock.at += timedelta(minutes=5)
    with here.writing() as session:
        taken = intake(session, who=person(1 if name == "示例群众甲" else 2, name))
        return first, a_case(here, session, here.now(), taken).number


def merge(here: House, one: str, other: str, reason: str = "登记了两次") -> None:
    with here.writing() as session:
        pair = found(session, one), found(session, other)
        merging.merge(session, *pair, reason, clerk(session), here.now())


def undo(here: House, number: str) -> None:
    with here.writing() as session:
        calendar = here.calendar(session)
        merging.undo(session, found(session, number), clerk(session), here.now(), calendar)


def test_the_later_registration_goes_on_in_the_earlier_whichever_was_on_screen(
    here: House, clock: FixedClock
) -> None:
    first, second = two_of(here, clock)
    merge(here, second, first)
    with here.reading() as session:
        later, survivor = found(session, second), found(session, first)
        assert (later.stage, later.due_on, survivor.stage) == (
            Stage.MERGED,
            None,
            Stage.IN_PROGRESS,
        )
        by_code = queries.by_lookup_code(session, lookup_code(session, later))
        assert amends.goes_on(session, by_code).number == first
        assert [one.case.number for one in amends.merged_into(session, survivor)] == [second]
    nothing_disagrees(here)


def test_a_merge_is_undone_the_same_day_as_if_it_had_never_been(
    here: House, clock: FixedClock
) -> None:
    first, second = two_of(here, clock)
    before = handling_of(here, second)[0]
    merge(here, first, second)
    clock.at += timedelta(hours=2)
    undo(here, second)
    (after,) = handling_of(here, second)
    assert (after.ended_at, after.due_on) == (None, before.due_on)
    with here.reading() as session:
        case = found(session, second)
        assert (case.stage, case.closed_at, case.due_on) == (
            Stage.IN_PROGRESS,
            None,
            before.due_on,
        )
    nothing_disagrees(here)
    merge(here, first, second)
    clock.at += DAY
    with pytest.raises(TooLateToUndo):
        undo(here, second)


def test_two_people_or_an_ended_case_are_no_double(here: House, clock: FixedClock) -> None:
    first, second = two_of(here, clock, "示例群众乙")
    with pytest.raises(OtherPeople):
        merge(here, first, second)
    first, second = two_of(here, clock)
    with here.writing() as session:
        verbs.withdraw(session, found(session, second), "不办了", clerk(session), here.now())
    with pytest.raises(NotBothOpen):
        merge(here, first, second)
    with pytest.raises(ReasonNeeded):
        merge(here, first, second, "")


def close(here: House, number: str) -> None:
    with here.writing() as session:
        ending, hall = (Result.DONE, ""), here.hall(session)
        verbs.close(session, found(session, number), ending, clerk(session), here.now(), hall)


def reopen(here: House, number: str) -> None:
    granted(here, number, Asked(ApprovalKind.REOPENING, "结果有误"))
    with here.writing() as session:
        case, hall = found(session, number), here.hall(session)
        reopening.reopen(session, case, "结果有误", clerk(session), here.now(), hall)


def test_a_case_taken_up_again_counts_anew_and_the_old_red_stays(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here)
    over_at = handling_of(here, number)[0].over_at
    assert over_at is not None
    clock.at = over_at + DAY
    close(here, number)
    clock.at += DAY
    reopen(here, number)
    old, again = handling_of(here, number)
    assert (old.red_at, again.red_at, again.starts_at) == (over_at, None, clock.at)
    with here.reading() as session:
        case = found(session, number)
        assert (case.stage, case.result, case.due_on) == (Stage.IN_PROGRESS, None, again.due_on)
        (row,) = amends.amends_of(session, case).reopenings
        assert (row.old_stage, row.old_result) == (Stage.COMPLETED, Result.DONE)
    close(here, number)
    nothing_disagrees(here)


def test_a_hold_ends_with_its_case_and_never_moves_a_count_that_is_over(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here)
    held(here, number, town_day(here.now()) + 20 * DAY)
    clock.at += DAY
    with here.writing() as session:
        verbs.withdraw(session, found(session, number), "不办了", clerk(session), here.now())
    clock.at += DAY
    reopen(here, number)
    nothing_disagrees(here)
    due_on = handling_of(here, number)[0].due_on
    clock.at += DAY
    held(here, number, town_day(here.now()) + 20 * DAY, "鉴定")
    assert handling_of(here, number)[0].due_on == due_on
    nothing_disagrees(here)


def reserve(here: House, count: int = 3) -> list[str]:
    with here.writing() as session:
        who, wanted = clerk(session), (count, "检修停电")
        block = outage.reserve(session, Window.GENERAL, wanted, who, here.now())
        return [line.reserved.number for line in lines_of(session, block)]


def enter(here: House, number: str, back: timedelta) -> Case:
    with here.writing() as session:
        late = Late(number, here.now() - back, "停电期间手工登记")
        taken, hall = intake(session, HERE, Answer.ACCEPT), here.hall(session)
        return outage.enter(session, taken, late, clerk(session), here.now(), hall)


def test_the_series_has_no_gap_around_a_block(here: House) -> None:
    before = taken_in(here)
    block = reserve(here)
    after = taken_in(here)
    serials = [int(one.split("-")[1]) for one in (before, *block, after)]
    assert serials == list(range(serials[0], serials[0] + 5))


def test_what_was_written_by_hand_counts_from_its_own_moment_and_is_marked(
    here: House, clock: FixedClock
) -> None:
    number, *_ = reserve(here)
    started = clock.at = clock.at + timedelta(hours=1)
    usual = taken_in(here)
    clock.at += DAY
    enter(here, number, DAY)
    with here.reading() as session:
        case, twin = found(session, number), found(session, usual)
        assert (case.received_at, case.accepted_at, case.due_on) == (started, started, twin.due_on)
        lines = [line.text for line in queries.timeline(session, case, public_only=True)]
        assert any(line.startswith("后补") for line in lines)
        assert amends.late_of(session, case) is not None
    nothing_disagrees(here)


def test_a_code_on_a_blank_slip_is_that_of_its_case(here: House) -> None:
    first, second, third = reserve(here)
    with here.reading() as session:
        block = session.scalars(sa.select(NumberBlock)).one()
        uuids = [line.reserved.case_uuid for line in lines_of(session, block)]
    codes = [here.database.vault.token("case", uuid) for uuid in uuids]
    with here.reading() as session, pytest.raises(NotEnteredYet):
        amends.refuse_a_dead_code(session, codes[0])
    enter(here, first, timedelta())
    with here.writing() as session:
        block = session.scalars(sa.select(NumberBlock)).one()
        who = clerk(session)
        assert outage.void(session, block, ([first, second], "写坏了"), who, here.now()) == 1
    with here.reading() as session:
        assert queries.by_lookup_code(session, codes[0]).number == first
        with pytest.raises(VoidSlip):
            amends.refuse_a_dead_code(session, codes[1])
        (standing,) = standings(session, [Window.GENERAL])
        assert (standing.used, standing.void, standing.open) == (1, 1, 1)
        assert (standing.first, standing.last) == (first, third)


def test_only_open_reserved_numbers_take_a_typed_moment_and_only_a_possible_one(
    here: House, clock: FixedClock
) -> None:
    first, second, third = reserve(here)
    clock.at += timedelta(hours=2)
    for back in (timedelta(hours=3), timedelta(minutes=-1)):
        with pytest.raises(TrueMomentOutOfRange):
            enter(here, third, back)
    with pytest.raises(NotReserved):
        enter(here, taken_in(here), timedelta())
    enter(here, first, timedelta(hours=1))
    with pytest.raises(NumberUsed):
        enter(here, first, timedelta(hours=1))
    with here.writing() as session:
        block = session.scalars(sa.select(NumberBlock)).one()
        outage.void(session, block, ([second], "没用上"), clerk(session), here.now())
    with pytest.raises(NumberVoid):
        enter(here, second, timedelta(hours=1))


@pytest.mark.parametrize("count", [0, 201])
def test_no_more_than_a_block_is_set_aside(here: House, count: int) -> None:
    with pytest.raises(CountOutOfRange):
        reserve(here, count)
