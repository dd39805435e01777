"""报账: a bundle goes from hand to hand, and nothing goes past a hand that has to sign."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from desk.cases.actions.countdowns import running
from desk.cases.rules.stages import Stage
from desk.windows.village_accounts.actions import reviewing
from desk.windows.village_accounts.actions.originals import drop
from desk.windows.village_accounts.queries import originals
from desk.windows.village_accounts.records import Original, OriginalRefusal, OriginalUse
from desk.windows.village_accounts.rules.bundles import (
    NoImage,
    NoOriginals,
    NotHere,
    NotYourTurn,
    OwnReview,
    ReturnReason,
    Station,
)
from desk.windows.village_accounts.rules.means import Means
from desk.windows.village_accounts.rules.original_kinds import Ground, OriginalKind, Share
from desk.windows.village_accounts.rules.originals import FaceDiffers, RedTooLarge, RedUnlinked
from desk.windows.village_accounts.rules.signing import SignatureMissing
from kernel.web.house import House
from tests.actions.a_book import Book
from tests.actions.a_bundle import another, brought, invoice
from tests.builders import clerk

ATTACKS = (
    "UPDATE original SET face_fen = face_fen * 2",
    "DELETE FROM original",
    "UPDATE original_use SET amount_fen = 1",
    "DELETE FROM original_use",
    "INSERT INTO original_use (original_id, bundle_id, purpose, share, amount_fen, gist)"
    " SELECT original_id, bundle_id, purpose, 'instalment', 1, gist FROM original_use",
    "INSERT INTO original (uuid, key, kind, code, number, issuer, issued_on, face_fen,"
    " payee_sealed, added_at, added_by_id) SELECT 'x', key, kind, code, number, issuer,"
    " issued_on, face_fen, payee_sealed, added_at, added_by_id FROM original",
    "UPDATE original_refusal SET words = ''",
)
#: the same red invoice once more, under another number
SECOND_RED = (
    "INSERT INTO original (uuid, key, kind, code, number, issuer, issued_on, face_fen, red_of_id,"
    " payee_sealed, added_at, added_by_id) SELECT 'x', 'x', kind, code, number, issuer,"
    " issued_on, face_fen, red_of_id, payee_sealed, added_at, added_by_id FROM original"
    " WHERE id = :id"
)


def test_a_bundle_goes_the_whole_way_into_the_books(here: House) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        entry = papers.go()
        assert papers.bundle.station is Station.DONE
        assert papers.case.stage is Stage.COMPLETED
        assert not running(session, papers.case)
        assert entry.posted_at is not None
        assert (entry.attachments, entry.cashier_id) == (1, papers.bundle.paid_by_id)
        assert [one.face_fen for one in originals.of_entry(session, entry.id)] == [800_00]


def test_wherever_a_bundle_lies_one_countdown_runs(here: House) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        kinds = [[one.kind.value for one in running(session, papers.case)]]
        papers.take(invoice(800_00))
        papers.sign()
        steps = (papers.hand_in, lambda: papers.let_pass("cashier"))
        for step in (*steps, lambda: papers.let_pass("reviewer"), papers.pay):
            step()
            kinds.append([one.kind.value for one in running(session, papers.case)])
    assert kinds == [["supplement"], ["intake"], ["intake"], ["handling"], ["handling"]]


def test_a_paper_of_another_village_is_refused_naming_where_it_was_used(here: House) -> None:
    with here.writing() as session:
        first, second = brought(here, session), brought(here, session, village=1)
        same = invoice(800_00, number=7)
        assert isinstance(first.take(same), Original)
        slip = second.take(same)
        assert isinstance(slip, OriginalRefusal)
        assert slip.ground is Ground.USED
        assert first.case.number in slip.words
        later = second.take(same)
        assert isinstance(later, OriginalRefusal)
        assert later.number != slip.number


def test_a_white_slip_becomes_a_numbered_refusal_and_nothing_else(here: House) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        slip = papers.take(invoice(80_00, kind=OriginalKind.WHITE_SLIP))
        assert isinstance(slip, OriginalRefusal)
        assert slip.number.endswith("1号")
        assert not originals.uses_of(session, papers.bundle)
        with pytest.raises(NoOriginals):
            papers.hand_in()


def test_instalments_stay_within_the_face_in_all_villages(here: House) -> None:
    with here.writing() as session:
        first, second = brought(here, session), brought(here, session, village=1)
        part = invoice(900_00, number=9, amount_fen=500_00, share=Share.INSTALMENT)
        assert isinstance(first.take(part), Original)
        beyond = second.take(part)
        assert isinstance(beyond, OriginalRefusal)
        assert beyond.ground is Ground.OVER_FACE
        rest = replace(part, entered=replace(part.entered, amount_fen=400_00))
        assert isinstance(second.take(rest), Original)


def test_a_known_paper_with_another_face_is_asked_about(here: House) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        papers.take(invoice(900_00, number=9, amount_fen=100_00, share=Share.SPLIT))
        with pytest.raises(FaceDiffers):
            papers.take(invoice(950_00, number=9, amount_fen=100_00, share=Share.SPLIT))


def test_a_red_invoice_names_the_one_it_takes_back(here: House) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        red = invoice(-300_00)
        with pytest.raises(RedUnlinked):
            papers.take(red)
        papers.take(invoice(900_00, number=11))
        linked = replace(red, red_of=("", f"{11:020}"))
        assert isinstance(papers.take(linked), Original)


def test_reds_together_take_back_no_more_than_the_blue_one(here: House) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        papers.take(invoice(900_00, number=11))
        of = ("", f"{11:020}")
        first = papers.take(replace(invoice(-500_00), red_of=of))
        with pytest.raises(RedTooLarge):
            papers.take(replace(invoice(-400_01), red_of=of))
        with pytest.raises(DBAPIError, match="within what they take back"), session.begin_nested():
            session.execute(sa.text(SECOND_RED), {"id": first.id})
        assert isinstance(papers.take(replace(invoice(-400_00), red_of=of)), Original)


def test_what_was_signed_is_signed_again_when_the_papers_change(here: House) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        papers.take(invoice(800_00))
        papers.sign()
        papers.take(invoice(1_00))
        with pytest.raises(SignatureMissing):
            papers.hand_in()


def test_an_original_without_a_picture_stays_in_the_village(here: House) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        papers.take(invoice(800_00), scanned=False)
        papers.sign()
        with pytest.raises(NoImage):
            papers.hand_in()


def test_nobody_reviews_what_he_had_in_hand(here: House) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        papers.take(invoice(800_00))
        papers.sign()
        papers.hand_in()
        with pytest.raises(NotYourTurn):
            papers.let_pass("village_clerk")
        papers.let_pass("reviewer")
        with pytest.raises(OwnReview):
            papers.let_pass("reviewer")
        papers.let_pass("bookkeeper")
        columns = {"first_by_id": papers.bundle.second_by_id}
        session.flush()
        with pytest.raises(DBAPIError), session.begin_nested():
            session.execute(sa.update(type(papers.bundle)).values(**columns))


def test_a_bundle_that_goes_back_can_be_mended_and_handed_in_again(here: House) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        papers.take(invoice(800_00))
        papers.sign()
        papers.hand_in()
        by = clerk(session, "cashier"), here.now(), here.hall(session)
        why = ([ReturnReason.IMAGES], "第一张看不清")
        slip = reviewing.give_back(session, papers.case, papers.bundle, why, by)
        assert "第一张看不清" in slip.reasons
        assert papers.case.stage is Stage.AWAITING_MATERIALS
        papers.hand_in()
        papers.let_pass("cashier")
        assert papers.bundle.station is Station.SECOND_REVIEW


def test_papers_of_a_bundle_that_ended_are_free_again(here: House) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        claim = invoice(800_00)
        papers.take(claim)
        by = clerk(session, "village_clerk"), here.now(), here.hall(session)
        reviewing.withdraw(session, papers.case, papers.bundle, by)
        assert papers.case.stage is Stage.WITHDRAWN
        book = Book(here, session, papers.book.books)
        assert isinstance(another(here, session, book).take(claim), Original)


def test_petty_cash_is_not_paid_twice(here: House) -> None:
    with here.writing() as session:
        papers = brought(here, session, Means.PETTY_CASH)
        papers.take(invoice(80_00))
        papers.sign()
        papers.hand_in()
        papers.let_pass("cashier")
        papers.let_pass("reviewer")
        with pytest.raises(NotHere):
            papers.pay()
        papers.settle(papers.enter(money="101"))
        assert papers.bundle.station is Station.DONE


def test_what_is_handed_in_is_not_changed_by_the_village(here: House) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        papers.take(invoice(800_00))
        papers.sign()
        papers.hand_in()
        use = originals.uses_of(session, papers.bundle)[0][0].id
        with pytest.raises(NotHere):
            drop(session, papers.bundle, use, clerk(session, "village_clerk"), here.now())


def test_the_database_keeps_originals_whoever_writes(here: House) -> None:
    with here.writing() as session:
        papers = brought(here, session)
        papers.take(invoice(80_00, kind=OriginalKind.WHITE_SLIP))
        papers.go()
        before = session.scalars(sa.select(OriginalUse.amount_fen)).all()
        for statement in ATTACKS:
            with pytest.raises(DBAPIError), session.begin_nested():
                session.execute(sa.text(statement))
        assert session.scalars(sa.select(OriginalUse.amount_fen)).all() == before
