"""突发事件的页面: opened in ten seconds, one tap a call, and the report prints itself."""

from collections.abc import Callable
from datetime import timedelta

from kernel.clock import FixedClock
from tests.builders import Visitor

Visit = Callable[[str], Visitor]


def opened(visit: Visit, **typed: str) -> Visitor:
    """Return the duty leader's browser on the page of an incident he has just opened."""
    leader = visit("leader1")
    leader.open("/incidents/")
    answer = leader.press("/incidents/", kind="storm", gist="县防汛办来电：今夜有暴雨", **typed)
    assert answer.status_code == 303, answer.text
    leader.follow(answer)
    return leader


def test_what_is_owed_to_the_district_shows_its_light_in_the_list(
    visit: Visit, clock: FixedClock
) -> None:
    leader = opened(visit)
    assert "● 电话报告还有30分钟" in leader.open("/incidents/").text
    clock.at += timedelta(minutes=31)
    assert "■ 电话报告已超过1分钟" in visit("leader1").open("/incidents/").text


def test_a_storm_rings_every_village_those_by_the_river_first(visit: Visit) -> None:
    leader = opened(visit)
    text = leader.text
    assert "还没通知到 34 家" in text
    assert text.index("示例石门水库") < text.index("示例上溪村") < text.index("示例前庄村")
    assert 'href="tel:15410004664"' in text
    assert "书面初报" in text
