"""够得着的办件: the pages common to all windows, at the cases of a window with its own ways."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from desk.windows.village_accounts.rules.access import CORE_PAGES
from kernel.web.house import House
from tests.actions.a_bundle import brought, invoice
from tests.builders import Visitor

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
Visit = Callable[[str], Visitor]


def handed_in(here: House) -> str:
    """Bring a bundle to the centre; return its number."""
    with here.writing() as session:
        papers = brought(here, session)
        papers.take(invoice(800_00))
        papers.sign()
        papers.hand_in()
        return papers.case.number


def common_pages(app: Flask, number: str) -> Iterator[tuple[str, str]]:
    """Yield every page of one case that all windows have in common: endpoint and address."""
    adapter = app.url_map.bind("desk.test", url_scheme="https")
    for rule in app.url_map.iter_rules():
        is_read = "GET" in (rule.methods or ()) and rule.arguments == {"number"}
        if rule.endpoint.startswith("cases.") and is_read and rule.endpoint != "cases.home":
            yield rule.endpoint, adapter.build(rule.endpoint, {"number": number})


def test_of_the_common_pages_only_those_a_window_names_open_at_its_own_cases(
    visit: Visit, app: Flask, here: House
) -> None:
    reviewer, pages = visit("reviewer"), dict(common_pages(app, handed_in(here)))
    assert len(pages) > 15
    opened = {name for name, path in pages.items() if reviewer.open(path).status_code == 200}
    assert opened == CORE_PAGES & set(pages)
    assert opened == {"cases.transferring", "cases.calling"}
    assert set(app.view_functions) >= CORE_PAGES


def test_a_bundle_is_not_given_back_behind_its_own_way(visit: Visit, here: House) -> None:
    number, reviewer = handed_in(here), visit("reviewer")
    reviewer.open(f"/cases/{number}/transfer")
    assert reviewer.press(f"/cases/{number}/give-back", reason="示例").status_code == 404
