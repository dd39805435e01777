"""信访查询: petitions with what was said, their way on, and what is sealed for 纪检."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases import queries as cases
from desk.cases.records import Case, Countdown
from desk.cases.rules.countdowns import CountdownKind
from desk.cases.rules.lights import Light, Seen, shown
from desk.windows.petitions.records import (
    Denunciation,
    Petition,
    PetitionHandOn,
    PetitionRemedy,
    PetitionSettings,
)
from kernel.errors import NotFound
from kernel.house_session import vault_of
from services_catalog.rules.items import Window

ONLY_ROW = 1
WINDOW = Window.PETITIONS


@dataclass(frozen=True, slots=True)
class Deadline:
    """What runs on a petition: until when it is accepted or answered, and how near that is."""

    kind: CountdownKind
    due_on: date | None
    is_provisional: bool
    light: Light


@dataclass(frozen=True, slots=True)
class Row:
    """A petition for a list."""

    case: Case
    petition: Petition
    applicant: str
    gist: str
    deadline: Deadline | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a petition says, unsealed."""

    gist: str
    asked: str
    representatives: str


def settings(session: Session) -> PetitionSettings:
    """Return the town's numbers."""
    return session.get_one(PetitionSettings, ONLY_ROW)


def upward_mobile(session: Session) -> str:
    """Return whom a group visit is told by text; nothing where nobody was named."""
    sealed = settings(session).upward_sealed
    return vault_of(session).town.open(sealed, "petition_settings|upward|1") if sealed else ""


def petition(session: Session, case: Case) -> Petition:
    """Return what a petition adds to its case. Raises NotFound."""
    found = session.get(Petition, case.id)
    if found is None:
        raise NotFound
    return found


def by_code(session: Session, code: str) -> Petition | None:
    """Return the petition of a slip's code; never a 检举控告."""
    return session.scalar(sa.select(Petition).where(Petition.code == code.strip().upper()))


def case_of(session: Session, of: Petition) -> Case:
    """Return the case of a petition."""
    return session.get_one(Case, of.case_id)


def said(session: Session, of: Petition) -> Said:
    """Return what was said, unsealed."""
    town = vault_of(session).town

    def opened(column: str, sealed: str) -> str:
        return town.open(sealed, f"petition|{column}|{of.code}") if sealed else ""

    return Said(
        opened("gist", of.gist_sealed),
        opened("asked", of.asked_sealed),
        opened("representatives", of.representatives_sealed),
    )


def deadlines(
    session: Session, ids: Collection[int], now: datetime, today: date
) -> dict[int, Deadline]:
    """Return what runs on each petition: first until it is taken up, then until it is answered."""
    kinds = (CountdownKind.INTAKE, CountdownKind.HANDLING)
    query = sa.select(Countdown).where(
        Countdown.case_id.in_(ids), Countdown.ended_at.is_(None), Countdown.kind.in_(kinds)
    )
    return {
        one.case_id: Deadline(
            one.kind,
            one.due_on,
            one.is_provisional,
            shown(Seen(one.yellow_on, one.over_at, one.yellow_at, one.red_at), now, today),
        )
        for one in session.scalars(query)
    }


def rows(session: Session, found: Sequence[Case], now: datetime, today: date) -> list[Row]:
    """Return petitions for a list, in few queries however many they are."""
    ids = [one.id for one in found]
    query = sa.select(Petition).where(Petition.case_id.in_(ids))
    known = {one.case_id: one for one in session.scalars(query)} if ids else {}
    runs = deadlines(session, ids, now, today)
    named = {row.case.id: row.applicant for row in cases.rows(session, found)}
    return [
        Row(one, known[one.id], named[one.id], said(session, known[one.id]).gist, runs.get(one.id))
        for one in found
        if one.id in known
    ]


def hand_ons(session: Session, case: Case) -> list[PetitionHandOn]:
    """Return the bodies a petition was sent or given to, in order."""
    query = sa.select(PetitionHandOn).where(PetitionHandOn.case_id == case.id)
    return list(session.scalars(query.order_by(PetitionHandOn.id)))


def remedies(session: Session, case: Case) -> list[PetitionRemedy]:
    """Return the reviews and rechecks that were asked for, in order."""
    query = sa.select(PetitionRemedy).where(PetitionRemedy.case_id == case.id)
    return list(session.scalars(query.order_by(PetitionRemedy.id)))


def received_at(session: Session, code: str) -> Case | Denunciation:
    """Return what a slip stands for, for its moment alone. Raises NotFound."""
    found = by_code(session, code)
    if found:
        return case_of(session, found)
    sealed = session.scalar(sa.select(Denunciation).where(Denunciation.code == code.upper()))
    if sealed is None:
        raise NotFound
    return sealed


def denunciations(session: Session) -> list[Denunciation]:
    """Return everything sealed for 纪检, the newest first."""
    return list(session.scalars(sa.select(Denunciation).order_by(Denunciation.id.desc())))


def denunciation(session: Session, code: str) -> Denunciation:
    """Return one, for 纪检. Raises NotFound."""
    found = session.scalar(sa.select(Denunciation).where(Denunciation.code == code.upper()))
    if found is None:
        raise NotFound
    return found


def unsealed(session: Session, found: Denunciation) -> tuple[dict[str, object], str]:
    """Return what was said, and what was done about it."""
    town = vault_of(session).town
    told = json.loads(town.open(found.said_sealed, f"denunciation|said|{found.code}"))
    if not found.outcome_sealed:
        return told, ""
    return told, town.open(found.outcome_sealed, f"denunciation|outcome|{found.code}")
