"""全部房间: what the whole house puts before the front door: pages, commands, works, jobs."""

from desk.advisers import pages as advisers
from desk.board import pages as board
from desk.cases import commands as case_commands
from desk.cases import pages as cases
from desk.cases.jobs import jobs as case_jobs
from desk.cases.pages import calendar_notices
from desk.messages import pages as messages
from desk.messages.gateways import SmsGateway
from desk.messages.jobs import jobs as message_jobs
from desk.villager import pages as villager
from desk.windows.general import pages as general_window
from duty_roster import pages as duty
from kernel.backup import commands as backup
from kernel.households import commands as households
from kernel.office import commands as office_commands
from kernel.office import pages as office_pages
from kernel.office.jobs import jobs as office_jobs
from kernel.scheduler import Job
from kernel.web.house import House
from kernel.work.commands import Worker, work
from kernel.work.jobs import jobs as work_jobs
from services_catalog import commands as catalogue
from services_catalog import jobs as catalogue_jobs
from services_catalog import pages as catalogue_pages

BLUEPRINTS = (
    *office_pages.BLUEPRINTS,
    cases.bp,
    board.bp,
    calendar_notices.bp,
    general_window.bp,
    *duty.BLUEPRINTS,
    *catalogue_pages.BLUEPRINTS,
    *villager.BLUEPRINTS,
    *advisers.BLUEPRINTS,
    messages.bp,
)
COMMANDS = (
    *office_commands.GROUPS,
    *backup.COMMANDS,
    case_commands.group,
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
}


def jobs(here: House, gateway: SmsGateway) -> tuple[Job, ...]:
    """Return everything the scheduler runs."""
    return (*message_jobs(here, gateway), *case_jobs(here), *office_jobs(here), *work_jobs(here))
