"""文书的页面: looked at, typeset and printed again, with what the paper said and nobody else's."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import sqlalchemy as sa
from pypdf import PdfReader

from desk.cases.rules.intake import Answer
from kernel.audit.records import AuditEntry
from kernel.clock import FixedClock
from kernel.web.house import House
from tests.builders import BASE, HERE, Visitor, a_case, intake, mobile, person, resident_number

RARE = "示例𠮷·﨑"
LACKING = "示例𪚥"
MARK = '<span class="whole">补印</span><span class="whole">{}</span>'
Browser = Callable[[str], Visitor]


def a_number(here: House, name: str = RARE, answer: Answer = Answer.ACCEPT) -> str:
    with here.writing() as session:
        taken = intake(session, HERE, answer, person(1, name))
        return a_case(here, session, here.now(), taken).number


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def typeset(visitor: Visitor, path: str) -> str:
    """Return the text of every page of a PDF, without its spaces."""
    answer = visitor.client.get(path, base_url=BASE)
    assert answer.mimetype == "application/pdf", answer.text
    return squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages))


def purposes(here: House) -> list[str]:
    with here.reading() as session:
        revealed = sa.select(AuditEntry.facts).where(AuditEntry.verb == "case.revealed")
        return [str(facts) for facts in session.scalars(revealed)]


def test_the_screen_and_the_typesetter_say_the_same_of_rare_names_too(
    here: House, visit: Browser
) -> None:
    root, counter = f"/windows/general/cases/{a_number(here)}", visit("counter1")
    shown, pdf = counter.open(f"{root}/paper").text, typeset(counter, f"{root}/paper.pdf")
    parts = re.findall(r"<(?:dd|dt|li|h1|h2)>(.*?)</(?:dd|dt|li|h1|h2)>", shown, re.DOTALL)
    said = {squeezed(re.sub(r"<[^>]*>", "", part)) for part in parts}
    assert len(said) > 15
    assert [words for words in said if words not in pdf] == []
    assert pdf.count(RARE) == 2, "on both copies"
    for words in ("申请人联", "存根联", "盖章处", "签收人", "12345", "第1页共1页", "骑缝章"):
        assert words in pdf
    assert "补印" not in pdf
    assert "补印" not in shown.partition('class="copies"')[2]


def test_a_character_the_font_lacks_is_asked_for_by_hand(here: House, visit: Browser) -> None:
    root = f"/windows/general/cases/{a_number(here, LACKING)}"
    pdf = typeset(visit("counter1"), f"{root}/paper.pdf")
    assert "示例〓" in pdf
    assert "请手写补上（U+2A6A5）" in pdf


def test_a_paper_printed_on_another_day_says_so(
    here: House, visit: Browser, clock: FixedClock
) -> None:
    root = f"/windows/general/cases/{a_number(here)}"
    clock.at += timedelta(days=1)
    counter = visit("counter1")
    assert "补印2026年3月3日周二" in typeset(counter, f"{root}/paper.pdf")
    assert MARK.format("2026年3月3日 周二") in counter.open(f"{root}/paper").text


def test_printing_again_is_written_down_and_shows_on_the_paper(here: House, visit: Browser) -> None:
    number, counter = a_number(here), visit("counter1")
    page = f"/cases/{number}/papers"
    listed = counter.open(page).text
    assert "便民受〔2026〕1号" in listed
    (again,) = re.findall(rf'action="({page}/[0-9]+/reprint)"', listed)
    refused = counter.press(again, reason="")
    assert "请写明为什么补印" in refused.text
    answer = counter.press(again, reason="申请人遗失")
    assert answer.status_code == 303, answer.text
    shown = counter.follow(answer).text
    assert MARK.format("2026年3月2日 周一") in shown
    assert "data-opens" in shown
    told = counter.open(f"/windows/general/cases/{number}").text
    assert "补印《受理通知书》便民受〔2026〕1号：申请人遗失" in told


def test_anothers_paper_cannot_be_printed_from_here(here: House, visit: Browser) -> None:
    mine, other = a_number(here), a_number(here)
    counter = visit("counter1")
    listed = counter.open(f"/cases/{other}/papers").text
    (theirs,) = re.findall(r"/papers/([0-9]+)/reprint", listed)
    counter.open(f"/cases/{mine}/papers")
    assert counter.press(f"/cases/{mine}/papers/{theirs}/reprint", reason="x").status_code == 404


def test_papers_given_out_together_are_shown_together(here: House, visit: Browser) -> None:
    number = a_number(here, answer=Answer.ACCEPT_OWING)
    shown = visit("counter1").open(f"/windows/general/cases/{number}/paper").text
    assert (shown.count('class="copies"'), shown.count('class="slip"')) == (2, 4)
    assert "容缺受理承诺书 PDF" in shown
    assert "承诺人（签名）" in shown


def test_a_letter_of_authority_is_prefilled_in_full_and_its_reading_is_on_record(
    here: House, visit: Browser
) -> None:
    number, counter = a_number(here), visit("counter1")
    shown = counter.open(f"/cases/{number}/authority").text
    for words in ("授权委托书", RARE, resident_number(1), "＿＿＿", "委托人（签名或按指印）"):
        assert words in shown
    assert "盖章处" not in shown
    pdf = typeset(counter, f"/cases/{number}/authority.pdf")
    assert resident_number(1) in pdf
    assert mobile(1) in pdf
    assert len([said for said in purposes(here) if "打印文书" in said]) == 2
