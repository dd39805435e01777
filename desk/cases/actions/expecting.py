"""村里代收: an adviser takes papers in for a neighbour; the counter finds them waiting."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.actions.register import Intake, issue_paper, register, write_line
from desk.cases.actions.verbs import Acceptance, accept, start_over
from desk.cases.records import Case, CaseMaterial
from desk.cases.rules.intake import (
    ON_ARRIVAL,
    Answer,
    Brought,
    MaterialState,
    check_answer,
    check_notice,
)
from desk.cases.rules.notices import opening_line
from desk.cases.rules.papers import PaperKind
from desk.cases.rules.stages import Stage, move
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.hall import Hall


def expect(session: Session, intake: Intake, actor: Actor, now: datetime, hall: Hall) -> Case:
    """Note what an adviser carries to the hall; no clock runs until the hall takes it in.

    The adviser has the neighbour's signed consent, and from now on sees this case and no other.
    """
    case = register(session, intake, actor, now, hall)
    case.carried_by_id = actor.staff_id
    return case


def check_in(
    session: Session,
    case: Case,
    found: tuple[Answer, Sequence[Brought]],
    asked: tuple[Actor, datetime],
    hall: Hall,
) -> None:
    """Answer, at the counter, what an adviser has brought: (answer, the papers as found).

    `asked` is by whom and when. Raises: AnswerNotOffered, MaterialsMissing, NothingMissing.
    """
    answer, materials = found
    actor, now = asked
    check_answer(answer, case.item.handling, materials, ON_ARRIVAL)
    _note_papers(session, case, materials)
    if answer is Answer.NOTICE:
        tell_what_lacks(session, case, materials, asked, hall)
    else:
        accept(session, case, Acceptance(), actor, now, hall)


def tell_what_lacks(
    session: Session,
    case: Case,
    materials: Sequence[Brought],
    asked: tuple[Actor, datetime],
    hall: Hall,
) -> None:
    """Answer papers that are already here with one list of everything that lacks."""
    actor, now = asked
    check_notice(materials)
    case.stage = move(case.stage, Stage.AWAITING_MATERIALS)
    start_over(session, case, Answer.NOTICE, now, hall)
    line = opening_line(Answer.NOTICE, case.item.body, None)
    write_line(session, case, line, actor, now)
    issue_paper(session, case, PaperKind.ONE_TIME_NOTICE, actor, now)
    lacking = sum(entry.state is MaterialState.MISSING for entry in materials)
    audit.record(session, actor, "case.notice_given", f"case:{case.id}", now, lacking=lacking)


def _note_papers(session: Session, case: Case, materials: Sequence[Brought]) -> None:
    for place, entry in enumerate(materials):
        mine = (CaseMaterial.case_id == case.id, CaseMaterial.position == place)
        values = {"state": entry.state, "note": entry.note}
        session.execute(sa.update(CaseMaterial).where(*mine).values(values))
