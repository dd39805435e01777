"""户籍册: what is done to the register of households. The caller owns the transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.house_session import vault_of
from kernel.households import queries
from kernel.households.rules import (
    CARD_PURPOSE,
    NO_DOOR,
    DoorTaken,
    HouseholdChanged,
    HouseholdRow,
    Tally,
    free_door,
)
from kernel.text import folded
from kernel.town.queries import village
from kernel.town.records import Household
from kernel.vault import Sealer, token_hash


def take_in(session: Session, code: str, rows: Sequence[HouseholdRow], tally: Tally) -> None:
    """Take in the rows of one village (by its code): add, change, or leave as they are.

    A household is known by group and door, without a door by group and head; with a changed
    phone its card stays good, with a changed head the card still opens its page but is to be
    printed anew.
    """
    place = village(session, code)
    known = queries.standing(session, place.id)
    doorless = _doorless(session, known)
    for told in rows:
        row, household = _known(told, known, doorless)
        tally.doorless += not told.door
        if household is None:
            known[folded(row.group), folded(row.door)] = fresh = _made(session, row, place.id)
            session.add(fresh)
            tally.added += 1
        elif _is_same(session, household, row):
            tally.unchanged += 1
        else:
            _write(session, household, row)
            tally.changed += 1


Doors = dict[tuple[str, str], Household]


def _doorless(session: Session, known: Doors) -> Doors:
    """Return the households on file without a door by group and head.

    An older register wrote the head's name for a door.
    """
    found: Doors = {}
    for (group, door), household in known.items():
        if door.startswith(NO_DOOR):
            found[group, folded(queries.opened(session, household).head)] = household
    return found


def _known(
    row: HouseholdRow, known: Doors, doorless: Doors
) -> tuple[HouseholdRow, Household | None]:
    """Return a row with its door, and the household on file that it speaks of, if there is one."""
    group, head = folded(row.group), folded(row.head)
    if row.door:
        at_door = known.get((group, folded(row.door)))
        return row, at_door or doorless.pop((group, head), None)
    household = doorless.pop((group, head), None)
    if household is not None:
        return replace(row, door=household.door), household
    taken = {door for of_group, door in known if of_group == group}
    return replace(row, door=free_door(taken)), known.get((group, head))


def record_import(session: Session, tally: Tally, actor: Actor, now: datetime) -> None:
    """Write down that a sheet was taken in, unless it changed nothing."""
    if tally.added or tally.changed:
        facts = {"added": tally.added, "changed": tally.changed, "refused": len(tally.refused)}
        audit.record(session, actor, "households.imported", "households:all", now, **facts)


def correct(
    session: Session,
    household: Household,
    row: HouseholdRow,
    seen: int,
    asked: tuple[Actor, datetime],
) -> None:
    """Write down another head, door or phone; `seen` is the version its form was made from.

    `asked` is by whom and when. Raises: HouseholdChanged, DoorTaken.
    """
    if household.version != seen:
        raise HouseholdChanged
    standing = queries.standing(session, household.village_id)
    if not row.door:
        was_none = folded(household.door).startswith(NO_DOOR)
        taken = {door for of_group, door in standing if of_group == folded(row.group)}
        row = replace(row, door=household.door if was_none else free_door(taken))
    at_door = standing.get((folded(row.group), folded(row.door)))
    if at_door is not None and at_door.id != household.id:
        raise DoorTaken(group=row.group, door=row.door)
    known = queries.opened(session, household)
    if (household.group, household.door, known.head, known.phone) == row.words:
        return
    actor, now = asked
    old = household.face
    _write(session, household, row)
    facts = {"reprint": household.face != old}
    audit.record(session, actor, "household.corrected", f"household:{household.id}", now, **facts)


def reissue(session: Session, household: Household, actor: Actor, now: datetime) -> None:
    """Give a household a new card code; whoever finds the lost card finds nothing."""
    household.card_generation += 1
    household.card_hash = _card_hash(session, household.uuid, household.card_generation)
    subject = f"household:{household.id}"
    facts = {"generation": household.card_generation}
    audit.record(session, actor, "card.reissued", subject, now, **facts)


def take_off(session: Session, household: Household, actor: Actor, now: datetime) -> None:
    """Take a household that is gone off the walk; its card dies with it."""
    household.is_gone = True
    audit.record(session, actor, "household.gone", f"household:{household.id}", now)


def _made(session: Session, row: HouseholdRow, village_id: int) -> Household:
    uuid = uuid4().hex
    wrapped, key = vault_of(session).new_person_key(uuid)
    household = Household(
        uuid=uuid,
        face=_face(session, uuid, row),
        village_id=village_id,
        wrapped_key=wrapped,
        card_generation=1,
        card_hash=_card_hash(session, uuid, 1),
        is_gone=False,
    )
    _fill(session, household, row, key)
    return household


def _write(session: Session, household: Household, row: HouseholdRow) -> None:
    key = vault_of(session).person_key(household.wrapped_key, household.uuid)
    head = queries.opened(session, household).head
    if (household.group, household.door, head) != row.words[:3]:
        household.face = _face(session, household.uuid, row)
    household.is_gone = False
    _fill(session, household, row, key)


def _fill(session: Session, household: Household, row: HouseholdRow, key: Sealer) -> None:
    uuid = household.uuid
    household.group, household.door, household.walk = row.group, row.door, row.walk
    household.head_sealed = key.seal(row.head, queries.place_of("head", uuid))
    phone = key.seal(row.phone, queries.place_of("phone", uuid)) if row.phone else ""
    household.phone_sealed = phone
    household.likeness = _likeness(session, row)


def _is_same(session: Session, household: Household, row: HouseholdRow) -> bool:
    alike = household.likeness == _likeness(session, row)
    return alike and household.walk == row.walk and not household.is_gone


def _likeness(session: Session, row: HouseholdRow) -> bytes:
    words = "\x00".join((row.village, folded(row.head), row.phone))
    return vault_of(session).blind("household", words)


def _face(session: Session, uuid: str, row: HouseholdRow) -> bytes:
    """Return the token of what a card says of this household and of no other, sign for sign."""
    return vault_of(session).blind("card", "\x00".join((uuid, *row.words[:3])))


def _card_hash(session: Session, uuid: str, generation: int) -> bytes:
    return token_hash(vault_of(session).token(CARD_PURPOSE, uuid, generation))
