"""办件定时任务: note the lights that have come; accept what nobody answered in time."""

from functools import partial

from desk.cases import queries
from desk.cases.actions.countdowns import settings
from desk.cases.actions.lights import note_due
from desk.cases.actions.silence import accept_by_silence
from desk.cases.commands import go_on
from desk.cases.queries.lights import is_any_due
from desk.cases.records import Case
from kernel.scheduler import Job
from kernel.web.house import House

#: countdowns noted in one transaction, so that a pass never holds up the counter for long
BATCH = 100
#: transactions in one pass: what a computer slept through is noted in a few minutes
BATCHES = 20


def jobs(here: House) -> tuple[Job, ...]:
    """Return what the scheduler runs for cases. Any number of schedulers may."""
    return (
        Job("cases.silence", 60, partial(accept_what_was_not_answered, here)),
        Job("cases.lights", 30, partial(note_lights, here)),
        Job("cases.calendar", 20, partial(go_on, here)),
    )


def note_lights(here: House) -> int:
    """Note every light that has come and nobody has noted; return how many."""
    noted = 0
    for _ in range(BATCHES):
        with here.reading() as session:
            if not is_any_due(session, here.now(), here.today()):
                break
        with here.writing() as session:
            noted += note_due(session, here.now(), BATCH)
    return noted


def accept_what_was_not_answered(here: House) -> int:
    """Accept every case whose examination ended in silence; return how many.

    One transaction a case, which looks again: another scheduler may have been there.
    """
    with here.reading() as session:
        accepts_all = settings(session).accepts_all_by_silence
        waiting = queries.silent(session, here.now(), accepts_all=accepts_all)
    return sum(_accept_one(here, case_id) for case_id in waiting)


def _accept_one(here: House, case_id: int) -> bool:
    with here.writing() as session:
        case = session.get_one(Case, case_id, with_for_update={"of": Case})
        return accept_by_silence(session, case, here.now(), here.hall(session))
