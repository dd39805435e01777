"""请示与审批: asked once, decided once by another person, used once."""

import pytest

from desk.cases.actions import approvals, verbs
from desk.cases.queries import approvals as waiting_list
from desk.cases.rules.approvals import (
    AlreadyAsked,
    AlreadyDecided,
    ApprovalKind,
    Asked,
    NotAskable,
    NotYoursToDecide,
    OwnRequest,
)
from desk.cases.rules.results import ReasonNeeded
from kernel.access import Role
from kernel.web.house import House
from tests.actions.a_relay import answered, asked, found, taken_in
from tests.builders import clerk

REDATING = Asked(ApprovalKind.REDATING, "受理日写错了一天")
EXTENSION = Asked(ApprovalKind.EXTENSION, "要补充核实", days=3)


def test_what_is_granted_is_found_and_used_once(here: House) -> None:
    number = taken_in(here)
    with here.writing() as session:
        approval = asked(here, session, found(session, number), REDATING)
        assert approvals.granted(session, found(session, number), REDATING.kind) is None
        answered(here, session, approval, "director")
    with here.writing() as session:
        usable = approvals.granted(session, found(session, number), REDATING.kind)
        assert usable is not None
        approvals.use(usable, here.now())
    with here.reading() as session:
        assert approvals.granted(session, found(session, number), REDATING.kind) is None


def test_a_no_needs_its_reason_and_allows_nothing(here: House) -> None:
    number = taken_in(here)
    with here.writing() as session:
        approval = asked(here, session, found(session, number), REDATING)
        with pytest.raises(ReasonNeeded):
            answer = (False, "")
            hall, who = here.hall(session), clerk(session, "head")
            approvals.decide(session, approval, answer, who, here.now(), hall)
        answered(here, session, approval, "head", granted=False)
        assert approvals.granted(session, found(session, number), REDATING.kind) is None


def test_nobody_decides_what_he_asked_for(here: House) -> None:
    number = taken_in(here)
    with here.writing() as session:
        approval = asked(here, session, found(session, number), REDATING, "director")
        with pytest.raises(OwnRequest):
            answered(here, session, approval, "director")
        answered(here, session, approval, "head")


@pytest.mark.parametrize("who", ["leader1", "director", "supervisor", "counter2", "admin"])
def test_only_the_head_extends_and_never_who_is_on_duty(here: House, who: str) -> None:
    number = taken_in(here)
    with here.writing() as session:
        approval = asked(here, session, found(session, number), EXTENSION)
        with pytest.raises(NotYoursToDecide):
            answered(here, session, approval, who)


def test_what_is_decided_stays_decided(here: House) -> None:
    number = taken_in(here)
    with here.writing() as session:
        approval = asked(here, session, found(session, number), REDATING)
        answered(here, session, approval, "head", granted=False)
        with pytest.raises(AlreadyDecided):
            answered(here, session, approval, "director")
        assert approval.is_granted is False


def test_the_same_is_not_asked_twice_while_it_waits(here: House) -> None:
    number = taken_in(here)
    with here.writing() as session:
        asked(here, session, found(session, number), REDATING)
        with pytest.raises(AlreadyAsked):
            asked(here, session, found(session, number), REDATING)


def test_a_request_needs_a_reason_and_a_stage_it_makes_sense_at(here: House) -> None:
    number = taken_in(here)
    with here.writing() as session:
        case = found(session, number)
        with pytest.raises(ReasonNeeded):
            asked(here, session, case, Asked(ApprovalKind.REDATING, ""))
        with pytest.raises(NotAskable):
            asked(here, session, case, Asked(ApprovalKind.REOPENING, "办错了"))


def test_what_a_case_has_outrun_waits_for_nobody(here: House) -> None:
    number, roles = taken_in(here), (Role.HEAD,)
    with here.writing() as session:
        asked(here, session, found(session, number), EXTENSION)
        assert waiting_list.number_waiting(session, roles) == 1
        assert len(waiting_list.waiting(session, roles)) == 1
        verbs.withdraw(session, found(session, number), "不办了", clerk(session), here.now())
    with here.reading() as session:
        assert waiting_list.number_waiting(session, roles) == 0
        assert waiting_list.waiting(session, roles) == []
        requests = waiting_list.requests_of(session, found(session, number))
        assert len(requests) == 1
        assert waiting_list.still_waiting(requests) == []
