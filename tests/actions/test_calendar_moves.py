"""应用放假通知: what moves is listed first, rewritten exactly, told once, and survives a kill."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases import commands
from desk.cases.actions import calendar_moves, countdowns
from desk.cases.queries import timeline
from desk.cases.queries.calendar_moves import all_moving, beyond_the_notices
from desk.cases.records import Case, CaseCall, Countdown
from desk.cases.rules.calendar_changes import AlreadyOrdered, Change, Derivation, Direction
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.intake import Answer
from desk.messages.records import OutboxMessage
from kernel.audit.queries import first_broken_record
from kernel.calendar import queries
from kernel.calendar.actions import drafts
from kernel.calendar.records import CalendarDraft
from kernel.calendar.rules.notices import (
    AnotherIsWaiting,
    DraftStage,
    NotADraft,
    NothingToCorrect,
    Notice,
    NoticeSource,
    first_moved_day,
)
from kernel.calendar.rules.wording import read_notice
from kernel.clock import FixedClock
from kernel.web.house import House
from tests.a_notice import INVENTED_2027
from tests.builders import CARRIED, a_case, clerk, intake, person

DECEMBER = datetime(2026, 12, 30, 1, tzinfo=UTC)


def quiet(done: int, total: int) -> None:
    """Tell nobody how far the work is."""


def entered(here: House, text: str = INVENTED_2027, reason: str = "") -> int:
    with here.writing() as session:
        who, how = clerk(session, "director"), (NoticeSource.PASTED, reason)
        return drafts.enter(session, read_notice(text), how, who, here.now()).id


def three_cases(here: House) -> list[int]:
    """Take in a case that will move, one that is carried, and one that ends this year."""
    with here.writing() as session:
        soon = a_case(here, session, datetime(2026, 11, 2, 1, tzinfo=UTC))
        moved = a_case(here, session, DECEMBER)
        carried = intake(session, CARRIED, Answer.CARRY, person(2))
        late = a_case(here, session, DECEMBER, carried)
        return [moved.id, late.id, soon.id]


def previewed(here: House, draft_id: int) -> dict[str, Change]:
    with here.reading() as session:
        draft = queries.draft(session, draft_id)
        after = queries.calendar_with(session, queries.notice_of(session, draft))
        before = here.calendar(session)
        first = first_moved_day(before, after, draft.year)
        assert first is not None
        moves = all_moving(session, first, Derivation(after, before))
        return {one.row.number: one.change for one in moves}


def stored(session: Session) -> dict[int, tuple[object, ...]]:
    rows = session.scalars(sa.select(Countdown))
    return {one.id: (one.due_on, one.over_at, one.is_provisional, one.yellow_on) for one in rows}


def lines(session: Session, case_id: int) -> list[str]:
    case = session.get_one(Case, case_id)
    return [one.text for one in timeline(session, case, public_only=True)]


def recounting_changes_nothing(here: House) -> bool:
    with here.writing() as session:
        before, calendar = stored(session), here.calendar(session)
        for case in session.scalars(sa.select(Case)):
            countdowns.recount(session, case, calendar)
        session.flush()
        return stored(session) == before


def test_a_draft_moves_nothing_and_its_preview_lists_what_would(
    here: House, clock: FixedClock
) -> None:
    clock.at = DECEMBER
    moved, late, _ = three_cases(here)
    with here.reading() as session:
        before, calendar = stored(session), here.calendar(session)
        numbers = {case.id: case.number for case in session.scalars(sa.select(Case))}
        assert beyond_the_notices(session, calendar) == 2
    changes = previewed(here, entered(here))
    assert set(changes) == {numbers[moved], numbers[late]}
    promise = changes[numbers[moved]]
    assert promise == Change(
        CountdownKind.HANDLING, date(2027, 1, 13), date(2027, 1, 14), True, False
    )
    assert (promise.direction, promise.tells_applicant) == (Direction.LATER, True)
    assert not changes[numbers[late]].tells_applicant
    with here.reading() as session:
        assert stored(session) == before
        assert here.calendar(session) == calendar


def test_applying_rewrites_exactly_what_was_listed_and_says_so(
    here: House, clock: FixedClock
) -> None:
    clock.at = DECEMBER
    moved, late, soon = three_cases(here)
    with here.reading() as session:
        before = stored(session)
    draft_id = entered(here)
    listed = len(previewed(here, draft_id))
    told = commands.apply(here, draft_id, quiet)
    assert "2027年放假安排已应用" in told
    with here.reading() as session:
        after, case = stored(session), session.get_one(Case, moved)
        assert len([one for one in after if after[one] != before[one]]) == listed
        assert (case.due_on, case.is_provisional) == (date(2027, 1, 14), False)
        assert lines(session, moved)[-1] == (
            "2027年放假安排公布（国办发明电〔2026〕99号），"
            "办理期限由2027年1月13日 周三改为2027年1月14日 周四。"
        )
        assert "法定期限由2027年1月27日 周三改为2027年1月28日 周四" in lines(session, moved)[-2]
        assert "报送承办机关期限" in lines(session, late)[-1]
        assert len(lines(session, soon)) == 1
        texts = {one.key: one.text for one in session.scalars(sa.select(OutboxMessage))}
        assert [key for key in texts if ":moved:" in key] == [
            f"case:{moved}:moved:notice{draft_id}"
        ]
        assert "现在最迟1月14日办结" in texts[f"case:{moved}:moved:notice{draft_id}"]
        draft = queries.draft(session, draft_id)
        assert (draft.stage, draft.later, draft.earlier) == (DraftStage.APPLIED, 3, 0)
        assert queries.years(session)[0].notice_number == "国办发明电〔2026〕99号"
        assert first_broken_record(session) is None
    assert recounting_changes_nothing(here)


def test_a_legal_day_on_the_slip_that_moves_alone_is_listed_and_told_on_the_case_only(
    here: House, clock: FixedClock
) -> None:
    clock.at = datetime(2026, 12, 10, 1, tzinfo=UTC)
    with here.writing() as session:
        case = a_case(here, session, clock.at)
        case_id, number = case.id, case.number
        assert case.due_on == date(2026, 12, 24)
        before = stored(session)
    draft_id = entered(here)
    change = previewed(here, draft_id)[number]
    assert (change.name, change.before, change.after) == (
        "法定期限",
        date(2027, 1, 7),
        date(2027, 1, 8),
    )
    commands.apply(here, draft_id, quiet)
    with here.reading() as session:
        assert stored(session) == before, "what binds stays where it was"
        assert "法定期限由2027年1月7日 周四改为2027年1月8日 周五" in lines(session, case_id)[-1]
        moved = sa.select(OutboxMessage.key).where(OutboxMessage.kind == "moved")
        assert session.scalars(moved).all() == []


def test_a_case_of_tomorrow_is_counted_with_the_notice(here: House, clock: FixedClock) -> None:
    clock.at = DECEMBER
    commands.apply(here, entered(here), quiet)
    with here.writing() as session:
        case = a_case(here, session, DECEMBER)
        assert (case.due_on, case.is_provisional) == (date(2027, 1, 14), False)


def test_who_has_no_mobile_stands_on_the_call_list(here: House, clock: FixedClock) -> None:
    clock.at = DECEMBER
    nobody = replace(person(), phone="")
    with here.writing() as session:
        case_id = a_case(here, session, DECEMBER, intake(session, who=nobody)).id
    clock.at = DECEMBER + timedelta(hours=1)
    draft_id = entered(here)
    commands.apply(here, draft_id, quiet)
    with here.reading() as session:
        call = session.scalars(sa.select(CaseCall).where(CaseCall.case_id == case_id)).one()
        assert call.key == f"case:{case_id}:moved:notice{draft_id}"
        assert "1月14日" in call.words


class Killed(Exception):
    """What happens to a worker when the power goes."""


def test_a_worker_killed_in_the_middle_is_gone_on_from_and_nothing_is_told_twice(
    here: House, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.at = DECEMBER
    with here.writing() as session:
        for serial in range(1, 6):
            a_case(here, session, DECEMBER, intake(session, who=person(serial)))
        expected = session.scalar(sa.select(sa.func.count()).select_from(Case))
    monkeypatch.setattr(commands, "BATCH", 2)
    draft_id = entered(here)

    def die(done: int, total: int) -> None:
        raise Killed

    for _ in range(2):
        with pytest.raises(Killed):
            commands.apply(here, draft_id, die)
    with here.reading() as session:
        draft = queries.draft(session, draft_id)
        assert (draft.stage, draft.later) == (DraftStage.APPLYING, 8), "two days of each case"
    commands.apply(here, draft_id, quiet)
    with here.reading() as session:
        moved = sa.select(OutboxMessage.key).where(OutboxMessage.kind == "moved")
        assert len(session.scalars(moved).all()) == expected == 5
        assert queries.draft(session, draft_id).later == 10
        assert all(len(lines(session, case_id)) == 3 for case_id in session.scalars(
            sa.select(Case.id)))  # fmt: skip
    assert recounting_changes_nothing(here)


def test_what_a_killed_worker_left_is_asked_for_again_by_itself(
    here: House, clock: FixedClock
) -> None:
    clock.at = DECEMBER
    draft_id = entered(here)
    assert commands.go_on(here) == 0, "a draft nobody applied is nobody's work"
    with here.writing() as session:
        drafts.put_in_force(session, queries.draft(session, draft_id), DECEMBER)
        draft = queries.draft(session, draft_id)
        draft.decided_by_id = clerk(session, "director").staff_id
    assert commands.go_on(here) == 1
    assert commands.go_on(here) == 0, "it waits in the line already"


def test_an_applied_notice_is_not_applied_or_given_up_again(here: House, clock: FixedClock) -> None:
    clock.at = DECEMBER
    draft_id = entered(here)
    commands.apply(here, draft_id, quiet)
    with pytest.raises(NotADraft):
        commands.apply(here, draft_id, quiet)
    with pytest.raises(NotADraft), here.writing() as session:
        drafts.discard(session, queries.draft(session, draft_id), clerk(session), DECEMBER)


def test_a_correction_moves_days_back_and_says_that_it_is_one(
    here: House, clock: FixedClock
) -> None:
    clock.at = DECEMBER
    with here.writing() as session:
        case_id = a_case(here, session, DECEMBER).id
    commands.apply(here, entered(here), quiet)
    shorter = INVENTED_2027.replace("至3日（周日）放假，共3天", "放假1天，不调休").replace(
        "1月1日（周五）", "1月1日（周五）至3日（周日）"
    )
    with pytest.raises(NothingToCorrect):
        entered(here, INVENTED_2027, "再核对一次")
    moved = shorter.replace(
        "1月1日（周五）至3日（周日）放假1天，不调休",
        "1月1日（周五）放假1天。1月2日（周六）上班",
    )
    draft_id = entered(here, moved, "录错了补班日")
    (change,) = previewed(here, draft_id).values()
    assert change.direction is Direction.EARLIER
    commands.apply(here, draft_id, quiet)
    with here.reading() as session:
        assert lines(session, case_id)[-1].startswith("2027年放假安排更正（")
        moved_texts = sa.select(OutboxMessage.key).where(OutboxMessage.kind == "moved")
        assert len(session.scalars(moved_texts).all()) == 2, "each move is told once"
    assert recounting_changes_nothing(here)


def test_a_light_that_has_shown_is_not_recoloured_by_a_notice(
    here: House, clock: FixedClock
) -> None:
    with here.writing() as session:
        case_id = a_case(here, session, clock.now()).id  # due on 16 March 2026
    clock.at = datetime(2026, 3, 17, 1, tzinfo=UTC)
    with here.writing() as session:
        known = queries.working_calendar(session)
        off = frozenset(day for day in known.days_off if day.year == 2026)
        makeup = frozenset(day for day in known.makeup_days if day.year == 2026)
        notice = Notice(2026, "示例号", off | {date(2026, 3, 3)}, makeup)
        how = (NoticeSource.TYPED, "示例更正")
        draft_id = drafts.enter(session, notice, how, clerk(session, "admin"), clock.now()).id
    commands.apply(here, draft_id, quiet)
    with here.reading() as session:
        countdown = session.scalars(sa.select(Countdown).where(Countdown.case_id == case_id)).one()
        assert countdown.due_on == date(2026, 3, 17)
        assert countdown.red_at == datetime(2026, 3, 16, 16, tzinfo=UTC)


def test_one_year_has_one_draft_at_a_time(here: House) -> None:
    entered(here)
    with pytest.raises(AnotherIsWaiting):
        entered(here)


def test_a_draft_given_up_leaves_room_for_another(here: House) -> None:
    first = entered(here)
    with here.writing() as session:
        drafts.discard(session, queries.draft(session, first), clerk(session), here.now())
    assert entered(here) != first


def test_a_second_press_on_apply_is_refused_while_the_first_waits(
    here: House, clock: FixedClock
) -> None:
    draft_id = entered(here)

    def press(work: Callable[[Session, CalendarDraft], object]) -> None:
        with here.writing() as session:
            work(session, queries.draft(session, draft_id))

    def order(session: Session, draft: CalendarDraft) -> None:
        calendar_moves.order(session, draft, clerk(session, "director"), clock.now())

    press(order)
    with pytest.raises(AlreadyOrdered):
        press(order)
