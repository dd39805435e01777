"""法定工作日历: the published notices in the town's own table, and what people correct there."""

from datetime import UTC, date, datetime

import chinese_calendar
import pytest
import sqlalchemy as sa

from kernel.audit.queries import about
from kernel.calendar import queries
from kernel.calendar.actions import set_notice_number, take_in_published
from kernel.calendar.records import CalendarDay, CalendarYear, NoticeKind
from kernel.calendar.rules import ONE_DAY, DayType, WorkingCalendar
from kernel.clock import FixedClock
from kernel.editions import Edition, editions, raise_edition
from kernel.errors import NotFound
from kernel.web.house import House
from tests.builders import a_case, clerk

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
EVERY_DAY = [FIRST + ONE_DAY * number for number in range((LAST - FIRST).days + 1)]


def differences(calendar: WorkingCalendar) -> list[date]:
    """Return the days of which the package's own answer is another."""
    return [
        day for day in EVERY_DAY if calendar.is_working(day) != chinese_calendar.is_workday(day)
    ]


def test_the_towns_table_agrees_with_the_notices_on_every_day(here: House) -> None:
    with here.reading() as session:
        calendar = here.calendar(session)
    assert differences(calendar) == []
    assert calendar.published == set(range(2004, 2027))
    assert all(calendar.is_published(day) for day in (FIRST, LAST))
    assert not calendar.is_published(date(2027, 1, 1))


def test_a_table_without_make_up_days_would_be_seen(here: House) -> None:
    with here.writing() as session:
        session.execute(sa.delete(CalendarDay).where(CalendarDay.kind == NoticeKind.MAKEUP))
        calendar = queries.working_calendar(session)
    assert set(differences(calendar)) == set(chinese_calendar.workdays)


def test_taking_the_notices_in_twice_changes_nothing(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        before = queries.working_calendar(session), editions(session)
        assert take_in_published(session, clock.now()) == []
        assert (queries.working_calendar(session), editions(session)) == before


def test_a_correction_typed_by_hand_outlives_an_upgrade(here: House, clock: FixedClock) -> None:
    day = date(2026, 3, 3)
    with here.writing() as session:
        session.add(CalendarDay(day=day, year=2026, kind=NoticeKind.OFF))
        session.execute(sa.delete(CalendarDay).where(CalendarDay.year == 2025))
        session.execute(sa.delete(CalendarYear).where(CalendarYear.year == 2025))
    with here.writing() as session:
        assert take_in_published(session, clock.now()) == [2025]
    with here.reading() as session:
        calendar = queries.working_calendar(session)
        assert calendar.type_of(day) is DayType.HOLIDAY
        assert differences(calendar) == [day]


def test_a_day_off_that_is_typed_in_moves_the_next_deadline(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        assert a_case(here, session, clock.now()).due_on == date(2026, 3, 16)
        session.add(CalendarDay(day=date(2026, 3, 3), year=2026, kind=NoticeKind.OFF))
        raise_edition(session, Edition.CALENDAR)
    with here.writing() as session:
        assert a_case(here, session, clock.now()).due_on == date(2026, 3, 17)


def test_the_number_of_a_notice_is_written_down_and_recorded(
    here: House, clock: FixedClock
) -> None:
    with here.writing() as session:
        number = "国办发明电〔2025〕7号"
        set_notice_number(session, 2026, number, clerk(session, "admin"), clock.now())
    with here.reading() as session:
        assert {entry.year: entry.notice_number for entry in queries.years(session)}[2026] == number
        assert [entry.verb for entry in about(session, "calendar:2026")] == [
            "calendar.notice_number_set"
        ]


def test_a_year_without_a_notice_has_no_number(here: House, clock: FixedClock) -> None:
    with pytest.raises(NotFound), here.writing() as session:
        set_notice_number(session, 2027, "猜的", clerk(session, "admin"), clock.now())


def test_the_notices_are_listed_by_year_newest_first_and_day_by_day(here: House) -> None:
    with here.reading() as session:
        years = [entry.year for entry in queries.years(session)]
        days = queries.days_by_year(session)
    assert years == list(range(2026, 2003, -1))
    assert [day.day for day in days[2026]] == sorted(day.day for day in days[2026])
    assert date(2026, 2, 14) in [day.day for day in days[2026] if day.kind is NoticeKind.MAKEUP]


def test_a_new_notice_reaches_a_calendar_that_is_kept(here: House) -> None:
    with here.reading() as session:
        assert not here.calendar(session).is_published(date(2027, 1, 1))
    with here.writing() as session:
        now = datetime(2026, 11, 5, tzinfo=UTC)
        session.add(CalendarYear(year=2027, notice_number="", taken_in_at=now))
        session.flush()
        session.add(CalendarDay(day=date(2027, 1, 1), year=2027, kind=NoticeKind.OFF))
        raise_edition(session, Edition.CALENDAR)
    with here.reading() as session:
        calendar = here.calendar(session)
        assert calendar.is_published(date(2027, 1, 1))
        assert not calendar.is_working(date(2027, 1, 1))
