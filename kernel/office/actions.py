"""开张: found a real town with its first administrator, or the sample town with its staff."""

from datetime import datetime
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.access import HOUSE, Role
from kernel.calendar.actions import take_in_published
from kernel.contact import parse_phone
from kernel.households import actions as households
from kernel.households.rules import HouseholdRow, Tally
from kernel.staff import actions as staff
from kernel.staff.actions import Account
from kernel.staff.records import Staff
from kernel.staff.rules import SAMPLE_PASSWORD
from kernel.town import actions as town
from kernel.town import rules
from kernel.town.actions import Founding
from kernel.town.records import Adviser


def found_town(
    session: Session, founding: Founding, administrator: tuple[str, str], now: datetime
) -> str:
    """Found a real town; return the first administrator's (name, username) initial code."""
    take_in_published(session, now)
    town.found(session, founding, now)
    name, username = administrator
    code = staff.new_initial_code()
    account = Account(username, name, "", frozenset({Role.ADMIN}))
    staff.add(session, account, HOUSE, code, now)
    return code


def found_sample(session: Session, now: datetime) -> list[tuple[str, str]]:
    """Found the sample town; return its duty leaders (name, title)."""
    take_in_published(session, now)
    founding = Founding(
        rules.SAMPLE_NAME,
        rules.SAMPLE_SIGNATURE,
        rules.SAMPLE_DUTY_PHONE,
        rules.SAMPLE_COMPLAINT_PHONE,
        rules.SAMPLE_ADDRESS,
        is_sample=True,
    )
    town.found(session, founding, now)
    town.load_sample_places(session)
    _settle(session)
    rows = town.sample_rows("staff")
    for row in rows:
        roles = frozenset(Role(role) for role in row["roles"].split())
        account = Account(row["username"], row["name"], row["title"], roles, is_sample=True)
        added = staff.add(session, account, HOUSE, SAMPLE_PASSWORD, now)
        if Role.ADVISER in roles:
            _serve(session, added)
    return [(row["name"], row["title"]) for row in rows if Role.DUTY_LEADER in row["roles"]]


def _settle(session: Session) -> None:
    """Put the sample households of some villages on file, so that no first page is empty."""
    rows = [
        HouseholdRow(
            walk,
            row["village"],
            row["group"],
            row["door"],
            row["head"],
            parse_phone(row["phone"]).stored if row["phone"] else "",
            walk,
        )
        for walk, row in enumerate(town.sample_rows("households"), start=1)
    ]
    session.flush()
    for code, some in groupby(rows, key=lambda row: row.village):
        households.take_in(session, code, list(some), Tally())


def _serve(session: Session, member: Staff) -> None:
    """Let an adviser's account serve the village that names them."""
    named = sa.update(Adviser).where(Adviser.name == member.name)
    session.execute(named.values(staff_id=member.id))
