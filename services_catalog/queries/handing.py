"""发放与张贴: questions about cards in people's hands and boards on walls."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from kernel.town.records import Household
from services_catalog.records.cards import Board, CardIssue, PrintRun


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the cards of a village have come."""

    households: int
    printed: int
    handed: int


def coverage(session: Session) -> dict[int, Coverage]:
    """Return, by village, how many households are on file, have a card printed, and hold it."""
    living = CardIssue.ended_on.is_(None)
    query = (
        sa.select(
            Household.village_id,
            sa.func.count(sa.distinct(Household.id)),
            sa.func.count(sa.distinct(sa.case((living, CardIssue.household_id)))),
            sa.func.count(
                sa.distinct(
                    sa.case((living & CardIssue.handed_on.is_not(None), CardIssue.household_id))
                )
            ),
        )
        .outerjoin(CardIssue, CardIssue.household_id == Household.id)
        .where(Household.is_gone.is_(False))
        .group_by(Household.village_id)
    )
    return {row[0]: Coverage(row[1], row[2], row[3]) for row in session.execute(query)}


def living_cards(session: Session, village_id: int) -> dict[int, CardIssue]:
    """Return the newest living card of each household of a village, by the household's id."""
    query = (
        sa.select(CardIssue)
        .join(Household, Household.id == CardIssue.household_id)
        .where(Household.village_id == village_id, CardIssue.ended_on.is_(None))
        .order_by(CardIssue.id)
    )
    return {issue.household_id: issue for issue in session.scalars(query)}


def runs(session: Session) -> list[PrintRun]:
    """Return the print runs, the newest first."""
    return list(session.scalars(sa.select(PrintRun).order_by(PrintRun.id.desc()).limit(100)))


def boards(session: Session) -> list[Board]:
    """Return every board in the order of its village."""
    return list(session.scalars(sa.select(Board).order_by(Board.village_id, Board.id)))


def boards_of(session: Session, village_id: int) -> list[Board]:
    """Return the boards that hang in a village, of those whose place is told."""
    told = (Board.village_id == village_id, Board.hung_on.is_not(None), Board.place != "")
    return list(session.scalars(sa.select(Board).where(*told).order_by(Board.id)))


def board(session: Session, board_id: int) -> Board:
    """Return a board. Raises NotFound."""
    found = session.get(Board, board_id)
    if found is None:
        raise NotFound
    return found
