"""找办件: found by every scrap somebody may remember, and by no other window's counter."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from desk.cases import queries
from desk.cases.actions.register import lookup_code
from desk.cases.records import Case
from desk.cases.rules.people import Person
from desk.cases.rules.stages import Stage
from kernel.clock import FixedClock
from kernel.errors import NotFound
from kernel.identity import DocumentKind
from kernel.text import DOTS
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.builders import a_case, intake, person, resident_number

#: for what no database decides
on_one_database = pytest.mark.parametrize("kind", ["sqlite"])


def register_all(here: House, people: Iterable[Person]) -> list[str]:
    """Register a case for each; return the numbers."""
    with here.writing() as session:
        return [
            a_case(here, session, here.now(), intake(session, who=who)).number for who in people
        ]


def found(session: Session, typed: str, window: Window = Window.GENERAL) -> list[str]:
    return [case.number for case in queries.find(session, window, typed)]


OTHERS = [person(101, "示例王五"), person(102, "示例买买提江"), person(103, "示例阿卜杜")]


def test_a_case_is_found_by_every_scrap_somebody_may_remember(
    here: House, clock: FixedClock
) -> None:
    who = person(7, "阿卜杜·买买提𠮷")
    number, *_ = register_all(here, [who, *OTHERS])
    with here.writing() as session:
        case = queries.at_window(session, Window.GENERAL, number)
        code = lookup_code(session, case)
    scraps = [
        *("阿卜杜·买买提𠮷", "𠮷", "阿卜杜•买", "杜·买", "提𠮷", " 阿卜杜 · 买买提 "),
        *(f"阿卜杜{dot}买买提" for dot in DOTS.replace(".", ".．")),
        *("15400000007", "154 0000 0007", "+86 154-0000-0007", "１５４０００００００７", "0007"),
        *(who.document_number, who.document_number[-4:], who.document_number.lower()),
        f"{who.document_number[:6]} {who.document_number[6:14]} {who.document_number[14:]}",
        *(number, number.lower(), number.replace("-", ""), number.replace("-", "—")),
        *(code, code.lower(), f"https://desk.test/c/{code}", f"HTTPS://DESK.TEST/C/{code}"),
    ]
    with here.reading() as session:
        for scrap in scraps:
            assert found(session, scrap) == [number], scrap
        for nothing in (
            "赵",
            "15400000999",
            "0999",
            "Z26-99999-9",
            "",
            "%",
            "买江",
            resident_number(9),
        ):
            assert found(session, nothing) == [], nothing


@pytest.mark.parametrize(
    ("kind_of_document", "stored", "typed"),
    [
        (
            DocumentKind.PASSPORT,
            "E12345678",
            ["e1234 5678", "E-1234-5678", "Ｅ１２３４５６７８", "5678"],
        ),
        (DocumentKind.PERMANENT_RESIDENCE, "ABC123456789012", ["abc 1234 5678 9012", "9012"]),
        (DocumentKind.BIRTH_CERTIFICATE, "T330000001", ["t330000001", "0001"]),
        (
            DocumentKind.CREDIT_CODE,
            "9133000000000010XA"[:18],
            ["9133-0000-0000-0010-XA", "10xa", "10XA"],
        ),
        (DocumentKind.OTHER, "军字第12.5-A号", ["军字第12.5-a号", "5-A号", "5-a号"]),
    ],
)
@on_one_database
def test_every_kind_of_document_is_found_as_people_type_it(
    here: House, kind_of_document: DocumentKind, stored: str, typed: list[str]
) -> None:
    who = Person("示例外来甲", kind_of_document, stored)
    number, *_ = register_all(here, [who, *OTHERS])
    with here.reading() as session:
        for text in (stored, *typed):
            assert found(session, text) == [number], text


@on_one_database
def test_an_old_number_of_fifteen_digits_finds_the_new_one(here: House) -> None:
    who = replace(person(), document_number=resident_number(1))
    (number,) = register_all(here, [who])
    old = who.document_number[:6] + who.document_number[8:17]
    with here.reading() as session:
        assert found(session, old) == [number]


@on_one_database
def test_the_newest_of_several_comes_first(here: House) -> None:
    numbers = register_all(here, [person(serial, f"示例同名{serial}") for serial in range(1, 6)])
    with here.reading() as session:
        assert found(session, "示例同名") == numbers[::-1]


@on_one_database
def test_a_long_list_stops_at_a_hundred(here: House) -> None:
    register_all(here, [person(serial) for serial in range(1, queries.LIST_LIMIT + 2)])
    with here.reading() as session:
        assert len(found(session, "示例群众甲")) == queries.LIST_LIMIT


@on_one_database
def test_no_window_finds_or_opens_anothers_case(here: House) -> None:
    (number,) = register_all(here, [person()])
    with here.reading() as session:
        for window in set(Window) - {Window.GENERAL}:
            assert found(session, number, window) == []
            assert found(session, "示例群众甲", window) == []
            assert queries.open_at(session, window) == []
            with pytest.raises(NotFound):
                queries.at_window(session, window, number)


def test_what_is_no_number_of_ours_is_simply_not_found(here: House) -> None:
    register_all(here, [person()])
    with here.reading() as session:
        for typed in ("", "\x00", "Z26-00001-5", "x" * 5000, "'; DROP TABLE case; --", "１"):
            assert found(session, typed) == []
            with pytest.raises(NotFound):
                queries.at_window(session, Window.GENERAL, typed)
        assert queries.at_window(session, Window.GENERAL, "z26 00001 4").number == "Z26-00001-4"


@on_one_database
def test_only_the_last_four_of_somebody_in_the_case_open_its_progress(here: House) -> None:
    first, second = register_all(here, [person(11), person(22)])
    with here.reading() as session:
        case = queries.by_number(session, first)
        other = queries.by_number(session, second)
        assert case is not None
        assert other is not None
        last_of_document = person(11).document_number[-4:]
        for last in ("0011", "００１１", last_of_document, last_of_document.lower(), " 0011 "):
            assert queries.matches_last_four(session, case, last)
            assert not queries.matches_last_four(session, other, last)
        for wrong in ("", "011", "0022", "%", "15400000011", "示例群众"):
            assert not queries.matches_last_four(session, case, wrong)


def test_the_list_of_a_window_puts_the_most_urgent_first_and_what_ended_nowhere(
    here: House, clock: FixedClock
) -> None:
    with here.writing() as session:
        later = a_case(here, session, clock.now() + timedelta(days=1))
        first = a_case(here, session, clock.now() + timedelta(days=1), intake(session, "BM-036"))
        batch = a_case(here, session, clock.now() + timedelta(days=1), intake(session, "BM-048"))
        ended = a_case(here, session, clock.now() + timedelta(days=1))
        ended.stage, ended.closed_at = Stage.COMPLETED, clock.now()
        first.due_on = later.due_on - timedelta(days=1) if later.due_on else None
        session.flush()
        assert queries.open_at(session, Window.GENERAL) == [first, later, batch]
        assert queries.counts(session, Window.GENERAL) == {Stage.IN_PROGRESS: 3}
        names = [row.applicant for row in queries.rows(session, [later, batch])]
        assert names == ["示***甲"] * 2
        assert queries.rows(session, []) == []
        today: list[Case] = queries.received_since(session, Window.GENERAL, clock.now())
        assert today == [ended, batch, first, later]
        late = clock.now() + timedelta(days=2)
        assert queries.received_since(session, Window.GENERAL, late) == []
