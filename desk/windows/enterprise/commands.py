"""企业代办命令: fill the sample town's window with invented projects, to be looked at."""

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from desk.windows.enterprise.actions.sample import load
from desk.windows.enterprise.records import Enterprise
from desk.windows.enterprise.rules.access import AGENTS
from desk.windows.enterprise.rules.sample import LOADED, NotASampleTown, SampleThere
from kernel.access import Actor, Role
from kernel.errors import Refusal
from kernel.staff.queries import holding
from kernel.web.house import House, house

group = AppGroup("enterprise", help="The enterprise window.")


@group.command("sample")
def sample() -> None:
    """Make fourteen invented projects at different points; in the sample town alone."""
    try:
        click.echo(LOADED.format(count=load_sample(house())))
    except Refusal as no:
        raise click.ClickException(no.sentence) from no


def load_sample(here: House) -> int:
    """Make the invented projects in the name of the first agent; return how many.

    Raises: NotASampleTown, SampleThere.
    """
    with here.writing() as session:
        if not here.town(session).is_sample:
            raise NotASampleTown
        if session.scalar(sa.select(Enterprise.id).limit(1)) is not None:
            raise SampleThere
        first = holding(session, *AGENTS)[0]
        roles = frozenset(Role(one.role) for one in first.roles)
        agent = Actor(first.id, first.name, roles)
        return load(session, agent, first.id, here.now(), here.hall(session))
