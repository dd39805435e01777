"""名册的索引: what lets a list of cases cost what it shows, however many are stored.

Each list is led by one of these, newest first, and looks no further than its page needs. What
is open is small and has indexes of its own, in which nothing that ended takes room.
"""

import sqlalchemy as sa

from desk.cases.records.cases import Case
from desk.cases.records.countdowns import CaseHold, Countdown

_OPEN = sa.text("closed_at IS NULL")
_CLOSED = sa.text("closed_at IS NOT NULL")
_RED = sa.text("ended_at IS NULL AND red_at IS NOT NULL")
_HELD = sa.text("ended_on IS NULL")

OPEN_BY_RECEIVED = sa.Index(
    "ix_case_open_received", Case.received_at, sqlite_where=_OPEN, postgresql_where=_OPEN
)
OPEN_BY_DUE = sa.Index("ix_case_open_due", Case.due_on, sqlite_where=_OPEN, postgresql_where=_OPEN)
OPEN_BY_WINDOW = sa.Index(
    "ix_case_open_window", Case.window, Case.stage, sqlite_where=_OPEN, postgresql_where=_OPEN
)
BY_ACCEPTED = sa.Index("ix_case_accepted_at", Case.accepted_at)
#: what is open is not in it, so that no list of what is open is led by it
BY_CLOSED = sa.Index(
    "ix_case_closed_at", Case.closed_at, sqlite_where=_CLOSED, postgresql_where=_CLOSED
)
BY_WINDOW = sa.Index("ix_case_window_received", Case.window, Case.received_at)
BY_ITEM = sa.Index("ix_case_item_received", Case.version_of_item_id, Case.received_at)
BY_STAGE = sa.Index("ix_case_stage_received", Case.stage, Case.received_at)
BY_VILLAGE = sa.Index("ix_case_village_received", Case.village_id, Case.received_at)
BY_HANDLER = sa.Index("ix_case_handler_received", Case.handler_id, Case.received_at)
RED = sa.Index("ix_countdown_red", Countdown.red_at, sqlite_where=_RED, postgresql_where=_RED)
HOLDS_BEGUN = sa.Index("ix_case_hold_noticed_on", CaseHold.noticed_on)
HOLDS_OPEN = sa.Index(
    "ix_case_hold_open", CaseHold.expected_end_on, sqlite_where=_HELD, postgresql_where=_HELD
)
