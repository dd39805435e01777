"""来意: of the titles of one permit the one is found that does with it what somebody wants."""

import pytest

from services_catalog.rules.search.index import SearchEntry, build
from services_catalog.rules.search.synonyms import synonyms
from services_catalog.rules.search.wishes import (
    ANOTHER,
    MET,
    SILENT,
    suiting,
    wishes_in,
    wishes_met,
)

TITLES = {
    "first": "文艺表演团体营业性演出许可证核发",
    "lost": "文艺表演团体营业性演出许可证补证审批",
    "lapsed": "文艺表演团体营业性演出许可证延续审批",
    "changed": "文艺表演团体营业性演出许可证变更审批",
    "ended": "文艺表演团体营业性演出许可证注销审批",
}
INDEX = build(
    [SearchEntry(code, title) for code, title in TITLES.items()],
    synonyms([("剧团", "文艺表演团体", "同义"), ("怎么", "", "虚词")]),
)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("剧团演出证", "first"),
        ("剧团的演出证丢了怎么弄", "lost"),
        ("剧团演出证被偷", "lost"),
        ("剧团演出证快到期了", "lapsed"),
        ("剧团搬到县城，演出证", "changed"),
        ("剧团换老板了", "changed"),
        ("剧团解散了", "ended"),
        ("剧团我不干了", "ended"),
    ],
)
def test_what_is_to_become_of_a_permit_is_heard(asked: str, code: str) -> None:
    assert INDEX.find(asked, 1)[0].code == code


@pytest.mark.parametrize(
    "asked", ["剧团要什么手续", "危房改造", "旱厕改建", "身份证办不办", "这门开不开", "换届选举"]
)
def test_words_that_only_look_like_a_wish_are_none(asked: str) -> None:
    assert wishes_in(asked) == 0


def test_what_meets_the_wish_goes_before_what_says_none_and_that_before_what_meets_another() -> (
    None
):
    lost = wishes_in("丢了")
    assert suiting(lost, wishes_met("身份证补领")) == MET > SILENT
    assert suiting(lost, wishes_met("身份证注销")) == ANOTHER < SILENT
    assert suiting(lost, wishes_met("身份证首次申领")) == ANOTHER
    assert suiting(lost, wishes_met("身份证")) == SILENT
    assert suiting(wishes_in("身份证"), wishes_met("身份证注销")) == 1
