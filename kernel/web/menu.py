"""菜单上的数字: how much waits for who is logged in."""

from collections.abc import Callable, Collection
from functools import partial

from sqlalchemy.orm import Session

from kernel.access import Actor, Role
from kernel.web.doors import maybe_actor
from kernel.web.house import house

Count = Callable[[Session, Actor], int]


def number(roles: Collection[Role], count: Count) -> Callable[[], int]:
    """Return what a template asks for a number that concerns these roles; 0 for anybody else."""
    return partial(_counted, roles, count)


def _counted(roles: Collection[Role], count: Count) -> int:
    who = maybe_actor()
    if who is None or not who.is_any(*roles):
        return 0
    with house().glancing() as session:
        return count(session, who)
