"""办件的按钮: each from each stage, what it writes, whom it tells, and what it refuses in words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from desk.cases import queries
from desk.cases.actions import verbs
from desk.cases.actions.examining import Found, examine
from desk.cases.actions.expecting import expect
from desk.cases.actions.verbs import Acceptance
from desk.cases.records import Case, TimelineEntry
from desk.cases.rules.deadlines import due
from desk.cases.rules.intake import Answer, Brought, MaterialState
from desk.cases.rules.people import Part, Person, Relation
from desk.cases.rules.results import ReasonNeeded, Result
from desk.cases.rules.stages import MoveNotAllowed, Stage
from desk.cases.rules.verbs import (
    AlreadyAccepted,
    DayOutOfRange,
    EarlierDayNeedsReason,
    EmptyNote,
)
from desk.messages.records import OutboxMessage
from kernel.audit import queries as audit
from kernel.audit.actions import ClockWentBack
from kernel.clock import FixedClock, town_day
from kernel.database import Record
from kernel.errors import Conflict, NotFound, Refusal
from kernel.staff.queries import by_username
from kernel.staff.records import Staff
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.builders import (
    CARRIED,
    HERE,
    REFERRED,
    a_case,
    clerk,
    hand_over,
    intake,
    mobile,
    person,
)

#: for what no database decides
on_one_database = pytest.mark.parametrize("kind", ["sqlite"])


def taken_in(
    here: House,
    code: str = HERE,
    answer: Answer = Answer.ACCEPT,
    who: Person | None = None,
) -> str:
    """Register a case; return its number."""
    with here.writing() as session:
        return a_case(here, session, here.now(), intake(session, code, answer, who)).number


def found(session: Session, number: str) -> Case:
    return queries.at_window(session, Window.GENERAL, number)


def colleague(session: Session) -> Staff:
    staff = by_username(session, "counter2")
    assert staff is not None
    return staff


Verb = Callable[[House, Session, Case], None]


def accept(here: House, session: Session, case: Case, by: Acceptance | None = None) -> None:
    actor, now, hall = clerk(session), here.now(), here.hall(session)
    verbs.accept(session, case, by or Acceptance(), actor, now, hall)


def note(here: House, session: Session, case: Case) -> None:
    verbs.note(session, case, "已电话通知", clerk(session), here.now(), public=True)


def withdraw(here: House, session: Session, case: Case) -> None:
    verbs.withdraw(session, case, "本人不办了", clerk(session), here.now())


def correct(here: House, session: Session, case: Case, who: Person | None = None) -> None:
    who = who or person(2, "示例群众乙")
    corrected = (who, ["姓名"], "登记时写错")
    verbs.correct(session, case, corrected, clerk(session), here.now())


def close(
    here: House, session: Session, case: Case, result: Result = Result.DONE, reason: str = ""
) -> None:
    actor, now, hall = clerk(session), here.now(), here.hall(session)
    verbs.close(session, case, (result, reason), actor, now, hall)


WAITING = {Stage.EXPECTED, Stage.EXAMINING, Stage.RECEIVED, Stage.AWAITING_MATERIALS}
OPEN = {*WAITING, Stage.IN_PROGRESS, Stage.ON_HOLD}
#: stages a verb may be pressed in, and where it leads (None: it stays)
ALLOWED: dict[str, tuple[Verb, set[Stage], Stage | None, type[Refusal] | None]] = {
    "accept": (
        accept,
        WAITING,
        Stage.IN_PROGRESS,
        Refusal,
    ),
    "note": (note, set(Stage), None, None),
    "withdraw": (withdraw, OPEN, Stage.WITHDRAWN, MoveNotAllowed),
    "correct": (correct, set(Stage), None, None),
    "close": (close, {Stage.IN_PROGRESS}, Stage.COMPLETED, MoveNotAllowed),
}


def put(here: House, number: str, stage: Stage) -> None:
    """Put a case into a stage, those included that no button of this window leads to yet."""
    with here.writing() as session:
        case = found(session, number)
        case.stage = stage
        case.accepted_at = None if stage in WAITING else here.now()


@pytest.mark.parametrize("verb", list(ALLOWED))
def test_a_button_works_in_its_stages_and_says_no_in_the_others(here: House, verb: str) -> None:
    press, allowed, leads_to, no = ALLOWED[verb]
    number = taken_in(here)
    for stage in Stage:
        put(here, number, stage)
        before = audit_count(here)
        if stage in allowed:
            with here.writing() as session:
                press(here, session, found(session, number))
        else:
            assert no is not None
            with pytest.raises(no), here.writing() as session:
                press(here, session, found(session, number))
        with here.reading() as session:
            now = found(session, number).stage
            assert now is (leads_to or stage if stage in allowed else stage), stage
        assert audit_count(here) - before == (stage in allowed), "each change leaves one record"


def audit_count(here: House) -> int:
    with here.reading() as session:
        assert audit.first_broken_record(session) is None
        return audit.count(session)


@pytest.mark.parametrize("verb", list(ALLOWED))
def test_every_button_raises_the_version_so_that_an_older_form_is_refused(
    here: House, verb: str
) -> None:
    number = taken_in(here, CARRIED, Answer.CARRY)
    if verb == "close":
        put(here, number, Stage.IN_PROGRESS)
    with here.reading() as session:
        seen = found(session, number).version
    with here.writing() as session:
        case = found(session, number)
        verbs.check_version(case, seen)
        ALLOWED[verb][0](here, session, case)
    with here.reading() as session, pytest.raises(Conflict):
        verbs.check_version(found(session, number), seen)


def test_two_who_change_the_same_case_at_once_never_overwrite_each_other(here: House) -> None:
    number = taken_in(here)
    with here.reading() as session:
        older = found(session, number)
    with here.writing() as session:
        hand_over(session, found(session, number), "counter2", here.now())
    with pytest.raises(StaleDataError), here.writing() as session:
        older = session.merge(older, load=False)
        older.outside_number = "overwritten"
        session.flush()
    with here.reading() as session:
        assert found(session, number).outside_number == ""


# ------ 受理


def test_papers_supplied_start_the_clock_on_the_day_they_are_supplied(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here, HERE, Answer.NOTICE)
    clock.at += timedelta(days=7)
    with here.writing() as session:
        accept(here, session, found(session, number))
    with here.reading() as session:
        case = found(session, number)
        assert (case.stage, case.accepted_at) == (Stage.IN_PROGRESS, clock.now())
        assert case.due_on == date(2026, 3, 23)
        states = {one.state for one in queries.materials_of(session, case)}
        assert states == {MaterialState.BROUGHT}
        numbers = [paper.number for paper in queries.papers_of(session, case)]
        assert numbers == ["便民受〔2026〕1号", "便民告〔2026〕1号"]
        texts = [message.text for message in session.scalars(sa.select(OutboxMessage))]
        assert len(texts) == 2
        assert "最迟3月17日按告知书补齐" in texts[0]
        assert "最迟3月23日办结" in texts[1]


def test_papers_supplied_for_a_matter_that_is_carried_are_carried_and_no_clock_starts(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here, CARRIED, Answer.NOTICE)
    clock.at += timedelta(days=1)
    with here.writing() as session:
        accept(here, session, found(session, number))
    with here.reading() as session:
        case = found(session, number)
        assert (case.stage, case.accepted_at, case.due_on) == (Stage.RECEIVED, None, None)
        assert case.carry_by_on == date(2026, 3, 5)
        numbers = [paper.number for paper in queries.papers_of(session, case)]
        assert numbers == ["便民收〔2026〕1号", "便民告〔2026〕1号"]
        assert "代为报送" in queries.timeline(session, case, public_only=True)[-1].text
        _, message = session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id))
        assert "最迟3月5日送交承办机关" in message.text
    with here.writing() as session:
        accept(here, session, found(session, number))
    with here.reading() as session:
        case = found(session, number)
        assert (case.stage, case.due_on) == (Stage.IN_PROGRESS, date(2026, 3, 17))


def _carried_for_three_days(here: House, clock: FixedClock) -> str:
    number = taken_in(here, CARRIED, Answer.CARRY)
    clock.at += timedelta(days=3)
    return number


@pytest.mark.parametrize(
    ("accepted_on", "due_on"),
    [
        (None, date(2026, 3, 19)),
        (date(2026, 3, 5), date(2026, 3, 19)),
        (date(2026, 3, 4), date(2026, 3, 18)),
        (date(2026, 3, 2), date(2026, 3, 16)),
    ],
)
def test_the_clock_runs_from_the_day_the_body_accepted(
    here: House, clock: FixedClock, accepted_on: date | None, due_on: date
) -> None:
    number = _carried_for_three_days(here, clock)
    by = Acceptance(accepted_on, "县民受〔2026〕88号", "见承办机关受理通知书")
    with here.writing() as session:
        accept(here, session, found(session, number), by)
    with here.reading() as session:
        case = found(session, number)
        assert case.accepted_at is not None
        assert town_day(case.accepted_at) == (accepted_on or town_day(clock.now()))
        assert case.due_on == due_on
        assert case.outside_number == "县民受〔2026〕88号"
        calendar = here.calendar(session)
        counted = due(case.accepted_at, case.item.promised, case.item.statutory, calendar)
        assert counted.binding is not None
        assert counted.binding.day == case.due_on
        line = queries.timeline(session, case, public_only=True)[-1].text
        assert line.startswith(f"{case.item.body}已受理，2026年3月{due_on.day}日")
        kinds = [message.kind.value for message in session.scalars(sa.select(OutboxMessage))]
        assert kinds == ["carried", "receipt"]


@on_one_database
@pytest.mark.parametrize(
    ("accepted_on", "reason", "no"),
    [
        (date(2026, 3, 1), "见通知书", DayOutOfRange),
        (date(2026, 3, 6), "见通知书", DayOutOfRange),
        (date(2026, 3, 4), "", EarlierDayNeedsReason),
    ],
)
def test_a_day_that_cannot_be_or_has_no_ground_is_refused(
    here: House, clock: FixedClock, accepted_on: date, reason: str, no: type[Refusal]
) -> None:
    number = _carried_for_three_days(here, clock)
    before = everything(here)
    with pytest.raises(no), here.writing() as session:
        accept(here, session, found(session, number), Acceptance(accepted_on, reason=reason))
    assert everything(here) == before


@on_one_database
def test_nobody_is_accepted_before_the_papers_were_taken_in(here: House, clock: FixedClock) -> None:
    clock.at = datetime(2026, 3, 2, 8, tzinfo=UTC)  # four in the afternoon
    number = _carried_for_three_days(here, clock)
    with here.writing() as session:
        case = found(session, number)
        accept(here, session, case, Acceptance(date(2026, 3, 2), reason="见通知书"))
        assert case.accepted_at == case.received_at


@on_one_database
def test_the_halls_own_acceptance_is_of_the_day_it_is_pressed(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here, HERE, Answer.NOTICE)
    clock.at += timedelta(days=3)
    with here.writing() as session:
        case = found(session, number)
        accept(here, session, case, Acceptance(date(2026, 3, 2), reason="早就来过"))
        assert case.accepted_at == clock.now()


@on_one_database
def test_what_is_accepted_is_not_accepted_again(here: House, clock: FixedClock) -> None:
    """Back from a hold is a move to 办理中 as well, and must not begin the count anew."""
    number = taken_in(here)
    put(here, number, Stage.ON_HOLD)
    clock.at += timedelta(days=3)
    before = everything(here)
    with pytest.raises(AlreadyAccepted, match="2026年3月2日"), here.writing() as session:
        accept(here, session, found(session, number))
    assert everything(here) == before


@on_one_database
def test_a_clock_that_went_back_gives_out_no_paper(here: House, clock: FixedClock) -> None:
    number = taken_in(here, HERE, Answer.NOTICE)
    clock.at -= timedelta(minutes=6)
    before = everything(here)
    with pytest.raises(ClockWentBack), here.writing() as session:
        accept(here, session, found(session, number))
    assert everything(here) == before


# ------ 村里代收


def brought_by_an_adviser(here: House, code: str) -> str:
    """Let an adviser take papers in for a neighbour; return the case's number."""
    with here.writing() as session:
        taken = intake(session, code, Answer.EXPECT)
        actor, hall = clerk(session, "adviser"), here.hall(session)
        return expect(session, taken, actor, here.now(), hall).number


def papers(session: Session, case: Case, state: MaterialState) -> list[Brought]:
    return [Brought(one.name, one.copies, state) for one in queries.materials_of(session, case)]


@pytest.mark.parametrize(
    ("code", "answer", "state", "stage"),
    [
        (HERE, Answer.ACCEPT, MaterialState.BROUGHT, Stage.IN_PROGRESS),
        (CARRIED, Answer.CARRY, MaterialState.BROUGHT, Stage.RECEIVED),
        (HERE, Answer.NOTICE, MaterialState.MISSING, Stage.AWAITING_MATERIALS),
        (CARRIED, Answer.NOTICE, MaterialState.MISSING, Stage.AWAITING_MATERIALS),
    ],
)
@on_one_database
def test_what_an_adviser_brings_waits_until_the_counter_answers_it(
    here: House,
    clock: FixedClock,
    code: str,
    answer: Answer,
    state: MaterialState,
    stage: Stage,
) -> None:
    number = brought_by_an_adviser(here, code)
    clock.at += timedelta(days=1)
    with here.writing() as session:
        case = found(session, number)
        assert (case.stage, case.accepted_at, case.due_on) == (Stage.EXPECTED, None, None)
        asked = (clerk(session), here.now())
        examine(
            session, case, Found(answer, papers(session, case, state)), asked, here.hall(session)
        )
    with here.reading() as session:
        case = found(session, number)
        assert case.stage is stage
        assert case.accepted_at == (clock.now() if answer is Answer.ACCEPT else None)
        assert case.due_on == (date(2026, 3, 17) if answer is Answer.ACCEPT else None)
        assert {one.state for one in queries.materials_of(session, case)} == {state}


@pytest.mark.parametrize("answer", [Answer.ACCEPT, Answer.CARRY, Answer.REFER])
@on_one_database
def test_what_an_adviser_brings_with_gaps_is_not_taken_by_any_answer(
    here: House, answer: Answer
) -> None:
    number = brought_by_an_adviser(here, HERE)
    before = everything(here)
    with pytest.raises(Refusal), here.writing() as session:
        case = found(session, number)
        pile = papers(session, case, MaterialState.MISSING)
        asked, hall = (clerk(session), here.now()), here.hall(session)
        examine(session, case, Found(answer, pile), asked, hall)
    assert everything(here) == before


# ------ 办结, 撤回


def test_closing_promises_one_text_however_often_it_is_pressed(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here)
    clock.at += timedelta(days=2)
    with here.writing() as session:
        close(here, session, found(session, number))
    with pytest.raises(MoveNotAllowed), here.writing() as session:
        close(here, session, found(session, number))
    with here.reading() as session:
        case = found(session, number)
        assert (case.stage, case.closed_at) == (Stage.COMPLETED, clock.now())
        assert (case.result, case.due_on) == (Result.DONE, date(2026, 3, 16))
        messages = session.scalars(sa.select(OutboxMessage)).all()
        keys = [message.key for message in messages]
        assert keys == [f"case:{case.id}:receipt", f"case:{case.id}:completed"]
        assert f"办件{number}已办结" in messages[-1].text
        assert queries.timeline(session, case, public_only=True)[-1].text == "已办结：已办好。"


@on_one_database
def test_closing_tells_who_came_when_the_applicant_has_no_mobile_and_nobody_when_neither_has(
    here: House,
) -> None:
    child = Person("示例群众丁", relation=Relation.CHILD, phone=f"+86{mobile(5)}")
    silent = replace(person(), phone="")
    with here.writing() as session:
        with_child = replace(intake(session, who=silent), presenter=child)
        cases = [a_case(here, session, here.now(), one) for one in (with_child,)]
        cases.append(a_case(here, session, here.now(), intake(session, who=silent)))
        for case in cases:
            close(here, session, case)
        keys = [message.key for message in session.scalars(sa.select(OutboxMessage))]
        assert keys == [f"case:{cases[0].id}:receipt", f"case:{cases[0].id}:completed"]


@on_one_database
def test_a_no_needs_its_reason_and_keeps_it(here: House) -> None:
    number = taken_in(here)
    before = everything(here)
    with pytest.raises(ReasonNeeded), here.writing() as session:
        close(here, session, found(session, number), Result.DENIED)
    assert everything(here) == before
    with here.writing() as session:
        close(here, session, found(session, number), Result.DENIED, "未满80周岁")
    with here.reading() as session:
        case = found(session, number)
        assert (case.result, case.result_note) == (Result.DENIED, "未满80周岁")
        public = [line.text for line in queries.timeline(session, case, public_only=True)]
        assert public[-1] == "已办结：不予批准。"


@on_one_database
def test_withdrawing_keeps_its_reason_from_the_public_and_tells_nobody(here: House) -> None:
    number = taken_in(here)
    with here.writing() as session:
        withdraw(here, session, found(session, number))
    with here.reading() as session:
        case = found(session, number)
        assert (case.stage, case.result, case.result_note) == (Stage.WITHDRAWN, None, "本人不办了")
        assert case.closed_at == here.now()
        public = [line.text for line in queries.timeline(session, case, public_only=True)]
        assert public[-1] == "申请人已撤回申请，材料退还见《退件通知》。"
        assert session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 1


@on_one_database
def test_withdrawing_needs_a_reason(here: House) -> None:
    number = taken_in(here)
    with pytest.raises(ReasonNeeded), here.writing() as session:
        verbs.withdraw(session, found(session, number), "", clerk(session), here.now())


# ------ 记一笔, 转交


@on_one_database
def test_a_note_among_staff_is_not_the_villagers_to_read(here: House) -> None:
    number = taken_in(here)
    with here.writing() as session:
        case = found(session, number)
        verbs.note(session, case, "家里有狗", clerk(session), here.now(), public=False)
        verbs.note(session, case, "已上门核实", clerk(session), here.now(), public=True)
    with here.reading() as session:
        case = found(session, number)
        every = [line.text for line in queries.timeline(session, case, public_only=False)]
        public = [line.text for line in queries.timeline(session, case, public_only=True)]
        assert every[1:] == ["家里有狗", "已上门核实"]
        assert public[1:] == ["已上门核实"]


@on_one_database
def test_an_empty_note_is_refused(here: House) -> None:
    number = taken_in(here)
    with pytest.raises(EmptyNote), here.writing() as session:
        verbs.note(session, found(session, number), "", clerk(session), here.now(), public=True)


def test_a_line_of_the_history_cannot_be_changed_afterwards(here: House) -> None:
    taken_in(here)
    for statement in (sa.update(TimelineEntry).values(text="x"), sa.delete(TimelineEntry)):
        with pytest.raises(sa.exc.DatabaseError), here.writing() as session:
            session.execute(statement)


@on_one_database
def test_passing_on_changes_the_handler_and_is_written_among_staff(here: House) -> None:
    number = taken_in(here)
    with here.writing() as session:
        hand_over(session, found(session, number), "counter2", here.now())
    with here.reading() as session:
        case = found(session, number)
        assert case.handler_id == colleague(session).id
        last = queries.timeline(session, case, public_only=False)[-1]
        assert (last.text, last.is_public) == (
            f"{colleague(session).name}已接收，转由{colleague(session).name}经办",
            False,
        )


# ------ 更正


def test_a_corrected_person_is_found_under_the_new_particulars_and_not_the_old(
    here: House,
) -> None:
    child = Person("示例欧阳丁", relation=Relation.CHILD, phone=f"+86{mobile(5)}")
    with here.writing() as session:
        taken = replace(intake(session, who=person(1, "示例诸葛甲")), presenter=child)
        number = a_case(here, session, here.now(), taken).number
    new = replace(person(2, "示例司马乙"), address="示例上溪村8号")
    with here.writing() as session:
        correct(here, session, found(session, number), new)
    with here.reading() as session:
        case = found(session, number)
        assert queries.people_of(session, case) == [(Part.APPLICANT, new), (Part.PRESENTER, child)]
        for scrap in ("司马", mobile(2), "0002", new.document_number, "欧阳丁", "0005"):
            assert queries.find(session, case.window, scrap) == [case], scrap
        old = person(1)
        for scrap in ("诸葛", mobile(1), "0001", old.document_number, old.document_number[-4:]):
            assert queries.find(session, case.window, scrap) == [], scrap
        assert queries.matches_last_four(session, case, "0002")
        assert not queries.matches_last_four(session, case, "0001")


@on_one_database
def test_a_correction_is_told_in_words_that_give_nothing_away(here: House) -> None:
    number = taken_in(here)
    with here.writing() as session:
        correct(here, session, found(session, number))
    with here.reading() as session:
        case = found(session, number)
        last = queries.timeline(session, case, public_only=True)[-1]
        assert last.text == "登记信息已更正：姓名。"
        entry = audit.about(session, f"case:{case.id}")[-1]
        assert "登记时写错" in entry.facts
        assert "示例群众" not in entry.facts


@on_one_database
def test_a_correction_without_a_reason_or_without_a_person_is_refused(here: House) -> None:
    number = taken_in(here)
    unnamed = taken_in(here, REFERRED, Answer.REFER, Person(name=""))
    with pytest.raises(ReasonNeeded), here.writing() as session:
        case = found(session, number)
        verbs.correct(session, case, (person(2), ["姓名"], ""), clerk(session), here.now())
    with pytest.raises(NotFound), here.writing() as session:
        correct(here, session, found(session, unnamed))


def everything(here: House) -> dict[str, list[tuple[object, ...]]]:
    with here.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(sa.select(table))]
            for table in Record.metadata.sorted_tables
        }
