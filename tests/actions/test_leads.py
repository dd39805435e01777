"""领头的索引: no page of reports begins with all the cases a window ever had."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from desk.cases.records import Case, CaseHold
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.actions.a_relay import taken_in
from tests.builders import Visitor

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
Visit = Callable[[str], Visitor]
Asked = dict[str, Any]
#: what costs more with every year: all cases of a window, or all cases
ENDLESS = ("ix_case_window_received (window=?)", "SCAN case\n", "SCAN countdown\n")
PAGES = (
    "/board/reports",
    "/board/reports/cases?row=综合窗口",
    "/board/monthly",
    "/cases/appointments",
    "/cases/{number}/merge",
)


@contextmanager
def listening(here: House) -> Iterator[Asked]:
    """Give every question asked meanwhile, with what it was asked with."""
    asked: Asked = {}

    def hear(_conn: object, _cursor: object, words: str, values: Any, *_: object) -> None:
        if words.startswith("SELECT"):
            asked[words] = values

    sa.event.listen(here.database.engine, "before_cursor_execute", hear)
    yield asked
    sa.event.remove(here.database.engine, "before_cursor_execute", hear)


def plans(here: House, asked: Asked) -> dict[str, str]:
    """Return by which ways the database goes."""
    with here.reading() as session:
        explain = session.connection().exec_driver_sql
        return {
            words: "".join(f"{row[3]}\n" for row in explain(f"EXPLAIN QUERY PLAN {words}", values))
            for words, values in asked.items()
        }


def endless(found: dict[str, str]) -> list[str]:
    return [plan for plan in found.values() if any(way in plan for way in ENDLESS)]


def test_reports_are_led_by_their_days_and_what_waits(here: House, visit: Visit) -> None:
    number = taken_in(here)
    browser = visit("director")
    for page in PAGES:
        with listening(here) as asked:
            assert browser.open(page.format(number=number)).status_code == 200, page
        found = plans(here, asked)
        assert found, page
        assert endless(found) == [], page


def test_the_control_that_lets_the_window_lead_is_found_out(here: House) -> None:
    taken_in(here)
    query = sa.select(CaseHold.id).join(Case, Case.id == CaseHold.case_id)
    with listening(here) as asked, here.reading() as session:
        windows = list(Window)
        session.execute(
            query.where(CaseHold.noticed_on >= here.today(), Case.window.in_(windows))
        ).all()
    assert endless(plans(here, asked))
