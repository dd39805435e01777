"""一个月的账: the books of a village with something of everything that has to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.windows.village_accounts.actions.posting import reverse
from desk.windows.village_accounts.rules.reports.kinds import OF_ONE_SET, STATEMENTS, ReportKind
from kernel.web.house import House
from tests.actions.a_bank import bring_in, row
from tests.actions.a_book import begin
from tests.stories.a_month_of_bundles import bring_bundles

if TYPE_CHECKING:  # the month calls what is in these books
    from tests.stories.a_month_of_work import Month


def keep_the_books(here: House, month: Month) -> None:
    """Keep a village's books for a month: a transfer, an expense taken back, a draft."""
    with here.writing() as session:
        book = begin(here, session)
        book.post(("10202", 12_000_00), ("10201", -12_000_00), kind="transfer")
        wrong = book.post(("513", 1_234_56), ("10202", -1_234_56))
        red = reverse(session, wrong, "冲销：金额写错", book.bookkeeper, here.now())
        book.put(red)
        draft = book.draft(("514", 800_00), ("10202", -800_00))
        bring_bundles(here, session, book, month)
        bring_in(book, row(15, -12_000_00, 88_000_00), row(20, 12_34, 88_012_34, "利息"))
        number = f"{book.books.id}"
    month.places["set_id"] = [number]
    here_are = "/windows/accounts/<int:set_id>"
    both = [{"set_id": number, "uuid": entry.uuid} for entry in (wrong, red, draft)]
    month.pairs[f"{here_are}/entries/<uuid>"] = both
    books = [{"set_id": number, "account": code} for code in ("10202", "101")]
    month.pairs[f"{here_are}/books/<account>"] = books
    month.pairs[f"{here_are}/reports/<report>"] = [
        {"set_id": number, "report": report.value} for report in ReportKind
    ]
    month.places["report"] = [one.value for one in ReportKind if one not in OF_ONE_SET]
    month.pairs[f"{here_are}/bank/<account>"] = [{"set_id": number, "account": "10201"}]
    month.pairs[f"{here_are}/cash/<account>"] = [{"set_id": number, "account": "101"}]
    month.pairs["/windows/accounts/forms/<report>"] = [{"report": one.value} for one in STATEMENTS]
