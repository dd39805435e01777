"""信访设置: the items a petition is taken in under, and the town's numbers."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.petitions.records import PetitionSettings
from desk.windows.petitions.rules.settings import Numbers
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.calendar.rules import WorkingCalendar
from kernel.house_session import vault_of
from kernel.tables import read_csv
from services_catalog import actions as catalogue
from services_catalog.queries import history
from services_catalog.rules.sheets import read_sheet

STARTER = Path(__file__).parents[1] / "starter" / "items.csv"
UPWARD_PLACE = "petition_settings|upward|1"


def load_items(session: Session, now: datetime, calendar: WorkingCalendar) -> None:
    """Put the petition items into a catalogue that has never had them."""
    sheet = read_sheet(read_csv(STARTER.name, STARTER.read_bytes()))
    fresh = [row.entry for row in sheet.rows if not history(session, row.entry.code)]
    if fresh:
        catalogue.take_in_all(session, fresh, now, calendar)


def set_numbers(
    session: Session, numbers: Numbers, upward: str, actor: Actor, now: datetime
) -> None:
    """Set days and sizes, and who is told upward (a mobile, or nobody)."""
    sealed = vault_of(session).town.seal(upward, UPWARD_PLACE) if upward else ""
    values = {**asdict(numbers), "upward_sealed": sealed}
    session.execute(sa.update(PetitionSettings).values(**values))
    facts = asdict(numbers)
    audit.record(session, actor, "petition.settings", "petition:settings", now, **facts)
