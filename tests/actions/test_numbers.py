"""取号: no number twice, none left out, and the year is the township's own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from desk.cases import queries
from desk.cases.actions.numbering import next_receipt_number
from desk.cases.records import Case, Paper, Serial
from desk.cases.rules.intake import Answer
from desk.cases.rules.receipts import read_number
from kernel.access import HOUSE
from kernel.audit.actions import ClockWentBack, record, trust_the_clock
from kernel.clock import FixedClock
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.builders import CARRIED, HERE, REFERRED, a_case, intake, person


def register_at(here: House, moment: datetime, answer: Answer = Answer.ACCEPT) -> tuple[str, str]:
    """Register a case at a moment; return its number and its paper's."""
    code = {Answer.CARRY: CARRIED, Answer.REFER: REFERRED}.get(answer, HERE)
    with here.writing() as session:
        case = a_case(here, session, moment, intake(session, code, answer))
        return case.number, queries.papers_of(session, case)[0].number


def serials(here: House, column: sa.orm.InstrumentedAttribute[str]) -> list[int]:
    """Return the serials of all numbers given out, in order."""
    with here.reading() as session:
        numbers = session.scalars(sa.select(column)).all()
    return sorted(int(one.split("-")[1]) for one in numbers)


def gaps_and_repeats(numbers: list[int]) -> list[int]:
    """Return what is wrong with a run of serials: those missing, and those given out twice."""
    wanted = set(range(1, max(numbers) + 1))
    return sorted(wanted - set(numbers)) + sorted({n for n in numbers if numbers.count(n) > 1})


def test_numbers_run_without_a_gap_over_registrations_that_broke_off(
    here: House, clock: FixedClock
) -> None:
    with here.reading() as session:
        here.hall(session)
    for attempt in range(1, 16):
        try:
            with here.writing() as session:
                a_case(here, session, clock.now(), intake(session, who=person(attempt)))
                if attempt % 3 == 0:
                    raise RuntimeError("the plug was pulled")
        except RuntimeError:
            continue
    assert serials(here, Case.number) == list(range(1, 11))
    with here.reading() as session:
        papers = sorted(session.scalars(sa.select(Paper.number)), key=len)
    assert papers == [f"便民受〔2026〕{serial}号" for serial in range(1, 11)]


def test_counters_that_press_at_once_never_get_the_same_number(
    here: House, clock: FixedClock
) -> None:
    with here.reading() as session:
        here.hall(session)

    def press(turn: int) -> None:
        try:
            with here.writing() as session:
                a_case(here, session, clock.now(), intake(session, who=person(turn)))
                if turn % 5 == 0:
                    raise RuntimeError("refused at the last moment")
        except RuntimeError:
            return

    with ThreadPoolExecutor(4) as counters:
        list(counters.map(press, range(1, 31)))
    assert gaps_and_repeats(serials(here, Case.number)) == []
    assert len(serials(here, Case.number)) == 24


def test_a_gap_and_a_repeat_would_be_seen() -> None:
    assert gaps_and_repeats([1, 2, 4]) == [3]
    assert gaps_and_repeats([1, 2, 2, 3]) == [2]


MIDNIGHT = datetime(2026, 12, 31, 16, tzinfo=UTC)  # the new year begins in the township


@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (MIDNIGHT - timedelta(hours=16, minutes=1), 26),  # 07:59 on the 31st, UTC still the 30th
        (MIDNIGHT - timedelta(seconds=1), 26),  # 23:59:59
        (MIDNIGHT, 27),
        (MIDNIGHT + timedelta(hours=7, minutes=59), 27),  # 07:59 on the 1st, UTC still last year
        (MIDNIGHT + timedelta(hours=23, minutes=59), 27),
    ],
)
@pytest.mark.parametrize("kind", ["sqlite"])
def test_the_year_of_a_number_is_the_townships(here: House, moment: datetime, year: int) -> None:
    number, paper = register_at(here, moment)
    assert number.startswith(f"Z{year}-00001-")
    assert paper == f"便民受〔20{year}〕1号"


def test_every_series_begins_anew_with_the_new_year_and_none_before(here: House) -> None:
    given = [
        register_at(here, MIDNIGHT + timedelta(seconds=seconds), answer)
        for seconds in (-2, -1, 0, 1)
        for answer in (Answer.ACCEPT, Answer.NOTICE)
    ]
    assert [number[:9] for number, _ in given] == [
        *("Z26-00001", "Z26-00002", "Z26-00003", "Z26-00004"),
        *("Z27-00001", "Z27-00002", "Z27-00003", "Z27-00004"),
    ]
    assert [paper for _, paper in given] == [
        f"便民{word}〔{year}〕{serial}号"
        for year in (2026, 2027)
        for serial in (1, 2)
        for word in ("受", "告")
    ]
    with here.reading() as session:
        rows = session.execute(sa.select(Serial.series, Serial.year, Serial.last)).all()
    assert sorted(tuple(row) for row in rows) == [
        ("case:general", 2026, 4),
        ("case:general", 2027, 4),
        ("paper:acceptance", 2026, 2),
        ("paper:acceptance", 2027, 2),
        ("paper:one_time_notice", 2026, 2),
        ("paper:one_time_notice", 2027, 2),
    ]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_every_window_counts_for_itself(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        numbers = [next_receipt_number(session, window, clock.now()) for window in Window]
        again = next_receipt_number(session, Window.GENERAL, clock.now())
    assert [number[:9] for number in (*numbers, again)] == [
        "Z26-00001",
        "Q26-00001",
        "C26-00001",
        "X26-00001",
        "Z26-00002",
    ]
    assert all(read_number(number) == number for number in (*numbers, again))


def test_a_harmless_record_on_a_clock_set_back_does_not_disarm_the_guard(
    here: House, clock: FixedClock
) -> None:
    with here.writing() as session:
        a_case(here, session, clock.now())
    back = clock.now() - timedelta(days=365)
    with here.writing() as session:
        record(session, HOUSE, "staff.entered", "staff:1", back)
    with pytest.raises(ClockWentBack), here.writing() as session:
        a_case(here, session, back)
    with here.writing() as session:
        trust_the_clock(session, back)
    with here.writing() as session:
        assert a_case(here, session, back).number.startswith("Z25-")


def test_a_refused_transaction_does_not_spoil_the_town_that_is_kept(
    here: House, clock: FixedClock
) -> None:
    with pytest.raises(ZeroDivisionError), here.writing() as session:
        here.hall(session)
        raise ZeroDivisionError
    with here.reading() as session:
        assert here.town(session).name
