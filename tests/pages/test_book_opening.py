"""期初余额页: a sheet with a wrong row is asked for again, row by row; a right one is an entry."""

import io
from collections.abc import Callable

from openpyxl import load_workbook

from desk.windows.village_accounts.actions.sets import open_set
from desk.windows.village_accounts.rules.kinds import Numbering, SetKind
from desk.windows.village_accounts.rules.sets import CASH_LIMIT, Opening
from kernel.tables import workbook
from kernel.town.queries import villages
from kernel.web.house import House
from tests.actions.a_book import FIRST
from tests.builders import BASE, Visitor, clerk


def test_a_filled_sheet_becomes_an_entry_and_a_wrong_one_is_asked_for_again(
    here: House, visit: Callable[[str], Visitor]
) -> None:
    with here.writing() as session:
        how = Opening(SetKind.COOPERATIVE, "示例合作社", FIRST, Numbering.MONTHLY, CASH_LIMIT)
        who = clerk(session, "bookkeeper")
        number = open_set(session, villages(session)[0], how, who, here.now()).id
    keeper, page = visit("bookkeeper"), f"/windows/accounts/{number}/opening"
    sheet = load_workbook(io.BytesIO(keeper.open(f"{page}.xlsx").data)).worksheets[0]
    table = [[str(cell or "") for cell in row] for row in sheet.values]
    assert table[0] == ["科目编码", "科目名称", "期初借方", "期初贷方"]
    filled = {"10201": (2, "12,345.60"), "301": (3, "12,345.06")}
    for row in table:
        if row[0] in filled:
            place, amount = filled[row[0]]
            row[place] = amount

    def send() -> tuple[int, str]:
        keeper.open(page)
        file = (io.BytesIO(workbook("期初余额", table)), "opening.xlsx")
        answer = keeper.client.post(page, base_url=BASE, data={**keeper.hidden, "file": file})
        return answer.status_code, keeper.follow(answer).text if answer.location else answer.text

    code, text = send()
    assert code == 422
    assert "相差0.54元" in text
    next(row for row in table if row[0] == "301")[3] = "12,345.60"
    code, text = send()
    assert code == 303
    assert "壹万贰仟叁佰肆拾伍元陆角" in text
    assert keeper.press(page).status_code == 422
