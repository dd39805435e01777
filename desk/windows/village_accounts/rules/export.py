"""导出账本: the books in the words of other people's software, so that any auditor can check us.

beancount's own account names are ASCII: the code of the chart under its English class. Every
balance we keep is asserted, so that `bean-check` compares all of them with its own sums.
Source: beancount's language syntax; house rule D2 (design/safety).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desk.windows.village_accounts.rules.kinds import AccountKind
from kernel.errors import Refusal
from kernel.money import plain_yuan

CURRENCY = "CNY"
ROOTS: dict[AccountKind, str] = {
    AccountKind.ASSET: "Assets",
    AccountKind.LIABILITY: "Liabilities",
    AccountKind.EQUITY: "Equity",
    AccountKind.COST: "Assets:Cost",
    AccountKind.PROFIT: "Income",
}
SHEET_NAME = "凭证"
SHEET_HEAD = (
    "期间",
    "凭证号",
    "日期",
    "种类",
    "摘要",
    "科目编码",
    "科目",
    "借方（元）",
    "贷方（元）",
)
EXPORTED = "导出{entries}张凭证、{balances}个余额到“{file}”。"


class NoSuchBooks(Refusal):
    message = "“{village}”没有账套，请核对村的编码或名称。"


@dataclass(frozen=True, slots=True)
class Told:
    """One posted entry as it is exported."""

    number: str
    on: date
    gist: str
    kind: str
    #: code of the account, debit and credit in fen
    lines: Sequence[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Books:
    """A year of a set: its accounts, what it began with, its entries, what it ended with."""

    title: str
    begins_on: date
    #: the day after the last one
    ends_on: date
    kinds: Mapping[str, AccountKind]
    names: Mapping[str, str]
    before: Mapping[str, int]
    entries: Sequence[Told]
    after: Mapping[str, int]


def account_name(code: str, kind: AccountKind) -> str:
    """Return an account's name in beancount."""
    return f"{ROOTS[kind]}:A{code}"


def beancount(books: Books) -> Iterator[str]:
    """Yield the lines of a beancount file: accounts, opening, entries, every balance asserted."""
    yield f'option "title" "{_quoted(books.title)}"'
    yield f'option "operating_currency" "{CURRENCY}"'
    names = {code: account_name(code, kind) for code, kind in books.kinds.items()}
    for code, name in sorted(names.items()):
        yield f"{books.begins_on} open {name} {CURRENCY}"
        yield f'  name: "{_quoted(books.names[code])}"'
    opening = [(code, fen, 0) for code, fen in sorted(books.before.items()) if fen]
    if opening:
        yield from _entry(Told("", books.begins_on, "", "", opening), names)
    for told in books.entries:
        yield from _entry(told, names)
    for code, name in sorted(names.items()):
        yield f"{books.ends_on} balance {name} {_exactly(books.after.get(code, 0))}"


def _entry(told: Told, names: Mapping[str, str]) -> Iterator[str]:
    yield f'{told.on} * "{_quoted(told.number)}" "{_quoted(told.gist)}"'
    for code, debit, credit in told.lines:
        yield f"  {names[code]} {plain_yuan(debit - credit)} {CURRENCY}"


def _exactly(fen: int) -> str:
    """Return an amount with no tolerance: a fen too much or too little is an error."""
    return f"{plain_yuan(fen)} ~ 0 {CURRENCY}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def sheet(books: Books) -> Iterator[Sequence[str]]:
    """Yield the rows of a spreadsheet: one for each posting."""
    yield SHEET_HEAD
    for told in books.entries:
        for code, *both in told.lines:
            debit, credit = (plain_yuan(fen) if fen else "" for fen in both)
            day, month = f"{told.on:%Y-%m-%d}", f"{told.on:%Y-%m}"
            row = (month, told.number, day, told.kind, told.gist, code, books.names[code])
            yield (*row, debit, credit)
