"""目录样板: an item, a house to take it in, and what to look at afterwards."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from kernel.calendar.actions import take_in_published
from kernel.clock import FixedClock
from kernel.database import sqlite_engine
from kernel.editions import Edition, editions
from kernel.house_session import Database
from kernel.schema import upgrade
from kernel.settings import Settings
from kernel.vault import Vault
from kernel.web.house import House
from services_catalog import actions, queries
from services_catalog.rules.items import (
    Entry,
    Handling,
    ItemFacts,
    MaterialFacts,
    VersionState,
    Window,
)
from services_catalog.rules.limits import parse_limit
from services_catalog.rules.versions import Outcome

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
FACTS = ItemFacts(
    title="最低生活保障申请",
    section="民政",
    handling=Handling.HERE,
    item_type="行政给付",
    body="示例县民政局",
    audience="自然人",
    statutory=parse_limit("30工作日"),
    promised=parse_limit("20工作日"),
    conditions="无",
    materials=(MaterialFacts("身份证", "原件1份"), MaterialFacts("户口簿")),
    place="1号窗口",
    phone="0000-8000301",
    complaint_phone="0000-8000365",
)
ENTRY = Entry("BM-1", FACTS, ("低保", "吃低保"), Window.GENERAL)


def open_house(folder: Path) -> House:
    """Open a house with a real, encrypted database and the published calendar."""
    vault = Vault(bytes(32))
    folder.mkdir(exist_ok=True)
    engine = sqlite_engine(folder / "desk.db", vault.database_key)
    upgrade(engine)
    house = House(Database(engine, vault), FixedClock(NOW), Settings(var=folder))
    with house.writing() as session:
        take_in_published(session, NOW)
    return house


def take_in(here: House, entry: Entry, now: datetime = NOW) -> Outcome:
    with here.writing() as session:
        return actions.take_in(session, entry, now, here.calendar(session))


def everything(here: House) -> list[Sequence[object]]:
    """Return every row of every table of the catalogue, the audit and the editions."""
    tables = ("service_item", "everyday_name", "item_version", "material", "audit_entry", "edition")
    with here.reading() as session:
        return [
            tuple(row)
            for table in tables
            for row in session.execute(sa.text(f"SELECT * FROM {table} ORDER BY 1, 2"))
        ]


def catalogue_edition(here: House) -> int:
    with here.reading() as session:
        return editions(session)[Edition.CATALOGUE]


def states(here: House, code: str = "BM-1") -> list[VersionState]:
    with here.reading() as session:
        return [version.state for version in queries.history(session, code)]
