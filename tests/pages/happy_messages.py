"""顺利的一次: the buttons about texts, each pressed once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
from werkzeug.test import TestResponse

from desk.messages.records import OutboxMessage
from desk.messages.rules.delivery import Delivery
from tests.builders import mobile

if TYPE_CHECKING:
    from tests.pages.happy_paths import Hall

Press = Callable[["Hall"], TestResponse]
TEXTS, OUT, SETTINGS = "/messages/", "/messages/opt-outs", "/messages/settings"
RECEIPT = "/messages/templates/receipt"
ASK, ANSWER = "/no-texts", "/no-texts?step=code"


def about_one(button: str, state: Delivery, **typed: object) -> Press:
    """Press a button about the newest text, which stands so and waits for a call."""

    def press(hall: Hall) -> TestResponse:
        hall.case()
        with hall.here.writing() as session:
            newest = session.scalars(
                sa.select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1)
            ).one()
            newest.state, newest.settled_at = state, hall.here.now()
            newest.rings_at, newest.not_before = hall.here.now(), hall.here.now()
            action = f"{TEXTS}{newest.id}/{button}"
        return hall.press("counter1", TEXTS, action, **typed)

    return press


def wants_none(hall: Hall, serial: int = 77) -> TestResponse:
    return hall.press("counter1", OUT, OUT, mobile=mobile(serial), way="phone")


def wants_them_again(hall: Hall) -> TestResponse:
    wants_none(hall, 78)
    ids = re.findall(rf"{OUT}/(\d+)/end", hall.browser("counter1").open(OUT).text)
    return hall.press("counter1", OUT, f"{OUT}/{ids[0]}/end")


def asks_for_a_code(hall: Hall) -> TestResponse:
    return hall.press("", ASK, ASK, mobile=mobile(79))


def answers_the_code(hall: Hall) -> TestResponse:
    with hall.here.reading() as session:
        before = session.scalar(sa.select(sa.func.max(OutboxMessage.id))) or 0
    hall.press("", ASK, ASK, mobile=mobile(80))
    with hall.here.reading() as session:
        text = session.scalars(sa.select(OutboxMessage.text).where(OutboxMessage.id > before)).one()
    code = re.findall(r"验证码(\d{6})", text)[0]
    return hall.press("", ANSWER, f"{ASK}/code", mobile=mobile(80), answer=code)


def fetched(hall: Hall) -> TestResponse:
    hall.here.settings = replace(hall.here.settings, sms="csv")
    hall.case()
    return hall.press("director", TEXTS, f"{TEXTS}by-hand")


def said_to_be_sent(hall: Hall) -> TestResponse:
    here = hall.here
    hall.case()
    with here.writing() as session:
        session.execute(
            sa.update(OutboxMessage)
            .where(OutboxMessage.state == Delivery.PENDING)
            .values(carrier="csv", state=Delivery.SENDING, lease_until=here.now() + timedelta(1))
        )
    return hall.press("director", TEXTS, f"{TEXTS}by-hand/sent")


def agreed(hall: Hall, page: str = "") -> TestResponse:
    page = page or f"/cases/{hall.case().rsplit('/', 1)[1]}/appointment"
    return hall.press("counter1", page, page, venue="home")


def came(hall: Hall) -> TestResponse:
    page = f"/cases/{hall.case().rsplit('/', 1)[1]}/appointment"
    agreed(hall, page)
    return hall.press("counter1", page, f"{page}/end", how="kept")


MESSAGES: dict[str, Press] = {
    "cases.agree_on_time": agreed,
    "cases.end_appointment": came,
    "messages.note_call": about_one("call", Delivery.UNDELIVERED, result="told", note="示例"),
    "messages.send_again": about_one("again", Delivery.UNDELIVERED, reason="号码当时停机"),
    "messages.reveal_number": about_one("number", Delivery.UNDELIVERED, reason="打电话告知"),
    "messages.say_what_became": about_one("became", Delivery.UNKNOWN, was_sent="1"),
    "messages.change_template": lambda hall: hall.press(
        "director", RECEIPT, RECEIPT, wording="您的办件{编号}已受理，最迟{日期}办结。"
    ),
    "messages.keep_message_settings": lambda hall: hall.press(
        "director", SETTINGS, SETTINGS, daily_cap="3"
    ),
    "messages.opt_out": wants_none,
    "messages.opt_in": wants_them_again,
    "messages.send_code": asks_for_a_code,
    "messages.confirm_code": answers_the_code,
    "messages.sent_by_hand": said_to_be_sent,
    "messages.fetch": fetched,
}
