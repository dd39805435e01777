"""谁看什么: which windows' cases somebody may list, and who may act on lights and exports.

Who works a window reads its cases; who answers for the hall reads all, letters and visits
aside: those are read by whoever works them, by the head, and by the supervisor, who watches
their lights and alone may annul one (practice 29). 检举控告 is no case and on no board.
"""

from desk.cases.rules.access import ANY_READER, OVERSEERS, windows_of
from kernel.access import Role
from services_catalog.rules.items import Window

READERS = ANY_READER
#: 黄灯线, 导出列
SETTERS = frozenset({Role.DIRECTOR, Role.HEAD})
ANNULLERS = frozenset({Role.SUPERVISOR})
_READS_LETTERS = frozenset({Role.HEAD, Role.SUPERVISOR})


def readable(roles: frozenset[Role]) -> list[Window]:
    """Return the windows whose cases somebody with these roles may read, in their order."""
    mine = set(windows_of(roles))
    if roles & OVERSEERS:
        mine |= set(Window) - {Window.PETITIONS}
    if roles & _READS_LETTERS:
        mine.add(Window.PETITIONS)
    return [window for window in Window if window in mine]


def reads_whole(roles: frozenset[Role], window: Window) -> bool:
    """Say whether somebody may take whole names and numbers of a window's cases out."""
    return window in windows_of(roles)
