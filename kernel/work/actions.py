"""长活: what is done with long work: ask for it, take it up, tell how far it is, end it."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.work.queries import by_uuid
from kernel.work.records import LongWork
from kernel.work.rules import (
    AGREED_SENTENCE,
    DECLINED_SENTENCE,
    HALF_DONE_FOR,
    HELD_NOTE,
    KEPT_FOR,
    LAPSED_SENTENCE,
    LOST_SENTENCE,
    MOST_ALONE,
    OPEN,
    SILENCE,
    Cancelled,
    NotHeld,
    NotYourOwn,
    Progress,
)

FOLDER = "works"


def ask(
    session: Session,
    kind: str,
    title: str,
    wanted: Mapping[str, object],
    asked: tuple[Actor, datetime],
) -> LongWork:
    """Put a piece of work in the line; `asked` is by whom and when."""
    actor, now = asked
    work = LongWork(
        uuid=uuid4().hex,
        kind=kind,
        title=title,
        wanted=json.dumps(wanted),
        owner_id=actor.staff_id,
        progress=Progress.WAITING,
        done=0,
        total=0,
        note="",
        file_name="",
        asked_at=now,
    )
    session.add(work)
    session.flush()
    audit.record(session, actor, "work.asked", f"work:{work.id}", now, kind=kind)
    return work


def hold(
    session: Session, kind: str, title: str, file_name: str, asked: tuple[Actor, datetime]
) -> LongWork:
    """Keep a file of many persons, made already, back until somebody else agrees."""
    work = ask(session, kind, title, {}, asked)
    work.progress, work.file_name = Progress.HELD, file_name
    work.note = HELD_NOTE.format(most=MOST_ALONE)
    return work


def agree(session: Session, work: LongWork, actor: Actor, now: datetime) -> None:
    """Let a held file go to whoever asked for it. Raises NotHeld, NotYourOwn."""
    _check_held(work, actor)
    work.progress, work.ended_at = Progress.DONE, now
    work.note = AGREED_SENTENCE.format(name=actor.name)
    audit.record(session, actor, "work.agreed", f"work:{work.id}", now, kind=work.kind)


def decline(session: Session, work: LongWork, actor: Actor, now: datetime) -> None:
    """Keep a held file in the house for good. Raises NotHeld, NotYourOwn."""
    _check_held(work, actor)
    work.progress, work.ended_at, work.file_name = Progress.CANCELLED, now, ""
    work.note = DECLINED_SENTENCE.format(name=actor.name)
    audit.record(session, actor, "work.declined", f"work:{work.id}", now, kind=work.kind)


def _check_held(work: LongWork, actor: Actor) -> None:
    if work.progress is not Progress.HELD:
        raise NotHeld
    if work.owner_id == actor.staff_id:
        raise NotYourOwn


def put_aside(var: Path, name: str, content: bytes) -> str:
    """Keep an uploaded sheet for work that will read it; return its name in the works' folder."""
    kept = f"{uuid4().hex}{'.xlsx' if name.lower().endswith('.xlsx') else '.csv'}"
    folder = var / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / kept).write_bytes(content)
    return kept


def take_up(session: Session, now: datetime) -> str | None:
    """Claim the oldest waiting work; return its uuid, or None where nothing waits."""
    oldest = (
        sa.select(LongWork.id)
        .where(LongWork.progress == Progress.WAITING)
        .order_by(LongWork.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    claim = sa.update(LongWork).where(LongWork.id == oldest).returning(LongWork.uuid)
    values = {"progress": Progress.RUNNING, "started_at": now, "heard_at": now}
    return session.scalar(claim.values(values))


def tell(session: Session, uuid: str, done: int, total: int, now: datetime) -> None:
    """Write down how far a piece of work is. Raises Cancelled where its owner has had enough."""
    work = by_uuid(session, uuid)
    if work.progress is not Progress.RUNNING:
        raise Cancelled
    work.done, work.total, work.heard_at = done, total, now


def end(
    session: Session, uuid: str, progress: Progress, now: datetime, note: str = "", file: str = ""
) -> None:
    """Write down how a piece of work ended."""
    work = by_uuid(session, uuid)
    work.progress, work.ended_at, work.note, work.file_name = progress, now, note, file


def cancel(session: Session, work: LongWork, actor: Actor, now: datetime) -> None:
    """Stop a piece of work at its next step; at once when it has not begun."""
    if work.progress is Progress.WAITING:
        work.progress, work.ended_at = Progress.CANCELLED, now
    elif work.progress is Progress.HELD:
        work.progress, work.ended_at, work.file_name, work.note = Progress.CANCELLED, now, "", ""
    elif work.progress is Progress.RUNNING:
        work.progress = Progress.CANCELLING
    audit.record(session, actor, "work.cancelled", f"work:{work.id}", now)


def give_up_the_silent(session: Session, now: datetime) -> None:
    """Say of work whose worker is gone that it is lost: it leaves no half result."""
    silent = (LongWork.progress.in_(OPEN), LongWork.heard_at < now - SILENCE)
    values = {"progress": Progress.LOST, "note": LOST_SENTENCE, "ended_at": now}
    session.execute(sa.update(LongWork).where(*silent).values(values))


def forget_old_results(session: Session, folder: Path, now: datetime) -> None:
    """Delete the files nobody fetched in time, and what a power cut left half done."""
    unanswered = sa.and_(LongWork.progress == Progress.HELD, LongWork.asked_at < now - KEPT_FOR)
    old = sa.or_(LongWork.ended_at < now - KEPT_FOR, unanswered)
    for work in session.scalars(sa.select(LongWork).where(old, LongWork.file_name != "")):
        (folder / FOLDER / work.file_name).unlink(missing_ok=True)
        work.file_name = ""
        if work.progress is Progress.HELD:
            work.progress, work.ended_at, work.note = Progress.CANCELLED, now, LAPSED_SENTENCE
    for half in filter(Path.is_dir, (folder / FOLDER).glob(".*")):
        if now.timestamp() - half.stat().st_mtime > HALF_DONE_FOR.total_seconds():
            rmtree(half, ignore_errors=True)
