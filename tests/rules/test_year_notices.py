"""放假通知: read from its own words, doubted before it is kept, laid over the calendar."""

from datetime import date

import pytest

from kernel.calendar.actions.drafts import packaged
from kernel.calendar.rules import ONE_DAY, WorkingCalendar
from kernel.calendar.rules.notices import (
    CorrectionNeedsReason,
    Notice,
    NoticeDoubtful,
    NoticeNeedsNumber,
    NoticeSource,
    check_notice,
    doubts,
    first_moved_day,
    with_notice,
)
from kernel.calendar.rules.wording import (
    EmptyNotice,
    NotAYear,
    NoticeUnreadable,
    NoYearInNotice,
    TypedRow,
    WrongSpan,
    days_between,
    notice_of_rows,
    read_notice,
    read_year,
    spoken_days,
)
from tests.a_notice import INVENTED_2027, OF_2025, OF_2026

PUBLISHED = frozenset(range(2004, 2027))
PASTED, PACKAGE = NoticeSource.PASTED, NoticeSource.PACKAGE


@pytest.mark.parametrize(
    ("text", "year", "number"),
    [(OF_2025, 2025, "国办发明电〔2024〕12号"), (OF_2026, 2026, "国办发明电〔2025〕7号")],
)
def test_a_published_notice_is_read_to_the_day(text: str, year: int, number: str) -> None:
    read, fact = read_notice(text), packaged(year)
    assert (read.year, read.number) == (year, number)
    assert (read.days_off, read.makeup_days) == (fact.days_off, fact.makeup_days)
    assert list(doubts(read)) == []


@pytest.mark.parametrize("year", range(2008, 2027))
def test_nothing_speaks_against_any_year_that_was_published(year: int) -> None:
    assert list(doubts(packaged(year))) == []


def days(*texts: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)


@pytest.mark.parametrize(
    ("words", "off", "makeup"),
    [
        ("元旦：1月1日（周五）放假1天，不调休。", days("2027-01-01"), days()),
        ("端午节：6月9日放假，与周末连休。", days("2027-06-09"), days()),
        ("1月1日至3日放假，1月9日（星期六）上班", days("2027-01-01", "2027-01-02", "2027-01-03"),
         days("2027-01-09")),
        ("１月１日（周五）～２日（周六）放假", days("2027-01-01", "2027-01-02"), days()),
        ("5月1日、5月2日放假；4月25日、5月8日补班", days("2027-05-01", "2027-05-02"),
         days("2027-04-25", "2027-05-08")),
        ("2026年12月31日至2027年1月2日放假，共3天。2026年12月27日（星期日）上班。",
         days("2026-12-31", "2027-01-01", "2027-01-02"), days("2026-12-27")),
        ("1月30日至2月1日放假，共3天", days("2027-01-30", "2027-01-31", "2027-02-01"), days()),
        ("1月1日(星期五)—1月3日(礼拜天)放假", days("2027-01-01", "2027-01-02", "2027-01-03"),
         days()),
    ],
)  # fmt: skip
def test_the_words_of_other_years_are_read_too(
    words: str, off: frozenset[date], makeup: frozenset[date]
) -> None:
    read = read_notice(words, 2027)
    assert (read.days_off, read.makeup_days) == (off, makeup)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2月30日放假", "2月30日"),
        ("1月1日至3日放假，共4天", "共4天（按日期算是3天）"),
        ("1月5日至3日放假", "3日"),
        ("至2月3日放假，1月1日至4月1日放假", "4月1日"),
        ("请妥善安排好值班。", "请妥善安排好值班"),
    ],
)
def test_what_does_not_add_up_is_refused_with_the_words_themselves(words: str, said: str) -> None:
    with pytest.raises(NoticeUnreadable, match=said.replace("（", ".").replace("）", ".")):
        read_notice(words, 2027)


def test_nothing_pasted_is_said_plainly() -> None:
    with pytest.raises(EmptyNotice):
        read_notice(" \n ", 2027)


def test_a_notice_without_its_year_asks_for_it() -> None:
    with pytest.raises(NoYearInNotice):
        read_notice("元旦：1月1日放假1天。")
    assert read_notice("元旦：1月1日放假1天。", 2030).year == 2030


def test_what_is_given_beside_the_words_goes_before_them() -> None:
    read = read_notice(OF_2026, None, "另一文号")
    assert (read.year, read.number) == (2026, "另一文号")


def test_the_day_of_the_week_is_held_against_the_calendar() -> None:
    wrong = INVENTED_2027.replace("1月1日（周五）", "1月1日（周四）")
    assert list(doubts(read_notice(wrong))) == ["1月1日应是周五，写成了周四"]


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        (("4月25日（周日）", "4月26日（周一）"), "补班日2027年4月26日 周一不是周六、周日"),
        (("5月8日（周六）上班", "5月1日（周六）上班"), "2027年5月1日 周六又放假又补班"),
        (("七、国庆节：10月1日（周五）至", "七、国庆节：10月2日（周六）至"), "没有国庆节"),
        (("6月9日（周三）", "7月9日（周五）"), "没有端午节"),
        (("2月13日（周六）", "2026年12月19日（周六）"), "不在2027年内"),
    ],
)
def test_a_slip_of_the_pen_is_doubted(change: tuple[str, str], doubt: str) -> None:
    text = INVENTED_2027.replace(*change).replace("，共7天", "")
    assert any(doubt in found for found in doubts(read_notice(text)))


def test_a_year_that_gives_too_much_is_doubted() -> None:
    whole = frozenset(date(2027, 1, 1) + ONE_DAY * number for number in range(60))
    notice = read_notice(INVENTED_2027)
    found = list(doubts(Notice(2027, "x", notice.days_off | whole, notice.makeup_days)))
    assert any("与往年相差太多" in one for one in found)


def test_a_typed_notice_needs_its_number_and_a_correction_its_reason() -> None:
    known = packaged(2026)
    numbered = Notice(2026, "国办发明电〔2025〕7号", known.days_off, known.makeup_days)
    with pytest.raises(NoticeNeedsNumber):
        check_notice(known, PASTED, (), "")
    with pytest.raises(CorrectionNeedsReason):
        check_notice(numbered, PASTED, PUBLISHED, "")
    with pytest.raises(NoticeDoubtful, match="没有元旦"):
        check_notice(Notice(2027, "x", frozenset(), frozenset()), PASTED, PUBLISHED, "")
    check_notice(numbered, PASTED, PUBLISHED, "录错了一天")
    check_notice(known, PACKAGE, (), "")


def test_a_notice_laid_over_the_calendar_replaces_that_year_and_no_other() -> None:
    calendar = WorkingCalendar(PUBLISHED, days("2026-10-01", "2026-10-02"), days("2026-10-10"))
    notice = Notice(2026, "x", days("2026-10-01"), days("2026-10-11"))
    after = with_notice(calendar, notice, days("2026-10-01", "2026-10-02", "2026-10-10"))
    assert (after.days_off, after.makeup_days) == (days("2026-10-01"), days("2026-10-11"))
    assert first_moved_day(calendar, after, 2026) == date(2026, 10, 2)
    assert first_moved_day(calendar, calendar, 2026) is None


def test_a_year_without_a_notice_is_touched_from_its_first_day() -> None:
    calendar = WorkingCalendar(PUBLISHED)
    after = with_notice(calendar, Notice(2027, "x", days("2027-05-01"), frozenset()))
    assert first_moved_day(calendar, after, 2027) == date(2027, 1, 1)
    reaching_back = Notice(2027, "x", days("2026-12-31"), frozenset())
    assert first_moved_day(calendar, with_notice(calendar, reaching_back), 2027) == date(
        2026, 12, 31
    )


def test_rows_add_up_to_the_notice_they_were_copied_from() -> None:
    rows = [
        TypedRow(days_between(date(2025, 1, 1), date(2025, 1, 1))),
        TypedRow(
            days_between(date(2025, 1, 28), date(2025, 2, 4)),
            (date(2025, 1, 26), date(2025, 2, 8)),
        ),
        TypedRow(),
    ]
    read = notice_of_rows(2025, "x", rows)
    assert len(read.days_off) == 9
    assert read.makeup_days == days("2025-01-26", "2025-02-08")
    with pytest.raises(WrongSpan):
        days_between(date(2025, 2, 4), date(2025, 1, 28))


@pytest.mark.parametrize("typed", ["", "27", "1999", "二〇二七", "20270"])
def test_a_year_is_four_digits_of_this_century(typed: str) -> None:
    with pytest.raises(NotAYear):
        read_year(typed)
    assert read_year(" 2027 ") == 2027


def test_days_are_told_as_spans() -> None:
    told = spoken_days(days("2027-01-01", "2027-01-02", "2027-01-03", "2027-06-09"))
    assert told == ["2027年1月1日 周五至1月3日 周日，3天", "2027年6月9日 周三"]
