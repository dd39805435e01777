"""约好的时间: one appointment that was moved and still stands, for the pages that show it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from desk.cases.actions.appointments import agree
from desk.cases.queries import by_number
from desk.cases.rules.appointments import Meeting, Venue
from kernel.web.house import House
from tests.builders import clerk

if TYPE_CHECKING:
    from tests.stories.a_month_of_work import Month


def agree_on_times(here: House, month: Month) -> None:
    """Agree to meet in the village, then at home a day later."""
    with here.writing() as session:
        case = by_number(session, month.numbers["full"])
        assert case is not None
        who, now = clerk(session), here.now()
        for days, venue in ((3, Venue.VILLAGE), (4, Venue.HOME)):
            meeting = Meeting(now + timedelta(days=days), venue)
            agree(session, case, meeting, who, now, here.town(session).signature)
