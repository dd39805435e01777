"""只增不改: what was published, counted or posted is neither replaced nor added to, by any hand."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from desk.windows.village_accounts.queries.disclosure import told
from kernel.web.house import House
from tests.actions.a_book import begin
from tests.actions.a_bundle import brought
from tests.actions.a_sheet import drafted, keep_january, published

LINE = "INSERT INTO disclosure_line (disclosure_id, line, section, gist, account, voucher, by)"
MORE = f"{LINE} SELECT disclosure_id, 999, section, gist, account, voucher, by FROM disclosure_line"


def test_a_reviewed_sheet_grows_no_line(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        keep_january(book)
        published(book)
    with pytest.raises(DBAPIError, match="grows no line"), here.writing() as session:
        session.execute(sa.text(f"{MORE} LIMIT 1"))


def test_a_line_put_in_before_the_review_is_told_by_the_fingerprint(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        keep_january(book)
        sheet = drafted(book)
        assert told(session, sheet).is_as_drafted
        session.execute(sa.text(f"{MORE} LIMIT 1"))
        assert not told(session, sheet).is_as_drafted


@pytest.mark.parametrize("kind", ["sqlite"])
def test_what_is_only_added_to_is_not_replaced(here: House, kind: str) -> None:
    with here.writing() as session:
        book = begin(here, session)
        keep_january(book)
        published(book)
    for table in ("disclosure", "disclosure_step", "disclosure_picture", "audit_entry"):
        replaced = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        with pytest.raises(DBAPIError, match="append only"), here.writing() as session:
            session.execute(sa.text(replaced))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE bundle SET entry_id = NULL", "keeps its entry"),
        ("DELETE FROM bundle_signature", "rests on stays"),
        ("UPDATE bundle_signature SET signed_on = '2026-01-31'", "rests on stays"),
        ("DELETE FROM account_scan", "rests on stays"),
    ],
)
def test_a_bundle_in_the_books_keeps_what_it_rests_on(
    here: House, statement: str, said: str
) -> None:
    with here.writing() as session:
        brought(here, session).go()
    with pytest.raises(DBAPIError, match=said), here.writing() as session:
        session.execute(sa.text(statement))
