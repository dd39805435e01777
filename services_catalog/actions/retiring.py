"""停用单位: let a unit of the directory end, when nothing that is said today rings it."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.town import actions as town
from kernel.town.queries import unit
from services_catalog.queries.retiring import bearing, ringing
from services_catalog.rules.retiring import ItemsRingIt, PrintsBearIt, named


def retire_unit(
    session: Session,
    code: str,
    on: date,
    asked: tuple[Actor, datetime],
    *,
    is_confirmed: bool,
) -> None:
    """Let a unit end on a day; `asked` is by whom and when.

    Prints that bear its number grow stale, which has to be confirmed.
    Raises: NotFound, ItemsRingIt, PrintsBearIt.
    """
    found = unit(session, code)
    if items := ringing(session, found):
        raise ItemsRingIt(count=len(items), titles=named([one.title for one in items]))
    prints = bearing(session, found)
    if (prints.cards or prints.boards) and not is_confirmed:
        villages = named(prints.villages)
        raise PrintsBearIt(cards=prints.cards, boards=prints.boards, villages=villages)
    actor, now = asked
    town.retire_unit(session, actor, code, on, now)
