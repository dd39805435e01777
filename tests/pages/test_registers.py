"""登记簿的页面: rows are added, changed, retired, found, exported and printed."""

import io
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from desk.windows.village_accounts.actions.posting import discard
from desk.windows.village_accounts.actions.registers import add
from desk.windows.village_accounts.actions.wear import draft_wear
from desk.windows.village_accounts.queries.balances import balance_now
from desk.windows.village_accounts.queries.debts import debts
from desk.windows.village_accounts.records import AssetWear, VillageMember
from desk.windows.village_accounts.rules.depreciation import NothingToDepreciate
from desk.windows.village_accounts.rules.dividends import dividend
from desk.windows.village_accounts.rules.register_rows import read_cell
from desk.windows.village_accounts.rules.registers import COLUMNS, Cell, Register
from kernel.web.fields import read_day
from kernel.web.house import House
from kernel.work import rules as work_rules
from tests.actions.a_book import Book, begin
from tests.builders import BASE, Visitor
from tests.pages.happy_registers import ASSET, CONTRACT

MEMBER = {"name": "示例成员甲", "document": "990101197001010012", "shares": "2.5"}
TYPED = {
    Register.ASSETS: ASSET,
    Register.CONTRACTS: CONTRACT,
    Register.RESOURCES: {
        "name": "示例后山",
        "kind": "forest",
        "area": "120.5",
        "to_east": "示例溪",
    },
    Register.BOOKS: {
        "code": "S26-01",
        "first_number": "1",
        "last_number": "50",
        "issued_to": "示例报账员",
        "issued_on": "2026-01-04",
    },
    Register.FUNDS: {"project": "示例水渠", "source": "示例局", "granted_fen": "30000"},
    Register.PLAN: {"year": "2026", "side": "income", "gist": "示例租金", "fen": "5000"},
    Register.MEMBERS: MEMBER,
    Register.DIVIDENDS: {"year": "2026", "decided_on": "2026-02-01", "per_share_fen": "100.50"},
}


@pytest.fixture
def kind() -> str:
    """Pages are made the same way on both kinds of database."""
    return "sqlite"


@pytest.fixture
def home(here: House) -> str:
    """Begin a village's books."""
    with here.writing() as session:
        return f"/windows/accounts/{begin(here, session).books.id}"


def put(book: Book, register: Register, **typed: str) -> int:
    """Put a row into a register as the form does."""
    said = {
        one.name: (
            read_day(typed[one.name])
            if one.cell is Cell.DAY and one.name in typed
            else read_cell(one, typed.get(one.name, ""))
        )
        for one in COLUMNS[register]
    }
    return add(book.session, book.books, register, said, book.bookkeeper, book.here.now())


@pytest.mark.parametrize("register", TYPED)
def test_every_register_takes_finds_exports_and_prints_a_row(
    register: Register, visit: Callable[[str], Visitor], home: str
) -> None:
    keeper, page = visit("bookkeeper"), f"{home}/registers/{register}/"
    keeper.open(page)
    again = keeper.press(page)
    assert again.status_code == 422
    assert "请填写" in again.text
    keeper.open(page)
    assert keeper.press(page, **TYPED[register]).status_code == 303
    first = next(iter(TYPED[register].values()))
    assert first in keeper.open(page).text
    assert "还没有" not in keeper.open(f"{page}?q={first}").text
    assert "没有找到" in keeper.open(f"{page}?q=qqqq").text
    keeper.open(page)
    sheet = keeper.press(f"{page}rows.xlsx")
    cells = [cell.value for cell in load_workbook(io.BytesIO(sheet.data)).worksheets[0][2]]
    assert first in cells
    assert keeper.open(f"{page}rows.pdf").data.startswith(b"%PDF")


def test_a_row_is_changed_once_and_struck_off_with_a_reason_but_never_gone(
    here: House, visit: Callable[[str], Visitor], home: str
) -> None:
    keeper, page = visit("bookkeeper"), f"{home}/registers/assets/"
    keeper.open(page)
    keeper.press(page, **ASSET)
    keeper.open(page)
    assert "已经有相同的编号" in keeper.press(page, **ASSET).text
    row = f"{page}1"
    keeper.open(row)
    stale = dict(keeper.hidden)
    assert keeper.press(row, **{**ASSET, "place": "示例泵站"}).status_code == 303
    keeper.hidden = {**stale, "form_key": "0" * 32}
    assert keeper.press(row, **ASSET).status_code == 409
    keeper.open(row)
    refused = keeper.press(f"{row}/retire", reason="")
    assert "请写明注销的原因" in refused.text
    keeper.open(row)
    assert keeper.press(f"{row}/retire", reason="示例报废").status_code == 303
    assert "示例水泵" not in keeper.open(page).text
    assert "示例水泵" in keeper.open(f"{page}?retired=1").text
    assert "示例报废" in keeper.open(row).text


def test_a_receipt_is_tied_to_a_deposit_and_given_once(
    here: House, visit: Callable[[str], Visitor]
) -> None:
    with here.writing() as session:
        book = begin(here, session)
        put(book, Register.BOOKS, **TYPED[Register.BOOKS])
        book.post(("10201", 300_00), ("504", -300_00), kind="income")
        home = f"/windows/accounts/{book.books.id}/registers/receipts/"
    keeper = visit("bookkeeper")
    typed = {"book_id": "S26-01", "number": "7", "state": "used", "given_on": "2026-01-10"}
    for wrong, said in (
        ({}, "入账的凭证"),
        ({"fen": "300", "entry_id": "2026-01/9"}, "没有这张凭证"),
        ({"fen": "300", "entry_id": "2026-01/1", "number": "51"}, "没有这个号"),
        ({"fen": "300", "entry_id": "2026-01/1", "book_id": "x"}, "没有登记过本号"),
    ):
        keeper.open(home)
        assert said in keeper.press(home, **{**typed, **wrong}).text
    keeper.open(home)
    assert keeper.press(home, **typed, fen="300", entry_id="2026-01/1").status_code == 303
    keeper.open(home)
    assert "已经有相同的编号" in keeper.press(home, **typed, fen="3", entry_id="2026-01/1").text


def test_the_month_wears_once_and_a_discarded_draft_gives_it_back(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        put(book, Register.ASSETS, **ASSET)
        put(book, Register.ASSETS, **{**ASSET, "code": "G-002", "expense_code": "511"})
        draft = draft_wear(session, book.books, book.bookkeeper, here.now())
        with pytest.raises(NothingToDepreciate):
            draft_wear(session, book.books, book.bookkeeper, here.now())
        discard(session, draft, book.bookkeeper, here.now())
        session.expire_all()
        assert session.scalar(sa.select(sa.func.count()).select_from(AssetWear)) == 0
        again = draft_wear(session, book.books, book.bookkeeper, here.now())
        book.put(again)
        assert balance_now(session, book.account("152")) == -200_00
        assert balance_now(session, book.account("513")) == 100_00


def test_debts_are_told_by_person_and_age(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        book.post(("112", 900_00), ("501", -900_00), kind="computed")
        book.post(("513", 400_00), ("211", -400_00), kind="computed")
        book.post(("10201", 200_00), ("112", -200_00), kind="income")
        told = {one.account.code: (one.fen, one.bands) for one in debts(session, 1, here.today())}
        assert told == {"112": (700_00, [700_00, 0, 0, 0]), "211": (-400_00, [-400_00, 0, 0, 0])}


def test_members_are_sealed_and_dividends_counted_to_the_fen(
    here: House, visit: Callable[[str], Visitor]
) -> None:
    with here.writing() as session:
        book = begin(here, session)
        put(book, Register.MEMBERS, **MEMBER)
        row = put(book, Register.DIVIDENDS, **TYPED[Register.DIVIDENDS])
        stored = session.scalars(sa.select(VillageMember)).one()
        assert "示例" not in stored.name_sealed
        home = f"/windows/accounts/{book.books.id}/registers"
    keeper = visit("bookkeeper")
    listed = keeper.open(f"{home}/members/").text
    assert "示例成员甲" in listed
    assert "****0012" in listed
    assert "990101197001010012" not in listed + keeper.open(f"{home}/members/1").text
    assert keeper.open(f"{home}/dividends/{row}/list.pdf").data.startswith(b"%PDF")
    assert [dividend(250, 100_50), dividend(1, 50)] == [251_25, 1]


def test_a_rent_that_came_leaves_the_list(visit: Callable[[str], Visitor], here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        put(book, Register.CONTRACTS, **CONTRACT)
        book.post(("10201", 5_000_00), ("501", -5_000_00), kind="income")
        home = f"/windows/accounts/{book.books.id}/rents"
    keeper = visit("bookkeeper")
    assert "租金该收的 1 笔" in keeper.open(home.removesuffix("rents")).text
    assert "示例鱼塘承包" in keeper.open(home).text
    typed = {"contract": "1", "due_on": "2026-01-05"}
    assert keeper.press(home, **typed, entry="").status_code == 422
    keeper.open(home)
    assert keeper.press(home, **typed, entry="2026-01/1").status_code == 303
    assert "示例鱼塘承包" not in keeper.open(home).text


def test_a_village_clerk_reads_the_own_registers_and_changes_none(
    visit: Callable[[str], Visitor], home: str
) -> None:
    somebody = visit("village_clerk")
    assert somebody.open(f"{home}/registers/assets/").status_code == 404, "of another village"
    keeper = visit("bookkeeper")
    keeper.open(f"{home}/registers/nonsense/")
    assert keeper.page is not None
    assert keeper.page.status_code == 404


def test_the_agreement_is_printed_blank_and_signed(
    visit: Callable[[str], Visitor], home: str
) -> None:
    keeper = visit("bookkeeper")
    assert keeper.open(f"{home}/agreement.pdf").data.startswith(b"%PDF")
    keeper.open(f"{home}/")
    days = {"from_on": "2026-01-01", "to_on": "2028-12-31", "signed_on": "2025-12-20"}
    names = {"signed_by_village": "示例村主任", "signed_by_town": "示例乡长"}
    rights = {f"right_{place}": "1" for place in range(1, 6)}
    assert keeper.press(f"{home}/agreement", **days, **names, **rights).status_code == 303
    assert keeper.open(f"{home}/agreement.pdf").data.startswith(b"%PDF")


def test_many_members_leave_the_house_by_two_persons_word_and_other_registers_by_one(
    here: House, visit: Callable[[str], Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    with here.writing() as session:
        book = begin(here, session)
        put(book, Register.MEMBERS, **MEMBER)
        put(book, Register.MEMBERS, **(MEMBER | {"name": "示例成员乙"}))
        put(book, Register.FUNDS, **TYPED[Register.FUNDS])
        home = f"/windows/accounts/{book.books.id}/registers"
    keeper, head = visit("bookkeeper"), visit("head")
    keeper.open(f"{home}/members/")
    assert keeper.press(f"{home}/members/rows.xlsx").status_code == 200, "the control: two may go"
    monkeypatch.setattr(work_rules, "MOST_ALONE", 1)
    keeper.open(f"{home}/funds/")
    assert keeper.press(f"{home}/funds/rows.xlsx").status_code == 200
    keeper.open(f"{home}/members/")
    page = keeper.press(f"{home}/members/rows.xlsx").headers["Location"]
    assert keeper.open(f"{page}/result").status_code == 409
    assert "2人的姓名" in head.open("/long-work/").text
    assert head.press(f"{page}/agree").status_code == 303
    with keeper.client.get(f"{page}/result", base_url=BASE) as file:
        sheet = load_workbook(io.BytesIO(file.data)).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["示例成员甲", "示例成员乙"]
