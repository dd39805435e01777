"""企业窗口设置: which days the town sets for itself, and within which bounds.

Source: house rule (settings of the hall, never law); complaints have theirs in the catalogue.
"""

from dataclasses import dataclass

from kernel.errors import InvalidInput
from kernel.text import whole_number

MOST = 365


@dataclass(frozen=True, slots=True)
class Numbers:
    """The window's own days."""

    #: working days an obstacle is given to be solved, where nobody says otherwise
    obstacle_days: int
    #: civil days after which an open obstacle is a leader's concern
    old_days: int
    #: days before a mandate ends, and before a paper runs out, that it is told
    mandate_days: int
    paper_days: int
    #: fewer ended errands of an item than this tell nothing about the next
    least_history: int


class NotInBounds(InvalidInput):
    message = "请填1到{most}之间的整数。"


def read_number(typed: str) -> int:
    """Read a setting. Raises NotInBounds."""
    number = whole_number(typed)
    if number is None or not 1 <= number <= MOST:
        raise NotInBounds(most=MOST)
    return number
