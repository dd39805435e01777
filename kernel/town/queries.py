"""本乡查询: questions about the town."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.errors import NotFound, Refusal
from kernel.town.records import Adviser, DirectoryUnit, Town, Village


class NoTownYet(Refusal):
    message = "还没有建立本乡的资料，请先运行 flask --app app town new。"
    status = 503


def the_town(session: Session) -> Town:
    """Return the town this installation serves. Raises NoTownYet."""
    town = maybe_town(session)
    if town is None:
        raise NoTownYet
    return town


def villages(session: Session) -> list[Village]:
    """Return the villages in the order of their codes."""
    return list(session.scalars(sa.select(Village).order_by(Village.code)))


def directory(session: Session) -> list[DirectoryUnit]:
    """Return the telephone directory in the order it is printed."""
    return list(session.scalars(sa.select(DirectoryUnit).order_by(DirectoryUnit.code)))


def maybe_town(session: Session) -> Town | None:
    """Return the town, or None where none was founded yet."""
    return session.scalar(sa.select(Town))


def village(session: Session, code: str) -> Village:
    """Return a village by its code. Raises NotFound."""
    found = session.scalar(sa.select(Village).where(Village.code == code))
    if found is None:
        raise NotFound
    return found


def advisers(session: Session) -> dict[int, list[Adviser]]:
    """Return the advisers of every village by its id, in their places."""
    found: dict[int, list[Adviser]] = {}
    for one in session.scalars(sa.select(Adviser).order_by(Adviser.village_id, Adviser.place)):
        found.setdefault(one.village_id, []).append(one)
    return found
