"""值班查询: questions about the roster, by topic."""

from duty_roster.queries.days import between, leader_on

__all__ = ["between", "leader_on"]
