"""值班: what is done to the roster, by topic. The caller owns the transaction."""

from duty_roster.actions.sample import keep_sample_duty

__all__ = ["keep_sample_duty"]
