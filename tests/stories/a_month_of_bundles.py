"""一个月的报账: a bundle at every station, papers of all sorts, slips that refuse and give back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from desk.windows.village_accounts.actions.reviewing import give_back
from desk.windows.village_accounts.records import Original, OriginalRefusal
from desk.windows.village_accounts.rules.bundles import ReturnReason
from desk.windows.village_accounts.rules.means import Means
from desk.windows.village_accounts.rules.original_kinds import OriginalKind, Purpose, Share
from kernel.web.house import House
from tests.actions.a_book import Book, begin
from tests.actions.a_bundle import Papers, another, invoice
from tests.builders import clerk, mobile, resident_number

if TYPE_CHECKING:  # the month calls what is in these bundles
    from tests.stories.a_month_of_work import Month

CASES = "/windows/accounts/cases/<number>"
ORIGINALS = "/windows/accounts/originals/<uuid>"
#: an invoice that the next village has used
ELSEWHERE, ELSEWHERE_FEN = f"{77:020}", 660_00
REFUSALS = "/windows/accounts/refusals/<int:refusal_id>"


def bring_bundles(here: House, session: Session, book: Book, month: Month) -> None:
    """Bring bundles of a village as far as each can go."""

    def brought(*steps: Callable[[Papers], object], means: Means = Means.TRANSFER) -> Papers:
        papers = another(here, session, book, means)
        for step in steps:
            step(papers)
        return papers

    next_door = begin(here, session, village=1)
    another(here, session, next_door).take(invoice(ELSEWHERE_FEN, number=77))
    open_one, uuids, slip = _all_sorts(brought(means=Means.PETTY_CASH))
    on_the_way: list[Callable[[Papers], object]] = [
        lambda papers: papers.take(invoice(26_000_00)),
        Papers.sign,
        Papers.hand_in,
        lambda papers: papers.let_pass("cashier"),
        lambda papers: papers.let_pass("reviewer"),
    ]
    stations = [brought(*on_the_way[:steps]) for steps in range(2, 6)]
    waiting = brought(lambda papers: papers.take(invoice(800_00)), *on_the_way[1:])
    waiting.pay()
    done = brought()
    done.go()
    back = brought(*on_the_way[:3])
    by = clerk(session, "cashier"), here.now(), here.hall(session)
    why = ([ReturnReason.HEADING, ReturnReason.IMAGES], "第二张发票抬头是个人")
    give_back(session, back.case, back.bundle, why, by)
    everything = [open_one, *stations, waiting, done, back]
    month.pairs[CASES] = [{"number": one.case.number} for one in everything]
    for form in ("originals", "sign"):
        month.pairs[f"{CASES}/{form}"] = [{"number": open_one.case.number}]
    month.pairs[f"{CASES}/entry"] = [{"number": waiting.case.number}]
    month.pairs[ORIGINALS] = [{"uuid": uuid} for uuid in uuids]
    month.pairs[REFUSALS] = [{"refusal_id": slip}]


def _all_sorts(papers: Papers) -> tuple[Papers, list[str], str]:
    """Fill a bundle of petty cash; return it, its papers, and the slip of one that was none."""
    small = invoice(260_00)
    paper = replace(small.entered, kind=OriginalKind.SELF_MADE, purpose=Purpose.SMALL)
    payee = ("示例农户", resident_number(9), f"+86{mobile(9)}")
    claims = [
        invoice(188_50),
        invoice(900_00, amount_fen=300_00, share=Share.SPLIT),
        replace(small, entered=replace(paper, gist="示例买竹扫把20把"), payee=payee),
    ]
    taken = [papers.take(claim) for claim in claims]
    refused = papers.take(invoice(80_00, kind=OriginalKind.WHITE_SLIP, number=1))
    assert isinstance(refused, OriginalRefusal)
    return papers, [one.uuid for one in taken if isinstance(one, Original)], f"{refused.id}"
