"""找办件: a case by number, code or scrap; its people, papers and history; the lists."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries.searching import LIST_LIMIT, find_among
from desk.cases.records import (
    Case,
    CaseMaterial,
    CaseParty,
    CaseSearchToken,
    Paper,
    TimelineEntry,
)
from desk.cases.rules.people import Part, Person
from desk.cases.rules.receipts import read_number
from desk.cases.rules.stages import OPEN, Stage
from kernel.errors import NotFound
from kernel.house_session import vault_of
from kernel.text import folded, masked_name
from kernel.vault import token_hash
from services_catalog.rules.items import Window

# What every page of a case asks is built once: building costs as much as asking.
_BY_LOOKUP = sa.select(Case).where(Case.lookup_hash == sa.bindparam("lookup_hash"))
_BY_NUMBER = sa.select(Case).where(Case.number == sa.bindparam("number"))
_AT_WINDOW = _BY_NUMBER.where(Case.window == sa.bindparam("window"))
_PEOPLE = (
    sa.select(CaseParty).where(CaseParty.case_id == sa.bindparam("case_id")).order_by(CaseParty.id)
)
_MATERIALS = (
    sa.select(CaseMaterial)
    .where(CaseMaterial.case_id == sa.bindparam("case_id"))
    .order_by(CaseMaterial.position)
)
_TIMELINE = (
    sa.select(TimelineEntry)
    .where(TimelineEntry.case_id == sa.bindparam("case_id"))
    .order_by(TimelineEntry.id)
)
_PUBLIC_TIMELINE = _TIMELINE.where(TimelineEntry.is_public)
_PAPERS = sa.select(Paper).where(Paper.case_id == sa.bindparam("case_id")).order_by(Paper.id.desc())


@dataclass(frozen=True, slots=True)
class Row:
    """A case for a list, with its applicant's name as every list shows it: masked."""

    case: Case
    applicant: str


def by_lookup_code(session: Session, code: str) -> Case:
    """Return the case whose slip carries `code`. Raises NotFound."""
    return _found(session.scalar(_BY_LOOKUP, {"lookup_hash": token_hash(code)}))


def by_number(session: Session, number: str) -> Case | None:
    """Return the case of that number at any window, or None."""
    return session.scalar(_BY_NUMBER, {"number": number})


def at_window(session: Session, window: Window, typed: str) -> Case:
    """Return a case of this window only: a window never touches another's cases."""
    number = read_number(typed)
    if number is None:
        raise NotFound
    return _found(session.scalar(_AT_WINDOW, {"window": window, "number": number}))


def open_at(
    session: Session,
    window: Window,
    stages: Collection[Stage] = OPEN,
    besides: Collection[int] = (),
) -> list[Case]:
    """Return what somebody at this window still has to do, the most urgent first.

    `besides`: the cases that another list of the page holds, by id.
    """
    urgency = sa.func.coalesce(Case.due_on, Case.carry_by_on)
    query = (
        sa.select(Case)
        .where(Case.closed_at.is_(None), Case.window == window, Case.stage.in_(stages))
        .where(Case.id.not_in(besides))
        .order_by(urgency.is_(None), urgency, Case.id)
        .limit(LIST_LIMIT)
    )
    return list(session.scalars(query))


def received_since(session: Session, window: Window, moment: datetime) -> list[Case]:
    """Return what this window took in since `moment`, the newest first."""
    mine = (Case.window == window, Case.received_at >= moment)
    newest = (Case.received_at.desc(), Case.id.desc())
    query = sa.select(Case).where(*mine).order_by(*newest).limit(LIST_LIMIT)
    return list(session.scalars(query))


def number_received_since(session: Session, window: Window, moment: datetime) -> int:
    """Return how many cases this window took in since `moment`, listed or not."""
    mine = (Case.window == window, Case.received_at >= moment)
    return session.scalar(sa.select(sa.func.count()).select_from(Case).where(*mine)) or 0


def counts(session: Session, window: Window) -> dict[Stage, int]:
    """Return how many open cases of a window stand at each stage; what ended is not counted."""
    mine = (Case.closed_at.is_(None), Case.window == window)
    query = sa.select(Case.stage, sa.func.count()).where(*mine)
    return {row[0]: row[1] for row in session.execute(query.group_by(Case.stage))}


def find(session: Session, window: Window, typed: str) -> list[Case]:
    """Return the cases of a window that what somebody typed can mean, the newest first."""
    return find_among(session, [window], typed)


def matches_last_four(session: Session, case: Case, typed: str) -> bool:
    """Say whether `typed` ends the phone or the document of somebody in the case."""
    last, vault = folded(typed).upper(), vault_of(session)
    tokens = [vault.blind("phone4", last), vault.blind("document4", last)]
    mine = (CaseSearchToken.case_id == case.id, CaseSearchToken.token.in_(tokens))
    return session.scalar(sa.select(CaseSearchToken.case_id).where(*mine).limit(1)) is not None


def people_of(session: Session, case: Case) -> list[tuple[Part, Person]]:
    """Return everybody in a case, unsealed, the applicant first."""
    found = session.scalars(_PEOPLE, {"case_id": case.id})
    return [(party.part, opened(session, party)) for party in found]


def applicant_of(session: Session, case: Case) -> Person | None:
    """Return the applicant of a case, unsealed."""
    found = party(session, case, Part.APPLICANT)
    return opened(session, found) if found else None


def party(session: Session, case: Case, part: Part) -> CaseParty | None:
    """Return one person's sealed record in a case."""
    mine = (CaseParty.case_id == case.id, CaseParty.part == part)
    return session.scalar(sa.select(CaseParty).where(*mine))


def rows(session: Session, cases: Sequence[Case]) -> list[Row]:
    """Return cases with their applicants' names masked, in two queries however many they are."""
    ids = [case.id for case in cases]
    mine = (CaseParty.case_id.in_(ids), CaseParty.part == Part.APPLICANT)
    found = session.scalars(sa.select(CaseParty).where(*mine)) if ids else ()
    names = {entry.case_id: opened(session, entry).name for entry in found}
    return [Row(case, _masked(names.get(case.id, ""))) for case in cases]


def opened(session: Session, party: CaseParty) -> Person:
    """Unseal one person."""
    key = vault_of(session).person_key(party.wrapped_key, party.uuid)

    def plain(column: str, sealed: str) -> str:
        return key.open(sealed, f"case_party|{column}|{party.uuid}") if sealed else ""

    return Person(
        name=plain("name", party.name_sealed),
        document_kind=party.document_kind,
        document_number=plain("document", party.document_sealed),
        born_on=party.born_on,
        sex=party.sex,
        phone=plain("phone", party.phone_sealed),
        address=plain("address", party.address_sealed),
        relation=party.relation,
        birth_reason=plain("birth_reason", party.birth_reason_sealed),
    )


def materials_of(session: Session, case: Case) -> list[CaseMaterial]:
    """Return the checklist of a case in its order."""
    return list(session.scalars(_MATERIALS, {"case_id": case.id}))


def timeline(session: Session, case: Case, *, public_only: bool) -> list[TimelineEntry]:
    """Return the history of a case, oldest first."""
    query = _PUBLIC_TIMELINE if public_only else _TIMELINE
    return list(session.scalars(query, {"case_id": case.id}))


def papers_of(session: Session, case: Case) -> list[Paper]:
    """Return the papers given out about a case, the newest first."""
    return list(session.scalars(_PAPERS, {"case_id": case.id}))


def _masked(name: str) -> str:
    return masked_name(name) if name else ""


def _found(case: Case | None) -> Case:
    if case is None:
        raise NotFound
    return case
