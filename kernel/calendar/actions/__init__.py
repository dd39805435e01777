"""法定工作日历的动作: take notices in, enter one as a draft, put it in force; the opening days."""

from kernel.calendar.actions.notices import set_notice_number, take_in_published

__all__ = ["set_notice_number", "take_in_published"]
