"""答复之后的按钮: delivery, satisfaction, review."""

from datetime import datetime

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases.records import Case
from desk.windows.petitions import forms
from desk.windows.petitions.actions import afterwards
from desk.windows.petitions.pages.cases import case, press
from desk.windows.petitions.pages.worklist import bp
from desk.windows.petitions.rules.kinds import WORKERS
from kernel.hall import Hall
from kernel.web.doors import actor, asks_again, open_to


@bp.post("/cases/<number>/deliver")
@open_to(WORKERS)
@asks_again(case)
def deliver(number: str) -> ResponseReturnValue:
    """Note when the opinion was handed over."""
    on = forms.day("on")

    def work(session: Session, found: Case, hall: Hall, now: datetime) -> None:
        afterwards.deliver(session, found, on, actor(), now)

    return press(number, work)


@bp.post("/cases/<number>/rate")
@open_to(WORKERS)
@asks_again(case)
def rate(number: str) -> ResponseReturnValue:
    """Note what the petitioner says."""
    satisfaction = forms.satisfaction()

    def work(session: Session, found: Case, hall: Hall, now: datetime) -> None:
        afterwards.rate(session, found, satisfaction, actor(), now)

    return press(number, work)


@bp.post("/cases/<number>/remedies")
@open_to(WORKERS)
@asks_again(case)
def ask_for(number: str) -> ResponseReturnValue:
    """Note that a review was asked for."""
    asked = forms.remedy()

    def work(session: Session, found: Case, hall: Hall, now: datetime) -> None:
        afterwards.ask_for(session, found, asked, actor(), now)

    return press(number, work)


@bp.post("/cases/<number>/remedies/<int:remedy>")
@open_to(WORKERS)
@asks_again(case)
def decide_remedy(number: str, remedy: int) -> ResponseReturnValue:
    """Note how it ended."""
    result = forms.text("result")

    def work(session: Session, found: Case, hall: Hall, now: datetime) -> None:
        afterwards.decide_remedy(session, found, (remedy, result), actor(), now)

    return press(number, work)
