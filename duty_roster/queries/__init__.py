"""值班查询: questions about the roster, by topic."""

from duty_roster.queries.days import OnDuty, Plate, between, leader_on, on_duty, turnovers

__all__ = ["OnDuty", "Plate", "between", "leader_on", "on_duty", "turnovers"]
