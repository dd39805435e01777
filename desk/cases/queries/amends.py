"""更正、合并、重办的查询: what was put right about a case, where its number leads."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries.finding import applicant_of, materials_of, timeline
from desk.cases.queries.searching import follows
from desk.cases.records import (
    Case,
    CaseMaterial,
    CaseSearchToken,
    Merge,
    Redating,
    Reopening,
    ReservedNumber,
    RetiredCode,
    TimelineEntry,
)
from desk.cases.rules.outage import NotEnteredYet, SlipReplaced, VoidSlip
from desk.cases.rules.stages import OPEN
from kernel.house_session import vault_of
from kernel.vault import token_hash
from services_catalog.records import ItemVersion, ServiceItem

#: look-alikes named on the page of a merge
FEW = 5


@dataclass(frozen=True, slots=True)
class Merged:
    """A case that was merged into the one on screen, with what was brought to it."""

    case: Case
    merge: Merge
    materials: Sequence[CaseMaterial]
    timeline: Sequence[TimelineEntry]


@dataclass(frozen=True, slots=True)
class Amends:
    """Everything that was put right about a case."""

    redatings: list[tuple[Redating, ItemVersion, ItemVersion]]
    reopenings: list[Reopening]
    merged: list[Merged]
    #: where this one was merged into
    survivor: Case | None
    merge: Merge | None
    late: ReservedNumber | None


def amends_of(session: Session, case: Case) -> Amends:
    """Return everything that was put right about a case, for its page."""
    mine, merge = Redating.case_id == case.id, merge_of(session, case)
    redatings = session.scalars(sa.select(Redating).where(mine).order_by(Redating.id))
    again = sa.select(Reopening).where(Reopening.case_id == case.id).order_by(Reopening.id)
    return Amends(
        redatings=[(one, *_versions(session, one)) for one in redatings],
        reopenings=list(session.scalars(again)),
        merged=merged_into(session, case),
        survivor=session.get_one(Case, merge.survivor_id) if merge else None,
        merge=merge,
        late=late_of(session, case),
    )


def merge_of(session: Session, case: Case) -> Merge | None:
    """Return the merge by which a case ended, where it stands."""
    mine = (Merge.case_id == case.id, Merge.undone_at.is_(None))
    return session.scalar(sa.select(Merge).where(*mine))


def goes_on(session: Session, case: Case) -> Case:
    """Return the case in which a matter goes on: itself, or the one it was merged into."""
    while merge := merge_of(session, case):
        case = session.get_one(Case, merge.survivor_id)
    return case


def merged_into(session: Session, case: Case) -> list[Merged]:
    """Return what was merged into a case, with papers and history."""
    mine = (Merge.survivor_id == case.id, Merge.undone_at.is_(None))
    found = []
    for merge in session.scalars(sa.select(Merge).where(*mine).order_by(Merge.id)):
        other = session.get_one(Case, merge.case_id)
        history = timeline(session, other, public_only=False)
        found.append(Merged(other, merge, materials_of(session, other), history))
    return found


def earlier_first(one: Case, other: Case) -> tuple[Case, Case]:
    """Return two cases in the order in which they came."""
    first, second = sorted((one, other), key=lambda case: (case.received_at, case.id))
    return first, second


def look_alikes(session: Session, case: Case) -> list[Case]:
    """Return open cases of the same applicant at the same window, the newest first."""
    person = applicant_of(session, case)
    if person is None or not (person.document_number or person.phone):
        return []
    kind = "document" if person.document_number else "phone"
    token = vault_of(session).blind(kind, person.document_number or person.phone)
    theirs = sa.select(CaseSearchToken.case_id).where(CaseSearchToken.token == token)
    query = sa.select(Case).where(Case.id.in_(theirs), Case.id != case.id)
    query = query.where(follows(Case.window) == case.window, follows(Case.stage).in_(OPEN))
    return list(session.scalars(query.order_by(Case.id.desc()).limit(FEW)))


def late_of(session: Session, case: Case) -> ReservedNumber | None:
    """Return the reserved number under which a case was entered afterwards, if it was."""
    return session.scalar(sa.select(ReservedNumber).where(ReservedNumber.case_id == case.id))


def item_code(session: Session, case: Case) -> str:
    """Return the code of the item of a case."""
    return session.get_one(ServiceItem, case.item.item_id).code


def number_of_reopenings(session: Session, case: Case) -> int:
    """Return how often a case was taken up again."""
    mine = sa.select(sa.func.count()).select_from(Reopening).where(Reopening.case_id == case.id)
    return session.scalar(mine) or 0


def refuse_a_dead_code(session: Session, code: str) -> None:
    """Say of a code that leads to no case why, where it was the hall's.

    Raises: SlipReplaced, NotEnteredYet, VoidSlip.
    """
    hashed = token_hash(code)
    if session.get(RetiredCode, hashed) is not None:
        raise SlipReplaced
    query = sa.select(ReservedNumber).where(ReservedNumber.lookup_hash == hashed)
    reserved = session.scalar(query)
    if reserved is not None:
        raise VoidSlip if reserved.voided_at else NotEnteredYet


def _versions(session: Session, row: Redating) -> tuple[ItemVersion, ItemVersion]:
    numbers = (row.old_version_of_item_id, row.version_of_item_id)
    old, item = (session.get_one(ItemVersion, one) for one in numbers)
    return old, item
