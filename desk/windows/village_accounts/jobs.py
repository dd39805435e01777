"""村账定时任务: a rent that draws near is put on the window's list."""

from functools import partial

from desk.windows.village_accounts.actions.rents import remind
from desk.windows.village_accounts.queries.rents import not_reminded
from kernel.scheduler import Job
from kernel.web.house import House

#: days change once a day; a computer that slept through midnight is told soon after
EVERY_SECONDS = 600


def jobs(here: House) -> tuple[Job, ...]:
    """Return what the scheduler runs for the villages' books. Any number of schedulers may."""
    return (Job("accounts.rents", EVERY_SECONDS, partial(remind_of_rents, here)),)


def remind_of_rents(here: House) -> int:
    """Put every rent that drew near on the list; return how many."""
    with here.reading() as session:
        if not not_reminded(session, here.today()):
            return 0
    with here.writing() as session:
        return remind(session, here.now())
