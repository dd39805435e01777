"""Builders: people plainly invented, and a browser that fills in forms as a person would."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from desk.cases.actions import transfers
from desk.cases.actions.register import Intake, register
from desk.cases.records import Case
from desk.cases.rules.intake import Answer, Brought, MaterialState
from desk.cases.rules.people import Person
from kernel.access import Actor, Role
from kernel.identity import DocumentKind, Sex, check_character
from kernel.staff.queries import by_username
from kernel.staff.rules import SAMPLE_PASSWORD
from kernel.tables import read_csv
from kernel.web.house import House
from services_catalog import queries as catalogue
from services_catalog.rules.items import Window
from services_catalog.rules.sheets import read_sheet

BASE = "https://desk.test"
HERE, CARRIED, REFERRED = "BM-005", "BM-008", "BM-010"
_HIDDEN = re.compile(r'name="(csrf_token|form_key|version|item_version)" value="([^"]*)"')


def resident_number(serial: int = 1, born: str = "19400101") -> str:
    """Return a resident ID of a region that does not exist, with the right check digit."""
    first17 = f"990101{born}{serial:03d}"
    return first17 + check_character(first17)


def mobile(serial: int = 1) -> str:
    """Return a mobile number of a prefix that no carrier sells."""
    return f"154{serial:08d}"


def person(serial: int = 1, name: str = "示例群众甲") -> Person:
    """Return an invented applicant."""
    return Person(
        name=name,
        document_kind=DocumentKind.RESIDENT_ID,
        document_number=resident_number(serial),
        sex=Sex.MALE if serial % 2 else Sex.FEMALE,
        phone=f"+86{mobile(serial)}",
    )


def starter_items() -> int:
    """Return how many items the catalogue and the windows bring along."""
    product = Path(__file__).parents[1]
    brought = [
        *product.glob("*/starter/items.csv"),
        *product.glob("desk/windows/*/starter/items.csv"),
    ]
    return sum(len(read_sheet(read_csv(one.name, one.read_bytes())).rows) for one in brought)


def clerk(session: Session, username: str = "counter1") -> Actor:
    """Return a member of the sample staff."""
    staff = by_username(session, username)
    assert staff is not None
    return Actor(staff.id, staff.name, frozenset(Role(entry.role) for entry in staff.roles))


def intake(
    session: Session, code: str = HERE, answer: Answer = Answer.ACCEPT, who: Person | None = None
) -> Intake:
    """Return an intake with every paper brought (none for a one-time notice; owed, all owed)."""
    item = catalogue.published(session, code)
    states = {Answer.NOTICE: MaterialState.MISSING, Answer.ACCEPT_OWING: MaterialState.OWED}
    state = states.get(answer, MaterialState.BROUGHT)
    papers = [
        Brought(paper.name, paper.copies, state)
        for paper in catalogue.materials_of(session, item.id)
    ]
    return Intake(Window.GENERAL, item, answer, who or person(), papers)


def a_case(here: House, session: Session, now: datetime, taken: Intake | None = None) -> Case:
    """Register a case at the general window."""
    return register(session, taken or intake(session), clerk(session), now, here.hall(session))


def hand_over(session: Session, case: Case, username: str, now: datetime) -> None:
    """Let a colleague take a case over, as both would: asked and taken."""
    taker = by_username(session, username)
    assert taker is not None
    asked = transfers.ask(session, case, taker, "", clerk(session), now)
    transfers.answer(session, case, asked, (True, ""), clerk(session, username), now)


@dataclass
class Visitor:
    """A person at a browser: opens a page, fills in its form, presses a button."""

    client: FlaskClient
    page: TestResponse | None = None
    hidden: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What stands on the page last opened."""
        assert self.page is not None
        return self.page.text

    def open(self, path: str) -> TestResponse:
        """Open a page and note the hidden fields of its forms."""
        return self._note(self.client.get(path, base_url=BASE))

    def press(self, path: str, **typed: str | list[str]) -> TestResponse:
        """Press a button of the page last opened, with these fields filled in."""
        return self._note(self.client.post(path, base_url=BASE, data={**self.hidden, **typed}))

    def log_in(self, username: str, password: str = SAMPLE_PASSWORD) -> TestResponse:
        """Go through the door."""
        self.open("/login")
        answer = self.press("/login", username=username, password=password)
        assert answer.status_code == 303, answer.text
        return answer

    def follow(self, answer: TestResponse) -> TestResponse:
        """Open the page that an answer sends to."""
        return self.open(answer.headers["Location"])

    def _note(self, answer: TestResponse) -> TestResponse:
        self.page = answer
        found = dict(_HIDDEN.findall(answer.text)) if answer.mimetype == "text/html" else {}
        self.hidden = found or self.hidden
        return answer
