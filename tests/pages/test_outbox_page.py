"""待发短信页: nobody is shown a way that is closed to him; what is asked is asked again."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from desk.messages.records import OutboxMessage
from desk.messages.rules.delivery import ALARM_AFTER, Delivery
from kernel.clock import FixedClock
from kernel.web.house import House
from tests.builders import Visitor, a_case, mobile

WAYS = ("/messages/opt-outs", "/messages/templates", "/messages/settings")


@pytest.mark.parametrize("username", ["counter1", "director", "head", "supervisor", "admin"])
def test_every_way_out_of_the_outbox_is_open(
    visit: Callable[[str], Visitor], username: str
) -> None:
    reader = visit(username)
    page = reader.open("/messages/").text
    shown = [way for way in WAYS if f'href="{way}"' in page]
    opened = [way for way in WAYS if reader.open(way).status_code == 200]
    assert shown == opened


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("button", ["again", "number"])
def test_without_a_reason_nothing_is_sent_again_and_no_number_is_seen(
    visit: Callable[[str], Visitor], here: House, button: str
) -> None:
    with here.writing() as session:
        a_case(here, session, here.now())
        text = session.scalars(sa.select(OutboxMessage)).one()
        text.state, text.settled_at, text.rings_at = Delivery.UNDELIVERED, here.now(), here.now()
        way = f"/messages/{text.id}/{button}"
    clerk = visit("counter1")
    clerk.open("/messages/")
    for reason, answers in (
        ("", 422),
        ("  ", 422),
        ("打电话告知", {"again": 303, "number": 200}[button]),
    ):
        answer = clerk.press(way, reason=reason)
        assert answer.status_code == answers
        assert ("请写明原因" in answer.text) == (answers == 422)
        assert (mobile(1) in answer.text) == (answers == 200)
    with here.reading() as session:
        texts = session.scalars(sa.select(OutboxMessage)).all()
    assert len(texts) == (2 if button == "again" else 1)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_text_in_doubt_for_a_quarter_of_an_hour_stands_in_the_menu(
    visit: Callable[[str], Visitor], here: House, clock: FixedClock
) -> None:
    with here.writing() as session:
        a_case(here, session, here.now())
        text = session.scalars(sa.select(OutboxMessage)).one()
        text.state, text.settled_at = Delivery.UNKNOWN, here.now()
    clerk, badge = visit("counter1"), "短信 <strong>1</strong>"
    assert badge not in clerk.open("/duty/").text
    clock.at += ALARM_AFTER
    assert badge in clerk.open("/duty/").text
    assert "有 1 条超过一刻钟还查不清" in clerk.open("/messages/").text
    assert badge not in visit("head").open("/messages/").text, "who only looks is not called"
