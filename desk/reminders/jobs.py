"""催办定时任务: plan and tell what is due; a text is looked at once more before it goes out."""

from functools import partial
from types import MappingProxyType

from desk.cases.queries.appointments import is_still_so as is_still_agreed
from desk.cases.queries.reach import NO_RULES, OwnRules
from desk.messages.actions.sending import Guards
from desk.messages.rules.kinds import MessageKind
from desk.reminders.actions import plan, tell, tell_of_duty
from desk.reminders.queries.duty import is_any_to_tell, is_still_so
from desk.reminders.queries.nudges import is_any_due, is_still_true
from kernel.scheduler import Job
from kernel.web.house import House

#: countdowns, and nudges, in one transaction
BATCH = 200
#: transactions in one pass
BATCHES = 20
#: what is true no longer is withdrawn, not sent: a nudge about a closed case, one's former turn,
#: an appointment that was moved or is over
GUARDS: Guards = MappingProxyType(
    {
        MessageKind.NUDGE: is_still_true,
        MessageKind.DUTY: is_still_so,
        MessageKind.APPOINTMENT: is_still_agreed,
    }
)


def jobs(here: House, rules: OwnRules) -> tuple[Job, ...]:
    """Return what the scheduler runs for reminders. Any number of schedulers may."""
    return (
        Job("reminders.nudges", 30, partial(nudge, here, rules)),
        Job("reminders.duty", 60, partial(remind_of_duty, here)),
    )


def nudge(here: House, rules: OwnRules = NO_RULES) -> int:
    """Tell everything that is due and untold; return how many nudges were settled.

    What windows say of their own cases (`rules`) keeps a nudge from whom it must not reach. A
    whole pass plans first, so that one person's morning comes in one text.
    """
    settled = 0
    for _ in range(BATCHES):
        with here.reading() as session:
            if not is_any_due(session, here.now()):
                break
        with here.writing() as session:
            if plan(session, here.now(), BATCH) < BATCH:
                settled += tell(session, here.now(), here.hall(session), BATCH, rules)
    return settled


def remind_of_duty(here: House) -> int:
    """Remind whose turn comes soon and who has not signed in; return how many were told."""
    with here.reading() as session:
        if not is_any_to_tell(session, here.now()):
            return 0
    with here.writing() as session:
        return tell_of_duty(session, here.now(), here.hall(session))
