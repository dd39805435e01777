"""登记: what one press writes, on both databases."""

from datetime import date

from desk.cases import queries
from desk.cases.rules.stages import Stage
from kernel.audit.queries import first_broken_record
from kernel.clock import FixedClock
from kernel.web.house import House
from tests.builders import a_case, intake, person


def test_a_case_is_numbered_dated_and_recorded(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        case = a_case(here, session, clock.now())
        number = case.number
    with here.reading() as session:
        found = queries.by_number(session, number)
        assert found is not None
        assert (found.stage, found.due_on) == (Stage.IN_PROGRESS, date(2026, 3, 16))
        assert first_broken_record(session) is None


def test_a_case_is_found_by_every_scrap_somebody_may_remember(
    here: House, clock: FixedClock
) -> None:
    who = person(7, "阿卜杜·买买提𠮷")
    with here.writing() as session:
        case = a_case(here, session, clock.now(), intake(session, who=who))
        number = case.number
    scraps = ["买买提", "𠮷", "阿卜杜•买", "15400000007", "0007", who.document_number]
    with here.reading() as session:
        for scrap in [*scraps, number, number.lower(), who.document_number[-4:]]:
            found = queries.find(session, case.window, scrap)
            assert [one.number for one in found] == [number], scrap
        assert queries.find(session, case.window, "王") == []
