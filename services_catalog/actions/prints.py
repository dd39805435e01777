"""印制: ask for a print, and remember what it said and who has it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.database import table_of
from kernel.work.actions import ask
from kernel.work.records import LongWork
from services_catalog.records.cards import Board, CardIssue, PrintedContent, PrintRun
from services_catalog.rules.prints.kinds import CardFace, PrintKind, canonical, content_digest
from services_catalog.rules.prints.orders import WORK_KINDS, Order, as_wanted

#: by the table: thousands of rows need nothing of the records
_ISSUES = sa.insert(table_of(CardIssue))


@dataclass(frozen=True, slots=True)
class Printed:
    """One kind of print of one village (or none): what it says, and how many there are."""

    kind: PrintKind
    content: dict[str, object]
    copies: int
    village_id: int | None = None
    cards: Sequence[CardFace] = ()
    #: of a board
    size: str = ""


def ask_print(session: Session, order: Order, asked: tuple[Actor, datetime]) -> LongWork:
    """Put a print in the line of long work; `asked` is by whom and when."""
    return ask(session, WORK_KINDS[order.kind], order.title, as_wanted(order), asked)


def remember(session: Session, printed: Sequence[Printed], actor: Actor, now: datetime) -> None:
    """Write down prints whose files are whole: what they said, each run, each card."""
    digests = [content_digest(one.content) for one in printed]
    _keep_words(session, dict(zip(digests, printed, strict=True)))
    runs = [
        PrintRun(
            kind=one.kind,
            village_id=one.village_id,
            digest=digest,
            copies=one.copies,
            made_at=now,
            actor_id=actor.staff_id,
        )
        for one, digest in zip(printed, digests, strict=True)
    ]
    session.add_all(runs)
    session.flush()
    cards = [row for run, one in zip(runs, printed, strict=True) for row in _issues(run, one)]
    if cards:
        session.execute(_ISSUES, cards)
    for run, one in zip(runs, printed, strict=True):
        if one.kind is PrintKind.BOARD:
            _tell_boards(session, run, one.size)
    kind, copies = printed[0].kind, sum(one.copies for one in printed)
    audit.record(session, actor, "print.made", f"print:{kind}", now, copies=copies)


def _keep_words(session: Session, said: Mapping[str, Printed]) -> None:
    """Keep what prints say, by its digest; the same words once."""
    mine = PrintedContent.digest.in_(said)
    known = set(session.scalars(sa.select(PrintedContent.digest).where(mine)))
    session.add_all(
        PrintedContent(digest=digest, content=canonical(one.content))
        for digest, one in said.items()
        if digest not in known
    )
    session.flush()


def _issues(run: PrintRun, one: Printed) -> Iterator[dict[str, object]]:
    same = {"run_id": run.id, "digest": run.digest, "handed_by": "", "signed_by": ""}
    for card in one.cards:
        yield {**same, **card._asdict()}


def _tell_boards(session: Session, run: PrintRun, size: str) -> None:
    """Let the village's boards of this size say what was printed for them."""
    mine = (Board.village_id == run.village_id, Board.size == size)
    session.execute(sa.update(Board).where(*mine).values(digest=run.digest))
