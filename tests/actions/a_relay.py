"""What tests of leaders, holds, legs and deliveries share: a case, and who asks whom."""

from datetime import date

from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions.approvals import Asked, ask, decide
from desk.cases.records import Approval, Case, HoldType
from desk.cases.rules.approvals import ApprovalKind
from desk.cases.rules.intake import Answer
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.builders import HERE, a_case, clerk, intake


def taken_in(here: House, code: str = HERE, answer: Answer = Answer.ACCEPT) -> str:
    """Register a case; return its number."""
    with here.writing() as session:
        return a_case(here, session, here.now(), intake(session, code, answer)).number


def found(session: Session, number: str) -> Case:
    return queries.at_window(session, Window.GENERAL, number)


def hold_type(session: Session, name: str = "检验") -> int:
    """Return the number of a type of hold."""
    return next(one.id for one in session.query(HoldType) if one.name == name)


def a_hold(session: Session, until_on: date, name: str = "检验") -> Asked:
    kind = hold_type(session, name)
    return Asked(ApprovalKind.HOLD, "送检", hold_type_id=kind, until_on=until_on)


def asked(
    here: House, session: Session, case: Case, what: Asked, who: str = "counter1"
) -> Approval:
    return ask(session, case, what, clerk(session, who), here.now())


def answered(
    here: House, session: Session, approval: Approval, who: str, *, granted: bool = True
) -> None:
    answer = "" if granted else "理由不足"
    hall = here.hall(session)
    decide(session, approval, (granted, answer), clerk(session, who), here.now(), hall)


def granted(here: House, number: str, what: Asked, by: str = "head") -> None:
    """Ask for something and have it granted, in one go."""
    with here.writing() as session:
        case = found(session, number)
        answered(here, session, asked(here, session, case, what), by)


def held(here: House, number: str, until_on: date, name: str = "检验") -> None:
    """Put a case on hold from today."""
    with here.reading() as session:
        what = a_hold(session, until_on, name)
    granted(here, number, what)
