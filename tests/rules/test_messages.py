"""短信规则: states, hours, words and their length."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.messages.rules import wording
from desk.messages.rules.delivery import (
    LABELS,
    MOST_ATTEMPTS,
    MOVES,
    TERMINAL,
    Delivery,
    Verdict,
    after,
    after_not_found,
    backoff,
    below,
    rank,
    sources,
)
from desk.messages.rules.kinds import (
    AT_ONCE,
    LONGEST_VALIDITY,
    MANNERS,
    MessageKind,
    expires_at,
    is_quiet,
    kinds_awake,
    not_before,
    valid_seconds,
)
from desk.messages.rules.wording import (
    PhoneInText,
    bears,
    billed_parts,
    completed_text,
    emergency_text,
    mark_of,
    refuse_unfit,
)
from kernel.clock import TOWN_TZ
from kernel.errors import Refusal
from kernel.vault import CROCKFORD

CARRIER_WORDS = (Delivery.ACCEPTED, Delivery.DELIVERED, Delivery.UNDELIVERED, Delivery.FAILED)

#: all but what may wake people
QUIET_KINDS = [kind for kind in MessageKind if MANNERS[kind].keeps_quiet_hours]


def town(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=TOWN_TZ).astimezone(UTC)


def test_every_state_has_a_label_and_a_row() -> None:
    assert set(LABELS) == set(MOVES) == set(Delivery)


def test_terminal_states_are_those_of_the_design() -> None:
    names = "delivered undelivered failed expired dead withdrawn"
    assert frozenset(Delivery(name) for name in names.split()) == TERMINAL


@pytest.mark.parametrize("told", CARRIER_WORDS)
def test_rank_and_table_agree_on_what_a_callback_lifts(told: Delivery) -> None:
    assert below(told) == sources(told)


@pytest.mark.parametrize(("state", "told"), list(product(Delivery, CARRIER_WORDS)))
def test_callbacks_only_rise(state: Delivery, told: Delivery) -> None:
    if state in below(told):
        assert rank(told) > rank(state)
        assert state not in TERMINAL


def test_sending_never_falls_back_to_pending_without_a_definite_answer() -> None:
    for verdict in (Verdict.UNANSWERED, Verdict.ABANDONED):
        assert after(verdict, attempts=1) is Delivery.UNKNOWN
    assert after(Verdict.TRY_LATER, attempts=1) is Delivery.PENDING
    assert after(Verdict.REFUSED, attempts=1) is Delivery.FAILED


def test_a_carrier_may_be_away_for_half_a_day() -> None:
    waits = [backoff(attempt) for attempt in range(1, MOST_ATTEMPTS)]
    assert timedelta(hours=12) < sum(waits, timedelta()) < timedelta(hours=24)
    assert after(Verdict.TRY_LATER, MOST_ATTEMPTS - 1) is Delivery.PENDING
    assert after(Verdict.TRY_LATER, MOST_ATTEMPTS) is Delivery.DEAD
    assert after_not_found(2, MOST_ATTEMPTS) is Delivery.DEAD


def test_not_found_once_proves_nothing() -> None:
    assert after_not_found(1, attempts=1) is Delivery.UNKNOWN
    assert after_not_found(2, attempts=1) is Delivery.PENDING


def test_each_wait_is_longer_than_the_one_before_up_to_two_hours() -> None:
    waits = [backoff(attempts) for attempts in range(1, MOST_ATTEMPTS)]
    assert waits == sorted(waits)
    assert [wait for wait in waits if waits.count(wait) > 1] == [timedelta(hours=2)] * 7


@pytest.mark.parametrize(
    ("ready", "sent", "why"),
    [
        ("03-02T20:59:59", "03-02T20:59:59", "the last second of the day's hours"),
        ("03-02T21:00:00", "03-03T08:00:00", "night begins at nine"),
        ("03-02T23:59:59", "03-03T08:00:00", "before midnight the morning is tomorrow's"),
        ("03-03T00:00:00", "03-03T08:00:00", "after midnight it is today's"),
        ("03-03T07:59:59", "03-03T08:00:00", "still yesterday in UTC"),
        ("03-03T08:00:00", "03-03T08:00:00", "morning"),
    ],
)
def test_nobody_is_rung_awake(ready: str, sent: str, why: str) -> None:
    assert not_before(MessageKind.RECEIPT, town(ready)) == town(sent), why


@given(st.integers(0, 2 * 366 * 24 * 60))
def test_what_may_go_out_is_never_quiet(minutes: int) -> None:
    moment = town("01-01T00:00") + timedelta(minutes=minutes)
    for kind in QUIET_KINDS:
        ready_at = not_before(kind, moment)
        assert moment <= ready_at <= moment + timedelta(hours=11)
        assert kinds_awake(ready_at) == tuple(MessageKind)
        assert not is_quiet(ready_at)


@given(st.integers(0, 2 * 366 * 24 * 60))
def test_an_emergency_never_waits_for_the_morning(minutes: int) -> None:
    moment = town("01-01T00:00") + timedelta(minutes=minutes)
    assert all(not_before(kind, moment) == moment for kind in AT_ONCE)
    assert set(kinds_awake(moment)) >= AT_ONCE


def test_an_emergency_text_is_signed_and_gives_nothing_away() -> None:
    text = emergency_text("示例乡", "今夜有暴雨，请转移危险地段群众", "ABCD")
    refuse_unfit(text, "ABCD")
    assert text.startswith("【示例乡】紧急通知：今夜有暴雨")
    with pytest.raises(PhoneInText):
        refuse_unfit(emergency_text("示例乡", "请打15412345678", "ABCD"), "ABCD")


def test_every_kind_is_worth_sending_the_next_morning() -> None:
    for kind in QUIET_KINDS:
        manner = MANNERS[kind]
        ready_at = not_before(kind, town("03-02T21:00"))
        assert expires_at(kind, ready_at) == ready_at + manner.valid
        assert manner.valid > timedelta(hours=11), "or a night would swallow it"


@pytest.mark.parametrize(
    ("now", "seconds"),
    [("03-02T20:59:00", 60), ("03-02T10:00:00", LONGEST_VALIDITY), ("03-02T20:59:59", 1)],
)
def test_the_carrier_may_not_keep_a_text_into_the_night(now: str, seconds: int) -> None:
    expiry = town("03-04T10:00")
    assert valid_seconds(MessageKind.RECEIPT, town(now), expiry) == seconds


def test_the_carrier_may_not_keep_a_text_past_its_worth() -> None:
    now = town("03-02T10:00")
    assert valid_seconds(MessageKind.RECEIPT, now, now + timedelta(seconds=90)) == 90


@pytest.mark.parametrize(
    ("units", "parts"), [(0, 1), (70, 1), (71, 2), (134, 2), (135, 3), (160, 3), (201, 3)]
)
def test_billed_parts(units: int, parts: int) -> None:
    assert billed_parts("字" * units) == parts


def test_a_rare_character_counts_twice() -> None:
    assert billed_parts("字" * 69 + "𠮷") == 2


def texts(mark: str, number: str = "Z26-00017-5") -> list[str]:
    return [
        wording.receipt_text("示例乡便民服务中心", number, "12月31日", mark),
        wording.accepted_text("示例乡便民服务中心", number, mark),
        wording.carried_text("示例乡便民服务中心", number, "12月31日", mark),
        completed_text("示例乡便民服务中心", number, mark),
    ]


def test_every_text_is_one_message() -> None:
    assert [billed_parts(text) for text in texts("K7QD")] == [1] * 4


@given(
    st.text(CROCKFORD, min_size=4, max_size=4),
    st.from_regex(r"[A-Z]2[0-9]-[0-9]{5}-[0-9A-Z]", fullmatch=True),
)
def test_no_case_number_is_taken_for_a_phone(mark: str, number: str) -> None:
    for text in texts(mark, number):
        refuse_unfit(text, mark)
        assert bears(text, mark)


def test_a_mark_is_not_found_inside_a_case_number() -> None:
    text = completed_text("示例乡", "Z26-00017-5", "K7QD")
    assert not bears(text, "0017")
    assert not bears(text, "K7Q")


def test_marks_are_four_characters_spread_over_the_alphabet() -> None:
    marks = {mark_of(f"{number:032x}") for number in range(2000)}
    assert len(marks) > 1990
    assert {character for mark in marks for character in mark} == set(CROCKFORD) - {"W"}
    assert {len(mark) for mark in marks} == {4}


@pytest.mark.parametrize(
    "words",
    [
        "见http://a.cn/x",
        "请上www点某某",
        "打开 bmfw.gov.cn 查询",
        "见ｗｗｗ．ａ．ｃｎ",
        "example。com",
        "示例乡.中国",
    ],
)
def test_links_are_refused(words: str) -> None:
    with pytest.raises(wording.LinkInText):
        refuse_unfit(f"【示例乡】{words}短信号K7QD", "K7QD")


@pytest.mark.parametrize(
    "words",
    [
        "请拨15400001234",
        "请拨154 0000 1234",
        "请拨154—0000—1234",
        "请拨１５４００００１２３４",
        "请拨0000-87654321",
        "请拨(0000)8765432",
        "请拨400-800-1234",
        "请拨12345热线",
        "请拨95598",
        "请拨Z26-00017-5154000",
        "请拨154\u200b0000\u200b1234",
    ],
)
def test_phones_are_refused(words: str) -> None:
    with pytest.raises(wording.PhoneInText):
        refuse_unfit(f"【示例乡】{words}，短信号K7QD", "K7QD")


@pytest.mark.parametrize(
    "words",
    [
        "应缴12000元",
        "2026年12月31日17:00前",
        "2026-12-31",
        "2026.12.31",
        "第00017号",
        "共365天",
        "3.5小时",
    ],
)
def test_other_figures_are_not(words: str) -> None:
    refuse_unfit(f"【示例乡】{words}，短信号K7QD", "K7QD")


@pytest.mark.parametrize(
    "text", ["没有签名短信号K7QD", "【示例乡】没有记号", "【示例乡】短信号K7QDX"]
)
def test_a_text_is_signed_and_bears_its_mark(text: str) -> None:
    with pytest.raises(wording.NotSigned):
        refuse_unfit(text, "K7QD")


def verdict(text: str) -> type[Refusal] | None:
    try:
        refuse_unfit(text, "K7QD")
    except Refusal as refusal:
        return type(refusal)
    return None


@given(
    st.lists(
        st.one_of(
            st.from_regex(r"[A-Z]{1,3}[0-9]{2}-[0-9]{4,7}-[0-9A-Z]", fullmatch=True),
            st.text("0129。.- www公网AZaz\u200b元（", max_size=6),
        ),
        max_size=5,
    )
)
def test_what_many_texts_share_is_judged_as_each_of_them_would_be(pieces: list[str]) -> None:
    said = f"【示例乡】{''.join(pieces)}，"
    assert verdict(f"{said}短信号K7QD") == wording.judged(said, has_phone=False)


def test_no_text_is_longer_than_carriers_take() -> None:
    with pytest.raises(wording.TextTooLong):
        refuse_unfit("【示例乡】" + "长" * 500 + "短信号K7QD", "K7QD")


def test_no_mark_reads_as_a_link() -> None:
    marks = {wording.mark_of(f"{number:032x}") for number in range(20_000)}
    assert not any("W" in mark for mark in marks)
    assert len(marks) > 19_000
