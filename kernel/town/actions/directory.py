"""电话簿: keep the numbers right: change a unit, add one, note what came of ringing it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.audit.actions import record
from kernel.editions import Edition, raise_edition
from kernel.errors import NotFound
from kernel.town import queries
from kernel.town.records import DirectoryUnit
from kernel.town.rules.directory import (
    BETWEEN_NUMBERS,
    CHECK_NAMES,
    CheckResult,
    UnitChanged,
    UnitCodeTaken,
    UnitFacts,
)
from kernel.town.rules.directory_sheets import MOST_NAMED, ClosedOtherwise, UnitRow


def change_unit(session: Session, actor: Actor, facts: UnitFacts, seen: int, now: datetime) -> None:
    """Change what the directory says of a unit; `seen` is the version its form was made from.

    Raises: NotFound; UnitChanged.
    """
    unit = queries.unit(session, facts.code)
    if unit.version != seen:
        raise UnitChanged
    _write(session, actor, unit, facts, now)


def add_unit(session: Session, actor: Actor, facts: UnitFacts, now: datetime) -> None:
    """Add a unit. Raises UnitCodeTaken."""
    try:
        taken = queries.unit(session, facts.code)
    except NotFound:
        _add(session, actor, UnitRow(facts), now)
    else:
        raise UnitCodeTaken(code=facts.code, name=taken.name)


def note_check(
    session: Session, actor: Actor, code: str, result: CheckResult, on: date, now: datetime
) -> None:
    """Write down that somebody rang a unit, and what came of it. Raises NotFound."""
    unit = queries.unit(session, code)
    unit.checked_on, unit.checked_note = on, CHECK_NAMES[result]
    raise_edition(session, Edition.DIRECTORY)
    record(session, actor, "directory.checked", f"unit:{code}", now, result=result.value)


def retire_unit(session: Session, actor: Actor, code: str, on: date, now: datetime) -> None:
    """Let a unit end on a day; its entry stays, for old papers speak of it. Raises NotFound."""
    unit = queries.unit(session, code)
    unit.closed_on = on
    _raise(session, is_number=True)
    record(session, actor, "directory.retired", f"unit:{code}", now, on=str(on))


def reopen_unit(session: Session, actor: Actor, code: str, now: datetime) -> None:
    """Let a unit that was retired be rung again. Raises NotFound."""
    queries.unit(session, code).closed_on = None
    _raise(session, is_number=True)
    record(session, actor, "directory.reopened", f"unit:{code}", now)


def import_directory(
    session: Session, actor: Actor, rows: Sequence[UnitRow], now: datetime
) -> tuple[int, int]:
    """Take a sheet in; return how many units are new and how many changed. None is removed.

    A new unit may have ended already; one that is known ends on its own page, where the items
    that ring it are asked first. Raises ClosedOtherwise.
    """
    known = {unit.code: unit for unit in queries.directory(session)}
    _refuse_other_ends(known, rows)
    fresh = [row for row in rows if row.facts.code not in known]
    for row in fresh:
        _add(session, actor, row, now)
    changed = 0
    for row in rows:
        unit = known.get(row.facts.code)
        if unit is not None:
            is_old_check = (row.checked_on, row.checked_note) == (
                unit.checked_on,
                unit.checked_note,
            )
            is_new = _write(session, actor, unit, row.facts, now)
            changed += (not is_old_check and _check(session, unit, row)) or is_new
    return len(fresh), changed


def _refuse_other_ends(known: Mapping[str, DirectoryUnit], rows: Sequence[UnitRow]) -> None:
    others = [
        row.facts.code
        for row in rows
        if row.closed_on and row.facts.code in known
        if known[row.facts.code].closed_on != row.closed_on
    ]
    if others:
        raise ClosedOtherwise(codes=BETWEEN_NUMBERS.join(others[:MOST_NAMED]))


def _add(session: Session, actor: Actor, row: UnitRow, now: datetime) -> None:
    checked = {"checked_on": row.checked_on, "checked_note": row.checked_note or ""}
    session.add(DirectoryUnit(**asdict(row.facts), **checked, closed_on=row.closed_on))
    _raise(session, is_number=True)
    phone = row.facts.phone
    record(session, actor, "directory.added", f"unit:{row.facts.code}", now, phone=phone)


def _write(
    session: Session, actor: Actor, unit: DirectoryUnit, facts: UnitFacts, now: datetime
) -> bool:
    """Write what is different; say whether anything was."""
    told = asdict(facts)
    before = {name: getattr(unit, name) for name in told if getattr(unit, name) != told[name]}
    if not before:
        return False
    for name in before:
        setattr(unit, name, told[name])
    if "phone" in before:
        # nobody has rung the new number yet
        unit.checked_on, unit.checked_note = None, ""
    _raise(session, is_number="phone" in before)
    record(session, actor, "directory.changed", f"unit:{unit.code}", now, before=before)
    return True


def _check(session: Session, unit: DirectoryUnit, row: UnitRow) -> bool:
    """Write the day and result of a check that a sheet tells; say whether they were others."""
    note = unit.checked_note if row.checked_note is None else row.checked_note
    told = (row.checked_on or unit.checked_on, note)
    if told == (unit.checked_on, unit.checked_note):
        return False
    unit.checked_on, unit.checked_note = told
    _raise(session, is_number=False)
    return True


def _raise(session: Session, *, is_number: bool) -> None:
    """Say that the directory has changed; a number stands in the catalogue too."""
    raise_edition(session, Edition.DIRECTORY)
    if is_number:
        raise_edition(session, Edition.CATALOGUE)
