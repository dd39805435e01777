"""村账的页面: whose books somebody sees, and what a refused entry gives back."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from desk.windows.village_accounts.actions.sets import appoint_clerk
from desk.windows.village_accounts.queries.sets import account_set, sets_of
from kernel.access import Role
from kernel.errors import NotFound
from kernel.web.house import House
from tests.actions.a_book import begin
from tests.builders import Visitor, clerk

HOME = "/windows/accounts/"


def test_a_village_clerk_sees_the_books_of_the_own_village_alone(here: House) -> None:
    with here.writing() as session:
        own, other = begin(here, session).books, begin(here, session, village=1).books
        who = clerk(session, "village_clerk")
        appoint_clerk(session, own, who.staff_id or 0, clerk(session, "bookkeeper"), here.now())
        session.flush()
        both = replace(who, roles=who.roles | {Role.ADVISER})
        for somebody in (who, both):
            assert [one.id for one, _ in sets_of(session, somebody)] == [own.id]
            assert account_set(session, own.id, somebody) is own
            with pytest.raises(NotFound):
                account_set(session, other.id, somebody)


def test_an_entry_that_does_not_balance_is_given_back_with_all_that_was_typed(
    here: House, visit: Callable[[str], Visitor]
) -> None:
    with here.writing() as session:
        book = begin(here, session)
        spent, bank = book.account("513"), book.account("211")
    page, keeper = f"{HOME}{book.books.id}/write", visit("bookkeeper")
    typed = {"kind": "correction", "entry_on": "2026-01-31", "gist": "示例更正"}
    lines = {"account_1": f"{spent}", "debit_1": "12.50", "account_2": f"{bank}"}
    keeper.open(page)
    again = keeper.press(page, **typed, **lines, credit_2="12.05")
    assert again.status_code == 422
    assert "借贷不平" in again.text
    assert 'value="12.05"' in again.text
    once = keeper.press(page, **typed, **lines, credit_2="12.50")
    twice = keeper.press(page, **typed, **lines, credit_2="12.50")
    assert once.status_code == 303
    assert twice.headers["Location"] == once.headers["Location"]
    assert "壹拾贰元伍角" in keeper.follow(once).text
