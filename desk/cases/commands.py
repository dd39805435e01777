"""放假通知的长活与命令: rewrite the cases a notice moves; look at a notice from the shell."""

from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from desk.cases.actions import calendar_moves
from desk.cases.queries.calendar_moves import all_moving, touched
from desk.cases.rules.calendar_changes import APPLIED_NOTE, Derivation, shell_line, shell_summary
from kernel.access import Actor
from kernel.calendar import queries as calendars
from kernel.calendar.actions import drafts
from kernel.calendar.records import CalendarDraft
from kernel.calendar.rules.notices import DraftStage, NoticeSource, check_notice, first_moved_day
from kernel.calendar.rules.wording import read_notice
from kernel.errors import Refusal
from kernel.web.house import House, house
from kernel.work.commands import Doing
from kernel.work.rules import Cancelled

#: countdowns in one transaction: the counter never waits longer for the database than that
BATCH = 4000
Step = Callable[[int, int], None]
APPLY = calendar_moves.KIND
group = AppGroup("calendar", help="The working calendar and its yearly notices.")


def apply_ordered(doing: Doing) -> tuple[Path | None, str]:
    """Apply a notice, as long work.

    A notice in force is never left half applied: who cancels too late is told how it ended.
    """

    def step(done: int, total: int) -> None:
        try:
            doing.step(done, total)
        except Cancelled:
            return

    return None, apply(doing.here, int(doing.wanted["draft"]), step)


def apply(here: House, draft_id: int, step: Step) -> str:
    """Put a notice in force and rewrite every case it moves; go on where somebody was cut off.

    Raises NotADraft.
    """
    with here.writing() as session:
        entered = calendars.draft(session, draft_id, locked=True)
        former = calendars.calendar_before(session, entered, drafts.packaged(entered.year))
        if entered.stage is not DraftStage.APPLYING:
            drafts.put_in_force(session, entered, here.now())
    with here.reading() as session:
        entered = calendars.draft(session, draft_id)
        before, ids = entered.looked_at, _left(session, entered)
        by = Derivation(here.calendar(session), former), here.town(session).signature
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        with here.writing() as session:
            entered = calendars.draft(session, draft_id, locked=True)
            fresh = [one for one in batch if one > entered.reached_id]
            if fresh:
                calendar_moves.rewrite(session, entered, fresh, by, here.now())
        step(before + start + len(batch), before + len(ids))
    return _finish(here, draft_id)


def go_on(here: House) -> int:
    """Ask again for what a killed worker left in the middle; return how many there were."""
    with here.reading() as session:
        if not _abandoned(session):
            return 0
    with here.writing() as session:
        found = _abandoned(session)
        for entered in found:
            actor = Actor(entered.decided_by_id, "")
            calendar_moves.ask(session, entered, actor, here.now())
        return len(found)


def _left(session: Session, entered: CalendarDraft) -> list[int]:
    if entered.moves_from_on is None:
        return []
    return touched(session, entered.moves_from_on, entered.reached_id)


def _abandoned(session: Session) -> list[CalendarDraft]:
    found = calendars.being_applied(session)
    return [one for one in found if not calendar_moves.is_being_done(session, one)]


def _finish(here: House, draft_id: int) -> str:
    with here.writing() as session:
        entered = calendars.draft(session, draft_id, locked=True)
        if entered.stage is DraftStage.APPLYING:
            calendar_moves.finish(session, entered, here.now())
        counts = {"later": entered.later, "earlier": entered.earlier}
        return APPLIED_NOTE.format(year=entered.year, confirmed=entered.confirmed, **counts)


@group.command("preview")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--year", type=int, help="Where the notice does not say its year.")
def preview(file: Path, year: int | None) -> None:
    """Say what the notice in FILE (its own text, UTF-8) would move. Nothing is written."""
    here = house()
    try:
        notice = read_notice(file.read_text("utf-8"), year)
        with here.reading() as session:
            check_notice(notice, NoticeSource.PASTED, (), "")
            after = calendars.calendar_with(session, notice)
            before = here.calendar(session)
            first = first_moved_day(before, after, notice.year)
            found = list(all_moving(session, first, Derivation(after, before))) if first else []
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from None
    changes = [(one.row.number, one.change) for one in found if one.change.direction]
    for number, change in changes:
        click.echo(shell_line(number, change))
    click.echo(shell_summary(notice, [change for _, change in changes]))
