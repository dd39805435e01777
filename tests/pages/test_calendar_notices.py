"""放假通知和开放日: entered, looked at, applied; and a hall that is closed moves no deadline."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from desk.cases import queries
from desk.cases.actions.register import lookup_code
from desk.cases.records import Countdown
from desk.cases.rules.intake import Answer
from desk.messages.records import OutboxMessage
from kernel.calendar import queries as calendars
from kernel.calendar.actions import drafts
from kernel.calendar.actions.opening import set_day, set_week
from kernel.calendar.queries import opening_days, working_calendar
from kernel.calendar.records import CalendarDraft
from kernel.calendar.rules.notices import Notice, NoticeSource
from kernel.calendar.rules.opening import DayIsOver, NeverOpen, Opening
from kernel.calendar.rules.wording import read_notice
from kernel.clock import FixedClock
from kernel.web.house import House
from tests.a_notice import INVENTED_2027
from tests.builders import CARRIED, Visitor, a_case, clerk, intake, person
from tests.pages.happy_calendar import PASTED, ROWS, TYPED

Visit = Callable[[str], Visitor]
DECEMBER = datetime(2026, 12, 30, 1, tzinfo=UTC)


@pytest.fixture
def december(clock: FixedClock) -> FixedClock:
    """Stand in the last days of the last published year."""
    clock.at = DECEMBER
    return clock


def do_the_work(app: Flask, answer_location: str) -> None:
    uuid = answer_location.rpartition("/")[2]
    here: House = app.extensions["house"]
    with here.writing() as session:
        session.execute(sa.text("UPDATE long_work SET progress = 'running' WHERE uuid = :u"), {
            "u": uuid})  # fmt: skip
    assert app.test_cli_runner().invoke(args=["work", uuid]).exit_code == 0


@pytest.mark.usefixtures("december")
@pytest.mark.parametrize("reason", ["", "通知更正"])
def test_a_notice_cut_off_in_the_middle_still_lists_both_days_of_what_is_left(
    here: House, visit: Visit, reason: str
) -> None:
    year = 2027
    if reason:
        year = 2026
        with here.writing() as session:
            who = clerk(session, "director")
            former = working_calendar(session)
            off = frozenset(day for day in former.days_off if day.year == year)
            makeup = frozenset(day for day in former.makeup_days if day.year == year)
            notice = Notice(year, "示例号", off | {date(2026, 12, 31)}, makeup)
            drafts.enter(session, notice, (NoticeSource.TYPED, reason), who, DECEMBER)
    else:
        with here.writing() as session:
            who, notice = clerk(session, "director"), read_notice(INVENTED_2027)
            drafts.enter(session, notice, (NoticeSource.PASTED, ""), who, DECEMBER)
    with here.writing() as session:
        a_case(here, session, DECEMBER)
    director = visit("director")
    before = director.open("/cases/calendar/1").text
    with here.writing() as session:
        entered = calendars.draft(session, 1)
        entered.decided_by_id = clerk(session, "director").staff_id
        drafts.put_in_force(session, entered, DECEMBER)
    shown = director.open("/cases/calendar/1").text
    assert "还没有改写的期限 2 个" in shown
    for name in ("办理期限", "法定期限"):
        assert before.count(name) == shown.count(name) == 1, name


@pytest.mark.usefixtures("december")
def test_a_pasted_notice_is_previewed_applied_and_read_on_the_slip(
    here: House, app: Flask, visit: Visit
) -> None:
    with here.writing() as session:
        case = a_case(here, session, DECEMBER)
        number, case_id = case.number, case.id
    director = visit("director")
    assert (
        "次年放假安排尚未录入</strong>：有 1 个期限超过2026年"
        in director.open("/cases/calendar").text
    )
    assert "次年放假安排尚未录入" in director.open("/windows/general/").text
    director.open(PASTED)
    shown = director.follow(director.press(PASTED, text=INVENTED_2027))
    assert "还没有改动任何日期" in shown.text
    assert "2027年1月13日 周三" in shown.text
    assert "2027年1月14日 周四" in shown.text
    assert number in shown.text
    assert "应用，改写2个期限" in shown.text
    asked = director.press("/cases/calendar/1/apply")
    do_the_work(app, asked.headers["Location"])
    assert "2个期限推后" in director.follow(asked).text
    assert "已应用" in director.open("/cases/calendar/1").text
    with here.reading() as session:
        known = queries.by_number(session, number)
        assert known is not None
        assert known.id == case_id
        assert (known.due_on, known.is_provisional) == (date(2027, 1, 14), False)
    page = director.open(f"/windows/general/cases/{number}")
    assert "由2027年1月13日 周三改为2027年1月14日 周四" in page.text
    assert "尚未录入" not in director.open("/cases/calendar").text
    assert "尚未录入" not in director.open("/windows/general/").text


def test_a_refused_notice_asks_again_with_all_that_was_typed(visit: Visit) -> None:
    director = visit("director")
    director.open(PASTED)
    wrong = INVENTED_2027.replace("1月1日（周五）", "1月1日（周四）")
    refused = director.press(PASTED, text=wrong, number="示例号")
    assert refused.status_code == 422
    assert "1月1日应是周五，写成了周四" in refused.text
    assert "1月1日（周四）" in refused.text
    director.open(TYPED)
    lacking = director.press(TYPED, year="2027", number="", **ROWS)
    assert lacking.status_code == 422
    assert "请填写通知文号" in lacking.text
    assert 'value="2027-02-11"' in lacking.text
    crooked = director.press(TYPED, year="2027", number="x", **{**ROWS, "last2": "2027-01-01"})
    assert "结束日要在开始日当天或之后" in crooked.text


def test_a_year_that_is_in_use_is_corrected_only_with_a_reason(visit: Visit) -> None:
    admin = visit("admin")
    admin.open(PASTED)
    text = INVENTED_2027.replace("2027年", "2026年")
    refused = admin.press(PASTED, text=text, number="x")
    assert refused.status_code == 422
    assert "请写明原因和依据" in refused.text


def test_a_draft_given_up_moves_nothing(here: House, visit: Visit) -> None:
    director = visit("director")
    director.open(PASTED)
    director.follow(director.press(PASTED, text=INVENTED_2027))
    assert director.press("/cases/calendar/1/discard").status_code == 303
    with here.reading() as session:
        assert not here.calendar(session).is_published(date(2027, 1, 1))
        assert session.get_one(CalendarDraft, 1).stage.value == "discarded"


# ------ the hall's own days


def test_a_closed_hall_is_said_to_villagers_and_moves_no_deadline(
    here: House, visit: Visit
) -> None:
    with here.writing() as session:
        before = a_case(here, session, here.now()).due_on
    assert "大厅今天<strong>开放</strong>" in visit("").open("/").text
    with here.writing() as session:
        closed = Opening(False, note="停电检修")
        set_day(session, here.today(), closed, clerk(session, "admin"), here.now())
        set_week(session, frozenset({5, 6}), clerk(session, "admin"), here.now())
    text = visit("").open("/").text
    assert "大厅今天<strong>休息</strong>（停电检修）" in text
    with here.writing() as session:
        assert a_case(here, session, here.now()).due_on == before
        assert {one.due_on for one in session.scalars(sa.select(Countdown))} == {before}


def test_a_365_hall_is_open_on_every_day_until_it_says_otherwise(here: House) -> None:
    with here.reading() as session:
        days = opening_days(session)
    assert days.week_words == "全年每天开放（365天）"
    assert all(days.on(date(2026, 10, number)).is_open for number in range(1, 9))


def test_a_week_without_an_open_day_and_a_day_that_is_over_are_refused(
    here: House, visit: Visit
) -> None:
    with here.writing() as session:
        who = clerk(session, "admin")
        with pytest.raises(NeverOpen):
            set_week(session, frozenset(), who, here.now())
        with pytest.raises(DayIsOver):
            set_day(session, date(2026, 3, 1), Opening(False), who, here.now())
    director = visit("director")
    director.open("/calendar/opening")
    refused = director.press("/calendar/opening/days", day="2026-03-01", is_open="0", note="错了")
    assert refused.status_code == 422
    assert 'value="错了"' in refused.text
    assert "请选今天" in refused.text


# ------ 暂定, wherever a date is seen


@pytest.mark.usefixtures("december")
def test_a_date_past_the_last_notice_is_provisional_wherever_it_is_seen(
    here: House, visit: Visit
) -> None:
    with here.writing() as session:
        case = a_case(here, session, DECEMBER)
        carried = intake(session, CARRIED, Answer.CARRY, person(2))
        late = a_case(here, session, DECEMBER, carried)
        number, other = case.number, late.number
        slip = f"/C/{lookup_code(session, case)}", f"/C/{lookup_code(session, late)}"
        texts = session.scalars(sa.select(OutboxMessage.text)).all()
    assert all("（暂定）" in text for text in texts)
    assert len(texts) == 2
    counter, villager = visit("counter1"), visit("")
    for page in (
        counter.open("/windows/general/"),
        counter.open(f"/windows/general/cases/{number}"),
        counter.open(f"/windows/general/cases/{number}/paper"),
        counter.open(f"/windows/general/cases/{other}"),
        counter.open(f"/windows/general/cases/{other}/paper"),
        villager.open(slip[0]),
        villager.open(slip[1]),
        villager.open("/deadline?accepted_on=2026-12-30&days=5&unit=working"),
    ):
        assert "暂定" in page.text, page.request.path
