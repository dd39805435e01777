"""企业窗口定时任务与长活: keep how projects stand, tell what ends, write a large sheet."""

from functools import partial
from pathlib import Path

from desk.windows.enterprise.actions import standings as actions
from desk.windows.enterprise.actions.endings import tell_endings
from desk.windows.enterprise.actions.sheets import note_export
from desk.windows.enterprise.queries import sheets, standings
from desk.windows.enterprise.queries.endings import is_any_untold
from desk.windows.enterprise.rules.leaders import EXPORT_WORK, EXPORTED, KIND_NAMES, SheetKind
from kernel.scheduler import Job
from kernel.staff.queries import actor_of
from kernel.tables import workbook
from kernel.web.house import House
from kernel.work.commands import Doing, Worker
from kernel.work.queries import by_uuid

#: projects reckoned in one transaction, so that a morning never holds up the counter for long
BATCH = 50
#: transactions in one pass
BATCHES = 20


def jobs(here: House) -> tuple[Job, ...]:
    """Return what the scheduler runs for the enterprise window. Any number of schedulers may."""
    return (
        Job("enterprise.standings", 30, partial(keep_standings, here)),
        Job("enterprise.endings", 600, partial(tell_what_ends, here)),
    )


def tell_what_ends(here: House) -> int:
    """Tell once which mandates and papers end soon; return how many texts were promised."""
    with here.reading() as session:
        if not is_any_untold(session, here.today()):
            return 0
    with here.writing() as session:
        return tell_endings(session, here.now(), here.hall(session))


def keep_standings(here: House) -> int:
    """Reckon what is old; return how many projects were reckoned."""
    reckoned = 0
    for _ in range(BATCHES):
        with here.reading() as session:
            old = standings.old_ones(session, None, here.today())[:BATCH]
        if not old:
            break
        with here.writing() as session:
            actions.keep(session, old, here.now(), here.calendar(session))
        reckoned += len(old)
    return reckoned


def write_sheet(doing: Doing) -> tuple[Path | None, str]:
    """Write a list as long work; one that was cancelled, or fell over, leaves no file."""
    here, kind = doing.here, SheetKind(doing.wanted["kind"])
    with here.reading() as session:
        owner = actor_of(session, by_uuid(session, doing.uuid).owner_id)
        at = (here.now(), here.calendar(session))
        rows = sheets.sheet(session, kind, owner, at, doing.step)
    said = workbook(KIND_NAMES[kind], rows, by=owner.name)
    with here.writing() as session:
        note_export(session, kind, len(rows) - 1, owner, here.now())
    out = doing.keep(f"{kind}-{here.today()}-{doing.uuid[:8]}.xlsx", said)
    return out, EXPORTED.format(list=KIND_NAMES[kind], rows=len(rows) - 1)


WORKS: dict[str, Worker] = {EXPORT_WORK: write_sheet}
