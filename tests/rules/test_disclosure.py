"""财务公开的规则: the sheet tells every posting and adds up; numbers of people are hidden."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.windows.village_accounts.rules.disclosed_months import (
    BeforeBooks,
    MonthsOpen,
    Span,
    check_months,
    months_of,
)
from desk.windows.village_accounts.rules.disclosure import (
    Posted,
    Section,
    SheetLine,
    SheetsDoNotAddUp,
    Stood,
    digest,
    in_order,
    movements,
    standings,
    sums,
)
from desk.windows.village_accounts.rules.hiding import without_numbers
from desk.windows.village_accounts.rules.kinds import AccountKind, EntryKind
from desk.windows.village_accounts.rules.open_books import (
    NotReviewed,
    PublishedAlready,
    SheetDropped,
    SheetStep,
    check_step,
)
from kernel.errors import Refusal

DAY = date(2026, 3, 5)


def posted(
    entry: int, fen: int, kind: EntryKind = EntryKind.SUBMISSION, money: bool = False
) -> Posted:
    """Return a posting: debits positive."""
    debit, credit = max(fen, 0), max(-fen, 0)
    return Posted(
        entry, kind, "记字第1号", DAY, "示例", "管理费用", AccountKind.PROFIT, money, debit, credit
    )


@pytest.mark.parametrize(
    ("parts", "told", "why"),
    [
        ([(500, False), (-500, True)], [(Section.EXPENSE, 500)], "money went out for one thing"),
        (
            [(300, False), (200, False), (-500, True)],
            [(Section.EXPENSE, 300), (Section.EXPENSE, 200)],
            "a bundle is told thing by thing",
        ),
        ([(-800, False), (800, True)], [(Section.INCOME, 800)], "money came in"),
        (
            [(-1000, False), (40, False), (960, True)],
            [(Section.INCOME, 1000), (Section.EXPENSE, 40)],
            "a fee kept back by the bank is not hidden in the income",
        ),
        ([(700, True), (-700, True)], [(Section.OTHER, 700)], "between two books of its own"),
        ([(90, False), (-90, False)], [(Section.OTHER, 90)], "wear and tear moves no money"),
    ],
)
def test_every_posting_beside_the_money_is_a_line(
    parts: list[tuple[int, bool]], told: list[tuple[Section, int]], why: str
) -> None:
    lines = movements([posted(1, fen, money=money) for fen, money in parts])
    assert [(one.section, one.fen) for one in lines] == told, why


def test_the_entries_that_end_a_year_are_no_news() -> None:
    both = [posted(1, 90, EntryKind.CLOSING), posted(1, -90, EntryKind.CLOSING)]
    assert movements(both) == []


@given(
    st.lists(
        st.tuples(st.lists(st.integers(1, 10**9), min_size=1, max_size=4), st.booleans()),
        max_size=12,
    )
)
def test_what_was_there_and_came_in_and_went_out_is_what_is_there(
    entries: list[tuple[list[int], bool]],
) -> None:
    postings = []
    for number, (amounts, comes_in) in enumerate(entries):
        sign = -1 if comes_in else 1
        postings += [posted(number, sign * fen) for fen in amounts]
        postings.append(posted(number, -sign * sum(amounts), money=True))
    moved = sum(one.debit_fen - one.credit_fen for one in postings if one.is_money)
    stood = [Stood("10201", "专户存款", AccountKind.ASSET, True, 100, 100 + moved)]
    lines = [*standings(stood), *movements(postings)]
    assert sums(in_order(lines)).adds_up
    short = [Stood("10201", "专户存款", AccountKind.ASSET, True, 100, 101 + moved)]
    with pytest.raises(SheetsDoNotAddUp):
        in_order([*standings(short), *movements(postings)])


@pytest.mark.parametrize(
    ("code", "kind", "fen", "section", "shown"),
    [
        ("11201", AccountKind.ASSET, 500, Section.DEBT, 500),
        ("21101", AccountKind.LIABILITY, -500, Section.DEBT, 500),
        ("151", AccountKind.ASSET, 900, Section.ASSET, 900),
        ("152", AccountKind.ASSET, -100, Section.ASSET, -100),
        ("32201", AccountKind.EQUITY, -70, Section.DISTRIBUTION, 70),
    ],
)
def test_what_stands_is_told_as_a_villager_reads_it(
    code: str, kind: AccountKind, fen: int, section: Section, shown: int
) -> None:
    (line,) = standings([Stood(code, "示例", kind, False, 0, fen)])
    assert (line.section, line.fen) == (section, shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("付示例甲13800001234误工", "付示例甲13＊＊＊＊误工"),
        ("身份证99010119700101001X", "身份证99＊＊＊＊"),
        ("卡号6222 0000 1111 2222 333", "卡号62＊＊＊＊"),
        ("电话0571-85123456", "电话05＊＊＊＊"),
        ("全角１３８００００１２３４", "全角１３＊＊＊＊"),
        ("20260315修路", "20260315修路"),
        ("2026-03-15修路3公里", "2026-03-15修路3公里"),
        ("补助1234.56元", "补助1234.56元"),
    ],
)
def test_numbers_of_people_are_never_shown(text: str, shown: str) -> None:
    assert without_numbers(text) == shown


@pytest.mark.parametrize(
    ("span", "period", "months"),
    [
        (Span.MONTH, 202602, (202602, 202602)),
        (Span.QUARTER, 202602, (202601, 202603)),
        (Span.QUARTER, 202612, (202610, 202612)),
    ],
)
def test_a_sheet_tells_a_month_or_the_quarter_it_lies_in(
    span: Span, period: int, months: tuple[int, int]
) -> None:
    assert months_of(span, period) == months


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [(202601, 202603, MonthsOpen), (202512, 202512, BeforeBooks), (202603, 202603, MonthsOpen)],
)
def test_only_closed_months_of_these_books_are_told(
    first: int, last: int, refused: type[Refusal]
) -> None:
    check_months(202601, 202602, 202601, 202603)
    with pytest.raises(refused):
        check_months(first, last, 202601, 202603)


@pytest.mark.parametrize(
    ("step", "done", "refused"),
    [
        (SheetStep.PUBLISHED, [], NotReviewed),
        (SheetStep.PUBLISHED, [SheetStep.REVIEWED, SheetStep.PUBLISHED], PublishedAlready),
        (SheetStep.DROPPED, [SheetStep.REVIEWED, SheetStep.PUBLISHED], PublishedAlready),
        (SheetStep.REVIEWED, [SheetStep.DROPPED], SheetDropped),
    ],
)
def test_nothing_is_published_that_was_not_reviewed_and_nothing_taken_back(
    step: SheetStep, done: list[SheetStep], refused: type[Refusal]
) -> None:
    with pytest.raises(refused):
        check_step(step, done)


def test_the_fingerprint_tells_one_fen_from_another() -> None:
    both = [[SheetLine(Section.INCOME, "示例", fen)] for fen in (100, 101)]
    prints = {digest("示例村", (202601, 202601), lines) for lines in both}
    assert len(prints) == 2
