"""付款与记账的先后: the town turns the order round, and each bundle is paid and posted once."""

import pytest
import sqlalchemy as sa

from desk.windows.village_accounts.records import AccountEntry, AccountSettings
from desk.windows.village_accounts.rules.bundles import PaidAlready, Station
from desk.windows.village_accounts.rules.settings import PayingOrder
from kernel.web.house import House
from tests.actions.a_bundle import Papers, another, brought, invoice


def decide(papers: Papers, order: PayingOrder) -> None:
    """Let the town decide which comes first."""
    papers.session.execute(sa.update(AccountSettings).values(paying_order=order))
    papers.session.expire_all()


def step(papers: Papers) -> None:
    """Do what is due where it lies."""
    if papers.bundle.station is Station.PAYMENT:
        papers.pay()
    else:
        papers.settle(papers.enter())


@pytest.mark.parametrize("order", list(PayingOrder))
def test_the_order_turned_round_on_the_way_loses_no_payment_and_no_entry(
    here: House, order: PayingOrder
) -> None:
    other = next(one for one in PayingOrder if one is not order)
    with here.writing() as session:
        first = brought(here, session)
        for flips in ((other, other), (order, other)):
            papers = another(here, session, first.book)
            decide(papers, order)
            papers.take(invoice(800_00))
            papers.sign()
            papers.hand_in()
            papers.let_pass("cashier")
            papers.let_pass("reviewer")
            for turned in flips:
                decide(papers, turned)
                step(papers)
            assert papers.bundle.station is Station.DONE
            assert papers.bundle.paid_by_id is not None
            entry = session.get_one(AccountEntry, papers.bundle.entry_id)
            assert entry.posted_at is not None


def test_nothing_is_paid_twice(here: House) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        papers.go()
        papers.bundle.station = Station.PAYMENT
        with pytest.raises(PaidAlready):
            papers.pay()
