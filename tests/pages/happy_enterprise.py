"""顺利的一次: the buttons of the enterprise window."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from desk.windows.enterprise.actions import enterprises, roadmaps
from desk.windows.enterprise.actions.enterprises import HandedIn
from desk.windows.enterprise.queries.roadmaps import newest, planned
from desk.windows.enterprise.records import Enterprise
from tests.actions.a_project import PDF, SCAN, Walked, begin, credit_code
from tests.builders import clerk, mobile

if TYPE_CHECKING:  # the table of all presses has these in it
    from tests.pages.happy_paths import Hall

HOME = "/windows/enterprise"
FIRST = "QY-001"
Prepare = Callable[[Walked], object]


def _next_free(session: Session) -> int:
    return 1 + len(session.scalars(sa.select(Enterprise.id)).all())


def begun(
    hall: Hall, prepare: Prepare = lambda walked: None, *, is_ready: bool = True
) -> tuple[str, str]:
    """Begin another enterprise's project; return the places of enterprise and project."""
    with hall.here.writing() as session:
        walked = begin(hall.here, session, _next_free(session), is_ready=is_ready)
        prepare(walked)
        one = f"{HOME}/enterprises/{walked.enterprise.id}"
        return one, f"{HOME}/projects/{walked.project.id}"


def filed(hall: Hall, *, is_accepted: bool = False) -> str:
    """File an errand; return the place of its case."""
    numbers: list[str] = []

    def prepare(walked: Walked) -> None:
        walked.keep_all(FIRST)
        numbers.append(walked.file(FIRST).number)

    begun(hall, prepare)
    page = f"{HOME}/cases/{numbers[0]}"
    if is_accepted:
        assert hall.press("agent", page, f"{page}/accept").status_code == 303
    return page


def of_enterprise(button: str, **typed: object) -> Callable[[Hall], TestResponse]:
    """Press a button on an enterprise's page."""

    def press(hall: Hall) -> TestResponse:
        page, _ = begun(hall)
        return hall.press("agent", page, f"{page}{button}", **typed)

    return press


def of_project(
    button: str, prepare: Prepare = lambda walked: None, who: str = "agent", **typed: object
) -> Callable[[Hall], TestResponse]:
    """Press a button on a project's page."""

    def press(hall: Hall) -> TestResponse:
        _, page = begun(hall, prepare)
        return hall.press(who, page, f"{page}{button}", **typed)

    return press


def of_case(
    button: str, *, is_accepted: bool = False, **typed: object
) -> Callable[[Hall], TestResponse]:
    """Press a button on an errand's case."""

    def press(hall: Hall) -> TestResponse:
        page = filed(hall, is_accepted=is_accepted)
        return hall.press("agent", page, f"{page}/{button}", **typed)

    return press


def register(hall: Hall) -> TestResponse:
    page = f"{HOME}/enterprises/new"
    names = {"name": "示例新厂", "contact_name": "示例联系人", "contact_phone": mobile(5)}
    return hall.press("agent", page, page, credit_code=credit_code(777), **names)


def _newest_button(hall: Hall, page: str, button: str, who: str = "agent") -> str:
    shown = hall.browser(who).open(page).text
    return str(re.findall(rf'action="([^"]*/{button})"', shown)[-1])


def end_contact(hall: Hall) -> TestResponse:
    page, _ = begun(hall)
    more = {"contact_name": "示例副厂长", "contact_phone": mobile(6)}
    hall.press("agent", page, f"{page}/contacts", **more)
    return hall.press("agent", page, _newest_button(hall, page, "end"))


def _scanned(walked: Walked) -> None:
    paper, now = HandedIn("示例章程", None, "", SCAN), walked.here.now()
    enterprises.keep_paper(walked.session, walked.enterprise, paper, walked.agent, now)


def about_paper(button: str) -> Callable[[Hall], TestResponse]:
    def press(hall: Hall) -> TestResponse:
        page, _ = begun(hall, _scanned)
        return hall.press("agent", page, _newest_button(hall, page, button))

    return press


def about_mandate(button: str, *, is_signed: bool) -> Callable[[Hall], TestResponse]:
    def press(hall: Hall) -> TestResponse:
        _, page = begun(hall, lambda walked: walked.mandate(is_signed=is_signed), is_ready=False)
        page = f"{page}/mandates"
        upload = {"file": hall.upload(PDF, "a.pdf")} if button == "sign" else {}
        return hall.press(
            "agent", page, _newest_button(hall, page, button), **upload, reason="示例原因"
        )

    return press


def draw_up_mandate(hall: Hall) -> TestResponse:
    _, page = begun(hall, is_ready=False)
    return hall.press("agent", f"{page}/mandates", f"{page}/mandates")


def take_step(hall: Hall) -> TestResponse:
    _, page = begun(hall, lambda walked: walked.mandate(), is_ready=False)
    return hall.press("agent", page, f"{page}/step")


def publish(hall: Hall) -> TestResponse:
    with hall.here.reading() as session:
        page = f"{HOME}/road-maps/{newest(session)[1].id}"
    return hall.press("director", page, page, note="示例：提前环评")


def move(hall: Hall) -> TestResponse:
    def renew(walked: Walked) -> None:
        session, old = walked.session, newest(walked.session)[0]
        told = (old.name, "示例", planned(session, [old.id])[old.id][:5])
        roadmaps.publish(session, old, told, clerk(session, "director"), walked.here.now())

    _, page = begun(hall, renew)
    return hall.press("agent", f"{page}/move", f"{page}/move")


ENTERPRISE: dict[str, Callable[[Hall], TestResponse]] = {
    "enterprise.register": register,
    "enterprise.change": of_enterprise("", stage="building"),
    "enterprise.reveal": of_enterprise("/reveal"),
    "enterprise.add_contact": of_enterprise(
        "/contacts", contact_name="示例会计", contact_phone=mobile(7)
    ),
    "enterprise.end_contact": end_contact,
    "enterprise.keep_paper": of_enterprise("/papers", name="示例图纸"),
    "enterprise.show_paper": about_paper("show"),
    "enterprise.remove_paper": about_paper("remove"),
    "enterprise.draw_up": of_enterprise("/projects", name="示例二期"),
    "enterprise.file": of_project(f"/errands/{FIRST}/file", lambda walked: walked.keep_all(FIRST)),
    "enterprise.leave_out": of_project(f"/errands/{FIRST}/leave-out", reason="示例：不涉及"),
    "enterprise.take_step": take_step,
    "enterprise.give_to": of_project("/agents", who="director"),
    "enterprise.draw_up_mandate": draw_up_mandate,
    "enterprise.sign": about_mandate("sign", is_signed=False),
    "enterprise.revoke": about_mandate("revoke", is_signed=True),
    "enterprise.show_mandate": about_mandate("show", is_signed=True),
    "enterprise.publish": publish,
    "enterprise.move": move,
    "enterprise.accept": of_case("accept"),
    "enterprise.note": of_case("note", text="示例：已联系"),
    "enterprise.withdraw": of_case("withdraw", reason="示例：企业撤回"),
    "enterprise.close": of_case("close", is_accepted=True),
}
