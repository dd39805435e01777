"""放假通知: a new year's notice applied to 100,000 open cases, beside the bare driver's writing.

Every promise lies in the new year, every applicant has a mobile: the most there can be to do.
The floor writes the same rows into a copy of the database, in as many transactions.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bench.bare import connect
from bench.figures import Figure
from bench.installation import Installation, sample_town
from desk.cases import commands
from desk.cases.actions.countdowns import columns_of, shown
from desk.cases.queries.calendar_moves import all_moving
from desk.cases.records import Case, CaseParty, Countdown
from desk.cases.rules.calendar_changes import Derivation
from desk.cases.rules.countdowns import CountdownKind, Facts
from kernel.calendar import queries
from kernel.calendar.actions import drafts
from kernel.calendar.rules.notices import NoticeSource, first_moved_day
from kernel.calendar.rules.wording import read_notice
from kernel.clock import FixedClock
from kernel.database import table_of
from kernel.house_session import vault_of
from kernel.web.house import House
from services_catalog.rules.limits import LimitUnit, TimeLimit
from tests.a_notice import INVENTED_2027
from tests.builders import a_case, clerk

CASES, AIM, LOOK_AIM = 100_000, 10.0, 5.0
STRIDE = 5000
NOW = datetime(2026, 12, 30, 1, tzinfo=UTC)
FIRST_START, STARTS, LIMITS = datetime(2026, 12, 1, 1, tzinfo=UTC), 30, (25, 30, 40, 60)
_CHANGED = "SELECT {columns} FROM {table} WHERE {where} ORDER BY id"
Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Statement:
    """What the bare driver writes: one statement, and the rows for it."""

    words: str
    rows: Rows


def figures(cases: int = CASES) -> list[Figure]:
    """Fill a town with open cases, look at what a notice moves, and apply it."""
    with sample_town() as town:
        known = town.open_house()
        here = House(known.database, FixedClock(NOW), known.settings)
        _fill(here, cases)
        draft_id = _enter(here)
        looked = _preview(here, draft_id)
        copy = _copied(here, town)
        begun, at_work = perf_counter(), process_time()
        commands.apply(here, draft_id, lambda _done, _total: None)
        applied, worked = perf_counter() - begun, process_time() - at_work
        floor, busy = _bare(town, copy)
        known.database.engine.dispose()
    name = f"a notice on {cases:,} open cases"
    share = cases / CASES
    return [
        Figure(f"{name}, applied", applied, "s", floor, "bare driver"),
        Figure(f"{name}, applied, as a whole", applied, "s", aim=AIM * share, at_most=True),
        Figure(f"{name}, applied, processor time", worked, "s", busy, "bare driver"),
        Figure(f"{name}, processor time, as a whole", worked, "s", aim=AIM * share, at_most=True),
        Figure(f"{name}, previewed", looked, "s", aim=LOOK_AIM * share, at_most=True),
    ]


def _fill(here: House, cases: int) -> None:
    with here.writing() as session:
        first = a_case(here, session, NOW).id
    with here.reading() as session:
        derivation = Derivation(here.calendar(session))
        case, party, countdown = (
            dict(session.execute(sa.select(table_of(record)).where(mine == first)).one()._mapping)
            for record, mine in (
                (Case, Case.id),
                (CaseParty, CaseParty.case_id),
                (Countdown, Countdown.case_id),
            )
        )
    for start in range(first + 1, first + cases, STRIDE):
        ids = range(start, min(start + STRIDE, first + cases))
        with here.writing() as session:
            _write(session, derivation, ids, (case, party, countdown))


def _write(
    session: Session, derivation: Derivation, ids: range, like: tuple[Mapping[str, Any], ...]
) -> None:
    case, party, countdown = like
    counts = {number: _count(derivation, number) for number in ids}
    rows = [
        {
            **case,
            "id": number,
            "uuid": uuid4().hex,
            "number": f"Z27-{number:06d}-0",
            "lookup_hash": uuid4().bytes,
            **shown(CountdownKind.HANDLING, derivation.of(counts[number])),
        }
        for number in ids
    ]
    session.execute(sa.insert(table_of(Case)), rows)
    people = [{**_without(party, "id", "uuid"), **_sealed_anew(session, party)} for _ in ids]
    for number, one in zip(ids, people, strict=True):
        one["case_id"] = number
    session.execute(sa.insert(table_of(CaseParty)), people)
    running = [
        {
            **_without(countdown, "id"),
            "case_id": number,
            "starts_at": facts.starts_at,
            "promised_amount": facts.promised.amount,
            "statutory_amount": facts.statutory.amount,
            **columns_of(derivation.of(facts)),
        }
        for number, facts in counts.items()
    ]
    session.execute(sa.insert(table_of(Countdown)), running)


def _count(derivation: Derivation, number: int) -> Facts:
    limit = TimeLimit(LIMITS[number % len(LIMITS)], LimitUnit.WORKING)
    starts_at = FIRST_START + timedelta(days=number % STARTS)
    return Facts(CountdownKind.HANDLING, starts_at, limit, limit)


def _sealed_anew(session: Session, party: Mapping[str, Any]) -> dict[str, Any]:
    """Return a person with a key of their own, as every case has one."""
    from_vault = vault_of(session)
    uuid = uuid4().hex
    phone = from_vault.person_key(party["wrapped_key"], party["uuid"]).open(
        party["phone_sealed"], f"case_party|phone|{party['uuid']}"
    )
    wrapped, key = from_vault.new_person_key(uuid)
    sealed = key.seal(phone, f"case_party|phone|{uuid}")
    return {"uuid": uuid, "wrapped_key": wrapped, "phone_sealed": sealed}


def _without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _enter(here: House) -> int:
    with here.writing() as session:
        how = (NoticeSource.PASTED, "")
        who = clerk(session, "director")
        entered = drafts.enter(session, read_notice(INVENTED_2027), how, who, NOW)
        entered.decided_by_id = who.staff_id
        return entered.id


def _preview(here: House, draft_id: int) -> float:
    begun = perf_counter()
    with here.reading() as session:
        notice = queries.notice_of(session, queries.draft(session, draft_id))
        after = queries.calendar_with(session, notice)
        before = here.calendar(session)
        first = first_moved_day(before, after, notice.year) or date.max
        found = sum(1 for _ in all_moving(session, first, Derivation(after, before)))
    if not found:
        raise RuntimeError("the notice moves nothing: nothing is measured")
    return perf_counter() - begun


def _copied(here: House, town: Installation) -> Path:
    engine = here.database.engine
    with engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    copy = town.folder / "before.db"
    shutil.copy(town.settings.database_file, copy)
    return copy


def _bare(town: Installation, copy: Path) -> tuple[float, float]:
    """Write with the bare driver what applying wrote; return seconds by the clock and at work."""
    before, after = connect(town, copy), connect(town, town.settings.database_file)
    statements = list(_statements(before, after))
    begun, at_work = perf_counter(), process_time()
    longest = max(len(one.rows) for one in statements)
    for start in range(0, longest, commands.BATCH):
        before.execute("BEGIN IMMEDIATE")
        for one in statements:
            before.executemany(one.words, one.rows[start : start + commands.BATCH])
        before.execute("COMMIT")
    seconds = perf_counter() - begun, process_time() - at_work
    before.close()
    after.close()
    return seconds


def _statements(before: Any, after: Any) -> Iterator[Statement]:
    updated = (
        ("countdown", ("due_on", "over_at", "is_provisional", "yellow_on"), "ended_at IS NULL"),
        ('"case"', ("due_on", "is_provisional", "version"), "due_on IS NOT NULL"),
    )
    for table, columns, where in updated:
        names = ", ".join((*columns, "id"))
        read = _CHANGED.format(columns=names, table=table, where=where)
        sets = ", ".join(f"{name} = ?" for name in columns)
        changed = set(after.execute(read)) - set(before.execute(read))
        words = f"UPDATE {table} SET {sets} WHERE id = ?"
        yield Statement(words, sorted(changed, key=lambda row: int(row[-1])))
    for table in ("timeline_entry", "outbox_message"):
        (last,) = before.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
        read = f"SELECT * FROM {table} WHERE id > ? ORDER BY id"
        rows = after.execute(read, (last,)).fetchall()
        marks = ", ".join("?" * len(rows[0]))
        yield Statement(f"INSERT INTO {table} VALUES ({marks})", rows)
