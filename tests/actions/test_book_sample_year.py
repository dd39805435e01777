"""示例的一年: a village's year comes out whole: every month closed, bank and cash agreed."""

import pytest

from desk.windows.village_accounts.actions.sample import SampleYear
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.queries.entries import posted
from desk.windows.village_accounts.queries.reports import figures, form
from desk.windows.village_accounts.rules.reports.formulas import reckoned
from desk.windows.village_accounts.rules.reports.kinds import ReportKind
from desk.windows.village_accounts.rules.reports.statements import at_end
from desk.windows.village_accounts.rules.sample_year import USUAL, events
from kernel.town.queries import villages
from kernel.web.house import House
from tests.builders import clerk


def test_a_year_of_a_village_of_usual_size_has_twelve_hundred_vouchers() -> None:
    found = [event for month in range(1, 13) for event in events(2025, month)]
    assert len(found) == USUAL
    assert all(sum(fen for _, fen in event.lines) == 0 for event in found)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_sample_year_is_whole(here: House) -> None:
    with here.writing() as session:
        keeper, checker = clerk(session, "bookkeeper"), clerk(session, "reviewer")
        cashier = clerk(session, "cashier").staff_id or 0
        making = SampleYear(session, keeper, checker, cashier, here.now())
        books = making.make(villages(session)[0], 2025, most=12 * 17)
        assert sets.last_step(session, books.id).opens == 202601
        assert len(posted(session, books.id, 202505)) == 17
        lines = form(session, ReportKind.BALANCE_SHEET).lines
        found = reckoned(lines, figures(session, [books.id], 202501, 202512), at_end)
        totals = {line.name: found.get(line.number, 0) for line in lines}
        assert totals["资产总计"] == totals["负债和所有者权益总计"] > 0
