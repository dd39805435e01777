"""短信查询: questions about the outbox, and about what the town decided."""

from desk.messages.queries.due import (
    EVERY_KIND,
    Kinds,
    counts,
    doubtful,
    is_any_due,
    left_sending,
    longest_due,
    promised,
    promised_under,
    promised_with_repeats,
    unknown_too_long,
)

__all__ = [
    "EVERY_KIND",
    "Kinds",
    "counts",
    "doubtful",
    "is_any_due",
    "left_sending",
    "longest_due",
    "promised",
    "promised_under",
    "promised_with_repeats",
    "unknown_too_long",
]
