"""值班: what is done to the roster, by topic. The caller owns the transaction."""

from duty_roster.actions.days import assign, take_turns

__all__ = ["assign", "take_turns"]
