"""顺利的一次: the buttons of the duty log, of incidents and of petitions, each pressed once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from werkzeug.test import TestResponse

if TYPE_CHECKING:
    from tests.pages.happy_paths import Hall

Press = Callable[["Hall"], TestResponse]
LOG, INCIDENTS, PETITIONS = "/log/", "/incidents/", "/windows/petitions"


def open_page(hall: Hall) -> None:
    """Have somebody on shift, whoever was before, and a minute into it."""
    shown = hall.browser("leader2").open(LOG).text
    if "当班</span>" not in shown:
        way = "/log/take-back" if "/log/take-back" in shown else "/log/take-over"
        hall.press("leader2", LOG, way)
        hall.clock.at += timedelta(minutes=1)


def take_over(hall: Hall) -> TestResponse:
    if "当班</span>" in hall.browser("leader2").open(LOG).text:
        handed_over(hall)
    return hall.press("leader1", LOG, "/log/take-over", reason="")


def written(hall: Hall) -> TestResponse:
    return hall.press("leader2", LOG, "/log/entries", content="示例来电", open="1")


def on_an_entry(button: str, **typed: object) -> Press:
    def press(hall: Hall) -> TestResponse:
        written(hall)
        entries = re.findall(r"/log/entries/(\d+)/steps", hall.browser("leader2").open(LOG).text)
        page = f"/log/entries/{entries[-1]}"
        return hall.press("leader2", f"{page}/{button}", f"{page}/{button}", **typed)

    return press


def followed_up(hall: Hall) -> TestResponse:
    written(hall)
    entries = re.findall(r"/log/entries/(\d+)/steps", hall.browser("leader2").open(LOG).text)
    return hall.press("leader2", LOG, f"/log/entries/{entries[-1]}/steps", text="已办", closes="1")


def handed_over(hall: Hall) -> TestResponse:
    open_page(hall)
    written(hall)
    return hall.press("leader2", LOG, "/log/hand-over")


def bound(hall: Hall) -> TestResponse:
    open_page(hall)
    return hall.press("leader2", "/log/search", "/log/book", year="2026")


def taken_back(hall: Hall) -> TestResponse:
    handed_over(hall)
    return hall.press("leader2", LOG, "/log/take-back")


def opened(hall: Hall) -> TestResponse:
    return hall.press("leader1", INCIDENTS, INCIDENTS, kind="storm", gist="示例暴雨")


def on_an_incident(action: str, **typed: object) -> Press:
    """Return what opens an incident and presses the first form that goes to such an address."""

    def press(hall: Hall) -> TestResponse:
        page = opened(hall).headers["Location"]
        shown = hall.browser("leader1").open(page).text
        goes_to = next(iter(re.findall(rf'action="({page}/{action})"', shown)))
        return hall.press("leader1", page, goes_to, **typed)

    return press


def announced(hall: Hall) -> TestResponse:
    page = opened(hall).headers["Location"]
    calls = re.findall(r'name="calls" value="(\d+)"', hall.browser("leader1").open(page).text)
    return hall.press("leader1", page, f"{page}/announcements", way="broadcast", calls=calls[:3])


def linked(hall: Hall) -> TestResponse:
    page = opened(hall).headers["Location"]
    number = hall.case().rpartition("/")[2]
    return hall.press("leader1", page, f"{page}/cases", number=number)


def listed(hall: Hall) -> TestResponse:
    page = "/incidents/lists/"
    return hall.press("director", f"{page}?kind=other", page, label="示例岗位", phone="15400000001")


def taken_off(hall: Hall) -> TestResponse:
    listed(hall)
    page = "/incidents/lists/?kind=other"
    shown = hall.browser("director").open(page).text
    entry = re.findall(r"/incidents/lists/\d+/remove", shown)[-1]
    return hall.press("director", page, entry)


def visited(hall: Hall, **typed: object) -> TestResponse:
    form = f"{PETITIONS}/new"
    what = {"applicant_name": "示例来访", "gist": "示例反映", **typed}
    return hall.press("leader1", form, form, **what)


def petition(hall: Hall, *before: tuple[str, dict[str, object]]) -> str:
    """Register a petition, press some of its buttons; return its address."""
    slip = visited(hall).headers["Location"]
    found = re.search(r"number=(X[0-9-]+)", slip)
    assert found is not None
    page = f"{PETITIONS}/cases/{found[1]}"
    for button, typed in before:
        hall.press("leader1", page, f"{page}/{button}", **typed)
    return page


ACCEPTED: tuple[str, dict[str, object]] = ("accept", {})
ANSWERED: tuple[str, dict[str, object]] = ("answer", {"opinion": "示例意见"})
REVIEWED: tuple[str, dict[str, object]] = ("remedies", {"body": "示例县"})


def on_a_petition(button: str, *before: tuple[str, dict[str, object]], **typed: object) -> Press:
    def press(hall: Hall) -> TestResponse:
        page = petition(hall, *before)
        return hall.press("leader1", page, f"{page}/{button}", **typed)

    return press


def revealed(hall: Hall) -> TestResponse:
    slip = visited(hall, applicant_phone="15400000009").headers["Location"]
    found = re.search(r"number=(X[0-9-]+)", slip)
    assert found is not None
    page = f"{PETITIONS}/cases/{found[1]}"
    return hall.press("leader1", page, f"{page}/reveal")


def decided_review(hall: Hall) -> TestResponse:
    page = petition(hall, ACCEPTED, ANSWERED, REVIEWED)
    shown = hall.browser("leader1").open(page).text
    goes_to = re.findall(rf"{page}/remedies/\d+", shown)[-1]
    return hall.press("leader1", page, goes_to, result="维持")


def settled(hall: Hall) -> TestResponse:
    visited(hall, matter="denunciation")
    listed = hall.browser("discipline").open(f"{PETITIONS}/discipline/").text
    page = re.findall(rf"{PETITIONS}/discipline/[0-9A-Z]+", listed)[0]
    return hall.press("discipline", page, page, outcome="示例移送")


DUTY: dict[str, Press] = {
    "log.take_over": take_over,
    "log.write": written,
    "log.follow_up": followed_up,
    "log.correct": on_an_entry("correct", content="示例更正"),
    "log.hand_over": handed_over,
    "log.take_back": taken_back,
    "log.bind": bound,
    "incidents.open_one": opened,
    "incidents.call": on_an_incident(r"calls/\d+", outcome="told"),
    "incidents.announce": announced,
    "incidents.alarm": on_an_incident("alarm", words="今夜有暴雨"),
    "incidents.note": on_an_incident("lines", text="示例处置"),
    "incidents.report": on_an_incident(r"reports/\d+", to_whom="示例县"),
    "incidents.end": on_an_incident("end", outcome="示例结果"),
    "incidents.link": linked,
    "incidents.add_entry": listed,
    "incidents.remove_entry": taken_off,
    "incidents.keep_times": lambda hall: hall.press(
        "director", "/incidents/lists/", "/incidents/lists/times", phone="20"
    ),
    "petitions.take_in": visited,
    "petitions.accept": on_a_petition("accept"),
    "petitions.decline": on_a_petition("decline", ground="court"),
    "petitions.hand_on": on_a_petition("hand-on", way="assigned", body="示例单位"),
    "petitions.give_to": on_a_petition("leader"),
    "petitions.give_answer": on_a_petition("answer", ACCEPTED, opinion="示例意见"),
    "petitions.note": on_a_petition("note", text="示例备注"),
    "petitions.reveal": revealed,
    "petitions.deliver": on_a_petition("deliver", ACCEPTED, ANSWERED),
    "petitions.rate": on_a_petition("rate", ACCEPTED, ANSWERED, satisfaction="fairly"),
    "petitions.ask_for": on_a_petition("remedies", ACCEPTED, ANSWERED, body="示例县"),
    "petitions.decide_remedy": decided_review,
    "petitions.keep_settings": lambda hall: hall.press(
        "director", f"{PETITIONS}/settings", f"{PETITIONS}/settings", group_size="5"
    ),
    "petitions.settle_one": settled,
}
