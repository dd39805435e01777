"""人生事件: the first life events of a town, as they come with the starter catalogue."""

import csv
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services_catalog.records.items import LifeEvent, ServiceItem

EVENTS = Path(__file__).parents[1] / "starter" / "life_events.csv"


def load_first_events(session: Session) -> None:
    """Lead each life event of the starter file to its items, where none has been kept yet."""
    if session.scalar(sa.select(LifeEvent.event).limit(1)) is not None:
        return
    ids = {row.code: row.id for row in session.execute(sa.select(ServiceItem.code, ServiceItem.id))}
    with EVENTS.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))[1:]
    session.add_all(
        LifeEvent(item_id=ids[code], event=event)
        for event, codes in lines
        for code in codes.split("、")
        if code in ids
    )
