"""本乡查询: questions about the town."""

from dataclasses import fields
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.errors import NotFound, Refusal
from kernel.text import whole_number
from kernel.town.records import Adviser, DirectoryUnit, Town, Village
from kernel.town.rules.directory import UnitFacts
from kernel.town.rules.directory_sheets import UnitRow


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


def village_chosen(session: Session, typed: str) -> Village | None:
    """Return the village that was chosen from a list by its number; None where none was."""
    number = whole_number(typed)
    return None if number is None else session.get(Village, number)


def directory(session: Session) -> list[DirectoryUnit]:
    """Return the telephone directory in the order it is printed."""
    return list(session.scalars(sa.select(DirectoryUnit).order_by(DirectoryUnit.code)))


def open_units(session: Session, day: date) -> list[DirectoryUnit]:
    """Return the units that can be rung on a day: what is shown."""
    return [one for one in directory(session) if one.closed_on is None or day < one.closed_on]


def lasting_units(session: Session) -> list[DirectoryUnit]:
    """Return the units that nobody has set an end to: what is printed, for paper lasts."""
    return [one for one in directory(session) if one.closed_on is None]


def unit(session: Session, code: str) -> DirectoryUnit:
    """Return a unit of the directory by its code. Raises NotFound."""
    found = session.scalar(sa.select(DirectoryUnit).where(DirectoryUnit.code == code))
    if found is None:
        raise NotFound
    return found


def directory_rows(session: Session) -> list[UnitRow]:
    """Return the directory as a sheet has it."""
    names = tuple(one.name for one in fields(UnitFacts))
    return [
        UnitRow(
            UnitFacts(**{name: getattr(one, name) for name in names}),
            one.checked_on,
            one.checked_note,
            one.closed_on,
        )
        for one in directory(session)
    ]


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
