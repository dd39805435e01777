"""顺利的一次，更正合并重办: every button about what was wrong, doubled, ended or on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from werkzeug.test import TestResponse

from desk.cases.rules.approvals import ApprovalKind, Asked
from tests.actions.a_relay import granted
from tests.pages.happy_rota import a_png

if TYPE_CHECKING:
    from tests.pages.happy_paths import Hall

OUTAGE = "/cases/outage"


def number_of(page: str) -> str:
    return page.rpartition("/")[2]


def redate(hall: Hall) -> TestResponse:
    number = number_of(hall.case())
    granted(hall.here, number, Asked(ApprovalKind.REDATING, "事项选错了"))
    page = f"/cases/{number}/redate"
    return hall.press("counter1", page, page, item="BM-006", reason="事项选错了")


def merge(hall: Hall) -> TestResponse:
    number, other = number_of(hall.case()), number_of(hall.case())
    page = f"/cases/{number}/merge"
    return hall.press("counter1", f"{page}?other={other}", page, reason="同一天登记了两次")


def undo_merge(hall: Hall) -> TestResponse:
    merge(hall)
    survivor = number_of(merge(hall).headers["Location"])
    shown = hall.browser("counter1").open(f"/windows/general/cases/{survivor}").text
    merged = re.findall(r"/windows/general/cases/(Z[0-9-]+)\">Z", shown)[-1]
    page = f"/windows/general/cases/{merged}"
    return hall.press("counter1", page, f"/cases/{merged}/merge/undo")


def reopen(hall: Hall) -> TestResponse:
    case = hall.case()
    hall.press("counter1", case, f"{case}/close", result="done", manner="nothing")
    granted(hall.here, number_of(case), Asked(ApprovalKind.REOPENING, "结果有误"))
    page = f"/cases/{number_of(case)}/reopen"
    return hall.press("counter1", page, page, reason="结果有误")


def keep_scan(hall: Hall, page: str = "") -> TestResponse:
    page = page or f"/cases/{number_of(hall.case())}/attachments"
    scan = hall.upload(a_png(), "示例.png")
    return hall.press("counter1", page, page, title="申请表", file=scan)


def on_a_scan(button: str, **typed: object) -> Callable[[Hall], TestResponse]:
    def press(hall: Hall) -> TestResponse:
        page = f"/cases/{number_of(hall.case())}/attachments"
        keep_scan(hall, page)
        shown = hall.browser("counter1").open(page).text
        action = re.findall(rf'action="({page}/[0-9]+/{button})"', shown)[0]
        return hall.press("counter1", page, action, **typed)

    return press


def reserve(hall: Hall) -> TestResponse:
    return hall.press("counter1", OUTAGE, OUTAGE, count="3", reason="检修停电")


def void(hall: Hall) -> TestResponse:
    page = reserve(hall).headers["Location"]
    shown = hall.browser("counter1").open(page).text
    number = re.findall(r'name="numbers" value="([^"]+)"', shown)[0]
    return hall.press("counter1", page, f"{page}/void", numbers=[number], reason="写坏了")


AMENDS: dict[str, Callable[[Hall], TestResponse]] = {
    "cases.redate": redate,
    "cases.merge": merge,
    "cases.undo_merge": undo_merge,
    "cases.reopen": reopen,
    "cases.keep_scan": keep_scan,
    "cases.show_scan": on_a_scan("reveal", purpose="核对材料"),
    "cases.remove_scan": on_a_scan("remove", reason="传错了"),
    "cases.reserve": reserve,
    "cases.void": void,
}
