"""地基: what every room of the house stands on: time, calendar, database, staff, refusals.

A module may live here only if two packages need it and it knows no township service.
"""
