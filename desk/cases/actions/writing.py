"""落笔: a line of a case's history, a numbered paper, the checklist as it was found."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions.numbering import next_paper_number
from desk.cases.queries.papers import basis, contents_place, sealer_of
from desk.cases.records import Case, CaseMaterial, Paper, TimelineEntry
from desk.cases.rules.intake import Brought
from desk.cases.rules.papers import NOTHING_SAID, PaperKind, Said
from desk.cases.rules.papers_contents import kept_text
from desk.cases.rules.papers_written import WRITTEN, write_paper
from kernel.access import Actor
from kernel.database import table_of

_WRITE_LINE = sa.insert(table_of(TimelineEntry))
_LIST_MATERIAL = sa.insert(table_of(CaseMaterial))
_ISSUE = sa.insert(table_of(Paper))


def write_line(
    session: Session, case: Case, text: str, actor: Actor, now: datetime, *, public: bool = True
) -> None:
    """Add one line to a case's history."""
    line = {"case_id": case.id, "at": now, "text": text}
    who = {"is_public": public, "actor_id": actor.staff_id}
    session.execute(_WRITE_LINE, {**line, **who})


def issue_paper(
    session: Session,
    case: Case,
    kind: PaperKind,
    actor: Actor,
    now: datetime,
    said: Said = NOTHING_SAID,
) -> None:
    """Give out a paper about a case, under its own number; it keeps what it says."""
    number = next_paper_number(session, kind, now)
    paper = {"case_id": case.id, "kind": kind, "number": number, "issued_at": now}
    told = {"words": "\n".join(said.words), "listed": "\n".join(said.listed)}
    kept = _kept(session, case, kind, number, said)
    session.execute(_ISSUE, {**paper, **told, **kept, "actor_id": actor.staff_id})


def list_materials(session: Session, case_id: int, materials: Sequence[Brought]) -> None:
    """Write down the checklist of a new case."""
    list_more_materials(session, case_id, materials, 0)


def list_more_materials(
    session: Session, case_id: int, materials: Sequence[Brought], after: int
) -> None:
    """Write papers under those that stand on the checklist (`after` of them)."""
    rows = [
        {
            "case_id": case_id,
            "position": place,
            "name": entry.name,
            "copies": entry.copies,
            "state": entry.state,
            "note": entry.note,
        }
        for place, entry in enumerate(materials, start=after)
    ]
    if rows:
        session.execute(_LIST_MATERIAL, rows)


def note_materials(session: Session, case: Case, materials: Sequence[Brought]) -> None:
    """Write down how the papers of a case were found this time."""
    for place, entry in enumerate(materials):
        mine = (CaseMaterial.case_id == case.id, CaseMaterial.position == place)
        values = {"state": entry.state, "note": entry.note}
        session.execute(sa.update(CaseMaterial).where(*mine).values(values))


def _kept(
    session: Session, case: Case, kind: PaperKind, number: str, said: Said
) -> dict[str, object]:
    """Return everything a paper says, sealed for its applicant; some windows keep their own."""
    if kind not in WRITTEN:
        return {"contents_sealed": "", "sealed_for_id": None}
    session.flush()
    found = basis(session, case, kind, said)
    plain = kept_text(write_paper(kind, found.known))
    sealed = sealer_of(session, found.applicant).seal(plain, contents_place(number))
    whose = found.applicant.id if found.applicant else None
    return {"contents_sealed": sealed, "sealed_for_id": whose}
