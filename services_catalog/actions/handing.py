"""发卡与挂牌: hand cards over, replace lost ones, keep track of the boards."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.clock import town_day
from kernel.editions import Edition, raise_edition
from kernel.households import actions as households
from kernel.town.records import Household
from services_catalog.queries.handing import living_cards
from services_catalog.records.cards import Board
from services_catalog.rules.handing import CardNotPrinted, NobodyTicked, NothingHanded


@dataclass(frozen=True, slots=True)
class HandOver:
    """发放: on which day, by whom, and who signed (empty: each head of household)."""

    handed_on: date
    handed_by: str
    signed_by: str


def hand_over(
    session: Session,
    village_id: int,
    households_ticked: Collection[int],
    how: HandOver,
    asked: tuple[Actor, datetime],
) -> int:
    """Note that the ticked households of a village have their card; return how many.

    `asked` is by whom and when. Raises: NobodyTicked, CardNotPrinted.
    """
    actor, now = asked
    if not households_ticked:
        raise NobodyTicked
    cards = living_cards(session, village_id)
    if not cards.keys() >= set(households_ticked):
        raise CardNotPrinted
    for household_id in households_ticked:
        card = cards[household_id]
        card.handed_on, card.handed_by, card.signed_by = how.handed_on, how.handed_by, how.signed_by
    facts = {"cards": len(households_ticked), "on": str(how.handed_on)}
    audit.record(session, actor, "cards.handed_over", f"village:{village_id}", now, **facts)
    return len(households_ticked)


def take_back(session: Session, household: Household, actor: Actor, now: datetime) -> None:
    """Take back a note of handing over that was made by mistake. Raises NothingHanded."""
    card = living_cards(session, household.village_id).get(household.id)
    if card is None or card.handed_on is None:
        raise NothingHanded
    card.handed_on, card.handed_by, card.signed_by = None, "", ""
    audit.record(session, actor, "card.hand_over_taken_back", f"household:{household.id}", now)


def replace_lost(session: Session, household: Household, actor: Actor, now: datetime) -> None:
    """Let a lost card die: its code opens nothing any more, and the household waits for a print."""
    for card in living_cards(session, household.village_id).values():
        if card.household_id == household.id:
            card.ended_on = town_day(now)
    households.reissue(session, household, actor, now)


def hang_board(
    session: Session, board: Board, hung_on: date | None, actor: Actor, now: datetime
) -> None:
    """Note a board that hangs, with what it said when it was last printed."""
    board.hung_on = hung_on
    session.add(board)
    session.flush()
    raise_edition(session, Edition.DIRECTORY)
    audit.record(session, actor, "board.hung", f"board:{board.id}", now)


def check_board(
    session: Session, board: Board, condition: str, actor: Actor, now: datetime
) -> None:
    """Note a visit to a board and how it looked."""
    board.checked_on, board.condition = town_day(now), condition
    audit.record(session, actor, "board.checked", f"board:{board.id}", now)
