"""管理处的定时任务: forget what is over."""

from kernel.scheduler import Job
from kernel.staff.actions import forget_old_sessions
from kernel.web.form_posts import forget_old_posts
from kernel.web.house import House

EVERY = 600


def jobs(here: House) -> tuple[Job, ...]:
    """Return the house's own jobs."""
    return (Job("forget", EVERY, lambda: forget(here)),)


def forget(here: House) -> None:
    """Delete sessions and form keys that nobody can use any more."""
    with here.writing() as session:
        forget_old_sessions(session, here.now())
        forget_old_posts(session, here.now())
