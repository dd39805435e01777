"""导出账本: a thousand random ledgers, every balance checked by other people's software."""

from datetime import date
from pathlib import Path

import pytest
from beancount import loader
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.windows.village_accounts.queries.export import year_of
from desk.windows.village_accounts.rules.export import Books, Told, beancount
from desk.windows.village_accounts.rules.kinds import AccountKind
from kernel.tables import read_table
from kernel.web.house import House
from tests.actions.a_book import begin

KINDS = {
    "10201": AccountKind.ASSET,
    "113": AccountKind.ASSET,
    "211": AccountKind.LIABILITY,
    "301": AccountKind.EQUITY,
    "401": AccountKind.COST,
    "513": AccountKind.PROFIT,
}
AMOUNTS = st.integers(-(10**13), 10**13).filter(bool)
LINES = st.lists(st.tuples(st.sampled_from(sorted(KINDS)), AMOUNTS), min_size=1, max_size=5)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
LEDGERS = st.lists(st.tuples(DAYS, WORDS, LINES), max_size=12)


def errors_of(books: Books) -> list[object]:
    """Return what beancount finds wrong in exported books."""
    _, errors, _ = loader.load_string("\n".join(beancount(books)))
    return list(errors)


def books_of(ledger: list[tuple[date, str, list[tuple[str, int]]]], wrong_by: int = 0) -> Books:
    """Return balanced books of random entries, each balance summed up on the way."""
    after = dict.fromkeys(KINDS, 0)
    entries = []
    for day, gist, lines in ledger:
        whole = sum(fen for _, fen in lines)
        both = [*lines, ("301", -whole)] if whole else lines
        for code, fen in both:
            after[code] += fen
        told = [(code, max(fen, 0), max(-fen, 0)) for code, fen in both]
        entries.append(Told("记字第1号", day, gist, "示例", told))
    after["513"] += wrong_by
    begins, ends = date(2026, 1, 1), date(2027, 1, 1)
    return Books("示例", begins, ends, KINDS, dict.fromkeys(KINDS, "示例"), {}, entries, after)


@settings(max_examples=1000, deadline=None)
@given(LEDGERS)
def test_a_thousand_random_ledgers_have_no_error_and_the_same_balances(
    ledger: list[tuple[date, str, list[tuple[str, int]]]],
) -> None:
    assert errors_of(books_of(ledger)) == []


def test_a_single_fen_too_much_would_be_found() -> None:
    ledger = [(date(2026, 3, 2), "示例", [("513", 5), ("10201", -5)])]
    assert errors_of(books_of(ledger)) == []
    assert len(errors_of(books_of(ledger, wrong_by=1))) == 1


def test_a_year_that_was_kept_here_has_no_error_there(
    here: House, app: Flask, tmp_path: Path
) -> None:
    with here.writing() as session:
        book = begin(here, session)
        book.post(("10201", 8_000_00), ("501", -8_000_00))
        book.post(("513", 300_00), ("10201", -300_00))
        for _ in range(12):
            book.close()
        for year in (2026, 2027):
            assert errors_of(year_of(session, book.books, year)) == []
        village = book.books.name.removesuffix("合作社")
    run = app.test_cli_runner()
    args = ["accounts", "export", "--village", village, "--year", "2026"]
    plain, sheet = tmp_path / "book.beancount", tmp_path / "book.xlsx"
    assert run.invoke(args=[*args, "--out", str(plain)]).exit_code == 0
    assert list(loader.load_file(str(plain))[1]) == []
    assert run.invoke(args=[*args, "--format", "xlsx", "--out", str(sheet)]).exit_code == 0
    assert len(read_table("book.xlsx", sheet.read_bytes())) == 1 + 4 + 3 + 2
    wrong = [*args[:3], "没有这个村", *args[4:]]
    assert run.invoke(args=wrong).exit_code != 0


@pytest.mark.parametrize("text", ['a"b', "a\\", "两行\n字"])
def test_words_cannot_break_out_of_the_file(text: str) -> None:
    assert errors_of(books_of([(date(2026, 3, 2), text, [("513", 5)])])) == []
