"""法定工作日历: which days count as working days in law.

Not the days the hall is open: a "365" hall opens on rest days, and the clock rests.
"""
