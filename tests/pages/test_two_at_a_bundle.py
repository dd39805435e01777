"""两人同办一份报账、一张凭证: the second waits, is told, and nothing is entered twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from desk.cases.records import Case
from desk.windows.village_accounts.actions.originals import drop
from desk.windows.village_accounts.actions.posting import discard
from desk.windows.village_accounts.queries import originals
from desk.windows.village_accounts.records import AccountEntry, AccountSet
from kernel.web.house import House
from tests.actions.a_book import Book, begin
from tests.actions.a_bundle import Papers, brought, invoice
from tests.builders import Visitor, clerk
from tests.pages.conftest import both_databases
from tests.pages.happy_books import HOME
from tests.pages.test_conflicts import wait_until_somebody_waits

Visit = Callable[[str], Visitor]


class Waiting(NamedTuple):
    """A bundle that was paid, and what the form of its entry needs."""

    case_id: int
    page: str
    typed: dict[str, str]


@pytest.fixture
def waiting(here: House) -> Waiting:
    with here.writing() as session:
        papers = brought(here, session)
        papers.take(invoice(800_00))
        papers.sign()
        papers.hand_in()
        papers.let_pass("cashier")
        papers.let_pass("reviewer")
        papers.pay()
        use = originals.uses_of(session, papers.bundle)[0][0].id
        typed = {"entry_on": "2026-01-31", "gist": "示例报账"}
        typed |= {"money": f"{papers.book.account('10202')}"}
        typed |= {f"account_{use}": f"{papers.book.account('513')}"}
        return Waiting(papers.case.id, f"{HOME}cases/{papers.case.number}/entry", typed)


class Drafted(NamedTuple):
    """An entry that waits to be checked."""

    set_id: int
    entry_id: int
    page: str


@pytest.fixture
def drafted(here: House) -> Drafted:
    with here.writing() as session:
        book = begin(here, session)
        draft = book.draft(("513", 300_00), ("10201", -300_00))
        page = f"{HOME}{book.books.id}/entries/{draft.uuid}"
        return Drafted(book.books.id, draft.id, page)


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_of_two_bookkeepers_at_one_moment_one_drafts_the_entry(
    visit: Visit, here: House, waiting: Waiting
) -> None:
    keeper = visit("bookkeeper")
    keeper.open(waiting.page)
    with ThreadPoolExecutor(1) as threads:
        with here.writing() as session:
            Papers(here, session, session.get_one(Case, waiting.case_id)).enter()
            press = threads.submit(keeper.press, waiting.page, **waiting.typed)
            wait_until_somebody_waits(here)
        answer = press.result(timeout=20)
    assert answer.status_code == 409
    with here.reading() as session:
        drafts = AccountEntry.posted_at.is_(None)
        assert session.scalar(sa.select(sa.func.count()).where(drafts)) == 1


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize("verb", ["post", "discard"])
def test_who_comes_second_to_a_draft_is_told_that_it_is_posted(
    visit: Visit, here: House, drafted: Drafted, verb: str
) -> None:
    second = visit("reviewer")
    second.open(drafted.page)
    with ThreadPoolExecutor(1) as threads:
        with here.writing() as session:
            book = Book(here, session, session.get_one(AccountSet, drafted.set_id))
            book.put(session.get_one(AccountEntry, drafted.entry_id))
            press = threads.submit(second.press, f"{drafted.page}/{verb}")
            wait_until_somebody_waits(here)
        answer = press.result(timeout=20)
    assert answer.status_code == 409
    assert "已经记账" in answer.text


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_who_posts_a_draft_that_is_being_thrown_away_finds_none(
    visit: Visit, here: House, drafted: Drafted
) -> None:
    second = visit("reviewer")
    second.open(drafted.page)
    with ThreadPoolExecutor(1) as threads:
        with here.writing() as session:
            thrown = session.get_one(AccountEntry, drafted.entry_id)
            discard(session, thrown, clerk(session, "bookkeeper"), here.now())
            press = threads.submit(second.press, f"{drafted.page}/post")
            wait_until_somebody_waits(here)
        answer = press.result(timeout=20)
    assert answer.status_code == 404


@both_databases
def test_a_paper_dropped_in_one_tab_stops_the_handing_in_from_another(
    visit: Visit, here: House
) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        papers.take(invoice(800_00))
        papers.take(invoice(90_00))
        papers.sign()
        case_id, page = papers.case.id, f"{HOME}cases/{papers.case.number}"
    village = visit("village_clerk")
    village.open(page)
    with here.writing() as session:
        papers = Papers(here, session, session.get_one(Case, case_id))
        use = originals.uses_of(session, papers.bundle)[0][0].id
        drop(session, papers.bundle, use, clerk(session, "village_clerk"), here.now())
        papers.sign()
    assert village.press(f"{page}/hand-in").status_code == 409
    assert village.press(f"{page}/hand-in").status_code == 303, "having seen it, one may"
