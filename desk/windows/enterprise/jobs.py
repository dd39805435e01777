"""企业窗口定时任务: reckon again how projects stand where it is not what is kept."""

from functools import partial

from desk.windows.enterprise.actions import standings as actions
from desk.windows.enterprise.actions.endings import tell_endings
from desk.windows.enterprise.queries import standings
from desk.windows.enterprise.queries.endings import is_any_untold
from kernel.scheduler import Job
from kernel.web.house import House

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
