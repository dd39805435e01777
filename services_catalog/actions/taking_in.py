"""收进目录: take items into the catalogue, one by one or by the sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.access import HOUSE, Actor
from kernel.audit.actions import record
from kernel.calendar.rules import WorkingCalendar
from kernel.editions import Edition, raise_edition
from kernel.errors import Refusal
from kernel.tables import read_csv
from services_catalog import queries
from services_catalog.actions.events import load_first_events
from services_catalog.actions.publishing import supersede
from services_catalog.records import EverydayName, ItemVersion, Material, ServiceItem
from services_catalog.rules.items import Entry, ItemFacts, VersionState, Window
from services_catalog.rules.phones import PHONE_FIELDS, link_phones
from services_catalog.rules.reports import Tally
from services_catalog.rules.sheets import read_sheet
from services_catalog.rules.versions import (
    Outcome,
    Standing,
    Verdict,
    judge_all,
)

#: an entry that will be written: the catalogue's standing before it, and the verdict
Change = tuple[Entry, Standing | None, Verdict]

#: the sixty items a new town begins with
STARTER = Path(__file__).parents[1] / "starter" / "items.csv"

#: fields of ItemFacts that go into a column of the same name
_TEXTS = tuple(
    entry.name
    for entry in fields(ItemFacts)
    if entry.name not in {"materials", "statutory", "promised"}
)
#: on PostgreSQL two people who change the same item take turns; SQLite has one writer anyway
_LOCK = (
    sa.select(ServiceItem.id)
    .where(ServiceItem.code.in_(sa.bindparam("codes", expanding=True)))
    .order_by(ServiceItem.id)
    .with_for_update()
)
_ADD_ITEM = sa.insert(ServiceItem).returning(ServiceItem.code, ServiceItem.id)
_ADD_VERSION = sa.insert(ItemVersion).returning(ItemVersion.item_id, ItemVersion.id)
_ADD_MATERIALS = sa.insert(Material)
_ADD_NAMES = sa.insert(EverydayName)


def take_in(session: Session, entry: Entry, now: datetime, calendar: WorkingCalendar) -> Outcome:
    """Take one item into the catalogue. Raises PromiseAfterLaw."""
    result = take_in_all(session, [entry], now, calendar)[0]
    if isinstance(result, Refusal):
        raise result
    return result


def take_in_all(
    session: Session, entries: Sequence[Entry], now: datetime, calendar: WorkingCalendar
) -> list[Outcome | Refusal]:
    """Take items with different codes in; a refused one stands in its place as the refusal.

    Facts the catalogue already has change nothing. The catalogue's edition is raised with what
    changed, in the same transaction, so that an import broken off leaves no stale page behind.
    """
    codes = [entry.code for entry in entries]
    session.execute(_LOCK, {"codes": codes}).all()
    standings = queries.standings(session, codes)
    verdicts = judge_all(entries, standings, calendar)
    changes = [
        (entry, standings.get(entry.code), verdict)
        for entry, verdict in zip(entries, verdicts, strict=True)
        if isinstance(verdict, Verdict) and verdict.outcome is not Outcome.UNCHANGED
    ]
    if changes:
        hand_in(session, changes, now)
        raise_edition(session, Edition.CATALOGUE)
    return [verdict.outcome if isinstance(verdict, Verdict) else verdict for verdict in verdicts]


def record_import(
    session: Session, source: str, tally: Tally, now: datetime, actor: Actor = HOUSE
) -> None:
    """Leave one audit record of an import, if it changed anything; `source` names no person."""
    if tally.has_changes:
        record(session, actor, "catalogue.imported", f"sheet:{source}", now, **asdict(tally))


def load_starter(session: Session, now: datetime, calendar: WorkingCalendar) -> Tally:
    """Take the starter items in, through the same door as any sheet."""
    sheet = read_sheet(read_csv(STARTER.name, STARTER.read_bytes()))
    results = take_in_all(session, [row.entry for row in sheet.rows], now, calendar)
    tally = Tally.of(results) + Tally(refused=len(sheet.refused))
    record_import(session, STARTER.parent.name, tally, now)
    load_first_events(session)
    return tally


def hand_in(session: Session, changes: Sequence[Change], now: datetime) -> None:
    """Write entries as their verdicts say: new items, names, windows, versions."""
    fresh = [entry for entry, standing, _ in changes if standing is None]
    ids = {entry.code: standing.item_id for entry, standing, _ in changes if standing}
    ids |= _add_items(session, fresh)
    _move_to_windows(session, changes)
    _rename(session, [(ids[entry.code], entry, standing) for entry, standing, _ in changes])
    _add_versions(session, ids, [change for change in changes if change[2].makes_version], now)


def _add_items(session: Session, fresh: Sequence[Entry]) -> dict[str, int]:
    if not fresh:
        return {}
    rows = [
        {"code": entry.code, "window": entry.window or Window.GENERAL, "owner": ""}
        for entry in fresh
    ]
    return {row.code: row.id for row in session.execute(_ADD_ITEM, rows)}


def _move_to_windows(session: Session, changes: Sequence[Change]) -> None:
    for entry, standing, _ in changes:
        if standing and entry.window and entry.window is not standing.window:
            session.get_one(ServiceItem, standing.item_id).window = entry.window


def _rename(session: Session, items: Sequence[tuple[int, Entry, Standing | None]]) -> None:
    """Replace the everyday names of the items whose sheet speaks of them."""
    told = [
        (item_id, entry.names)
        for item_id, entry, standing in items
        if entry.names is not None and entry.names != (standing.names if standing else ())
    ]
    session.execute(
        sa.delete(EverydayName).where(EverydayName.item_id.in_([item_id for item_id, _ in told]))
    )
    rows = [
        {"item_id": item_id, "position": position, "name": name}
        for item_id, names in told
        for position, name in enumerate(names)
    ]
    if rows:
        session.execute(_ADD_NAMES, rows)


def _add_versions(
    session: Session, ids: dict[str, int], changes: Sequence[Change], now: datetime
) -> None:
    """Add a version to each item; what was published stays so until another one is."""
    drafted = [ids[entry.code] for entry, _, verdict in changes if verdict.draft_reason]
    published = [ids[entry.code] for entry, _, verdict in changes if not verdict.draft_reason]
    supersede(session, drafted, (VersionState.DRAFT,), now)
    supersede(session, published, (VersionState.DRAFT, VersionState.PUBLISHED), now)
    if not changes:
        return
    directory = queries.numbers(session)
    rows = [
        _version_row(ids[change[0].code], change, now) | _linked(change[0].facts, directory)
        for change in changes
    ]
    made = {row.item_id: row.id for row in session.execute(_ADD_VERSION, rows)}
    papers = [
        {"version_id": made[ids[entry.code]], "position": position, **asdict(paper)}
        for entry, _, _ in changes
        for position, paper in enumerate(entry.facts.materials or ())
    ]
    if papers:
        session.execute(_ADD_MATERIALS, papers)


def _version_row(item_id: int, change: Change, now: datetime) -> dict[str, object]:
    entry, standing, verdict = change
    facts = entry.facts
    is_draft = bool(verdict.draft_reason)
    return {
        "item_id": item_id,
        "number": standing.number + 1 if standing else 1,
        "state": VersionState.DRAFT if is_draft else VersionState.PUBLISHED,
        **{name: getattr(facts, name) for name in _TEXTS},
        "statutory_amount": facts.statutory.amount,
        "statutory_unit": facts.statutory.unit,
        "promised_amount": facts.promised.amount,
        "promised_unit": facts.promised.unit,
        "has_materials_answer": facts.materials is not None,
        "draft_reason": verdict.draft_reason,
        "digest": verdict.digest,
        "made_at": now,
        "published_at": None if is_draft else now,
        "superseded_at": None,
    }


def _linked(facts: ItemFacts, directory: Mapping[str, str]) -> dict[str, object]:
    """Return the numbers as they are stored: those of the directory as references to it."""
    return {field: link_phones(getattr(facts, field), directory) for field in PHONE_FIELDS}
