"""办件定时任务: note the lights that have come."""

from functools import partial

from desk.cases.actions.lights import note_due
from desk.cases.commands import go_on
from desk.cases.queries.lights import is_any_due
from kernel.scheduler import Job
from kernel.web.house import House

#: countdowns noted in one transaction, so that a pass never holds up the counter for long
BATCH = 100
#: transactions in one pass: what a computer slept through is noted in a few minutes
BATCHES = 20


def jobs(here: House) -> tuple[Job, ...]:
    """Return what the scheduler runs for cases. Any number of schedulers may."""
    return (
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
