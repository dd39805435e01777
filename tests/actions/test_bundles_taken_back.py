"""报账冲销: what an entry in red takes back frees the papers it rested on."""

from desk.windows.village_accounts.actions.posting import reverse
from desk.windows.village_accounts.records import Original, OriginalRefusal
from desk.windows.village_accounts.rules.original_kinds import Ground
from kernel.web.house import House
from tests.actions.a_bundle import another, brought, invoice


def test_a_paper_entered_wrongly_is_entered_again_once_the_red_is_in_the_books(
    here: House,
) -> None:
    with here.writing() as session:
        first = brought(here, session)
        paper = invoice(800_00, number=77)
        first.take(paper)
        wrong = first.go_on()
        book = first.book
        red = reverse(session, wrong, "示例金额记错", book.bookkeeper, here.now())
        second = another(here, session, book)
        early = second.take(paper)
        assert isinstance(early, OriginalRefusal)
        assert early.ground is Ground.USED
        book.put(red)
        assert isinstance(second.take(paper), Original)
        right = second.go_on()
        assert right.posted_at is not None
        third = another(here, session, book)
        again = third.take(paper)
        assert isinstance(again, OriginalRefusal)
        assert second.case.number in again.words
