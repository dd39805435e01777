"""各窗口的人: who works the cases of a window, and who may only look."""

from kernel.access import Role
from services_catalog.rules.items import Window

#: the part of a window's address: /windows/<path>/cases/<number>
WINDOW_PATHS = {
    Window.GENERAL: "general",
    Window.ENTERPRISE: "enterprise",
    Window.VILLAGE_ACCOUNTS: "accounts",
    Window.PETITIONS: "petitions",
}
WORKERS_OF = {
    Window.GENERAL: frozenset({Role.COUNTER, Role.DIRECTOR}),
    Window.ENTERPRISE: frozenset({Role.AGENT, Role.DIRECTOR}),
    Window.VILLAGE_ACCOUNTS: frozenset({Role.REVIEWER, Role.BOOKKEEPER, Role.CASHIER}),
    Window.PETITIONS: frozenset({Role.DUTY_LEADER, Role.DIRECTOR}),
}
OVERSEERS = frozenset({Role.HEAD, Role.SUPERVISOR, Role.DUTY_LEADER, Role.DIRECTOR})
ANY_WORKER = frozenset(role for roles in WORKERS_OF.values() for role in roles)
ANY_READER = ANY_WORKER | OVERSEERS


def windows_of(roles: frozenset[Role]) -> list[Window]:
    """Return the windows whose cases somebody with these roles works."""
    return [window for window, workers in WORKERS_OF.items() if not roles.isdisjoint(workers)]


def case_path(window: Window, number: str) -> str:
    """Return where a window shows a case."""
    return f"/windows/{WINDOW_PATHS[window]}/cases/{number}"
