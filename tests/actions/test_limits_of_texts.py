"""上限、退订、两家运营商: no more texts than are wanted, the day allows and the town can pay."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from desk.messages import jobs
from desk.messages.actions import Promise, keeping, queue
from desk.messages.actions.gates import is_untrue
from desk.messages.actions.keeping import Wording
from desk.messages.actions.tasks import note_call, send_again
from desk.messages.gateways import NoReader, Outgoing, Refused, SmsGateway, Unanswered
from desk.messages.queries.outbox import to_ring
from desk.messages.records import MessageSettings, OutboxMessage
from desk.messages.rules.calls import CallResult
from desk.messages.rules.delivery import Delivery, MayReachTwice, repeat_key
from desk.messages.rules.kinds import MessageKind, Why
from desk.messages.rules.money import ERRORS_TO_OPEN, LEFT_ALONE
from desk.messages.rules.opt_outs import AlreadyOut, OptOutWay
from desk.messages.rules.shapes import TemplateName
from desk.messages.rules.templates import BlanksDiffer, MatterInText
from desk.messages.rules.wording import LinkInText, PhoneInText, completed_text, notice_text
from kernel.access import HOUSE
from kernel.clock import FixedClock
from kernel.errors import Refusal
from kernel.staff.queries import by_username
from kernel.web.house import House
from tests.builders import clerk, mobile

TOWN = "示例乡便民服务中心"


@dataclass(slots=True)
class Carrier:
    """Answers as told, and remembers what it was asked."""

    name: str = "first"
    error: Exception | None = None
    is_abroad: bool = False
    can_list: bool = False
    asked: list[Outgoing] = field(default_factory=list)

    def send(self, outgoing: Outgoing) -> str:
        """Take a text, or fail as told."""
        self.asked.append(outgoing)
        if self.error:
            raise self.error
        return f"{self.name}-{len(self.asked)}"

    def find(self, outgoing: Outgoing) -> str | None:
        """Never asked."""
        raise NotImplementedError


def promise(
    here: House, serial: int, kind: MessageKind = MessageKind.COMPLETED, to: int = 1
) -> str:
    texts = {
        MessageKind.NOTICE: partial(notice_text, TOWN, f"Z26-{serial:05}-5", "3月9日"),
        MessageKind.COMPLETED: partial(completed_text, TOWN, f"Z26-{serial:05}-5"),
    }
    key = f"test:{serial}"
    with here.writing() as session:
        queue(session, Promise(key, kind, mobile(to), texts[kind]), here.now())
    return key


def deliver(here: House, *gateways: SmsGateway) -> None:
    for _ in range(4):
        jobs.deliver(here, gateways)


def rows(here: House) -> Sequence[OutboxMessage]:
    with here.reading() as session:
        mine = OutboxMessage.key.startswith("test:")
        return session.scalars(
            sa.select(OutboxMessage).where(mine).order_by(OutboxMessage.id)
        ).all()


def decide(here: House, **values: int | bool) -> None:
    with here.writing() as session:
        session.execute(sa.update(MessageSettings).values(values))


def rung(here: House) -> list[str]:
    with here.reading() as session:
        return [row.message.key for row in to_ring(session)]


def test_the_last_text_of_a_day_says_everything_that_waits(here: House) -> None:
    carrier = Carrier()
    for serial in range(5):
        promise(here, serial)
    deliver(here, carrier)
    assert len(carrier.asked) == 2
    assert "几个办件" in carrier.asked[1].text
    assert [row.why for row in rows(here)].count(Why.GATHERED) == 3
    assert rung(here) == []


def test_what_is_owed_and_finds_no_room_is_told_by_telephone(here: House) -> None:
    carrier = Carrier()
    keys = [promise(here, serial, MessageKind.NOTICE) for serial in range(3)]
    deliver(here, carrier)
    assert len(carrier.asked) == 2
    assert rung(here) == keys[2:]


def test_the_next_day_has_places_of_its_own(here: House, clock: FixedClock) -> None:
    carrier = Carrier()
    for day in range(2):
        for serial in range(2):
            promise(here, 10 * day + serial, MessageKind.NOTICE)
        deliver(here, carrier)
        clock.at += timedelta(days=1)
    assert len(carrier.asked) == 4


def test_who_opted_out_gets_no_text_and_a_call_for_what_is_owed(here: House) -> None:
    carrier = Carrier()
    with here.writing() as session:
        keeping.opt_out(session, mobile(1), OptOutWay.DESK, clerk(session), here.now())
        with pytest.raises(AlreadyOut):
            keeping.opt_out(session, mobile(1), OptOutWay.WEB, HOUSE, here.now())
    owed = promise(here, 1, MessageKind.NOTICE)
    deliver(here, carrier)
    assert carrier.asked == []
    assert rung(here) == [owed]


def test_a_call_without_an_answer_stays_on_the_list(here: House) -> None:
    promise(here, 1)
    deliver(here, Carrier(error=NoReader("21211")))
    for result, left in ((CallResult.UNANSWERED, 1), (CallResult.TOLD, 0)):
        with here.writing() as session:
            (one,) = session.scalars(sa.select(OutboxMessage).where(OutboxMessage.key == "test:1"))
            note_call(session, one, (result, ""), clerk(session), here.now())
        assert len(rung(here)) == left


def test_an_empty_purse_stops_texts_before_money_is_lost(here: House) -> None:
    carrier = Carrier()
    decide(here, day_budget_fen=10, part_li=50)  # room for two
    for serial in range(4):
        promise(here, serial, to=serial)
    deliver(here, carrier)
    assert len(carrier.asked) == 2
    assert [row.state for row in rows(here)].count(Delivery.PENDING) == 2


def test_what_one_carrier_refuses_the_next_one_takes(here: House) -> None:
    first, second = Carrier(error=Refused("no template")), Carrier("second")
    promise(here, 1)
    deliver(here, first, second)
    assert (len(first.asked), len(second.asked)) == (1, 1)
    assert rows(here)[0].state is Delivery.ACCEPTED


def test_it_has_failed_only_when_no_carrier_is_left(here: House) -> None:
    first, second = Carrier(error=Refused("a")), Carrier("second", error=Refused("b"))
    promise(here, 1)
    deliver(here, first, second)
    assert rows(here)[0].state is Delivery.FAILED


@pytest.mark.parametrize("error", [NoReader("21610"), Unanswered("500")])
def test_a_number_that_refuses_us_and_a_doubt_go_to_no_second_carrier(
    here: House, error: Exception
) -> None:
    second = Carrier("second")
    promise(here, 1)
    deliver(here, Carrier(error=error), second)
    assert second.asked == []


def test_ten_failures_in_a_row_leave_a_carrier_alone_for_a_while(
    here: House, clock: FixedClock
) -> None:
    first, second = Carrier(error=Unanswered("500")), Carrier("second")
    for serial in range(ERRORS_TO_OPEN + 3):
        promise(here, serial, to=serial)
    for _ in range(ERRORS_TO_OPEN + 3):
        jobs.deliver(here, [first, second])
    assert len(first.asked) == ERRORS_TO_OPEN
    assert len(second.asked) == 3
    clock.at += LEFT_ALONE
    promise(here, 99, to=99)
    jobs.deliver(here, [first, second])
    assert len(first.asked) == ERRORS_TO_OPEN + 1


def test_a_carrier_abroad_is_asked_only_where_the_town_switched_it_on(here: House) -> None:
    abroad = Carrier(is_abroad=True)
    promise(here, 1)
    deliver(here, abroad)
    assert abroad.asked == []
    decide(here, abroad_on=True)
    deliver(here, abroad)
    assert len(abroad.asked) == 1


def test_only_what_certainly_reached_nobody_is_sent_again(here: House) -> None:
    promise(here, 1)
    deliver(here, Carrier(error=Unanswered("500")))
    with here.writing() as session:
        (one,) = session.scalars(sa.select(OutboxMessage).where(OutboxMessage.key == "test:1"))
        with pytest.raises(MayReachTwice):
            send_again(session, one, "x", clerk(session), here.now())
        one.state = Delivery.UNDELIVERED
        send_again(session, one, "号码当时停机", clerk(session), here.now())
    again = rows(here)[1]
    assert (again.state, again.mark != rows(here)[0].mark) == (Delivery.PENDING, True)
    assert again.text.endswith(again.mark)


def test_what_is_sent_again_is_as_true_as_the_first(here: House) -> None:
    """Once, and once more in the place of the second."""
    guards = {MessageKind.DUTY: lambda _session, key, _now: key == "duty:7"}
    again = repeat_key(repeat_key("duty:7", "0123456789"), "abcdef0123")
    with here.reading() as session:
        assert not is_untrue(session, guards, MessageKind.DUTY, again, here.now())
        assert is_untrue(session, guards, MessageKind.DUTY, f"other:{again}", here.now())


def test_a_changed_template_speaks_in_the_next_text(here: House) -> None:
    typed = Wording(
        "办件{编号}办好了，请来取。", "示例大厅", "SMS_1", has_phone=False, owner="主任"
    )
    with here.writing() as session:
        keeping.change_template(session, TemplateName.COMPLETED, typed, clerk(session), here.now())
    carrier = Carrier()
    promise(here, 17)
    deliver(here, carrier)
    (sent,) = carrier.asked
    assert sent.text.startswith("【示例大厅】办件Z26-00017-5办好了，请来取。短信号")
    assert (sent.template, sent.blanks) == ("SMS_1", {"number": "Z26-00017-5"})


GIVEN_AWAY: dict[str, type[Refusal]] = {
    "办好了": BlanksDiffer,
    "办件{编号}{编号}办好了": BlanksDiffer,
    "办件{编号}办好了，{电话}": BlanksDiffer,
    "办件{编号}办好了，见 http://a.cn": LinkInText,
    "办件{编号}办好了，请拨0000-8000111": PhoneInText,
    "您的低保办件{编号}办好了": MatterInText,
    "姓名某某的办件{编号}办好了": MatterInText,
    "示某某先生，办件{编号}办好了": MatterInText,
    "办件{编号}办好了，带990101194001010010": MatterInText,
    "婚姻登记预约与指引{编号}办好了": MatterInText,
    "办件{编号}办好了，找{name}": MatterInText,
}


def test_a_wording_that_gives_something_away_is_refused(here: House) -> None:
    """Also what this town alone would know: titles of its catalogue, names of its staff."""
    with here.reading() as session:
        counter = by_username(session, "counter1")
        assert counter is not None
        for wording, refusal in GIVEN_AWAY.items():
            said = wording.replace("{name}", counter.name)
            typed = Wording(said, "", "", has_phone=False, owner="主任")
            with pytest.raises(refusal):
                keeping.preview(session, TemplateName.COMPLETED, typed, TOWN)
