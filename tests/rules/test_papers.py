"""文书: what each kind says, that it is kept whole, and what a reprint bears."""

from dataclasses import replace
from datetime import UTC, date, datetime

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.cases.rules.deadlines import due
from desk.cases.rules.intake import Brought, MaterialState
from desk.cases.rules.papers import PAPER_TITLES, PaperKind, Said
from desk.cases.rules.papers_authority import BLANK, letter_of_authority
from desk.cases.rules.papers_contents import (
    FIELD,
    LINE,
    Contents,
    ReprintReason,
    Section,
    check_reprint,
    kept_text,
    read_contents,
    reprint_mark,
)
from desk.cases.rules.papers_known import Known, Matter, Office
from desk.cases.rules.papers_written import WRITTEN, write_paper
from desk.cases.rules.people import Part, Person, Relation
from desk.cases.rules.results import Result
from kernel.calendar.rules import WorkingCalendar
from kernel.identity import DocumentKind
from services_catalog.rules.limits import LimitUnit, TimeLimit
from tests.builders import mobile, person, resident_number

MORNING = datetime(2026, 9, 24, 1, 30, tzinfo=UTC)  # 09:30 in the township
CALENDAR = WorkingCalendar(
    frozenset(range(2004, 2027)),
    frozenset(chinese_calendar.holidays),
    frozenset(chinese_calendar.workdays),
)
PROMISED, STATUTORY = TimeLimit(5, LimitUnit.WORKING), TimeLimit(20, LimitUnit.WORKING)
#: a rare character beyond the first plane, the dot of names, a compatibility ideograph
RARE = "示例𠮷·﨑"
PRESENTER = Person(
    "示例来办人",
    DocumentKind.RESIDENT_ID,
    resident_number(2),
    phone=f"+86{mobile(2)}",
    relation=Relation.CHILD,
)
PAPERS = (
    Brought("身份证", "原件1份", MaterialState.BROUGHT),
    Brought("申请表", "", MaterialState.BROUGHT),
    Brought("户口簿", "复印件1份", MaterialState.MISSING),
    Brought("收入证明", "1份", MaterialState.OWED),
    Brought("残疾人证", "", MaterialState.NOT_NEEDED),
)
KNOWN = Known(
    number="Z26-00017-5",
    matter=Matter(
        "临时救助", "BM-005", "示例乡人民政府", "示例县民政局一楼", "工作日9:00—17:00",
        "0000-1234567", PROMISED, STATUTORY,
    ),
    office=Office("示例乡便民服务中心", True, "0000-7654321", "0000-1111111", "示例经办人"),
    received_at=MORNING,
    people=((Part.APPLICANT, person(1, RARE)), (Part.PRESENTER, PRESENTER)),
    materials=PAPERS,
    accepted_at=MORNING,
    due=due(MORNING, PROMISED, STATUTORY, CALENDAR),
)  # fmt: skip
TOLD = Said(("第一段。", "第二段。"), ("甲材料", "乙材料"))
OF_PETITIONS = {kind for kind in PaperKind if kind.startswith("petition")}


def written(kind: PaperKind, **known: object) -> Contents:
    return write_paper(kind, replace(KNOWN, **known))  # type: ignore[arg-type]


def facts(contents: Contents) -> dict[str, str]:
    return dict(contents.facts)


def lists(contents: Contents) -> dict[str, tuple[str, ...]]:
    return {part.heading: part.lines for part in contents.sections}


def test_every_paper_of_the_desk_is_written_by_a_function_of_its_own() -> None:
    assert set(WRITTEN) == set(PaperKind) - OF_PETITIONS
    assert len(set(WRITTEN.values())) == len(WRITTEN)


@pytest.mark.parametrize("kind", WRITTEN)
def test_every_paper_says_what_all_papers_must(kind: PaperKind) -> None:
    paper = written(kind, said=TOLD, result=Result.DONE, closed_at=MORNING)
    assert paper.title == PAPER_TITLES[kind]
    assert paper.issuer == "示例乡便民服务中心（示例）"
    said = facts(paper)
    assert said["受理编号"] == "Z26-00017-5"
    assert said["申请人"].startswith(f"{RARE}　居民身份证 9*")
    assert said["来办人"].startswith("示例来办人（子女）　")
    assert said["事项"] == "临时救助（BM-005）"
    assert said["实施主体"] == "示例乡人民政府"
    assert said["收件时间"] == "2026年9月24日 周四 09:30"
    assert paper.contacts == (
        "承办人：示例经办人", "咨询：0000-7654321", "监督投诉：0000-1111111、12345",
    )  # fmt: skip
    assert len(paper.copies) == 2
    assert any(line.endswith("期：") for line in paper.signatures)
    assert paper.is_sealed


@pytest.mark.parametrize("kind", WRITTEN)
def test_no_paper_shows_a_whole_number_of_anybody(kind: PaperKind) -> None:
    said = written(kind, said=TOLD).text
    for secret in (resident_number(1), resident_number(2), mobile(1), mobile(2)):
        assert secret not in said


def test_the_hotline_is_not_told_twice() -> None:
    office = replace(KNOWN.office, complaint_phone="0000-1111111、12345")
    assert written(PaperKind.DECLINE, office=office).contacts[-1] == "监督投诉：0000-1111111、12345"


def test_an_acceptance_has_both_limits_and_every_day_of_the_count() -> None:
    paper = written(PaperKind.ACCEPTANCE)
    assert facts(paper)["受理日"] == "2026年9月24日 周四"
    assert facts(paper)["承诺时限"] == "5个工作日，最迟2026年10月9日 周五"
    assert facts(paper)["法定时限"] == "20个工作日，最迟2026年10月29日 周四"
    count, here = paper.sections
    assert (count.is_numbered, len(count.lines)) == (False, 4)
    assert count.lines[2] == "10月1日（周四）至10月7日（周三） 节假日 不计7天"
    assert here == Section("已收材料", ("身份证（原件1份）", "申请表"))


def test_a_receipt_names_each_paper_and_no_day() -> None:
    paper = written(PaperKind.INTAKE_RECEIPT, carry_by_on=date(2026, 9, 28))
    assert lists(paper) == {"已收材料": ("身份证（原件1份）", "申请表")}
    assert facts(paper)["承诺时限"] == "5个工作日"
    assert "受理日" not in facts(paper)
    assert "2026年9月28日 周一前送达承办机关" in paper.words[0]


def test_a_notice_lists_everything_that_lacks_and_what_lies_here() -> None:
    paper = written(PaperKind.ONE_TIME_NOTICE, said=TOLD)
    assert lists(paper) == {
        "需要补正的材料": ("甲材料", "乙材料"),
        "已收材料": ("身份证（原件1份）", "申请表"),
    }
    assert "承诺时限" not in facts(paper)


def test_a_referral_says_where_when_whom_to_ring_and_what_to_take() -> None:
    paper = written(PaperKind.REFERRAL, accepted_at=None)
    assert facts(paper)["办理地点"] == "示例县民政局一楼"
    assert facts(paper)["办理时间"] == "工作日9:00—17:00"
    assert facts(paper)["联系电话"] == "0000-1234567"
    assert lists(paper)["到那里要带的材料"][-1] == "户口簿（复印件1份）"


@pytest.mark.parametrize("kind", [PaperKind.DECLINE, PaperKind.RETURN_NOTICE])
def test_papers_go_back_with_a_list_of_them(kind: PaperKind) -> None:
    paper = written(kind, said=TOLD)
    assert lists(paper) == {"退还的材料": ("身份证（原件1份）", "申请表")}
    assert paper.words == TOLD.words


def test_a_pledge_is_signed_by_who_gives_it() -> None:
    paper = written(PaperKind.PLEDGE, said=TOLD)
    assert lists(paper) == {"承诺补交的材料": TOLD.listed}
    assert paper.signatures[0].startswith("承诺人")
    assert "承诺时限" not in facts(paper), "the pledge is about another time"


@pytest.mark.parametrize("kind", [PaperKind.HOLD_NOTICE, PaperKind.EXTENSION_NOTICE])
def test_a_paper_about_time_tells_the_limits_and_its_own_day_in_words(kind: PaperKind) -> None:
    paper = written(kind, said=TOLD)
    assert facts(paper)["承诺时限"] == "5个工作日", "the old day would contradict the new one"
    assert paper.words == TOLD.words


@pytest.mark.parametrize(
    ("result", "note", "expected"),
    [
        (Result.DENIED, "收入超过标准", ("理由：收入超过标准", "60日", "6个月")),
        (Result.DONE, "", ("领取",)),
        (Result.GRANTED, "三个月后复核", ("说明：三个月后复核", "领取")),
        (Result.FORWARDED, "", ("上级机关",)),
    ],
)
def test_a_close_is_told_with_its_reason_and_a_no_with_its_remedies(
    result: Result, note: str, expected: tuple[str, ...]
) -> None:
    paper = written(PaperKind.COMPLETION, result=result, result_note=note, closed_at=MORNING)
    assert facts(paper)["办结日"] == "2026年9月24日 周四"
    said = "".join(paper.words)
    assert all(words in said for words in expected)
    assert ("行政复议" in said) is (result is Result.DENIED)


def test_a_proof_of_delivery_names_what_is_served_and_has_room_for_every_hand() -> None:
    notices = (("送达回证", "便民送〔2026〕1号"), ("办结通知", "便民结〔2026〕2号"))
    paper = written(PaperKind.DELIVERY_PROOF, earlier=notices, result=Result.GRANTED)
    assert lists(paper) == {"送达的文书": ("《办结通知》便民结〔2026〕2号",)}
    hands = "".join(paper.signatures)
    assert all(words in hands for words in ("受送达人", "代收人", "关系", "送达人", "日期"))


def test_a_hand_over_is_signed_by_both_hands_and_each_keeps_a_copy() -> None:
    paper = written(PaperKind.HAND_OVER, said=TOLD)
    assert lists(paper) == {"交接的材料": TOLD.listed}
    assert [line[:3] for line in paper.signatures] == ["移交人", "接收人", "日　期"]
    assert paper.copies == ("接收方联", "移交方存根联")


def test_a_letter_of_authority_binds_with_full_numbers_and_leaves_room_for_the_rest() -> None:
    letter = letter_of_authority(KNOWN)
    said = letter.facts
    assert ("委托人", RARE) in said
    assert ("居民身份证", resident_number(1)) in said
    assert ("居民身份证", resident_number(2)) in said
    assert ("双方关系", "子女") in said
    assert (letter.is_sealed, letter.issuer, letter.contacts) == (False, "", ())
    nobody = dict(letter_of_authority(replace(KNOWN, people=())).facts)
    assert (nobody["委托人"], nobody["受托人"], nobody["双方关系"]) == (BLANK, BLANK, BLANK)


SAID = st.text(st.characters(codec="utf-8", exclude_characters=LINE + FIELD))
ROWS = st.lists(SAID, max_size=3).map(tuple)
CONTENTS = st.builds(
    Contents,
    title=SAID,
    issuer=SAID,
    facts=st.lists(st.tuples(SAID, SAID), max_size=3).map(tuple),
    sections=st.lists(st.builds(Section, SAID, ROWS, st.booleans()), max_size=3).map(tuple),
    words=ROWS,
    contacts=ROWS,
    signatures=ROWS,
    copies=ROWS,
    is_sealed=st.booleans(),
)


@given(CONTENTS)
def test_what_is_kept_reads_as_it_was_said(contents: Contents) -> None:
    assert read_contents(kept_text(contents)) == contents


def test_the_signs_between_lines_cannot_be_smuggled_in() -> None:
    trick = replace(written(PaperKind.DECLINE), words=(f"甲{LINE}title{FIELD}假的",))
    kept = read_contents(kept_text(trick))
    assert (kept.title, kept.words) == ("不予受理决定书", ("甲 title 假的",))


@pytest.mark.parametrize(
    ("hours", "again", "mark"),
    [
        (0, False, ""),
        (14, False, ""),
        (15, False, "补印　2026年9月25日 周五"),
        (0, True, "补印　2026年9月24日 周四"),
    ],
)
def test_what_is_printed_again_or_later_says_so(hours: int, again: bool, mark: str) -> None:
    printed_at = MORNING.replace(hour=1 + hours)
    assert reprint_mark(MORNING, printed_at, is_again=again) == mark


def test_a_paper_is_not_printed_again_for_no_reason() -> None:
    check_reprint("遗失")
    with pytest.raises(ReprintReason):
        check_reprint("")
