"""管理处的页面: the door, one's own account, the staff, the calendar."""

from kernel.office.pages import calendar, directory, door, opening, own_account, staff, work

__all__ = ["BLUEPRINTS", "opening"]

BLUEPRINTS = (door.bp, own_account.bp, staff.bp, calendar.bp, directory.bp, work.bp)
