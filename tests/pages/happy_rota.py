"""顺利的一次，值班: every button of the rota and the post plate, pressed once with success."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING

import sqlalchemy as sa
from werkzeug.test import TestResponse

from duty_roster.actions.swaps import answer, ask
from duty_roster.queries import on_duty, people, sheets
from duty_roster.records import DutyAbsence, DutyPerson, DutyPresence, DutySwap, DutyTurn
from duty_roster.rules.breaks import BreaksARule
from duty_roster.rules.shifts import Duty
from kernel.calendar.rules import ONE_DAY
from tests.builders import clerk
from tests.pictures import chunk

if TYPE_CHECKING:
    from tests.pages.happy_paths import Hall

PEOPLE, SWAPS, POST = "/duty/people/", "/duty/swaps/", "/duty/post/"


def a_png(width: int = 200, height: int = 250) -> bytes:
    """Return a grey picture, as small as PNG makes it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress((b"\0" + b"\x80" * width) * height, 9)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", body), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def somebody(hall: Hall, username: str = "leader1") -> int:
    """Return the number on the rota of a member of staff."""
    with hall.here.reading() as session:
        found = people.by_staff(session, clerk(session, username).staff_id)
        assert found is not None
        return found.id


def stand_in(hall: Hall) -> TestResponse:
    with hall.here.reading() as session:
        plate = on_duty(session, hall.here.now())
        assert plate.leader is not None
        others = [one.id for one in people.people(session) if one.duty is Duty.LEADER]
        other = next(one for one in others if one != plate.leader.person.id)
    return hall.press("director", "/duty/", "/duty/", leader=str(other))


def drawn(month: str) -> Callable[[Hall], TestResponse]:
    page = f"/duty/draft?month={month}"
    return lambda hall: hall.press("director", page, "/duty/draft")


def on_a_place(button: str, month: str, **typed: str) -> Callable[[Hall], TestResponse]:
    def press(hall: Hall) -> TestResponse:
        drawn(month)(hall)
        with hall.here.reading() as session:
            newest = sa.select(sa.func.max(DutyTurn.sheet_id)).scalar_subquery()
            turn = session.scalar(sa.select(DutyTurn.id).where(DutyTurn.sheet_id == newest))
        page = f"/duty/draft?month={month}&turn={turn}"
        return hall.press("director", page, f"/duty/draft/{button}", **typed)

    return press


def on_a_draft(button: str, month: str) -> Callable[[Hall], TestResponse]:
    def press(hall: Hall) -> TestResponse:
        drawn(month)(hall)
        page = f"/duty/draft?month={month}"
        return hall.press("director", page, f"/duty/draft/{button}")

    return press


def revised(hall: Hall) -> TestResponse:
    return hall.press("director", "/duty/draft?month=2026-04", "/duty/draft/revise")


def photo(hall: Hall) -> TestResponse:
    page = f"{PEOPLE}{somebody(hall)}"
    return hall.press("director", page, f"{page}/photo", photo=hall.upload(a_png(), "照片.png"))


def away(hall: Hall) -> TestResponse:
    page, day = f"{PEOPLE}{somebody(hall, 'leader5')}", "2026-12-01"
    return hall.press("director", page, f"{page}/away", first_on=day, last_on=day)


def back(hall: Hall) -> TestResponse:
    away(hall)
    page = f"{PEOPLE}{somebody(hall, 'leader5')}"
    with hall.here.reading() as session:
        newest = session.scalar(sa.select(sa.func.max(DutyAbsence.id)))
    return hall.press("director", page, f"{page}/away/{newest}/cancel")


def lawful_swap(hall: Hall) -> tuple[str, str, int, int]:
    """Return who asks, who would stand in, a turn and the deputy, such that no rule is broken."""
    here = hall.here
    usernames = [f"leader{number}" for number in range(1, 4)]
    owners = {somebody(hall, username): username for username in usernames}
    today = here.today()
    with here.reading() as session:
        coming = sheets.published(session, today + ONE_DAY, today + ONE_DAY * 60)
        taken = set(session.scalars(sa.select(DutySwap.turn_id)))
        wanted = [(one.id, one.person_id or 0) for one in coming if one.duty is Duty.LEADER]
    for turn_id, owner in wanted:
        for deputy in owners if owner in owners and turn_id not in taken else ():
            if deputy != owner and _is_lawful(hall, turn_id, deputy, owners[owner]):
                return owners[owner], owners[deputy], turn_id, deputy
    raise AssertionError("nobody may swap with anybody")


def _is_lawful(hall: Hall, turn_id: int, deputy: int, owner: str) -> bool:
    with hall.here.database._writers() as session:  # rolled back: only to see
        turn = sheets.turn(session, turn_id)
        try:
            ask(session, turn, (deputy, "示例"), clerk(session, owner), hall.here.now())
        except BreaksARule:
            return False
        finally:
            session.rollback()
    return True


def asked(hall: Hall) -> TestResponse:
    owner, _, turn, deputy = lawful_swap(hall)
    return hall.press(owner, SWAPS, SWAPS, turn=str(turn), deputy=str(deputy), reason="示例开会")


def on_a_swap(button: str, who: str, **typed: str) -> Callable[[Hall], TestResponse]:
    """Press a button of a swap as who asked, as the deputy, or as who approves."""

    def press(hall: Hall) -> TestResponse:
        owner, stands_in, turn_id, deputy = lawful_swap(hall)
        now = hall.here.now()
        with hall.here.writing() as session:
            turn = sheets.turn(session, turn_id)
            swap = ask(session, turn, (deputy, "示例开会"), clerk(session, owner), now)
            if button == "decide":
                answer(session, swap, True, clerk(session, stands_in), now)
            number = swap.id
        presses = {"owner": owner, "deputy": stands_in}.get(who, who)
        return hall.press(presses, SWAPS, f"{SWAPS}{number}/{button}", **typed)

    return press


def at_the_post(button: str, who: str = "leader2", **typed: str) -> Callable[[Hall], TestResponse]:
    """Press a button as the leader on duty; signed in before, except to sign in."""

    def press(hall: Hall) -> TestResponse:
        with hall.here.writing() as session:
            plate = on_duty(session, hall.here.now())
            session.execute(sa.delete(DutyPresence))
            me = people.by_staff(session, clerk(session, "leader2").staff_id)
            assert me is not None
            leads = (DutyTurn.day == plate.shift.day, DutyTurn.duty == Duty.LEADER)
            session.execute(sa.update(DutyTurn).where(*leads).values(person_id=me.id))
        if button != "in":
            hall.press("leader2", POST, f"{POST}in")
        return hall.press(who, POST, f"{POST}{button}", **typed)

    return press


def given_calendar(hall: Hall) -> TestResponse:
    return hall.press("leader2", POST, f"{POST}calendar")


def a_name(hall: Hall) -> str:
    with hall.here.reading() as session:
        return f"示例新{session.scalar(sa.select(sa.func.count()).select_from(DutyPerson))}"


ROTA: dict[str, Callable[[Hall], TestResponse]] = {
    "duty.assign": stand_in,
    "duty.draw_up": drawn("2026-06"),
    "duty.revise": revised,
    "duty.place": on_a_place("place", "2026-07", person=""),
    "duty.exchange": on_a_place("exchange", "2026-08"),
    "duty.publish": on_a_draft("publish", "2026-09"),
    "duty.discard": on_a_draft("discard", "2026-10"),
    "duty_people.enter": lambda hall: hall.press(
        "director", PEOPLE, PEOPLE, name=a_name(hall), duty="officer"
    ),
    "duty_people.correct": lambda hall: hall.press(
        "director",
        f"{PEOPLE}{somebody(hall)}",
        f"{PEOPLE}{somebody(hall)}",
        responsibilities="示例分管",
    ),
    "duty_people.hang_photo": photo,
    "duty_people.leave": away,
    "duty_people.cancel_leave": back,
    "duty_people.set_terms": lambda hall: hall.press(
        "director", f"{PEOPLE}settings", f"{PEOPLE}settings", nudge_minutes="20"
    ),
    "duty_swaps.ask": asked,
    "duty_swaps.answer": on_a_swap("answer", "deputy", agrees="1"),
    "duty_swaps.decide": on_a_swap("decide", "director", grants="1"),
    "duty_swaps.withdraw": on_a_swap("withdraw", "owner"),
    "duty_post.sign_in": at_the_post("in"),
    "duty_post.go": at_the_post("whereabouts", where="in_village"),
    "duty_post.sign_out": at_the_post("out"),
    "duty_post.check": at_the_post("checks", "director", finding="at_post"),
    "duty_post.give_calendar": given_calendar,
}
