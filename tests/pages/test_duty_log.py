"""值日簿的页面: a shift begins, writes, follows up, hands over; what is open stays open."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from desk.board import jobs as board_jobs
from desk.board.rules.book import BOOK_WORK
from kernel.clock import FixedClock
from kernel.web.house import House
from kernel.work.actions import take_up
from kernel.work.commands import Doing
from kernel.work.queries import by_uuid
from kernel.work.rules import Cancelled
from tests.builders import Visitor

Visit = Callable[[str], Visitor]


def on_duty(visit: Visit, who: str = "leader1") -> Visitor:
    """Return the browser of somebody who has just taken over."""
    leader = visit(who)
    leader.open("/log/")
    answer = leader.press("/log/take-over", reason="")
    assert answer.status_code == 303, answer.text
    leader.follow(answer)
    return leader


def test_an_open_entry_stays_on_the_next_leaders_list_until_it_is_closed(visit: Visit) -> None:
    first = on_duty(visit)
    first.follow(
        first.press("/log/entries", kind="call", content="县里要报秸秆焚烧巡查表", open="1")
    )
    first.follow(first.press("/log/hand-over"))
    second = on_duty(visit, "leader2")
    assert "没有了结的 1 件" in second.text
    assert "县里要报秸秆焚烧巡查表" in second.text
    second.follow(second.press("/log/entries/1/steps", text="已报", closes="1"))
    assert "没有了结的 0 件" in second.text


def test_an_empty_shift_is_not_handed_over_without_a_word(visit: Visit) -> None:
    leader = on_duty(visit)
    refused = leader.press("/log/hand-over")
    assert refused.status_code == 422
    assert "零记录" in refused.text
    leader.follow(leader.press("/log/hand-over", is_zero="1"))
    assert "已交班，等接班" in leader.text


def test_nobody_hands_over_to_himself(visit: Visit) -> None:
    leader = on_duty(visit)
    leader.follow(leader.press("/log/hand-over", is_zero="1"))
    refused = leader.press("/log/take-over", reason="")
    assert refused.status_code == 409
    assert "两个人" in refused.text


def test_who_handed_over_by_mistake_takes_it_back_before_anybody_takes_it_over(
    visit: Visit, clock: FixedClock
) -> None:
    leader = on_duty(visit)
    leader.follow(leader.press("/log/entries", content="示例待办", open="1"))
    leader.follow(leader.press("/log/hand-over"))
    assert "误交了，收回接着记" in leader.text
    other = visit("leader2")
    assert "误交了" not in other.open("/log/").text
    assert other.press("/log/take-back").status_code == 409
    leader.follow(leader.press("/log/take-back"))
    assert "误交班" in leader.text
    assert "没有了结的 1 件" in leader.text
    clock.at += timedelta(minutes=1)
    leader.follow(leader.press("/log/entries", content="接着记的"))
    leader.follow(leader.press("/log/hand-over"))
    other.follow(other.press("/log/take-over", reason=""))
    assert leader.press("/log/take-back").status_code == 409, "it has been taken over"


def test_a_correction_stands_beside_what_it_puts_right(visit: Visit) -> None:
    leader = on_duty(visit)
    leader.follow(leader.press("/log/entries", kind="call", content="雨量五十毫米"))
    leader.open("/log/entries/1/correct")
    leader.follow(leader.press("/log/entries/1/correct", content="雨量十五毫米"))
    assert "雨量五十毫米" in leader.text
    assert "雨量十五毫米" in leader.text


def test_the_year_is_searched_and_bound_outside_the_request(visit: Visit, here: House) -> None:
    leader = on_duty(visit)
    leader.follow(leader.press("/log/entries", kind="call", content="百分之百%_秸秆"))
    leader.open("/log/search?q=%25_秸&year=2026&kind=call")
    assert "找到 1 条" in leader.text
    assert leader.open("/log/search?q=_x").text.count("百分之百") == 0
    refused = leader.press("/log/book", year="2019")
    assert refused.status_code == 422
    assert "没有记过值日簿" in refused.text
    answer = leader.press("/log/book", year="2026")
    assert "2026年值日簿" in leader.follow(answer).text
    doing = at_work(here, answer.headers["Location"].rpartition("/")[2])
    file, note = board_jobs.WORKS[BOOK_WORK](doing)
    assert note == "2026年值日簿已装订：1页。"
    assert file is not None
    assert file.read_bytes().startswith(b"%PDF")


def test_a_book_that_is_cancelled_leaves_nothing(visit: Visit, here: House) -> None:
    leader = on_duty(visit)
    leader.open("/log/search")
    answer = leader.press("/log/book", year="2026")
    doing = at_work(here, answer.headers["Location"].rpartition("/")[2])
    leader.follow(answer)
    leader.press(f"{answer.headers['Location']}/cancel")
    with pytest.raises(Cancelled):
        board_jobs.WORKS[BOOK_WORK](doing)
    assert list(doing.folder.glob("*")) == []


def at_work(here: House, uuid: str) -> Doing:
    """Take a piece of long work up, as its process would."""
    with here.writing() as session:
        assert take_up(session, here.now()) == uuid
        doing = Doing(here, uuid, json.loads(by_uuid(session, uuid).wanted))
    doing.folder.mkdir(parents=True, exist_ok=True)
    return doing
