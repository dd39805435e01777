"""财务公开与质询: what is published stays, what is asked is answered, who asked stays hidden."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from desk.cases import queries as cases
from desk.cases.rules.stages import Stage
from desk.windows.village_accounts.actions import disclosure as actions
from desk.windows.village_accounts.actions.posting import reverse
from desk.windows.village_accounts.actions.questions import Answering, answer
from desk.windows.village_accounts.queries import disclosure as queries
from desk.windows.village_accounts.queries import pictures, questions
from desk.windows.village_accounts.records import AccountEntry
from desk.windows.village_accounts.rules.disclosed_months import MonthsOpen, SheetTaken
from desk.windows.village_accounts.rules.disclosure import Section
from desk.windows.village_accounts.rules.open_books import (
    NotReviewed,
    OwnPicture,
    OwnSheet,
    PictureKind,
    PublishedAlready,
)
from desk.windows.village_accounts.rules.questions import (
    AnsweredAlready,
    NamesAsker,
    NothingShown,
)
from desk.windows.village_accounts.rules.registers import Register
from kernel.access import Role
from kernel.audit.records import AuditEntry
from kernel.clock import town_day
from kernel.errors import NotFound
from kernel.web.house import House
from tests.actions.a_book import begin
from tests.actions.a_sheet import (
    again,
    asked,
    drafted,
    expense,
    keep_january,
    published,
    reviewed,
)
from tests.builders import clerk, person
from tests.pages.happy_rota import a_png
from tests.pages.test_registers import TYPED, put


def test_a_sheet_tells_a_closed_month_line_by_line_and_adds_up(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        with pytest.raises(MonthsOpen):
            drafted(book)
        keep_january(book)
        sheet = drafted(book)
        told = queries.told(session, sheet)
        money = told.sums
        assert (money.before, money.income, money.expense) == (100_000_00, 8_000_00, 1_500_00)
        assert money.adds_up
        assert [one.fen for one in told.of(Section.EXPENSE)] == [1_200_00, 300_00]
        assert [one.fen for one in told.of(Section.OTHER)] == [3_000_00], "between two books"
        with pytest.raises(SheetTaken):
            drafted(book)


def test_nobody_publishes_what_was_not_reviewed_or_what_he_drafted(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        keep_january(book)
        with pytest.raises(NotReviewed):
            actions.publish(session, drafted(book), book.reviewer, here.now())
        actions.drop(session, again(book, 1), "示例原因", book.bookkeeper, here.now())
        sheet = reviewed(book)
        with pytest.raises(OwnSheet):
            actions.publish(session, sheet, book.bookkeeper, here.now())
        with pytest.raises(NotFound):
            queries.published(session, sheet.disclosure.id)
        actions.publish(session, sheet, book.reviewer, here.now())
        out = queries.published(session, sheet.disclosure.id)
        with pytest.raises(PublishedAlready):
            actions.drop(session, out, "示例原因", book.bookkeeper, here.now())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE disclosure_line SET fen = 1",
        "DELETE FROM disclosure_line",
        "UPDATE disclosure SET digest = 'x'",
        "DELETE FROM disclosure_step",
    ],
)
def test_what_was_published_cannot_be_changed_by_anybody(here: House, statement: str) -> None:
    with here.writing() as session:
        book = begin(here, session)
        keep_january(book)
        published(book)
    with pytest.raises(DBAPIError, match="append only"), here.writing() as session:
        session.execute(sa.text(statement))


def test_a_later_correction_stands_beside_the_line_and_changes_nothing(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        keep_january(book)
        sheet = published(book)
        wrong = session.get_one(AccountEntry, expense(session, sheet).entry_id)
        red = reverse(session, wrong, "冲销：买错了", book.bookkeeper, here.now())
        assert queries.told(session, sheet).corrected == [], "a draft corrects nothing yet"
        book.put(red)
        told = queries.told(session, sheet)
        assert {one.fen for one in told.corrected} == {1_200_00, 300_00}
        assert told.corrections[wrong.id].id == red.id
        assert told.sums.expense == 1_500_00
        book.close()
        february = actions.draft_sheet(
            session, book.books, (202602, 202602), book.bookkeeper, here.now()
        )
        after = queries.told(session, again(book, february.id))
        assert [one.fen for one in after.of(Section.EXPENSE)] == [-1_200_00, -300_00]
        assert after.sums.adds_up


def test_an_original_is_open_to_everybody_after_a_second_pair_of_eyes_and_while_it_stays(
    here: House,
) -> None:
    with here.writing() as session:
        book = begin(here, session)
        keep_january(book)
        sheet, now = published(book), here.now()
        number, line = sheet.disclosure.id, expense(session, sheet).line
        what = (PictureKind.REDACTED, line)
        kept = actions.keep_picture(session, sheet, what, a_png(), book.bookkeeper, now)
        assert pictures.public_of_line(session, number, line) is None
        with pytest.raises(OwnPicture):
            actions.release(session, kept, book.bookkeeper, now)
        actions.release(session, kept, book.reviewer, now)
        assert pictures.public_of_line(session, number, line) == kept
        assert pictures.content(session, kept)[0].startswith(b"\x89PNG")
        actions.take_down(session, kept, book.bookkeeper, now)
        assert pictures.public_of_line(session, number, line) is None


def test_a_question_is_a_case_with_ten_days_and_needs_no_name(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        keep_january(book)
        found = asked(book, published(book))
        assert found.case.stage is Stage.IN_PROGRESS
        assert found.case.due_on is not None
        assert (found.case.due_on - town_day(here.now())).days >= 10
        assert cases.applicant_of(session, found.case) is None
        assert found.case.number.startswith("C26-")


def test_a_public_answer_stands_on_the_sheet_without_numbers_a_private_one_does_not(
    here: House,
) -> None:
    with here.writing() as session:
        book = begin(here, session)
        keep_january(book)
        sheet, now, hall = published(book), here.now(), here.hall(session)
        first, second = asked(book, sheet), asked(book, sheet)
        with pytest.raises(NothingShown):
            answer(session, first, Answering("买水泥", "", True), book.bookkeeper, now, hall)
        said = Answering("买水泥，找示例户15400001234", "买了什么？", True)
        answer(session, first, said, book.bookkeeper, now, hall)
        answer(session, second, Answering("您来看凭证", "", False), book.bookkeeper, now, hall)
        with pytest.raises(AnsweredAlready):
            answer(session, first, said, book.bookkeeper, now, hall)
        (shown,) = questions.answered_in_public(session, sheet.disclosure.id)
        assert (shown.row.shown, shown.answer) == ("买了什么？", "买水泥，找示例户15＊＊＊＊")
        assert questions.of_case(session, second.case).answer == "您来看凭证"
        assert first.case.stage is Stage.COMPLETED


def test_what_everybody_reads_never_names_who_asked(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        keep_january(book)
        found, hall = asked(book, published(book), person(5, "示例提问人")), here.hall(session)
        for said in (
            Answering("买水泥", "示例提问人问：买了什么？", is_public=True),
            Answering("示例提问人，买的是水泥", "买了什么？", is_public=True),
        ):
            with pytest.raises(NamesAsker):
                answer(session, found, said, book.bookkeeper, here.now(), hall)
        private = Answering("示例提问人：买的是水泥", "", is_public=False)
        answer(session, found, private, book.bookkeeper, here.now(), hall)


@pytest.mark.parametrize("role", [Role.VILLAGE_CLERK, Role.ADVISER])
def test_people_of_a_village_never_see_what_was_asked_or_by_whom_whatever_else_they_are(
    here: House, role: Role
) -> None:
    with here.writing() as session:
        book = begin(here, session)
        keep_january(book)
        found = asked(book, published(book), person(5, "示例提问人"))
        number = found.case.number
        for somebody in (
            clerk(session, str(role)),
            replace(book.bookkeeper, roles=book.bookkeeper.roles | {role}),
        ):
            with pytest.raises(NotFound):
                questions.question(session, number, somebody)
            with pytest.raises(NotFound):
                questions.listed(session, somebody, here.now(), here.today())
        assert questions.question(session, number, book.bookkeeper).case is found.case


def test_who_asked_and_what_is_nowhere_in_plain_letters(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        keep_january(book)
        found = asked(book, published(book), person(5, "示例提问人"))
        row = found.row
        assert "买了" not in row.asked_sealed
        facts = "".join(str(one.facts) for one in session.scalars(sa.select(AuditEntry)))
        assert "示例提问人" not in facts
        assert "买了" not in facts


def test_plan_and_resources_are_told_from_their_registers(here: House) -> None:
    with here.writing() as session:
        book = begin(here, session)
        for register in (Register.PLAN, Register.RESOURCES):
            put(book, register, **TYPED[register])
        keep_january(book)
        told = queries.told(session, drafted(book))
        assert [one.gist for one in told.of(Section.PLAN)] == ["计划收入：示例租金"]
        assert [one.gist for one in told.of(Section.RESOURCE)] == ["示例后山（林地，120.50亩）"]
        assert told.sums.adds_up
