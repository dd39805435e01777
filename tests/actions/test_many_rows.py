"""成批写入: many rows written at once are the rows that would have been written one by one."""

from datetime import UTC, date, datetime, timedelta, timezone

import sqlalchemy as sa

from desk.cases.records import Case, Countdown, TimelineEntry
from kernel.database import table_of, write_many
from kernel.web.house import House
from tests.builders import a_case

AT = datetime(2026, 3, 2, 1, 30, 0, 125, tzinfo=UTC)
ELSEWHERE = AT.astimezone(timezone(timedelta(hours=8)))
_LINE = sa.insert(table_of(TimelineEntry)).inline()
_TABLE, _CASES = table_of(Countdown), table_of(Case)
_DAYS = sa.update(_TABLE).where(_TABLE.c.case_id == sa.bindparam("mine"))
_RAISE = (
    sa.update(_CASES)
    .where(_CASES.c.id == sa.bindparam("mine"))
    .values(version=_CASES.c.version + 1)
)


def test_rows_come_back_as_they_were_given(here: House) -> None:
    with here.writing() as session:
        case_id = a_case(here, session, here.now()).id
        moments = (AT, ELSEWHERE, AT + timedelta(days=1))
        told = [{"case_id": case_id, "at": at, "text": f"第{n}行"} for n, at in enumerate(moments)]
        write_many(session, _LINE, told, is_public=False, actor_id=None)
        write_many(session, _LINE, [])
    with here.reading() as session:
        mine = sa.select(TimelineEntry).where(TimelineEntry.text.like("第%行"))
        found = session.scalars(mine.order_by(TimelineEntry.id)).all()
        assert [(one.at, one.text) for one in found] == [(row["at"], row["text"]) for row in told]
        assert {(one.is_public, one.actor_id) for one in found} == {(False, None)}


def test_an_update_reaches_the_rows_it_names_and_no_others(here: House) -> None:
    with here.writing() as session:
        first, second, third = (a_case(here, session, here.now()).id for _ in range(3))
        other = session.scalars(sa.select(Countdown).where(Countdown.case_id == third)).one()
        before = other.due_on
        days: list[dict[str, object]] = [
            {"mine": first, "due_on": date(2027, 1, 5), "over_at": AT},
            {"mine": second, "due_on": None, "over_at": None},
        ]
        write_many(session, _DAYS, days, is_provisional=True)
        write_many(session, _RAISE, [{"mine": second, "due_on": None}])
        session.expire_all()
        found = {one.case_id: one for one in session.scalars(sa.select(Countdown))}
        assert (found[first].due_on, found[first].over_at) == (date(2027, 1, 5), AT)
        assert (found[second].due_on, found[second].is_provisional) == (None, True)
        assert (found[third].due_on, found[third].is_provisional) == (before, False)
        versions = {one.id: one.version for one in session.scalars(sa.select(Case))}
        assert versions[second] == versions[first] + 1
