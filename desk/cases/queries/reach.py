"""够得着的办件: which cases somebody may touch, and with which of the pages common to all windows.

The one place that says so. A window lets in whom its roles say. One with verbs of its own, or
with cases that are not everybody's, says more: desk/rooms.py registers its OwnRule.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from desk.cases.records import Case
from desk.cases.rules.access import windows_of
from kernel.access import Actor
from services_catalog.rules.items import Window


@dataclass(frozen=True, slots=True)
class OwnRule:
    """What a window says of its cases beyond the roles that work there."""

    #: the endpoints of desk/cases/pages that work on its cases; None: all of them
    pages: frozenset[str] | None = None


OwnRules = Mapping[Window, OwnRule]
NO_RULE = OwnRule()


def may_touch(rules: OwnRules, case: Case, actor: Actor, page: str) -> bool:
    """Say whether somebody may look at a case, or do a verb to it, on one of the core's pages."""
    own = rules.get(case.window, NO_RULE)
    return case.window in windows_of(actor.roles) and (own.pages is None or page in own.pages)
