"""补印: print a paper again; it bears the day, and who did it and why is on record."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.cases.actions.versions import touch
from desk.cases.actions.writing import write_line
from desk.cases.records import Case, Paper
from desk.cases.rules.papers import PAPER_TITLES
from desk.cases.rules.papers_contents import check_reprint, reprinted_line
from kernel.access import Actor
from kernel.audit import actions as audit


def reprint(
    session: Session, case: Case, paper: Paper, reason: str, actor: Actor, now: datetime
) -> None:
    """Note that a paper is printed again; what it says does not change. Raises ReprintReason."""
    check_reprint(reason)
    line = reprinted_line(PAPER_TITLES[paper.kind], paper.number, reason)
    write_line(session, case, line, actor, now, public=False)
    touch(case)
    facts = {"paper": paper.number, "reason": reason}
    audit.record(session, actor, "paper.reprinted", f"case:{case.id}", now, **facts)
