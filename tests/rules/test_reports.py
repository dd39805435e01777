"""报表: which figures a case counts into, as golden cases, and that a figure is its list."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desk.board.rules.export import Column, ExportField, NoColumns, ordered
from desk.board.rules.legs import Walked, shares
from desk.board.rules.monthly import sheet_rows
from desk.board.rules.reports import (
    TOTAL,
    BadSpan,
    Counted,
    Dimension,
    Measure,
    Span,
    behind,
    check_span,
    is_last_tenth,
    key_of,
    measures,
    sheet,
)
from desk.cases.rules.legs import LegKind, Stretch
from desk.cases.rules.stages import Stage
from services_catalog.rules.items import Handling, Window

MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))


def at(month: int, day: int, hour: int = 2) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


CLOSED = Counted(
    case_id=1,
    window=Window.GENERAL,
    section="民政",
    item_code="BM-001",
    item="示例事项",
    handling=Handling.HERE,
    village="示例上村",
    clerk="示例甲",
    stage=Stage.COMPLETED,
    received_at=at(3, 2),
    accepted_at=at(3, 2),
    closed_at=at(3, 9),
    due_on=date(2026, 3, 10),
)
M = Measure


@pytest.mark.parametrize(
    ("case", "figures", "why"),
    [
        (CLOSED, {M.RECEIVED, M.ACCEPTED, M.CLOSED, M.EARLY}, "a day before the due day"),
        (replace(CLOSED, closed_at=at(3, 10)), {M.RECEIVED, M.ACCEPTED, M.CLOSED, M.ON_TIME}, "on"),
        (replace(CLOSED, due_on=None), {M.RECEIVED, M.ACCEPTED, M.CLOSED, M.ON_TIME}, "no limit"),
        (replace(CLOSED, is_late=True), {M.RECEIVED, M.ACCEPTED, M.CLOSED, M.LATE}, "it was red"),
        (replace(CLOSED, received_at=at(2, 20), accepted_at=at(2, 20)), {M.CLOSED, M.EARLY}, ""),
        (replace(CLOSED, closed_at=at(3, 31, 17)), {M.RECEIVED, M.ACCEPTED}, "01:00 on 1 April"),
        (
            replace(CLOSED, received_at=at(2, 28, 17)),
            {M.RECEIVED, M.ACCEPTED, M.CLOSED, M.EARLY},
            "01:00",
        ),
        (replace(CLOSED, stage=Stage.RETURNED, accepted_at=None), {M.RECEIVED, M.RETURNED}, ""),
        (replace(CLOSED, stage=Stage.DECLINED, accepted_at=None), {M.RECEIVED, M.RETURNED}, ""),
        (
            replace(CLOSED, stage=Stage.WITHDRAWN),
            {M.RECEIVED, M.ACCEPTED},
            "the applicant's own end",
        ),
        (replace(CLOSED, stage=Stage.REFERRED, accepted_at=None), set(), "no papers were taken"),
        (
            replace(
                CLOSED,
                handling=Handling.CARRIED,
                stage=Stage.RECEIVED,
                accepted_at=None,
                closed_at=None,
            ),
            {M.RECEIVED, M.CARRIED},
            "carried for the villager",
        ),
    ],
)
def test_what_a_case_counts_into(case: Counted, figures: set[Measure], why: str) -> None:
    assert measures(case, MARCH) == figures, why


CASES = [
    replace(
        CLOSED,
        case_id=number,
        village=("", "示例上村", "示例下村")[number % 3],
        is_late=number % 4 == 0,
        late_clerk="示例乙",
        closed_at=at(3, 9 + number % 2),
    )
    for number in range(1, 30)
]


@pytest.mark.parametrize("by", list(Dimension))
def test_every_figure_is_the_length_of_its_list_and_the_parts_make_the_whole(by: Dimension) -> None:
    lines = sheet(CASES, MARCH, by)
    for line in lines:
        for measure, number in line.figures.items():
            assert len(behind(CASES, MARCH, by, (line.name, measure))) == number
        ended = [line.figures[one] for one in (M.EARLY, M.ON_TIME, M.LATE)]
        assert sum(ended) == line.figures[M.CLOSED]
    *parts, total = lines
    assert total.name == TOTAL
    assert total.figures == {m: sum(one.figures[m] for one in parts) for m in Measure}


def test_a_late_case_is_of_whoever_had_it_when_it_turned_red() -> None:
    late = replace(CLOSED, is_late=True, late_clerk="示例乙")
    assert key_of(late, Dimension.CLERK) == "示例乙"
    assert key_of(CLOSED, Dimension.CLERK) == "示例甲"


@pytest.mark.parametrize(
    ("total", "left", "is_late"),
    [(20, 2, True), (20, 3, False), (5, 0, True), (5, 1, False), (10, 1, True)],
)
def test_the_last_tenth_of_the_time(total: int, left: int, is_late: bool) -> None:
    assert is_last_tenth(total, left) is is_late


@pytest.mark.parametrize(
    ("first", "last"),
    [(None, None), (date(2026, 3, 2), date(2026, 3, 1)), (date(2020, 1, 1), date(2026, 1, 1))],
)
def test_a_span_ends_after_it_begins_and_is_no_decade(
    first: date | None, last: date | None
) -> None:
    with pytest.raises(BadSpan):
        check_span(first, last)
    assert check_span(MARCH.first, MARCH.last) == MARCH


def test_columns_stand_as_they_are_numbered() -> None:
    name, day = Column(ExportField.ITEM, "事项"), Column(ExportField.DUE, "期限")
    assert ordered([(2, name), (1, day)]) == [day, name]
    with pytest.raises(NoColumns):
        ordered([])


def test_the_monthly_sheet_is_signed_and_sealed() -> None:
    rows = sheet_rows(
        "示例大厅", MARCH, {Dimension.SECTION: sheet(CASES, MARCH, Dimension.SECTION)}
    )
    said = [cell for row in rows for cell in row]
    assert rows[0] == ["示例大厅2026年3月办件月报表"]
    assert {"制表：", "审核：", "（盖章）", "收件", "代办", "民政"} <= set(said)


def test_whose_leg_ate_the_time_stands_first_and_an_annulled_lateness_counts_for_nobody() -> None:
    def walked(holder: str, taken: int, *, late: bool) -> Walked:
        return Walked(LegKind.ASSIST, Stretch(holder, 3, taken), is_late=late, is_open=not late)

    found = shares(
        [
            walked("示例窗口", 3, late=False),
            walked("示例县局", 9, late=True),
            walked("示例窗口", 5, late=True),
            walked("示例派出所", 8, late=False),
        ]
    )
    assert [(one.holder, one.late, one.over) for one in found] == [
        ("示例县局", 1, 6),
        ("示例窗口", 1, 2),
        ("示例派出所", 0, 0),
    ]
    assert (found[1].number, found[1].promised, found[1].taken, found[1].still_open) == (2, 6, 8, 1)
