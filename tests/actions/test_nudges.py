"""催办: each once for each countdown and day, to whoever it is for, and never when it is over."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions import verbs
from desk.cases.actions.countdowns import move_days
from desk.cases.queries import by_number
from desk.cases.records import Case, Countdown, RedAnnulment
from desk.cases.rules.intake import Answer
from desk.cases.rules.results import Result
from desk.messages import jobs as messages
from desk.messages.gateways import Outgoing
from desk.messages.records import OutboxMessage
from desk.messages.rules.delivery import Delivery
from desk.messages.rules.kinds import MessageKind
from desk.reminders.jobs import GUARDS, nudge
from desk.reminders.queries.nudges import number_told, to_plan, to_tell
from desk.reminders.records import Nudge
from desk.reminders.rules.nudges import NudgeKind
from duty_roster.records.people import DutyPerson
from kernel.clock import FixedClock
from kernel.staff.actions import disable, set_mobile
from kernel.staff.queries import by_username
from kernel.web.house import House
from tests.builders import HERE, a_case, clerk, intake, mobile

ADMIN, HANDLER, DIRECTOR = "admin", "counter1", "director"
PHONES = {HANDLER: 11, DIRECTOR: 12, "leader1": 13, "head": 14}


class Recorder:
    """A carrier that takes everything and remembers it."""

    name = "recorder"
    is_abroad = False
    can_list = False

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []

    def send(self, outgoing: Outgoing) -> str:
        """Take a text in."""
        self.sent.append(outgoing)
        return outgoing.uuid

    def find(self, outgoing: Outgoing) -> str | None:
        """Have nothing to list."""
        raise NotImplementedError(outgoing)


@pytest.fixture(autouse=True)
def phones(here: House) -> None:
    """Give some of the staff a work phone."""
    with here.writing() as session:
        for username, serial in PHONES.items():
            staff = by_username(session, username)
            assert staff is not None
            number = f"+86{mobile(serial)}"
            set_mobile(session, staff, number, clerk(session, ADMIN), here.now())


def taken_in(here: House, code: str = HERE, answer: Answer = Answer.ACCEPT) -> str:
    with here.writing() as session:
        return a_case(here, session, here.now(), intake(session, code, answer)).number


def running(session: Session, number: str) -> Countdown:
    case = by_number(session, number)
    assert case is not None
    mine = (Countdown.case_id == case.id, Countdown.ended_at.is_(None))
    found = session.scalar(sa.select(Countdown).where(*mine))
    assert found is not None
    return found


def day(here: House, number: str, name: str) -> date:
    with here.reading() as session:
        found = getattr(running(session, number), name)
    assert isinstance(found, date)
    return found


def morning(on: date, minutes: int = 1) -> datetime:
    """Return a moment of the township's night: one minute past midnight."""
    midnight = datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(hours=8)
    return midnight + timedelta(minutes=minutes)


def nudged(here: House) -> list[tuple[str, str | None]]:
    """Return what was told, as (kind, key), in its order."""
    with here.reading() as session:
        told = sa.select(Nudge).where(Nudge.staff_id.is_not(None)).order_by(Nudge.id)
        return [(one.kind.value, one.message_key) for one in session.scalars(told)]


def texts(here: House) -> list[OutboxMessage]:
    with here.reading() as session:
        kinds = OutboxMessage.kind == MessageKind.NUDGE
        return list(session.scalars(sa.select(OutboxMessage).where(kinds)))


def sent(here: House, clock: FixedClock, at: datetime) -> list[str]:
    """Let the outbox go at a moment; return the nudges the carrier got."""
    clock.at = at
    carrier = Recorder()
    messages.deliver(here, [carrier], GUARDS)
    return [one.text for one in carrier.sent if "催办" in one.text or "督办" in one.text]


def test_the_handler_hears_before_and_on_the_day_the_head_and_leader_after_it_each_once(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here)
    yellow_on, due_on = day(here, number, "yellow_on"), day(here, number, "due_on")
    assert yellow_on < due_on
    assert nudge(here) == 0
    for on in (yellow_on, due_on, due_on + timedelta(days=1), due_on + timedelta(days=9)):
        clock.at = morning(on)
        nudge(here)
        nudge(here)
    with here.reading() as session:
        case = by_number(session, number)
        assert case is not None
        told = session.scalars(sa.select(Nudge).order_by(Nudge.at, Nudge.id)).all()
        who = [(one.kind, one.staff_id) for one in told]
        director = clerk(session, DIRECTOR).staff_id
        assert who[:2] == [
            (NudgeKind.BEFORE, case.handler_id),
            (NudgeKind.ON_THE_DAY, case.handler_id),
        ]
        assert {kind for kind, _ in who[2:]} == {NudgeKind.WINDOW_HEAD, NudgeKind.DUTY_LEADER}
        assert dict(who)[NudgeKind.WINDOW_HEAD] == director
        assert all(one.settled_at and one.staff_id for one in told)
        countdown = told[0].countdown_id
    keys = [one.key for one in texts(here)]
    assert f"nudge:{countdown}:before:{due_on}" in keys
    assert f"nudge:{countdown}:on_the_day:{due_on}" in keys
    assert len(keys) == len(set(keys))


def test_while_the_roster_names_no_leader_the_director_hears_it_in_one_text(
    here: House, clock: FixedClock
) -> None:
    with here.writing() as session:
        session.execute(sa.update(DutyPerson).values(staff_id=None))
    number = taken_in(here)
    clock.at = morning(day(here, number, "due_on") + timedelta(days=1))
    nudge(here)
    with here.reading() as session:
        director = clerk(session, DIRECTOR).staff_id
        late = sa.select(Nudge).where(Nudge.staff_id.is_not(None))
        assert [one.staff_id for one in session.scalars(late)] == [director, director]
    assert len(texts(here)) == 1


def test_a_nudge_waits_for_the_morning_and_is_withdrawn_when_the_case_was_closed_at_night(
    here: House, clock: FixedClock
) -> None:
    closed, left = taken_in(here), taken_in(here)
    yellow_on = day(here, closed, "yellow_on")
    clock.at = morning(yellow_on)
    with here.writing() as session:
        case = by_number(session, left)
        assert case is not None
        case.handler_id = clerk(session, DIRECTOR).staff_id or 0
    nudge(here)
    assert len(texts(here)) == 2
    assert sent(here, clock, morning(yellow_on, minutes=7 * 60 + 59)) == []
    with here.writing() as session:
        case, who = by_number(session, closed), clerk(session)
        assert case is not None
        verbs.close(session, case, (Result.DONE, ""), who, here.now(), here.hall(session))
    said = sent(here, clock, morning(yellow_on, minutes=8 * 60))
    assert len(said) == 1
    assert left in said[0]
    states = Counter(one.state for one in texts(here))
    assert states == {Delivery.WITHDRAWN: 1, Delivery.ACCEPTED: 1}


def test_without_the_guard_the_stale_nudge_would_have_gone_out(
    here: House, clock: FixedClock
) -> None:
    """The control: what the guard is for."""
    number = taken_in(here)
    clock.at = morning(day(here, number, "yellow_on"))
    nudge(here)
    with here.writing() as session:
        case, who = by_number(session, number), clerk(session)
        assert case is not None
        verbs.close(session, case, (Result.DONE, ""), who, here.now(), here.hall(session))
    clock.at += timedelta(hours=8)
    carrier = Recorder()
    messages.deliver(here, [carrier])
    assert any("催办" in one.text for one in carrier.sent)


@pytest.mark.parametrize("change", ["moved", "annulled", "passed on"])
def test_what_has_changed_since_is_not_said(change: str, here: House, clock: FixedClock) -> None:
    number = taken_in(here)
    late = change == "annulled"
    on = day(here, number, "due_on") + timedelta(days=1) if late else day(here, number, "yellow_on")
    clock.at = morning(on)
    nudge(here)
    assert len(texts(here)) >= 1
    with here.writing() as session:
        one, case = running(session, number), by_number(session, number)
        assert case is not None
        if change == "moved":
            one.promised_amount += 5
            one.statutory_amount += 5
            move_days(session, case, here.now(), here.calendar(session))
        elif change == "annulled":
            who = clerk(session, "supervisor").staff_id
            session.add(RedAnnulment(countdown_id=one.id, by_id=who, at=here.now(), reason="示例"))
        else:
            case.handler_id = clerk(session, "counter2").staff_id or 0
    assert sent(here, clock, morning(on, minutes=8 * 60)) == []
    assert {one.state for one in texts(here)} == {Delivery.WITHDRAWN}


def test_a_day_that_moved_is_nudged_about_anew(here: House, clock: FixedClock) -> None:
    number = taken_in(here)
    before = day(here, number, "due_on")
    clock.at = morning(day(here, number, "yellow_on"))
    nudge(here)
    with here.writing() as session:
        one, case = running(session, number), by_number(session, number)
        assert case is not None
        one.promised_amount += 5
        one.statutory_amount += 5
        move_days(session, case, here.now(), here.calendar(session))
    after = day(here, number, "due_on")
    assert after > before
    clock.at = morning(day(here, number, "yellow_on"))
    nudge(here)
    with here.reading() as session:
        told = sa.select(Nudge.due_on).where(Nudge.kind == NudgeKind.BEFORE)
        told = told.where(Nudge.staff_id.is_not(None))
        assert session.scalars(told.order_by(Nudge.id)).all() == [before, after]


def test_many_at_once_are_one_text_and_the_screen_lists_them(
    here: House, clock: FixedClock
) -> None:
    numbers = [taken_in(here) for _ in range(7)]
    clock.at = morning(day(here, numbers[0], "yellow_on"))
    nudge(here)
    (text,) = texts(here)
    assert "今日要办" in text.text
    assert not any(number in text.text for number in numbers)
    with here.reading() as session:
        assert number_told(session, clerk(session).staff_id or 0, here.now()) == 7


def test_who_has_no_work_phone_has_it_on_the_screen_alone(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        staff = by_username(session, HANDLER)
        assert staff is not None
        set_mobile(session, staff, "", clerk(session, ADMIN), here.now())
    number = taken_in(here)
    clock.at = morning(day(here, number, "yellow_on"))
    nudge(here)
    assert texts(here) == []
    with here.reading() as session:
        assert number_told(session, clerk(session).staff_id or 0, here.now()) == 1


def test_the_windows_head_speaks_for_a_handler_whose_account_is_closed(
    here: House, clock: FixedClock
) -> None:
    number = taken_in(here)
    with here.writing() as session:
        staff = by_username(session, HANDLER)
        assert staff is not None
        disable(session, staff, clerk(session, ADMIN), here.now())
        director = clerk(session, DIRECTOR).staff_id
    clock.at = morning(day(here, number, "yellow_on"))
    nudge(here)
    with here.reading() as session:
        told = sa.select(Nudge.staff_id).where(Nudge.staff_id.is_not(None))
        assert session.scalars(told).all() == [director]
        assert director is not None
        assert number_told(session, director, here.now()) == 1, "on the screen"
    assert len(sent(here, clock, clock.at + timedelta(hours=9))) == 1, "and by text"


def test_the_applicants_own_time_nudges_nobody(here: House, clock: FixedClock) -> None:
    taken_in(here, HERE, Answer.NOTICE)
    clock.at += timedelta(days=300)
    nudge(here)
    with here.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Nudge)) == 0
        assert session.scalars(to_plan(here.today())).all() == []


def test_two_schedulers_tell_nobody_twice(here: House, clock: FixedClock) -> None:
    numbers = [taken_in(here) for _ in range(20)]
    clock.at = morning(day(here, numbers[0], "due_on") + timedelta(days=1))
    start = Barrier(3)

    def run() -> None:
        start.wait()
        nudge(here)

    both = [Thread(target=run) for _ in range(3)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    with here.reading() as session:
        plan = sa.select(Nudge.countdown_id, Nudge.kind, sa.func.count())
        grouped = plan.group_by(Nudge.countdown_id, Nudge.kind)
        rows = session.execute(grouped).all()
        assert len(rows) == 20 * 4
        assert {row[2] for row in rows} == {1}
        assert session.scalars(to_tell(here.now())).all() == []
    # head and leader are told in one text each; the handler's two were over by then
    assert 1 <= len(texts(here)) <= 2


def test_the_pass_reads_only_what_is_due_by_its_own_indexes(here: House) -> None:
    """What is stored costs nothing: both questions are led by partial indexes."""
    for query, index in (
        (to_plan(here.today()).limit(200), "ix_countdown_to_nudge"),
        (to_tell(here.now()).limit(200), "ix_nudge_to_do"),
    ):
        with here.writing() as session:
            if session.get_bind().dialect.name == "postgresql":
                session.execute(sa.text("SET LOCAL enable_seqscan = off"))
            assert index in explained(session, query)


def explained(session: Session, query: sa.Select[tuple[int]] | sa.Select[tuple[Countdown]]) -> str:
    """Return how the database would answer."""
    dialect = session.get_bind().dialect
    said = str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    plan = "EXPLAIN QUERY PLAN" if dialect.name == "sqlite" else "EXPLAIN"
    return "\n".join(str(row) for row in session.execute(sa.text(f"{plan} {said}")))


def test_a_case_of_ones_own_day_zero_nudges_nobody(here: House, clock: FixedClock) -> None:
    taken_in(here)
    clock.at += timedelta(hours=6)
    nudge(here)
    assert nudged(here) == []
    with here.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Case)) == 1
