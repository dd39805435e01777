"""全部房间: what the whole house puts before the front door: pages, commands, works, jobs."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from desk.advisers import pages as advisers
from desk.board import jobs as board_jobs
from desk.board import pages as board
from desk.board.pages import log as duty_log
from desk.cases import commands as case_commands
from desk.cases import pages as cases
from desk.cases.jobs import jobs as case_jobs
from desk.cases.pages import calendar_notices
from desk.cases.queries import reach
from desk.cases.queries.reach import OwnRule, OwnRules
from desk.incidents import pages as incidents
from desk.incidents.actions.lists import load_sample_lists
from desk.messages import pages as messages
from desk.messages.actions.sending import Guards
from desk.messages.gateways import SmsGateway
from desk.messages.jobs import jobs as message_jobs
from desk.messages.queries.outbox import Met
from desk.messages.rules.kinds import MessageKind
from desk.reminders import pages as reminders
from desk.reminders.jobs import GUARDS
from desk.reminders.jobs import jobs as reminder_jobs
from desk.reminders.queries.nudges import cases_nudged_of
from desk.villager import pages as villager
from desk.windows.enterprise import commands as enterprise_commands
from desk.windows.enterprise import pages as enterprise_window
from desk.windows.enterprise.actions.keeping import load_items as load_enterprise_items
from desk.windows.enterprise.jobs import WORKS as ENTERPRISE_WORKS
from desk.windows.enterprise.jobs import jobs as enterprise_jobs
from desk.windows.enterprise.queries.complaints import IS_COMPLAINT
from desk.windows.enterprise.queries.endings import is_still_ending
from desk.windows.enterprise.queries.projects import own_cases, stands_in
from desk.windows.enterprise.rules.complaints import CORE_PAGES as COMPLAINT_PAGES
from desk.windows.general import pages as general_window
from desk.windows.petitions import pages as petitions
from desk.windows.petitions.actions.keeping import load_items as load_petition_items
from desk.windows.village_accounts import commands as book_commands
from desk.windows.village_accounts import pages as village_accounts
from desk.windows.village_accounts.actions.questions import load_items as load_book_items
from desk.windows.village_accounts.jobs import jobs as book_jobs
from desk.windows.village_accounts.queries import questions
from desk.windows.village_accounts.rules.access import CORE_PAGES
from duty_roster import pages as duty
from kernel.access import Actor
from kernel.backup import commands as backup
from kernel.calendar.rules import WorkingCalendar
from kernel.households import commands as households
from kernel.office import commands as office_commands
from kernel.office import pages as office_pages
from kernel.office.jobs import jobs as office_jobs
from kernel.scheduler import Job
from kernel.town.queries import the_town
from kernel.web.house import House
from kernel.work.commands import Worker, work
from kernel.work.jobs import jobs as work_jobs
from services_catalog import commands as catalogue
from services_catalog import jobs as catalogue_jobs
from services_catalog import pages as catalogue_pages
from services_catalog.rules.items import Window

BLUEPRINTS = (
    *office_pages.BLUEPRINTS,
    cases.bp,
    board.bp,
    reminders.bp,
    calendar_notices.bp,
    general_window.bp,
    *duty.BLUEPRINTS,
    *catalogue_pages.BLUEPRINTS,
    duty_log.bp,
    incidents.bp,
    *enterprise_window.BLUEPRINTS,
    petitions.bp,
    *village_accounts.BLUEPRINTS,
    *villager.BLUEPRINTS,
    *advisers.BLUEPRINTS,
    messages.bp,
)
COMMANDS = (
    *office_commands.GROUPS,
    *backup.COMMANDS,
    case_commands.group,
    book_commands.group,
    enterprise_commands.group,
    catalogue.group,
    catalogue.printing,
    households.group,
    work,
)
#: what the process of a piece of long work may be asked to do, by kind
WORKS: dict[str, Worker] = {
    case_commands.APPLY: case_commands.apply_ordered,
    "households.import": households.import_uploaded,
    catalogue_jobs.IMPORT: catalogue_jobs.import_uploaded,
    **catalogue_jobs.PRINT_WORKS,
    **board_jobs.WORKS,
    **ENTERPRISE_WORKS,
}
#: what a window says of its own cases wherever the pages common to all windows meet them
OWN_RULES: OwnRules = {
    Window.ENTERPRISE: OwnRule(COMPLAINT_PAGES, IS_COMPLAINT, own_cases, IS_COMPLAINT, stands_in),
    Window.VILLAGE_ACCOUNTS: OwnRule(
        CORE_PAGES, sees=questions.own_cases, hides=questions.IS_QUESTION
    ),
}
#: who says whether a text that is due still says what is so
EVERY_GUARD: Guards = {**GUARDS, MessageKind.ENDING: is_still_ending}


def texts_in_reach(session: Session, actor: Actor, keys: Collection[str]) -> Met:
    """Return which texts somebody may meet in the outbox."""
    about = reach.cases_told_of(keys) | cases_nudged_of(session, keys)
    return reach.texts_in_reach(session, OWN_RULES, actor, keys, about)


def make_ready(session: Session, now: datetime, calendar: WorkingCalendar) -> None:
    """Give every room what it cannot open without; the sample town its invented call lists."""
    load_petition_items(session, now, calendar)
    load_enterprise_items(session, now, calendar)
    load_book_items(session, now, calendar)
    if the_town(session).is_sample:
        load_sample_lists(session)


def jobs(here: House, gateways: Sequence[SmsGateway]) -> tuple[Job, ...]:
    """Return everything the scheduler runs."""
    return (
        *message_jobs(here, gateways, EVERY_GUARD),
        *case_jobs(here),
        *reminder_jobs(here, OWN_RULES),
        *book_jobs(here),
        *enterprise_jobs(here),
        *office_jobs(here),
        *work_jobs(here),
    )
