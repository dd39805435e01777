"""联系人规则: who is told, in which words, and who has to be rung up."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from desk.cases.rules.contacts import (
    ConsentNeeded,
    Contact,
    DayOfConsent,
    MobileNeeded,
    WhoIsIt,
    check_contact,
    is_rung_up,
    reached,
    spoken,
)
from desk.cases.rules.people import Part, Person, Relation
from desk.messages.rules import wording
from kernel.errors import Refusal

TODAY = date(2026, 3, 2)
MINE, THEIRS, LANDLINE = "+8615400000001", "+8615400000002", "+8605798000001"
DAUGHTER = Contact("示例女儿", Relation.CHILD, THEIRS, date(2026, 8, 29), has_consent=True)


def people(applicant: str = "", presenter: str | None = None) -> list[tuple[Part, Person]]:
    both = [(Part.APPLICANT, Person("示例甲", phone=applicant))]
    if presenter is not None:
        both.append((Part.PRESENTER, Person("示例乙", phone=presenter)))
    return both


def told(who: list[tuple[Part, Person]], contact: Contact | None) -> list[str]:
    return [one.mobile for one in reached(who, contact)]


@pytest.mark.parametrize(
    ("who", "contact", "mobiles", "rung_up"),
    [
        (people(MINE), None, [MINE], False),
        (people("", MINE), None, [MINE], False),
        (people(MINE, THEIRS), None, [MINE], False),
        (people(""), None, [], True),
        (people(LANDLINE), None, [], True),
        ([], None, [], True),
        (people(""), DAUGHTER, [THEIRS], False),
        (people(MINE), DAUGHTER, [THEIRS], False),
        (people(MINE), replace(DAUGHTER, tells_both=True), [MINE, THEIRS], False),
        (people(THEIRS), replace(DAUGHTER, tells_both=True), [THEIRS], False),
        (people(LANDLINE), replace(DAUGHTER, tells_both=True), [THEIRS], True),
        (people(LANDLINE), DAUGHTER, [THEIRS], False),
    ],
)
def test_who_gets_a_text_and_who_is_rung_up(
    who: list[tuple[Part, Person]], contact: Contact | None, mobiles: list[str], rung_up: bool
) -> None:
    assert told(who, contact) == mobiles
    assert is_rung_up(who, contact) is rung_up


@pytest.mark.parametrize(
    ("contact", "refusal"),
    [
        (replace(DAUGHTER, relation=None), WhoIsIt),
        (replace(DAUGHTER, relation=Relation.STAFF), WhoIsIt),
        (replace(DAUGHTER, phone=LANDLINE), MobileNeeded),
        (replace(DAUGHTER, phone=""), MobileNeeded),
        (replace(DAUGHTER, until_on=None), DayOfConsent),
        (replace(DAUGHTER, until_on=TODAY), DayOfConsent),
        (replace(DAUGHTER, until_on=date(2027, 3, 4)), DayOfConsent),
        (replace(DAUGHTER, has_consent=False), ConsentNeeded),
    ],
)
def test_nobody_is_told_without_consent_mobile_relation_and_a_last_day(
    contact: Contact, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        check_contact(contact, TODAY)
    assert check_contact(DAUGHTER, TODAY) == date(2026, 8, 29)


NUMBER, HALL = "Z26-00017-8", "示例乡便民服务中心"
TEXTS = (
    partial(wording.receipt_text, HALL, NUMBER, "3月9日"),
    partial(wording.accepted_text, HALL, NUMBER),
    partial(wording.carried_text, HALL, NUMBER, "3月9日"),
    partial(wording.examined_text, HALL, NUMBER, "3月9日"),
    partial(wording.notice_text, HALL, NUMBER, "3月9日"),
    partial(wording.completed_text, HALL, NUMBER),
    partial(wording.held_text, HALL, NUMBER),
    partial(wording.moved_text, HALL, NUMBER, "3月9日"),
    partial(wording.ready_text, HALL, NUMBER),
    partial(wording.appointment_text, HALL, NUMBER, ("11月25日14时30分", "大厅")),
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_contact_reads_whose_matter_it_is_and_the_mark_stays(
    text: partial[wording.Said],
) -> None:
    mark = wording.mark_of("示例")
    said = wording.contact_text(text(mark=mark), mark)
    wording.refuse_unfit(said, mark)
    assert said.startswith(f"【{HALL}】您代为联系的办件{NUMBER}")
    assert said.count("您") == 1
    assert wording.text_units(said) <= wording.SINGLE


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_said_on_the_telephone_bears_no_signature_and_no_mark(text: partial[str]) -> None:
    said = spoken(text(mark=""))
    assert NUMBER in said
    assert said[-1] in "。"
    assert "【" not in said
    assert "短信号" not in said
