"""综合窗口: a matter's whole way over the counter, without a line of JavaScript."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from itertools import cycle, islice

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from markupsafe import escape
from pypdf import PdfReader
from werkzeug.test import TestResponse

from desk.cases import queries
from desk.cases.actions.register import lookup_code
from desk.cases.records import Case
from desk.cases.rules.intake import Answer
from desk.cases.rules.people import Part, Person, Relation
from desk.cases.rules.results import Result
from desk.cases.rules.stages import Stage
from desk.messages.records import OutboxMessage
from kernel.audit import queries as audit
from kernel.clock import FixedClock
from kernel.identity import DocumentKind, Sex
from kernel.printing import LACKING, missing_glyphs
from kernel.staff.queries import by_username
from kernel.text import DOTS
from kernel.town.queries import villages
from kernel.web.house import House
from services_catalog import actions as catalogue_actions
from services_catalog import queries as catalogue
from services_catalog.rules.items import Entry, MaterialFacts, Window
from tests.builders import (
    BASE,
    CARRIED,
    HERE,
    REFERRED,
    Visitor,
    a_case,
    intake,
    mobile,
    person,
    resident_number,
)
from tests.pages.conftest import both_databases

Visit = Callable[[str], Visitor]
ROOT = "/windows/general"


@pytest.fixture
def counter(visit: Visit) -> Visitor:
    return visit("counter1")


def form(**other: str | list[str]) -> dict[str, str | list[str]]:
    """Return an intake form filled in completely, every paper ticked."""
    return {
        "answer": "accept",
        "applicant_name": "示例欧阳甲",
        "applicant_document_kind": "resident_id",
        "applicant_document_number": resident_number(1),
        "applicant_phone": mobile(1),
        "applicant_born_on": "",
        "applicant_sex": "",
        "applicant_address": "示例上溪村8号",
        "village": "",
        "outside_number": "",
        "brought": [str(place) for place in range(9)],
        **other,
    }


def take_in(counter: Visitor, code: str = HERE, **other: str | list[str]) -> TestResponse:
    """Open an item's form and press its button."""
    counter.open(f"{ROOT}/new/{code}")
    return counter.press(f"{ROOT}/new/{code}", **form(**other))


def registered(counter: Visitor, code: str = HERE, **other: str | list[str]) -> str:
    """Take a matter in; return its number."""
    answer = take_in(counter, code, **other)
    assert answer.status_code == 303, answer.text
    found = re.search(r"Z\d\d-\d{5}-\d", answer.headers["Location"])
    assert found is not None
    return found[0]


def press(counter: Visitor, number: str, verb: str, **typed: str | list[str]) -> TestResponse:
    counter.open(f"{ROOT}/cases/{number}")
    return counter.press(f"{ROOT}/cases/{number}/{verb}", **typed)


def stored(here: House, number: str) -> Case:
    with here.reading() as session:
        return queries.at_window(session, Window.GENERAL, number)


def people(here: House, number: str) -> dict[Part, Person]:
    with here.reading() as session:
        return dict(queries.people_of(session, queries.at_window(session, Window.GENERAL, number)))


def cases(here: House) -> int:
    with here.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Case)) or 0


# ------ find the item


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("高龄津贴", HERE),
        ("老人补贴", HERE),
        ("gaolingjintie", HERE),
        ("gljt", HERE),
        ("身份证丢了", "BM-031"),
        ("上户口", "BM-033"),
        ("吃低保", "BM-001"),
    ],
)
def test_an_item_is_found_by_everyday_word_pinyin_and_initials(
    counter: Visitor, typed: str, code: str
) -> None:
    for page in ("new", "items"):
        text = counter.open(f"{ROOT}/{page}?q={typed}").text
        assert f'href="{ROOT}/new/{code}"' in text


def test_a_slip_scanned_where_an_item_is_sought_opens_its_case(
    counter: Visitor, here: House
) -> None:
    number = registered(counter)
    with here.reading() as session:
        code = lookup_code(session, queries.at_window(session, Window.GENERAL, number))
    for typed in (number, f"https://desk.test/c/{code}"):
        answer = counter.follow(counter.open(f"{ROOT}/new?q={typed}"))
        assert answer.headers["Location"] == f"{ROOT}/cases/{number}"


def test_nothing_found_says_how_else_to_ask(counter: Visitor) -> None:
    assert "没有找到“嬲嬲嬲”" in counter.open(f"{ROOT}/new?q=嬲嬲嬲").text


# ------ the whole way


@both_databases
def test_a_matter_goes_its_whole_way_over_the_counter(
    counter: Visitor, visit: Visit, here: House, clock: FixedClock
) -> None:
    found = counter.open(f"{ROOT}/new?q=高龄津贴").text
    assert f'href="{ROOT}/new/{HERE}"' in found
    with here.reading() as session:
        village = villages(session)[2]
    number = registered(counter, village=str(village.id), outside_number="省2026-77")
    paper = counter.open(f"{ROOT}/cases/{number}/paper?print=1").text
    for words in ("受理通知书", "便民受〔2026〕1号", "示例欧阳甲", "申请人联", "存根联", "盖章处"):
        assert words in paper
    worklist = counter.open(f"{ROOT}/").text
    assert "待办 1 件" in worklist
    assert "今天登记 1 件" in worklist

    page = counter.open(f"{ROOT}/cases/{number}").text
    for words in ("办理中", "示例欧阳甲", village.name, "省2026-77", "3月16日"):
        assert words in page
    press(counter, number, "note", text="已电话核实", public="1")
    with here.reading() as session:
        colleague = by_username(session, "counter2")
        assert colleague is not None
    counter.open(f"/cases/{number}/transfer")
    asked = counter.press(f"/cases/{number}/transfer", to=str(colleague.id), reason="我去开会")
    assert asked.status_code == 303
    receiver = visit("counter2")
    receiver.open(f"/cases/{number}/transfer")
    taken = receiver.press(f"/cases/{number}/transfer/answer", decision="take")
    assert taken.status_code == 303
    clock.at += timedelta(days=3)
    counter.log_in("counter1")
    answer = press(counter, number, "close", result="granted", reason="符合条件")
    page = counter.follow(answer).text
    for words in ("已办结", "准予（同意）", "符合条件", "已电话核实", colleague.name):
        assert words in page
    assert "待办 0 件" in counter.open(f"{ROOT}/").text
    _check_what_is_left(here, number, colleague.id)


def _check_what_is_left(here: House, number: str, handler_id: int) -> None:
    case = stored(here, number)
    ending = (case.stage, case.result, case.handler_id)
    assert ending == (Stage.COMPLETED, Result.GRANTED, handler_id)
    with here.reading() as session:
        told = [message.kind.value for message in session.scalars(sa.select(OutboxMessage))]
        verbs = [entry.verb for entry in audit.about(session, f"case:{case.id}")]
        assert audit.first_broken_record(session) is None
    assert told == ["receipt", "completed"]
    assert verbs == [
        "case.registered",
        "case.noted",
        "transfer.asked",
        "transfer.answered",
        "case.closed",
    ]


def test_what_is_carried_is_carried_accepted_elsewhere_and_closed(
    counter: Visitor, here: House, clock: FixedClock
) -> None:
    number = registered(counter, CARRIED, answer="carry")
    page = counter.open(f"{ROOT}/cases/{number}").text
    assert "承办机关已受理" in page
    assert "3月4日" in page
    clock.at += timedelta(days=3)
    counter.log_in("counter1")
    typed = {"accepted_on": "2026-03-03", "outside_number": "县2026-9"}
    refused = press(counter, number, "accept", **typed)
    assert refused.status_code == 422
    assert "受理日早于今天，请写明依据" in refused.text
    assert 'value="2026-03-03"' in refused.text
    answer = counter.press(f"{ROOT}/cases/{number}/accept", **typed, reason="见通知书")
    assert answer.headers["Location"] == f"{ROOT}/cases/{number}/paper"
    assert "受理通知书" in counter.follow(answer).text
    case = stored(here, number)
    assert (case.stage, str(case.due_on)) == (Stage.IN_PROGRESS, "2026-03-17")
    assert press(counter, number, "close", result="forwarded").status_code == 303


def test_what_lacks_is_told_once_supplied_and_accepted(counter: Visitor, here: House) -> None:
    number = registered(counter, answer="notice", brought=["0"], flaw_0="看不清")
    paper = counter.open(f"{ROOT}/cases/{number}/paper").text
    assert "一次性告知书" in paper
    assert "（看不清）" in paper
    page = counter.open(f"{ROOT}/cases/{number}").text
    assert "补正的材料来了，请核对" in page
    assert press(counter, number, "accept").status_code == 303
    assert stored(here, number).stage is Stage.IN_PROGRESS


def test_what_lacks_for_a_carried_matter_is_carried_when_it_is_supplied(
    counter: Visitor, here: House
) -> None:
    number = registered(counter, CARRIED, answer="notice", brought=[])
    page = counter.open(f"{ROOT}/cases/{number}").text
    assert ">收件代办<" in page
    assert press(counter, number, "accept").status_code == 303
    assert stored(here, number).stage is Stage.RECEIVED
    assert "收件凭证" in counter.open(f"{ROOT}/cases/{number}/paper").text


def test_who_is_only_pointed_on_need_not_say_who_they_are(counter: Visitor, here: House) -> None:
    number = registered(
        counter,
        REFERRED,
        answer="refer",
        applicant_name="",
        applicant_document_number="",
        applicant_phone="",
        applicant_address="",
    )
    assert people(here, number) == {}
    for page in ("", "/paper"):
        assert counter.open(f"{ROOT}/cases/{number}{page}").status_code == 200
    assert "未留姓名" in counter.open(f"{ROOT}/").text


def test_who_leaves_a_phone_and_no_name_is_kept_and_shown_as_unnamed(
    counter: Visitor, here: House
) -> None:
    number = registered(
        counter,
        REFERRED,
        answer="refer",
        applicant_name="",
        applicant_document_number="",
        applicant_address="",
    )
    assert people(here, number)[Part.APPLICANT] == Person("", phone=f"+86{mobile(1)}")
    for page in ("", "/paper"):
        assert "未留姓名" in counter.open(f"{ROOT}/cases/{number}{page}").text


# ------ refused field by field, with everything typed kept


def wrong_sentences(page: str) -> dict[str, str]:
    return dict(re.findall(r'<span class="wrong" id="wrong-([^"]+)">([^<]*)</span>', page))


WRONG = {
    "applicant_name": ("", "请填写姓名。"),
    "applicant_phone": ("1380000", "手机号码应为11位，现在是7位，请核对。"),
    "applicant_document_number": ("99010119400101001X1", "号码应为18位（老证15位），现在是19位"),
    "applicant_born_on": ("1940-13-01", "日期请写成 2026-11-22 这样。"),
    "applicant_address": ("示例" + "村" * 200, "最多200个字，现在有202个，请缩短。"),
    "presenter_name": ("<b>", "姓名里不能有换行或尖括号，请改正。"),
    "presenter_document_number": ("", "请填写证件号码"),
    "presenter_relation": ("", "请从列出的选项里选一个。"),
}


def test_everything_wrong_is_told_at_once_beside_its_field_and_nothing_is_lost(
    counter: Visitor, here: House
) -> None:
    typed: dict[str, str | list[str]] = {name: text for name, (text, _) in WRONG.items()}
    answer = take_in(
        counter,
        HERE,
        presented="1",
        presenter_document_kind="resident_id",
        presenter_phone=mobile(5),
        outside_number="省2026-77",
        flaw_0="看不清",
        brought=["0", "2"],
        **typed,
    )
    assert answer.status_code == 422
    told = wrong_sentences(answer.text)
    assert set(told) == set(WRONG)
    for name, (_, sentence) in WRONG.items():
        assert told[name].startswith(sentence), name
    assert f"有{len(WRONG)}处需要改正" in answer.text
    for kept in (*(text for text, _ in WRONG.values() if text), "省2026-77", "看不清", mobile(5)):
        assert f'value="{escape(kept)}"' in answer.text, kept
    ticked = re.findall(r'name="brought" value="(\d+)" checked', answer.text)
    assert ticked == ["0", "2"]
    assert 'id="presented" checked' in answer.text
    assert cases(here) == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"answer": "expect"}, "请从列出的选项里选一个"),
        ({"answer": ""}, "请从列出的选项里选一个"),
        ({"answer": "grant"}, "请从列出的选项里选一个"),
        ({"answer": "carry"}, "这个事项本厅不能“收件代办”"),
        ({"brought": []}, "还缺："),
        ({"answer": "notice"}, "材料都齐了，没有要补的"),
        ({"applicant_document_number": resident_number(1)[:-1] + "?"}, "号码第18位不是数字"),
        ({"applicant_sex": "female"}, "与身份证号码不一致"),
        ({"applicant_sex": "x"}, "请从列出的选项里选一个"),
        ({"applicant_document_kind": "x"}, "请从列出的选项里选一个"),
        ({"outside_number": "A\x00B"}, "看不见的特殊字符"),
        ({"outside_number": "9" * 61}, "最多60个字"),
        ({"flaw_0": "\u202e"}, "看不见的特殊字符"),
        ({"flaw_0": "坏" * 121}, "最多120个字"),
        ({"applicant_name": "张\u200b三"}, "看不见的特殊字符（U+200B）"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    counter: Visitor, here: House, wrong: dict[str, str | list[str]], sentence: str
) -> None:
    answer = take_in(counter, HERE, **wrong)
    assert answer.status_code in {409, 422}
    assert sentence in answer.text
    assert 'value="示例上溪村8号"' in answer.text
    assert cases(here) == 0


@pytest.mark.parametrize("village", ["x", "-1", "0", "9" * 30, "9" * 5000, "１", "1.0"])
def test_a_village_that_is_none_is_left_open(counter: Visitor, here: House, village: str) -> None:
    assert stored(here, registered(counter, village=village)).village is None


def test_another_birth_than_the_numbers_is_taken_with_a_reason(
    counter: Visitor, here: House
) -> None:
    answer = take_in(counter, applicant_born_on="1940-02-02")
    assert "applicant_birth_reason" in answer.text
    number = registered(
        counter, applicant_born_on="1940-02-02", applicant_birth_reason="户口簿为准"
    )
    assert str(people(here, number)[Part.APPLICANT].born_on) == "1940-02-02"


def test_who_came_for_the_applicant_is_kept_with_the_relation(
    counter: Visitor, here: House
) -> None:
    number = registered(
        counter,
        presented="1",
        presenter_name="示例欧阳丙",
        presenter_document_kind="none",
        presenter_document_number="",
        presenter_phone=mobile(5),
        presenter_relation="child",
    )
    assert people(here, number) == {
        Part.APPLICANT: Person(
            "示例欧阳甲",
            DocumentKind.RESIDENT_ID,
            resident_number(1),
            people(here, number)[Part.APPLICANT].born_on,
            Sex.MALE,
            f"+86{mobile(1)}",
            "示例上溪村8号",
        ),
        Part.PRESENTER: Person("示例欧阳丙", phone=f"+86{mobile(5)}", relation=Relation.CHILD),
    }
    paper = counter.open(f"{ROOT}/cases/{number}/paper").text
    assert "来办人" in paper
    assert "（子女）" in paper


def test_an_item_that_changed_meanwhile_asks_for_new_ticks_and_keeps_the_rest(
    counter: Visitor, here: House
) -> None:
    page = f"{ROOT}/new/{HERE}"
    counter.open(page)
    with here.writing() as session:
        version = catalogue.published(session, HERE)
        facts = catalogue.facts_of(session, version)
        first, *others = facts.materials or ()
        changed = replace(facts, materials=(MaterialFacts("新增的承诺书", "1份"), first, *others))
        catalogue_actions.take_in(session, Entry(HERE, changed), here.now(), here.calendar(session))
    answer = counter.press(page, **form(flaw_0="看不清"))
    assert answer.status_code == 409
    assert "请重新勾选材料后再提交" in answer.text
    assert "新增的承诺书" in answer.text
    assert 'value="示例上溪村8号"' in answer.text
    assert not re.findall(r'name="brought" value="\d+" checked', answer.text)
    assert cases(here) == 0
    assert counter.press(page, **form()).status_code == 303, "the new list was on screen"
    with here.reading() as session:
        case = session.scalars(sa.select(Case)).one()
        assert queries.materials_of(session, case)[0].name == "新增的承诺书"


@pytest.mark.parametrize("code", ["BM-059", "BM-060"])
def test_another_windows_item_is_not_taken_in_here(
    counter: Visitor, here: House, code: str
) -> None:
    assert "请引导群众到该窗口" in counter.open(f"{ROOT}/new/{code}").text
    answer = counter.press(f"{ROOT}/new/{code}", **form())
    assert answer.status_code == 409
    assert "请引导群众到该窗口" in answer.text
    assert cases(here) == 0


def test_the_same_form_pressed_twice_is_one_case(counter: Visitor, here: House) -> None:
    page = f"{ROOT}/new/{HERE}"
    counter.open(page)
    first = counter.press(page, **form())
    second = counter.press(page, **form())
    assert first.headers["Location"] == second.headers["Location"]
    assert cases(here) == 1


# ------ find a case again


@both_databases
def test_a_case_is_found_by_each_scrap_somebody_may_bring(counter: Visitor, here: House) -> None:
    number = registered(counter)
    other = {"applicant_document_number": resident_number(44), "applicant_phone": mobile(44)}
    registered(counter, HERE, applicant_name="示例王五", **other)
    with here.reading() as session:
        code = lookup_code(session, queries.at_window(session, Window.GENERAL, number))
    exact = [number, number.lower(), number.replace("-", ""), code, f"https://desk.test/C/{code}"]
    for typed in exact:
        answer = counter.open(f"{ROOT}/find?q={typed}")
        assert answer.headers["Location"] == f"{ROOT}/cases/{number}", typed
    for typed in ("欧阳", "示例欧阳甲", mobile(1), "0001", resident_number(1)):
        text = counter.open(f"{ROOT}/find?q={typed}").text
        assert re.findall(r"Z26-\d{5}-\d</a>", text) == [f"{number}</a>"], typed
    assert "没有找到“赵钱孙”" in counter.open(f"{ROOT}/find?q=赵钱孙").text


@both_databases
def test_any_search_is_answered_and_a_number_nobody_gave_out_is_not_found(
    counter: Visitor,
) -> None:
    registered(counter)
    for typed in ("", " ", "%00", "%", "x" * 5000, "'; DROP TABLE case", "Z26-9"):
        assert counter.open(f"{ROOT}/find?q={typed}").status_code == 200, typed
    for number in ("Z26-00009-9", "x", "%00", "Z26-00001-5", "1"):
        for page in ("", "/paper", "/paper.pdf", "/correct"):
            assert counter.open(f"{ROOT}/cases/{number}{page}").status_code == 404, number


def test_a_busy_counter_reads_the_true_number_and_is_told_that_the_list_is_cut(
    counter: Visitor, here: House
) -> None:
    with here.writing() as session:
        for serial in range(1, queries.LIST_LIMIT + 4):
            a_case(here, session, here.now(), intake(session, who=person(serial)))
    page = counter.open(f"{ROOT}/").text
    assert "待办 103 件（只列100件，其余请查找）" in page
    assert "今天登记 103 件（只列100件，其余请查找）" in page


def test_a_case_stands_once_on_the_worklist_beside_what_came_today(
    counter: Visitor, here: House, clock: FixedClock
) -> None:
    with here.writing() as session:
        examined = a_case(here, session, here.now(), intake(session, HERE, Answer.RECEIVE)).number
        asked = intake(session, HERE, Answer.NOTICE, person(2))
        unsupplied = a_case(here, session, here.now(), asked).number
    clock.at += timedelta(days=1)
    counter.log_in("counter1")
    page = counter.open(f"{ROOT}/").text
    assert (page.count(f">{examined}<"), page.count(f">{unsupplied}<")) == (1, 1)
    assert ("收件待审查 1 件" in page, "待办 1 件" in page) == (True, True)
    clock.at += timedelta(days=30)
    counter.log_in("counter1")
    page = counter.open(f"{ROOT}/").text
    assert (page.count(f">{examined}<"), page.count(f">{unsupplied}<")) == (1, 1)
    assert ("补正逾期 1 件" in page, "待办 0 件" in page) == (True, True)


# ------ a case's buttons


def test_full_numbers_are_shown_once_for_a_purpose_that_is_written_down(
    counter: Visitor, here: House
) -> None:
    number = registered(counter)
    page = counter.open(f"{ROOT}/cases/{number}").text
    secrets = (resident_number(1), mobile(1), "示例上溪村8号")
    assert [secret in page for secret in secrets] == [False] * 3
    refused = press(counter, number, "reveal", purpose="")
    assert refused.status_code == 422
    assert "查看完整号码要选一个用途" in refused.text
    assert secrets[0] not in refused.text
    shown = press(counter, number, "reveal", purpose="核对身份")
    assert shown.status_code == 200
    assert [secret in shown.text for secret in secrets] == [True] * 3
    assert shown.headers["Cache-Control"] == "no-store"
    assert secrets[0] not in counter.open(f"{ROOT}/cases/{number}").text
    with here.reading() as session:
        entries = audit.about(session, f"case:{stored(here, number).id}")
        assert [entry.verb for entry in entries] == ["case.registered", "case.revealed"]
        assert "核对身份" in entries[-1].facts


def test_who_may_only_look_is_offered_no_button(visit: Visit, counter: Visitor) -> None:
    number = registered(counter)
    page = visit("supervisor").open(f"{ROOT}/cases/{number}").text
    for verb in ("close", "withdraw", "note", "reveal", "accept"):
        assert f'action="{ROOT}/cases/{number}/{verb}"' not in page
    assert f"/cases/{number}/transfer" not in page


def test_a_correction_is_a_recorded_reveal_and_changes_by_what_a_case_is_found(
    counter: Visitor, here: House
) -> None:
    number = registered(counter)
    page = counter.open(f"{ROOT}/cases/{number}/correct").text
    for known in (resident_number(1), mobile(1), "示例上溪村8号", "1940-01-01"):
        assert known in page
    corrected = form(applicant_name="示例司马乙", applicant_phone=mobile(2), reason="写错了字")
    answer = counter.press(f"{ROOT}/cases/{number}/correct", **corrected)
    assert answer.status_code == 303
    page = counter.follow(answer).text
    assert "示例司马乙" in page
    assert "登记信息已更正：姓名、联系电话。" in page
    assert number in counter.open(f"{ROOT}/find?q=司马").text
    assert number not in counter.open(f"{ROOT}/find?q=欧阳").text
    with here.reading() as session:
        entries = audit.about(session, f"case:{stored(here, number).id}")
        assert [entry.verb for entry in entries][1:] == ["case.revealed", "case.corrected"]
        assert all("司马" not in entry.facts for entry in entries)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": ""}, "请写明理由"),
        ({"applicant_name": ""}, "请填写姓名"),
        ({"reason": "x"}, "没有改动任何内容"),
    ],
)
def test_a_correction_that_corrects_nothing_or_says_not_why_is_refused(
    counter: Visitor, typed: dict[str, str], sentence: str
) -> None:
    number = registered(counter)
    counter.open(f"{ROOT}/cases/{number}/correct")
    changed = {} if typed == {"reason": "x"} else {"applicant_phone": mobile(9)}
    answer = counter.press(f"{ROOT}/cases/{number}/correct", **form(**{**changed, **typed}))
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize(
    ("verb", "typed", "sentence"),
    [
        ("note", {"text": ""}, "请写下要记的内容"),
        ("note", {"text": "字" * 501}, "最多500个字"),
        ("withdraw", {"reason": ""}, "请写明理由"),
        ("close", {"result": "denied", "reason": ""}, "请写明理由"),
        ("close", {"result": ""}, "请从列出的选项里选一个"),
        ("close", {"result": "x"}, "请从列出的选项里选一个"),
        ("accept", {}, "不能再改为“办理中”"),
        ("reveal", {"purpose": "好奇"}, "查看完整号码要选一个用途"),
    ],
)
def test_a_button_that_says_no_says_why_and_changes_nothing(
    counter: Visitor, here: House, verb: str, typed: dict[str, str], sentence: str
) -> None:
    number = registered(counter)
    before = stored(here, number)
    answer = press(counter, number, verb, **typed)
    assert answer.status_code in {409, 422}
    assert sentence in answer.text
    after = stored(here, number)
    assert (after.version, after.stage) == (before.version, before.stage)


@pytest.mark.parametrize("chosen", ["", "x", "9" * 30, "9" * 5000, "adviser"])
def test_a_case_is_offered_to_nobody_but_a_colleague_at_the_counter(
    counter: Visitor, here: House, chosen: str
) -> None:
    number = registered(counter)
    before = stored(here, number)
    with here.reading() as session:
        somebody = by_username(session, chosen)
    counter.open(f"/cases/{number}/transfer")
    to = str(somebody.id) if somebody else chosen
    answer = counter.press(f"/cases/{number}/transfer", to=to, reason="我去开会")
    assert answer.status_code == 422
    assert "请从列出的同事里选一位" in answer.text
    assert "我去开会" in answer.text
    assert stored(here, number).version == before.version


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 5000, "１", "2"])
def test_a_form_of_another_version_is_a_conflict_whatever_it_says(
    counter: Visitor, version: str
) -> None:
    number = registered(counter)
    answer = press(counter, number, "note", text="写到一半", version=version)
    assert answer.status_code == 409
    assert "刚刚被他人改动" in answer.text
    assert "写到一半" in answer.text


# ------ names, byte for byte (H1)


def samples(first: int, last: int, number: int) -> Iterator[str]:
    step = max(1, (last - first) // number)
    return islice((chr(code) for code in range(first, last + 1, step)), number)


RARE = [
    "\U00020bb7",
    "\U0002cb7c",
    "\ufa19",
    "\ue863",
    "葛\U000e0100",
    "辻\ufe00",
    *samples(0x3400, 0x4DBF, 24),
    *samples(0x4E00, 0x9FFF, 24),
    *samples(0xE000, 0xF8FF, 12),
    *samples(0xF900, 0xFA6D, 16),
    *samples(0x20000, 0x2A6DF, 24),
    *samples(0x2A700, 0x2B739, 16),
    *samples(0x2B740, 0x2B81D, 12),
    *samples(0x2B820, 0x2CEA1, 16),
    *samples(0x2CEB0, 0x2EBE0, 16),
    *samples(0x2EBF0, 0x2EE5D, 12),
    *samples(0x2F800, 0x2FA1D, 12),
    *samples(0x30000, 0x3134A, 16),
    *samples(0x31350, 0x323AF, 16),
    "\U000323af",
]
#: forty characters, as the longest names on identity cards are
LONG = "阿布都热合曼江"


def long_name(dot: str) -> str:
    return "".join(islice(cycle(f"{LONG}{dot}"), 40))


NAMES = [
    *(f"示例{surname}{given}" for surname, given in zip(RARE, cycle("王李张刘陈"), strict=False)),
    *(long_name(dot) for dot in DOTS.replace(".", ".．")),
    *("示例 空 格", "示例　全角空格", "O'Neil & Söhne", '示例"引号"', "示例{{7*7}}", "示例#*_`$@"),
    *("ئۇيغۇر", "བོད་ཡིག", "Nguyễn Văn Đức", "Ñandú Ölçek", "ㄅㄆㄇ", "示例①②Ⅳ", "Ａｂｃ全角"),
    *("示例有限公司（分公司）", "示例—长划", "é示例", "王", "甲" * 100),
]


@dataclass(frozen=True)
class Taken:
    """A name and the case it was registered in."""

    name: str
    number: str


def register_all(here: House, names: Sequence[str]) -> list[Taken]:
    """Register a case for each name."""
    with here.writing() as session:
        template = intake(session, HERE)
        people = [replace(person(place % 900 + 1), name=name) for place, name in enumerate(names)]
        cases = [
            a_case(here, session, here.now(), replace(template, applicant=who)) for who in people
        ]
        return [Taken(who.name, case.number) for who, case in zip(people, cases, strict=True)]


def shown(page: bytes, name: str) -> bool:
    """Say whether a page shows a name, byte for byte."""
    return str(escape(name)).encode() in page


def test_hundreds_of_names_are_legal() -> None:
    assert len(NAMES) == len(set(NAMES)) > 240


def _check_the_database(here: House, named: Sequence[Taken]) -> None:
    with here.reading() as session:
        for taken in named:
            case = queries.at_window(session, Window.GENERAL, taken.number)
            applicant = queries.applicant_of(session, case)
            assert applicant is not None
            assert applicant.name.encode() == taken.name.encode()
            assert case in queries.find(session, Window.GENERAL, taken.name), taken.name.encode()


def test_hundreds_of_names_come_back_byte_for_byte_and_are_found(
    counter: Visitor, here: House
) -> None:
    named = register_all(here, NAMES)
    _check_the_database(here, named)
    for taken in named:
        page = counter.client.get(f"{ROOT}/cases/{taken.number}", base_url=BASE).data
        assert shown(page, taken.name), taken.name.encode()


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_names_come_back_byte_for_byte_from_the_other_database(here: House) -> None:
    _check_the_database(here, register_all(here, NAMES[::4]))


def test_a_name_that_was_normalised_on_its_way_would_be_seen() -> None:
    page = f"<dd>{escape('示例神')}</dd>".encode()
    assert shown(page, "示例神")
    assert not shown(page, "示例\ufa19")


PRINTED = [*NAMES[:6], *NAMES[6:-24:16], *NAMES[-24:]]


def text_of(pdf: bytes) -> str:
    """Return the text of a slip's first page without its line breaks and spaces."""
    page = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    return re.sub(r"\s", "", page)


def as_printed(name: str) -> str:
    """Return a name as the bundled font prints it: a sign for each character it lacks."""
    lacking = dict.fromkeys(map(ord, missing_glyphs(name)), LACKING)
    return re.sub(r"\s", "", name.translate(lacking))


def test_slips_print_names_byte_for_byte_and_name_what_is_to_be_written_by_hand(
    counter: Visitor, here: House
) -> None:
    whole = 0
    for taken in register_all(here, PRINTED):
        pdf = counter.client.get(f"{ROOT}/cases/{taken.number}/paper.pdf", base_url=BASE)
        assert pdf.mimetype == "application/pdf"
        text, printed = text_of(pdf.data), as_printed(taken.name)
        assert printed in text, (taken.name.encode(), text)
        codes = [f"U+{ord(character):04X}" for character in missing_glyphs(taken.name)]
        assert all(code in text for code in codes), taken.name.encode()
        assert ("请手写补上" in text) is bool(codes)
        whole += not codes
    assert whole > len(PRINTED) // 2


def test_two_people_whose_dots_look_alike_keep_their_own(counter: Visitor) -> None:
    for ours, theirs in (("·", "•"), ("‧", "・"), ("•", "‧"), ("・", "·")):
        number = registered(
            counter,
            applicant_name=f"阿卜杜{ours}买买提",
            presented="1",
            presenter_name=f"吐尔逊{theirs}阿吉",
            presenter_document_kind="none",
            presenter_relation="relative",
        )
        pdf = counter.client.get(f"{ROOT}/cases/{number}/paper.pdf", base_url=BASE).data
        assert f"阿卜杜{ours}买买提" in text_of(pdf)
        assert f"吐尔逊{theirs}阿吉" in text_of(pdf)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " 　 ",
        "张\x00三",
        "张\x07三",
        "张\x85三",
        "张\u202e三",
        "张\u2066三",
        "张\u200b三",
        "张\u200d三",
        "张\ufeff三",
        "张\u2028三",
        "张\n三",
        "张\t三",
        "张\uffff三",
        "张\U0010ffff三",
        "张<b>三",
        "甲" * 101,
    ],
)
def test_a_name_that_is_none_is_refused_in_words(counter: Visitor, here: House, name: str) -> None:
    answer = take_in(counter, applicant_name=name)
    assert answer.status_code == 422
    assert re.search("请填写姓名|特殊字符|不能有换行或尖括号|最多100个字", answer.text)
    assert cases(here) == 0


def test_the_answer_is_given_by_the_counter_and_by_nobody_else(client: FlaskClient) -> None:
    assert client.get(f"{ROOT}/new/{HERE}", base_url=BASE).status_code == 302
