"""企业事项: the items an enterprise's errands are, put into a catalogue that never had them."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from kernel.calendar.rules import WorkingCalendar
from kernel.tables import read_csv
from services_catalog import actions as catalogue
from services_catalog.queries import history
from services_catalog.rules.sheets import read_sheet

STARTER = Path(__file__).parents[1] / "starter" / "items.csv"


def load_items(session: Session, now: datetime, calendar: WorkingCalendar) -> None:
    """Put the items of the starter road maps into a catalogue that has never had them."""
    sheet = read_sheet(read_csv(STARTER.name, STARTER.read_bytes()))
    fresh = [row.entry for row in sheet.rows if not history(session, row.entry.code)]
    if fresh:
        catalogue.take_in_all(session, fresh, now, calendar)
