"""企业窗口的人: who walks an enterprise's matters, and who may look at whose.

A 代办员 sees the projects that are his, or that he stands in for; nobody sees anything of an
enterprise he has no part in, unless he answers for the hall.
"""

from kernel.access import Actor, Role

WORKERS = frozenset({Role.AGENT, Role.DIRECTOR})
#: who answers for the whole window
OVERSEERS = frozenset({Role.DIRECTOR, Role.HEAD, Role.SUPERVISOR, Role.DUTY_LEADER})
READERS = WORKERS | OVERSEERS
#: who edits road maps, and gives a project another agent
KEEPERS = frozenset({Role.DIRECTOR})
AGENTS = (Role.AGENT, Role.DIRECTOR)


def sees_all(actor: Actor) -> bool:
    """Say whether somebody may look at every enterprise of the window."""
    return actor.is_any(*OVERSEERS)
