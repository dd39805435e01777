"""管理处的定时任务: forget what is over, and prove the audit record once a day."""

import logging

from kernel.attempts import forget_old_tries
from kernel.audit.queries import first_broken_record
from kernel.scheduler import Job
from kernel.staff.actions import forget_old_sessions
from kernel.web.form_posts import forget_old_posts
from kernel.web.house import House

EVERY = 600
DAILY = 24 * 3600

log = logging.getLogger("desk.audit")


def jobs(here: House) -> tuple[Job, ...]:
    """Return the house's own jobs."""
    return (
        Job("office.forget", EVERY, lambda: forget(here)),
        Job("office.verify", DAILY, lambda: verify(here)),
    )


def forget(here: House) -> None:
    """Delete sessions, form keys and counted tries that nobody can use any more."""
    with here.writing() as session:
        forget_old_sessions(session, here.now())
        forget_old_posts(session, here.now())
        forget_old_tries(session, here.now())


def verify(here: House) -> None:
    """Recompute the audit chain; a break is the loudest line of the log."""
    with here.reading() as session:
        broken = first_broken_record(session)
    if broken is not None:
        log.critical("audit chain broken at record %s", broken)
