"""值班的规矩: whose turn it is, and what a rota may never do."""

from duty_roster.rules.turns import YEARS, NotALeader, turn

__all__ = ["YEARS", "NotALeader", "turn"]
