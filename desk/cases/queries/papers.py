"""文书查询: what is known when a paper is written, and what it said, long after. Reads only."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.queries.finding import materials_of, opened, papers_of
from desk.cases.records import Case, CaseParty, Paper
from desk.cases.rules.intake import Brought
from desk.cases.rules.papers import (
    NOTHING_SAID,
    PAPER_TITLES,
    SPOKEN_OF_EARLIER,
    WITH_PHONE,
    PaperKind,
    Said,
)
from desk.cases.rules.papers_contents import Contents, read_contents
from desk.cases.rules.papers_known import Known, Matter, Office
from desk.cases.rules.papers_written import write_paper
from desk.cases.rules.people import Part
from kernel.errors import NotFound
from kernel.house_session import vault_of
from kernel.staff.records import Staff
from kernel.town.queries import the_town
from kernel.vault import Sealer
from services_catalog.queries import phone_words
from services_catalog.records import ServiceItem

_PARTIES = (
    sa.select(CaseParty).where(CaseParty.case_id == sa.bindparam("case_id")).order_by(CaseParty.id)
)
_NAME = sa.select(Staff.name).where(Staff.id == sa.bindparam("staff_id"))
_CODE = sa.select(ServiceItem.code).where(ServiceItem.id == sa.bindparam("item_id"))


@dataclass(frozen=True, slots=True)
class Basis:
    """What a paper is written from, and whose key seals it."""

    known: Known
    applicant: CaseParty | None


def basis(
    session: Session, case: Case, kind: PaperKind | None = None, said: Said = NOTHING_SAID
) -> Basis:
    """Return what is known of a case now, as far as a paper of this kind says it."""
    parties = list(session.scalars(_PARTIES, {"case_id": case.id}))
    known = Known(
        number=case.number,
        matter=_matter(session, case, kind),
        office=_office(session, case),
        received_at=case.received_at,
        people=[(one.part, opened(session, one)) for one in parties],
        materials=[
            Brought(entry.name, entry.copies, entry.state, entry.note)
            for entry in materials_of(session, case)
        ],
        said=said,
        accepted_at=case.accepted_at,
        due=said.counted,
        carry_by_on=case.carry_by_on,
        is_provisional=case.is_provisional,
        closed_at=case.closed_at,
        result=case.result,
        result_note=case.result_note,
        earlier=_earlier(session, case) if kind in SPOKEN_OF_EARLIER else (),
    )
    return Basis(known, next((one for one in parties if one.part is Part.APPLICANT), None))


def contents_of(session: Session, case: Case, paper: Paper) -> Contents:
    """Return what a paper said on its day.

    One from before contents were kept is written anew, from what it told and what is known.
    """
    if not paper.contents_sealed:
        said = Said(tuple(paper.words.splitlines()), tuple(paper.listed.splitlines()))
        return write_paper(paper.kind, basis(session, case, paper.kind, said).known)
    applicant = session.get(CaseParty, paper.sealed_for_id) if paper.sealed_for_id else None
    sealer = sealer_of(session, applicant)
    return read_contents(sealer.open(paper.contents_sealed, contents_place(paper.number)))


def sealer_of(session: Session, applicant: CaseParty | None) -> Sealer:
    """Return the key of the applicant's own; where nobody was named, the town's."""
    vault = vault_of(session)
    return vault.person_key(applicant.wrapped_key, applicant.uuid) if applicant else vault.town


def contents_place(number: str) -> str:
    """Return what sealed contents are bound to: the paper of this number, and no other."""
    return f"paper|contents|{number}"


def paper_of(session: Session, case: Case, paper_id: int) -> Paper:
    """Return one of a case's own papers. Raises NotFound."""
    found = session.get(Paper, paper_id)
    if found is None or found.case_id != case.id:
        raise NotFound
    return found


def chosen_papers(session: Session, case: Case, wanted: str) -> list[Paper]:
    """Return the paper of that id; else those given out together last. Raises NotFound."""
    papers = papers_of(session, case)
    chosen = [one for one in papers if str(one.id) == wanted]
    if not papers:
        raise NotFound
    return chosen or [one for one in papers if one.issued_at == papers[0].issued_at]


def _matter(session: Session, case: Case, kind: PaperKind | None) -> Matter:
    item = case.item
    return Matter(
        title=item.title,
        code=session.scalar(_CODE, {"item_id": item.item_id}) or "",
        body=item.body,
        place=item.place,
        hours=item.hours,
        phone=phone_words(session, item.phone) if kind in WITH_PHONE else "",
        promised=item.promised,
        statutory=item.statutory,
    )


def _office(session: Session, case: Case) -> Office:
    town = the_town(session)
    return Office(
        hall=town.hall,
        is_sample=town.is_sample,
        duty_phone=town.duty_phone,
        complaint_phone=town.complaint_phone,
        handler=session.scalar(_NAME, {"staff_id": case.handler_id}) or "",
    )


def _earlier(session: Session, case: Case) -> list[tuple[str, str]]:
    return [(PAPER_TITLES[one.kind], one.number) for one in papers_of(session, case)]
