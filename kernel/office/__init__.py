"""管理处: the pages about the house itself: login, one's own account, staff, the calendar."""
