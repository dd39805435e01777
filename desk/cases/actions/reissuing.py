"""换发回执: the slip is given out anew; the code on the old one leads nowhere from now on."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.cases.actions.register import LOOKUP, issue_paper
from desk.cases.records import Case, RetiredCode
from desk.cases.rules.papers import PaperKind, Said
from kernel.access import Actor
from kernel.house_session import vault_of
from kernel.vault import token_hash


def reissue(
    session: Session,
    case: Case,
    paper: tuple[PaperKind, Said],
    actor: Actor,
    now: datetime,
) -> None:
    """Give the slip out anew under the next generation of its code."""
    kind, said = paper
    session.add(RetiredCode(lookup_hash=case.lookup_hash, case_id=case.id, retired_at=now))
    case.lookup_generation += 1
    code = vault_of(session).token(LOOKUP, case.uuid, case.lookup_generation)
    case.lookup_hash = token_hash(code)
    issue_paper(session, case, kind, actor, now, said)
