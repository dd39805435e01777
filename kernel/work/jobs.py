"""长活的定时任务: one piece at a time, each in a short-lived process of its own.

A typesetter that grows to gigabytes, or falls over, takes nothing with it.
"""

import subprocess
import sys

from kernel.scheduler import Job
from kernel.web.house import House
from kernel.work import actions
from kernel.work.queries import is_idle

LOOK_EVERY = 1
TIDY_EVERY = 20


def jobs(here: House) -> tuple[Job, ...]:
    """Return what the scheduler does about long work."""
    return (
        Job("work.next", LOOK_EVERY, lambda: next_one(here)),
        Job("work.tidy", TIDY_EVERY, lambda: tidy(here)),
    )


def next_one(here: House) -> bool:
    """Do the oldest waiting piece; say whether there was one."""
    with here.reading() as session:
        if is_idle(session):
            return False
    with here.writing() as session:
        uuid = actions.take_up(session, here.now())
    if uuid is None:
        return False
    subprocess.run([sys.executable, "-m", "flask", "--app", "app", "work", uuid], check=False)
    return True


def tidy(here: House) -> None:
    """Tell of work whose process is gone, and clear away what nobody fetched."""
    with here.writing() as session:
        actions.give_up_the_silent(session, here.now())
        actions.forget_old_results(session, here.settings.var, here.now())
