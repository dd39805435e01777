"""Prints are remembered, and those that say other words today are found, exactly those."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bench.prints.households import settle
from kernel.access import HOUSE
from kernel.households import queries as register
from kernel.households.actions import correct, reissue, take_in, take_off
from kernel.households.rules import HouseholdRow, Tally
from kernel.town.records import Adviser, DirectoryUnit, Household, Village
from kernel.web.house import House
from kernel.work.actions import FOLDER, forget_old_results
from kernel.work.commands import Doing
from kernel.work.rules import Cancelled
from services_catalog.actions import take_down
from services_catalog.actions.prints import Printed, ask_print, remember
from services_catalog.jobs import PRINT_WORKS
from services_catalog.queries import prints as queries
from services_catalog.records.cards import Board, CardIssue, PrintedContent, PrintRun
from services_catalog.rules.prints import PrintKind
from services_catalog.rules.prints.orders import NoSuchVillage, Order
from tests.builders import clerk

SITE = "https://desk.test"
pytestmark = pytest.mark.usefixtures("nobody_on_file")
Change = Callable[[Session], object]


def settled(here: House) -> None:
    """Put two households a village on file and give each its card and its village a board."""
    settle(here, limit=2)
    print_all(here)


def print_all(here: House) -> None:
    with here.writing() as session:
        for guide in queries.guides(session, SITE):
            homes = queries.all_cards(session, [guide])[guide.village_id]
            cards = [queries.face_of(one) for one in homes]
            card = Printed(PrintKind.CARD, guide.content, len(cards), guide.village_id, cards)
            board = Printed(PrintKind.BOARD, guide.content, 1, guide.village_id, size="A1")
            remember(session, [card, board], HOUSE, here.now())


def stale(here: House) -> dict[str, int]:
    """Return how many cards are stale, by the village's code."""
    with here.reading() as session:
        guides = queries.guides(session, SITE)
        found = queries.stale_cards(session, guides)
        return {
            guide.place.code: len(found[guide.village_id])
            for guide in guides
            if guide.village_id in found
        }


def stale_boards(here: House) -> list[tuple[str, str]]:
    with here.reading() as session:
        due = queries.stale_boards(session, queries.guides(session, SITE))
        return [(one.guide.place.code, one.size) for one in due]


def change(here: House, one: Change) -> None:
    with here.writing() as session:
        one(session)


def test_a_household_without_a_card_is_due_one_and_then_is_not(here: House) -> None:
    settle(here, limit=2)
    assert set(stale(here).values()) == {2}
    assert len(stale_boards(here)) == 28
    print_all(here)
    assert (stale(here), stale_boards(here)) == ({}, [])


def test_a_new_adviser_makes_the_cards_of_that_village_stale(here: House) -> None:
    settled(here)

    def succeed(session: Session) -> None:
        mine = sa.select(Village.id).where(Village.code == "V03").scalar_subquery()
        one = session.scalars(sa.select(Adviser).where(Adviser.village_id == mine)).first()
        assert one is not None
        one.name = "示例新咨询员"

    change(here, succeed)
    assert stale(here) == {"V03": 2}
    assert stale_boards(here) == [("V03", "")]


def test_a_new_number_in_the_directory_makes_all_of_them_stale(here: House) -> None:
    settled(here)
    change(
        here,
        lambda session: session.execute(
            sa.update(DirectoryUnit).where(DirectoryUnit.code == "U44").values(phone="0000-8000699")
        ),
    )
    assert (len(stale(here)), len(stale_boards(here))) == (28, 28)


def test_an_item_that_is_taken_down_makes_all_of_them_stale(here: House) -> None:
    settled(here)
    change(here, lambda session: take_down(session, clerk(session), "BM-005", here.now()))
    assert len(stale(here)) == 28


def test_what_no_card_says_makes_none_stale(here: House) -> None:
    settled(here)
    change(here, lambda session: session.execute(sa.update(DirectoryUnit).values(owner="另一岗")))
    assert stale(here) == {}


def test_a_reissued_code_makes_that_one_card_stale_and_a_house_that_is_gone_none(
    here: House,
) -> None:
    settled(here)

    def lose(session: Session) -> None:
        first, second = session.scalars(sa.select(Household).order_by(Household.id).limit(2))
        reissue(session, first, HOUSE, here.now())
        take_off(session, second, HOUSE, here.now())

    change(here, lose)
    assert stale(here) == {"V01": 1}


@pytest.mark.parametrize(
    ("words", "is_stale"),
    [
        ({"head": "示例新户主"}, True),
        ({"door": "18号甲"}, True),
        ({"group": "新组"}, True),
        ({"phone": "+8615400000009"}, False),
        ({"walk": 900}, False),
    ],
)
def test_another_head_or_door_makes_that_one_card_stale(
    here: House, words: dict[str, str | int], is_stale: bool
) -> None:
    settled(here)
    before = written_again(here, words)
    assert stale(here) == ({"V01": 1} if is_stale else {})
    written_again(here, before)
    assert stale(here) == {}, "what is said again as it was printed is no reason to print"


def written_again(here: House, words: dict[str, str | int]) -> dict[str, str | int]:
    """Correct what the register says of the first household; return what it said before."""
    with here.writing() as session:
        [home, *_] = session.scalars(sa.select(Household).order_by(Household.id))
        opened = register.opened(session, home)
        old = HouseholdRow(1, "V01", home.group, home.door, opened.head, opened.phone, home.walk)
        new = replace(old, **words)  # type: ignore[arg-type]
        correct(session, home, new, home.version, (clerk(session), here.now()))
        return {name: getattr(old, name) for name in words}


def test_a_sheet_with_another_head_makes_that_one_card_stale(here: House) -> None:
    settled(here)
    with here.writing() as session:
        [home, *_] = session.scalars(sa.select(Household).order_by(Household.id))
        row = HouseholdRow(1, "V01", home.group, home.door, "示例继户主", "", home.walk)
        take_in(session, "V01", [row], Tally())
    assert stale(here) == {"V01": 1}
    print_all(here)
    assert stale(here) == {}


def test_a_card_of_before_faces_were_kept_is_good_until_something_on_it_changes(
    here: House,
) -> None:
    settled(here)

    def forget_faces(session: Session) -> None:
        session.execute(sa.update(Household).values(face=None))
        session.execute(sa.update(CardIssue).values(face=None))

    change(here, forget_faces)
    assert stale(here) == {}
    written_again(here, {"phone": "+8615400000008"})
    assert stale(here) == {}
    written_again(here, {"head": "示例新户主"})
    assert stale(here) == {"V01": 1}


def test_a_card_that_ended_is_no_card(here: House) -> None:
    settled(here)
    one = sa.select(sa.func.min(CardIssue.id)).scalar_subquery()
    change(
        here,
        lambda session: session.execute(
            sa.update(CardIssue).where(CardIssue.id == one).values(ended_on=here.today())
        ),
    )
    assert sum(stale(here).values()) == 1


def test_stale_cards_stand_in_walking_order(here: House) -> None:
    settle(here, limit=5)

    def turn_round(session: Session) -> None:
        session.execute(sa.update(Household).values(walk=100 - Household.walk))

    change(here, turn_round)
    with here.reading() as session:
        guides = queries.guides(session, SITE)
        for homes in queries.stale_cards(session, guides).values():
            assert [one.walk for one in homes] == sorted(one.walk for one in homes)


def test_a_hung_board_says_what_was_last_printed_in_its_size(here: House) -> None:
    with here.writing() as session:
        village = session.scalars(sa.select(Village).where(Village.code == "V02")).one()
        session.add(Board(village_id=village.id, place="村口", size="A2", condition=""))
    settled(here)
    assert stale_boards(here) == []
    change(here, lambda session: session.execute(sa.update(Village).values(name="示例改名村")))
    assert ("V02", "A2") in stale_boards(here)


def test_the_same_words_are_kept_once(here: House) -> None:
    settled(here)
    print_all(here)
    with here.reading() as session:
        kept = session.scalar(sa.select(sa.func.count()).select_from(PrintedContent))
        runs = session.scalar(sa.select(sa.func.count()).select_from(PrintRun))
    assert (kept, runs) == (28, 4 * 28)


def test_a_village_nobody_knows_is_refused(here: House) -> None:
    with here.reading() as session:
        guides = queries.guides(session, SITE)
        with pytest.raises(NoSuchVillage, match="不知村"):
            queries.chosen(guides, ["不知村"])
        assert [one.place.code for one in queries.chosen(guides, ["V07"])] == ["V07"]


def test_a_print_waits_in_the_line_and_a_cancelled_one_leaves_nothing(here: House) -> None:
    settle(here, limit=2)
    with here.writing() as session:
        order = Order(PrintKind.CARD, ("V01",))
        uuid = ask_print(session, order, (clerk(session), here.now())).uuid
        wanted = {"kind": "card", "villages": ["V01"], "item": "", "size": "", "only_stale": False}
    doing = Doing(here, uuid, wanted)
    doing.folder.mkdir(parents=True)
    with pytest.raises(Cancelled):  # nobody took it up: telling how far it is ends it
        PRINT_WORKS["print.cards"](doing)
    with here.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(PrintRun)) == 0
    assert list(doing.folder.iterdir()) == []


def test_what_a_power_cut_left_of_a_print_is_cleared_away_and_nothing_of_today(here: House) -> None:
    works = here.settings.var / FOLDER
    for name, hours in (("half", 25), ("today", 1)):
        left = works / f".print-{name}"
        left.mkdir(parents=True)
        (left / "values.json").write_text("示例户主")
        moment = (here.now() - timedelta(hours=hours)).timestamp()
        os.utime(left, (moment, moment))
    with here.writing() as session:
        forget_old_results(session, here.settings.var, here.now())
    assert [left.name for left in works.iterdir()] == [".print-today"]
