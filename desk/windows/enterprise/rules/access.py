"""企业窗口的人: who walks an enterprise's matters, and who may look at whose.

A 代办员 sees the projects that are his, or that he stands in for; nobody sees anything of an
enterprise he has no part in, unless he answers for the hall.
"""

from kernel.access import Actor, Role

WORKERS = frozenset({Role.AGENT, Role.DIRECTOR})
#: who answers for the whole window
OVERSEERS = frozenset({Role.DIRECTOR, Role.HEAD, Role.SUPERVISOR, Role.DUTY_LEADER})
READERS = WORKERS | OVERSEERS
#: who raises obstacles and closes them, and keeps minutes: whoever watches over it only looks
SOLVERS = WORKERS | {Role.HEAD, Role.DUTY_LEADER}
#: besides agent and deputy: who can be made to answer for an obstacle
OWNERS = (Role.DIRECTOR, Role.HEAD, Role.DUTY_LEADER)
#: who notes what the town spent: who walks the project, or answers for the money
SPENDERS = WORKERS | {Role.HEAD}
#: who sets the window's days
SETTERS = frozenset({Role.DIRECTOR, Role.HEAD})
#: who hears complaints; never the one complained about (queries/complaints.py)
COMPLAINT_READERS = frozenset({Role.DIRECTOR, Role.HEAD, Role.SUPERVISOR})
#: who edits road maps, and gives a project another agent
KEEPERS = frozenset({Role.DIRECTOR})
AGENTS = (Role.AGENT, Role.DIRECTOR)


def sees_all(actor: Actor) -> bool:
    """Say whether somebody may look at every enterprise of the window."""
    return actor.is_any(*OVERSEERS)
