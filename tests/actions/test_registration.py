"""登记: what one press writes, and that a refused one writes nothing, on both databases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions.register import Intake, lookup_code, register
from desk.cases.records import Case, CaseParty
from desk.cases.rules.deadlines import due
from desk.cases.rules.intake import (
    Answer,
    AnswerNotOffered,
    Brought,
    MaterialsMissing,
    MaterialState,
    NothingMissing,
)
from desk.cases.rules.notices import PROVISIONAL
from desk.cases.rules.people import Part, Person, Relation
from desk.cases.rules.stages import Stage
from desk.messages.records import OutboxMessage
from desk.messages.rules.delivery import mobile_place
from desk.messages.rules.kinds import MessageKind
from kernel.audit import queries as audit
from kernel.audit.actions import ClockWentBack
from kernel.clock import FixedClock
from kernel.database import Record
from kernel.errors import Refusal
from kernel.town.queries import villages
from kernel.web.house import House
from services_catalog import actions as catalogue
from services_catalog import queries as items
from services_catalog.rules.items import Entry, VersionState, Window
from services_catalog.rules.limits import parse_limit
from tests.builders import CARRIED, HERE, REFERRED, a_case, clerk, intake, mobile, person

BY_BATCH, ON_THE_SPOT = "BM-048", "BM-018"
#: for what no database decides
on_one_database = pytest.mark.parametrize("kind", ["sqlite"])


class Written(NamedTuple):
    """What an answer leaves behind."""

    stage: Stage
    due_on: date | None
    carry_by_on: date | None
    is_accepted: bool
    is_closed: bool
    paper: str
    line: str
    told: MessageKind | None


EXPECTED = {
    Answer.ACCEPT: Written(
        Stage.IN_PROGRESS,
        date(2026, 3, 16),
        None,
        True,
        False,
        "便民受〔2026〕1号",
        "已受理，2026年3月16日 周一前办结。",
        MessageKind.RECEIPT,
    ),
    Answer.CARRY: Written(
        Stage.RECEIVED,
        None,
        date(2026, 3, 4),
        False,
        False,
        "便民收〔2026〕1号",
        "材料已收下，由本厅代为报送{body}；承办机关受理后开始计算办理时限。",
        MessageKind.CARRIED,
    ),
    Answer.NOTICE: Written(
        Stage.AWAITING_MATERIALS,
        None,
        None,
        False,
        False,
        "便民告〔2026〕1号",
        "材料需要补正，已一次性告知全部要补的内容，请在2026年3月17日 周二前补齐，补齐后再受理。",
        MessageKind.NOTICE,
    ),
    Answer.RECEIVE: Written(
        Stage.EXAMINING,
        None,
        None,
        False,
        False,
        "便民收〔2026〕1号",
        "材料已收下，正在审查，2026年3月9日 周一前答复是否受理。",
        MessageKind.RECEIPT,
    ),
    Answer.REFER: Written(
        Stage.REFERRED,
        None,
        None,
        False,
        True,
        "便民转〔2026〕1号",
        "此事由{body}办理，已告知地点和电话。",
        None,
    ),
}
ITEM_OF = {
    Answer.ACCEPT: HERE,
    Answer.CARRY: CARRIED,
    Answer.NOTICE: HERE,
    Answer.RECEIVE: HERE,
    Answer.REFER: REFERRED,
}


def _written(session: Session, case: Case, now: datetime) -> Written:
    (paper,) = queries.papers_of(session, case)
    (line,) = queries.timeline(session, case, public_only=True)
    told = [message.kind for message in session.scalars(sa.select(OutboxMessage))]
    assert (paper.issued_at, line.at, case.received_at) == (now, now, now)
    assert case.accepted_at in (None, now)
    assert case.closed_at in (None, now)
    return Written(
        case.stage,
        case.due_on,
        case.carry_by_on,
        case.accepted_at is not None,
        case.closed_at is not None,
        paper.number,
        line.text,
        told[0] if told else None,
    )


@pytest.mark.parametrize("answer", list(EXPECTED))
def test_each_answer_writes_its_stage_clock_paper_line_and_promise(
    here: House, clock: FixedClock, answer: Answer
) -> None:
    with here.writing() as session:
        before = audit.count(session)
        case = a_case(here, session, clock.now(), intake(session, ITEM_OF[answer], answer))
        number = case.number
    with here.reading() as session:
        case = queries.at_window(session, Window.GENERAL, number)
        assert number == "Z26-00001-4"
        expected = EXPECTED[answer]
        line = expected.line.format(body=case.item.body)
        assert _written(session, case, clock.now()) == expected._replace(line=line)
        (entry,) = audit.about(session, f"case:{case.id}")
        assert (entry.verb, entry.actor_id) == ("case.registered", case.handler_id)
        assert audit.count(session) == before + 1
        assert audit.first_broken_record(session) is None


@on_one_database
@pytest.mark.parametrize(
    ("code", "due_on", "line"),
    [
        (BY_BATCH, None, "已受理。"),
        (ON_THE_SPOT, date(2026, 3, 2), "已受理，2026年3月2日 周一前办结。"),
    ],
)
def test_a_batch_has_no_day_and_a_matter_of_the_spot_has_today(
    here: House, clock: FixedClock, code: str, due_on: date | None, line: str
) -> None:
    with here.writing() as session:
        case = a_case(here, session, clock.now(), intake(session, code))
        assert (case.due_on, case.is_provisional) == (due_on, False)
        assert queries.timeline(session, case, public_only=True)[0].text == line
        (message,) = session.scalars(sa.select(OutboxMessage))
        assert ("最迟" in message.text) is (due_on is not None)


@on_one_database
def test_a_day_in_a_year_without_a_notice_is_provisional(here: House, clock: FixedClock) -> None:
    clock.at = datetime(2026, 12, 28, 2, tzinfo=UTC)
    with here.writing() as session:
        case = a_case(here, session, clock.now())
        assert (case.due_on, case.is_provisional) == (date(2027, 1, 11), True)
        assert PROVISIONAL in queries.timeline(session, case, public_only=True)[0].text


# ------ who is told


def _promise(session: Session) -> OutboxMessage | None:
    return session.scalar(sa.select(OutboxMessage))


def _mobile_of(here: House, message: OutboxMessage) -> str:
    return here.database.vault.town.open(message.mobile, mobile_place(message.uuid))


@on_one_database
@pytest.mark.parametrize(
    ("applicants", "presenters", "told"),
    [
        (mobile(1), "", mobile(1)),
        ("", mobile(2), mobile(2)),
        ("0000-8000301", mobile(2), mobile(2)),
        (mobile(1), mobile(2), mobile(1)),
        ("0000-8000301", "", None),
        ("", "66123", None),
        ("", "", None),
    ],
)
def test_the_text_goes_to_the_applicant_else_to_who_came_else_to_nobody(
    here: House, clock: FixedClock, applicants: str, presenters: str, told: str | None
) -> None:
    child = Person(name="示例群众乙", relation=Relation.CHILD, phone=_stored(presenters))
    with here.writing() as session:
        taken = intake(session, who=replace(person(), phone=_stored(applicants)))
        case = a_case(here, session, clock.now(), replace(taken, presenter=child))
        promise = _promise(session)
        if told is None or promise is None:
            assert (told, promise) == (None, None)
            return
        assert _mobile_of(here, promise) == told
        assert promise.key == f"case:{case.id}:receipt"
        signature = here.town(session).signature
        assert promise.text == (
            f"【{signature}】您的办件{case.number}已受理，最迟3月16日办结。"
            f"请凭编号查询进度。短信号{promise.mark}"
        )


def _stored(phone: str) -> str:
    return f"+86{phone}" if len(phone) == 11 else phone


@on_one_database
def test_a_carried_case_promises_the_day_its_papers_are_delivered(
    here: House, clock: FixedClock
) -> None:
    with here.writing() as session:
        case = a_case(here, session, clock.now(), intake(session, CARRIED, Answer.CARRY))
        promise = _promise(session)
        assert promise is not None
        assert f"办件{case.number}的材料已收下，最迟3月4日送交承办机关。" in promise.text


# ------ who and what is in it


def test_people_materials_village_and_outside_number_are_kept(
    here: House, clock: FixedClock
) -> None:
    who = replace(person(3, "示例群众丙"), address="示例上溪村8号", born_on=date(1940, 1, 1))
    child = Person(
        "示例群众丁", relation=Relation.CHILD, phone=_stored(mobile(4)), document_number="D0000001"
    )
    with here.writing() as session:
        taken = intake(session, who=who)
        first, *rest = taken.materials
        piles = [Brought(first.name, first.copies, MaterialState.NOT_NEEDED, "已共享"), *rest]
        village = villages(session)[1]
        case = a_case(
            here,
            session,
            clock.now(),
            replace(
                taken, presenter=child, materials=piles, village=village, outside_number="省2026-1"
            ),
        )
        number, village_name = case.number, village.name
    with here.reading() as session:
        case = queries.at_window(session, Window.GENERAL, number)
        assert queries.people_of(session, case) == [(Part.APPLICANT, who), (Part.PRESENTER, child)]
        kept = [
            Brought(one.name, one.copies, one.state, one.note)
            for one in queries.materials_of(session, case)
        ]
        assert kept == piles
        assert case.village is not None
        assert (case.village.name, case.outside_number) == (village_name, "省2026-1")


@on_one_database
def test_who_is_only_pointed_on_may_leave_nothing(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        taken = intake(session, REFERRED, Answer.REFER, Person(name=""))
        case = a_case(here, session, clock.now(), taken)
        assert queries.people_of(session, case) == []
        assert queries.applicant_of(session, case) is None
        assert _promise(session) is None
        assert [row.applicant for row in queries.rows(session, [case])] == [""]


@on_one_database
def test_who_leaves_only_a_phone_can_be_rung_up(here: House, clock: FixedClock) -> None:
    who = Person(name="", phone=_stored(mobile(9)))
    with here.writing() as session:
        case = a_case(here, session, clock.now(), intake(session, REFERRED, Answer.REFER, who))
        assert queries.people_of(session, case) == [(Part.APPLICANT, who)]
        assert queries.find(session, case.window, "0009") == [case]


@on_one_database
def test_nothing_of_a_person_lies_open_in_the_database(here: House, clock: FixedClock) -> None:
    who = replace(person(3, "示例群众丙"), address="示例上溪村8号")
    with here.writing() as session:
        a_case(here, session, clock.now(), intake(session, who=who))
    with here.reading() as session:
        stored = " ".join(
            str(cell)
            for table in Record.metadata.sorted_tables
            for row in session.execute(sa.select(table))
            for cell in row
        )
    for secret in (who.name, who.document_number, mobile(3), who.address):
        assert secret not in stored
    assert "80周岁以上高龄津贴申领" in stored, "the search itself works"


@on_one_database
def test_a_person_whose_key_is_dropped_cannot_be_read_any_more(
    here: House, clock: FixedClock
) -> None:
    with here.writing() as session:
        number = a_case(here, session, clock.now()).number
        other = a_case(here, session, clock.now(), intake(session, who=person(2))).number
    with here.writing() as session:
        case, kept = (queries.at_window(session, Window.GENERAL, one) for one in (number, other))
        party = session.scalars(sa.select(CaseParty).where(CaseParty.case_id == case.id)).one()
        sealed = party.name_sealed
        party.wrapped_key, _ = here.database.vault.new_person_key(party.uuid)
        session.flush()
        with pytest.raises(InvalidTag):
            queries.people_of(session, case)
        place = f"case_party|name|{party.uuid}"
        with pytest.raises(InvalidTag):
            here.database.vault.town.open(sealed, place)
        assert queries.applicant_of(session, kept) == person(2)


@on_one_database
def test_the_slips_code_opens_its_case_and_no_other_does(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        cases = [
            a_case(here, session, clock.now(), intake(session, who=person(serial)))
            for serial in range(1, 4)
        ]
        codes = [lookup_code(session, case) for case in cases]
        assert len(set(codes)) == 3
        found = [queries.by_lookup_code(session, code.lower()) for code in codes]
        assert found == cases
        cases[0].lookup_generation += 1
        assert lookup_code(session, cases[0]) not in codes


# ------ a refusal leaves nothing


def _state(here: House) -> dict[str, Sequence[object]]:
    with here.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(sa.select(table))]
            for table in Record.metadata.sorted_tables
        }


def _lacking(taken: Intake) -> Intake:
    first, *rest = taken.materials
    return replace(taken, materials=[replace(first, state=MaterialState.MISSING), *rest])


@on_one_database
@pytest.mark.parametrize(
    ("code", "answer", "no"),
    [
        (CARRIED, Answer.ACCEPT, AnswerNotOffered),
        (HERE, Answer.CARRY, AnswerNotOffered),
        (REFERRED, Answer.NOTICE, AnswerNotOffered),
        (HERE, Answer.ACCEPT, MaterialsMissing),
        (CARRIED, Answer.CARRY, MaterialsMissing),
    ],
)
def test_a_refused_registration_leaves_nothing(
    here: House, clock: FixedClock, code: str, answer: Answer, no: type[Refusal]
) -> None:
    before = _state(here)
    with here.reading() as session:
        taken = _lacking(intake(session, code, answer))
    with pytest.raises(no), here.writing() as session:
        a_case(here, session, clock.now(), taken)
    assert _state(here) == before


@on_one_database
def test_a_notice_without_anything_missing_leaves_nothing(here: House, clock: FixedClock) -> None:
    before = _state(here)
    with here.reading() as session:
        taken = replace(intake(session, HERE, Answer.ACCEPT), answer=Answer.NOTICE)
    with pytest.raises(NothingMissing), here.writing() as session:
        a_case(here, session, clock.now(), taken)
    assert _state(here) == before


def test_a_registration_that_breaks_off_at_its_end_leaves_nothing(
    here: House, clock: FixedClock
) -> None:
    with here.reading() as session:
        here.hall(session)
    before = _state(here)
    with pytest.raises(RuntimeError), here.writing() as session:
        a_case(here, session, clock.now())
        raise RuntimeError("the plug was pulled")
    assert _state(here) == before
    with here.writing() as session:
        assert a_case(here, session, clock.now()).number == "Z26-00001-4"
    assert _state(here) != before


def test_a_clock_that_went_back_gives_out_no_number(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        a_case(here, session, clock.now())
    before = _state(here)
    clock.at -= timedelta(minutes=5, seconds=1)
    with pytest.raises(ClockWentBack), here.writing() as session:
        a_case(here, session, clock.now())
    assert _state(here) == before
    clock.at += timedelta(seconds=2)
    with here.writing() as session:
        assert a_case(here, session, clock.now()).number.startswith("Z26-00002-")


# ------ what a case was taken in under, for good


def test_a_case_keeps_the_version_it_was_taken_in_under(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        case = a_case(here, session, clock.now())
        number, title, days = case.number, case.item.title, case.item.promised.amount
        facts = items.facts_of(session, case.item)
        changed = replace(facts, title="高龄津贴（新）", promised=parse_limit("5工作日"))
        catalogue.take_in(session, Entry(HERE, changed), clock.now(), here.calendar(session))
    with here.writing() as session:
        old = queries.at_window(session, Window.GENERAL, number)
        new = a_case(here, session, clock.now(), intake(session, who=person(2)))
        assert (old.item.title, old.item.promised.amount) == (title, days)
        assert old.item.state is VersionState.SUPERSEDED
        assert old.due_on == date(2026, 3, 16)
        assert (new.item.title, new.due_on) == ("高龄津贴（新）", date(2026, 3, 9))
        assert old.item.item_id == new.item.item_id


def test_every_stored_due_day_is_what_the_facts_give(here: House, clock: FixedClock) -> None:
    """The house's invariant: a column for the index's sake never says anything of its own."""
    with here.writing() as session:
        published = items.published_list(session)
        for serial, listed in enumerate(published):
            clock.at += timedelta(hours=7)
            answer = {"here": Answer.ACCEPT, "carried": Answer.CARRY}.get(listed.handling)
            taken = intake(session, listed.code, answer or Answer.REFER, person(serial % 900 + 1))
            register(session, taken, clerk(session), clock.now(), here.hall(session))
    with here.reading() as session:
        cases = session.scalars(sa.select(Case)).all()
        assert len(cases) == len(published)
        assert sum(case.due_on is not None for case in cases) > 20
        wrong = [case.number for case in cases if not _is_derived(here, session, case)]
        assert wrong == []


def _is_derived(here: House, session: Session, case: Case) -> bool:
    if case.accepted_at is None:
        return (case.due_on, case.is_provisional) == (None, False)
    limits = case.item.promised, case.item.statutory
    binding = due(case.accepted_at, *limits, here.calendar(session)).binding
    if binding is None:
        return case.due_on is None
    return (case.due_on, case.is_provisional) == (binding.day, binding.provisional)


@on_one_database
def test_a_stored_day_of_its_own_would_be_seen(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        case = a_case(here, session, clock.now())
        assert _is_derived(here, session, case)
        case.due_on = date(2026, 3, 17)
        assert not _is_derived(here, session, case)
