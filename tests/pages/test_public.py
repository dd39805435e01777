"""群众看的页面: what hangs on the wall, and one's own case, of which a passer-by learns nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from desk.cases import queries
from desk.cases.actions import deliveries, verbs
from desk.cases.actions.register import Intake, lookup_code
from desk.cases.rules.delivery import Manner, Taker
from desk.cases.rules.intake import Answer
from desk.cases.rules.people import Person
from desk.cases.rules.results import REMEDIES, Result
from kernel.clock import FixedClock
from kernel.town import queries as town
from kernel.vault import token_hash
from kernel.web.house import House
from services_catalog import queries as catalogue
from services_catalog.rules.items import Window
from services_catalog.rules.limits import spoken
from tests.builders import (
    BASE,
    CARRIED,
    HERE,
    REFERRED,
    Visitor,
    a_case,
    clerk,
    intake,
    mobile,
    person,
    resident_number,
    starter_items,
)
from tests.pages.conftest import both_databases

Visit = Callable[[str], Visitor]


def words(page: str) -> str:
    """Return what a reader sees of a page."""
    body = page.partition("<body>")[2]
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]*>", " ", body)))


def opened(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path, base_url=BASE)
    assert answer.status_code == status, path
    return answer.text


# ------ what hangs on the wall


def test_the_front_page_leads_everywhere_and_names_todays_leader(
    client: FlaskClient, here: House
) -> None:
    page = opened(client, "/")
    with here.reading() as session:
        hall = here.town(session)
        for section, number in catalogue.sections(session):
            assert f'href="/items/section/{quote(section)}"' in page
            assert f"{number}项" in page
    for way in ("/items/", "/status", "/deadline", "/phones", "/large?back=/"):
        assert f'"{way}"' in page
    assert hall.duty_phone in page
    assert "今天值日领导" in page


def test_the_leader_on_the_front_page_changes_with_the_day(
    client: FlaskClient, clock: FixedClock
) -> None:
    leaders = []
    for _ in range(3):
        leaders.append(words(opened(client, "/")).partition("今天值日领导")[2][:20])
        clock.at += timedelta(days=1)
    assert len(set(leaders)) == 3


@pytest.mark.parametrize(
    ("typed", "code"),
    [("身份证丢了", "BM-031"), ("低保", "BM-001"), ("shanghukou", "BM-033"), ("gljt", "BM-005")],
)
def test_what_villagers_call_a_matter_finds_it(client: FlaskClient, typed: str, code: str) -> None:
    page = opened(client, f"/items/?q={quote(typed)}")
    assert f'href="/items/{code}"' in page


def test_what_nobody_offers_is_answered_with_a_telephone(client: FlaskClient, here: House) -> None:
    page = words(opened(client, f"/items/?q={quote('嬲嬲嬲')}"))
    with here.reading() as session:
        assert here.town(session).duty_phone in page
    assert "没有找到“嬲嬲嬲”" in page


def test_a_search_of_any_length_and_kind_is_answered(client: FlaskClient) -> None:
    for typed in ("", " ", "%", "\x00", "a" * 3000, "'; DROP TABLE case; --", "𠮷", "<b>"):
        opened(client, f"/items/?q={quote(typed)}")


@both_databases
def test_every_section_lists_its_items_and_every_item_tells_all_a_villager_needs(
    client: FlaskClient, here: House
) -> None:
    with here.reading() as session:
        listed = catalogue.published_list(session)
        versions = {one.code: catalogue.published(session, one.code) for one in listed}
        papers = {
            one.code: catalogue.materials_of(session, versions[one.code].id) for one in listed
        }
    assert len(listed) == starter_items()
    for one in listed:
        assert f'href="/items/{one.code}"' in opened(client, f"/items/section/{quote(one.section)}")
        page, version = words(opened(client, f"/items/{one.code}")), versions[one.code]
        assert version.title in page
        assert spoken(version.promised) in page
        assert spoken(version.statutory) in page
        assert version.body in page or one.handling.value == "here"
        assert "监督投诉" in page
        for paper in papers[one.code]:
            assert paper.name in page


@pytest.mark.parametrize("path", ["/items/BM-999", "/items/%00", "/items/" + "x" * 300])
def test_an_item_nobody_published_is_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(path, base_url=BASE).status_code in {404, 422}


def test_a_section_nobody_has_shows_the_way_to_the_others(client: FlaskClient) -> None:
    assert "看全部专窗" in opened(client, f"/items/section/{quote('航天')}")


def test_the_telephones_are_all_there_and_no_leaders_mobile_is(
    client: FlaskClient, here: House
) -> None:
    page = opened(client, "/phones")
    with here.reading() as session:
        units, villages = town.directory(session), town.villages(session)
    assert len(units) == 70
    for unit in units:
        assert unit.name in page
        assert f'href="tel:{unit.phone}"' in page
    assert all(village.name in page for village in villages)


@pytest.mark.parametrize(
    "yes", ["", "yes=0", "yes=0&yes=1", "yes=99", "yes=x", "yes=-1", f"yes={'9' * 5000}", "yes=²"]
)
def test_whoever_looks_whether_they_can_apply_is_never_turned_away(
    client: FlaskClient, yes: str
) -> None:
    assert "电话" in opened(client, f"/items/{HERE}/check?asked=1&{yes}")


@pytest.mark.parametrize(
    ("back", "to"),
    [
        ("/items/BM-005", "/items/BM-005"),
        ("/", "/"),
        ("", "/"),
        ("//evil.test", "/"),
        ("/\\evil.test", "/"),
        ("/a\\..\\evil", "/"),
        ("https://evil.test", "/"),
        ("/\t/evil.test", "/"),
        ("/\n/evil.test", "/"),
        ("/\r\nSet-Cookie: x=1", "/"),
        ("/\x00", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_large_letters_lead_back_to_our_own_pages_only(
    client: FlaskClient, back: str, to: str
) -> None:
    answer = client.get("/large", query_string={"back": back}, base_url=BASE)
    assert (answer.status_code, answer.headers["Location"]) == (303, to)


def test_large_letters_stay_until_they_are_turned_off(client: FlaskClient) -> None:
    assert 'class="public large"' not in opened(client, "/")
    client.get("/large?back=/", base_url=BASE)
    assert 'class="public large"' in opened(client, "/")
    client.get("/large?back=/", base_url=BASE)
    assert 'class="public large"' not in opened(client, "/")


# ------ one's own case


def register(here: House, taken: Intake | None = None) -> tuple[str, str]:
    """Register a case; return its number and the code of its slip."""
    with here.writing() as session:
        case = a_case(here, session, here.now(), taken)
        return case.number, lookup_code(session, case)


def taken(here: House, code: str, answer: Answer, who: Person | None = None) -> Intake:
    with here.reading() as session:
        return intake(session, code, answer, who)


@both_databases
def test_a_slips_code_shows_how_far_its_case_has_come_in_both_letter_cases(
    here: House, client: FlaskClient
) -> None:
    number, code = register(here)
    for path in (f"/c/{code}", f"/C/{code}", f"/c/{code.lower()}", f"/C/{code.lower()}"):
        page = words(opened(client, path))
        assert f"办件 {number}" in page
        assert "最迟 2026年3月16日 周一 办结" in page
        assert "已受理，2026年3月16日 周一前办结。" in page
        assert "3月7日（周六）至3月8日（周日） 周末 不计2天" in page


def by_number(visit: Visit, number: str, last: str) -> tuple[int, str]:
    villager = visit("")
    villager.open("/status")
    answer = villager.press("/status", number=number, last=last)
    return answer.status_code, answer.text


def test_the_number_with_the_last_four_of_phone_or_document_shows_the_same(
    here: House, visit: Visit
) -> None:
    number, _ = register(here, taken(here, HERE, Answer.ACCEPT, person(37)))
    for typed in (number, number.lower(), number.replace("-", " "), number.replace("-", "——")):
        status, page = by_number(visit, typed, "0037")
        assert (status, f"办件 {number}" in page) == (200, True), typed
    status, page = by_number(visit, number, resident_number(37)[-4:].lower())
    assert status == 200


SECRETS = ("示例欧阳乙", resident_number(37), mobile(37), mobile(37)[-4:], "示例上溪村88号")


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (HERE, Answer.ACCEPT),
        (CARRIED, Answer.CARRY),
        (HERE, Answer.NOTICE),
        (REFERRED, Answer.REFER),
        ("BM-048", Answer.ACCEPT),
    ],
)
def test_no_page_of_a_case_tells_whose_it_is_or_what_it_is_about(
    here: House, visit: Visit, client: FlaskClient, code: str, answer: Answer
) -> None:
    who = replace(person(37, SECRETS[0]), address=SECRETS[-1])
    number, slip = register(here, taken(here, code, answer, who))
    with here.reading() as session:
        title = catalogue.published(session, code).title
    _, by_status = by_number(visit, number, "0037")
    for page in (opened(client, f"/c/{slip}"), by_status):
        assert number in page
        for secret in (*SECRETS, title, resident_number(37)[:6], "counter1"):
            assert secret not in page, secret


def test_a_page_that_told_would_be_seen(here: House, client: FlaskClient) -> None:
    number, slip = register(here)
    with here.writing() as session:
        case = queries.at_window(session, Window.GENERAL, number)
        line = f"{SECRETS[0]}已来过"
        verbs.note(session, case, line, clerk(session), here.now(), public=True)
    assert SECRETS[0] in opened(client, f"/c/{slip}")


@pytest.mark.parametrize(
    "path", ["/c/0", "/c/" + "0" * 26, "/C/" + "Z" * 26, "/c/%00", "/c/' OR 1=1", "/c/" + "9" * 500]
)
def test_a_code_of_no_slip_is_answered_with_what_to_do(client: FlaskClient, path: str) -> None:
    assert "已经失效，或不是本厅发出的" in words(opened(client, path, 404))


@pytest.mark.parametrize(
    ("number", "last"),
    [
        ("Z26-00001-4", "9999"),
        ("Z26-00002-2", "0001"),
        ("张三", "0001"),
        ("Z26-00001-5", "0001"),
        ("x" * 3000, "y" * 3000),
    ],
)
def test_what_does_not_fit_together_is_refused_with_one_sentence_for_all(
    here: House, visit: Visit, number: str, last: str
) -> None:
    register(here)
    status, page = by_number(visit, number, last)
    assert status == 422
    assert "没有查到。请核对受理编号" in page
    assert "最迟" not in page


@both_databases
def test_the_sixth_try_of_a_day_is_refused_and_tomorrow_there_are_five_more(
    here: House, visit: Visit, clock: FixedClock
) -> None:
    number, _ = register(here)
    assert [by_number(visit, number, "9999")[0] for _ in range(7)] == [422] * 5 + [429] * 2
    assert by_number(visit, number, "0001")[0] == 429, "even the right one, for a guesser's sake"
    clock.at += timedelta(days=1, seconds=1)
    assert by_number(visit, number, "0001")[0] == 200


def test_looking_rightly_and_leaving_a_field_empty_cost_no_try(here: House, visit: Visit) -> None:
    number, _ = register(here)
    assert [by_number(visit, number, "0001")[0] for _ in range(7)] == [200] * 7
    for typed, last in (("", ""), (number, ""), ("", "0001"), (number, " ")):
        status, page = by_number(visit, typed, last)
        assert (status, "请填这一项" in page) == (422, True), (typed, last)
    assert [by_number(visit, number, "9999")[0] for _ in range(6)] == [422] * 5 + [429]


def test_slips_of_the_finger_lock_nobody_elses_case(here: House, visit: Visit) -> None:
    number, _ = register(here)
    assert [by_number(visit, "Z26-1", "0001")[0] for _ in range(10)] == [422] * 10
    assert by_number(visit, number, "0001")[0] == 200


def test_one_address_cannot_ask_after_every_case(here: House, visit: Visit) -> None:
    villager = visit("")
    villager.open("/status")
    answers = [
        villager.press("/status", number=f"Z26-{serial:05d}-0", last="0001").status_code
        for serial in range(62)
    ]
    assert answers == [422] * 60 + [429] * 2


def test_a_case_past_its_day_is_owned_up_to(
    here: House, client: FlaskClient, clock: FixedClock
) -> None:
    _, slip = register(here)
    late = "已超过承诺的日子"
    clock.at = datetime(2026, 3, 16, 15, 59, tzinfo=UTC)  # 23:59 on the last day
    assert late not in opened(client, f"/c/{slip}")
    clock.at += timedelta(minutes=1)
    page = words(opened(client, f"/c/{slip}"))
    assert late in page
    assert "监督电话" in page


def test_a_day_that_may_still_move_says_so(
    here: House, client: FlaskClient, clock: FixedClock
) -> None:
    clock.at = datetime(2026, 12, 28, 2, tzinfo=UTC)
    _, slip = register(here)
    page = words(opened(client, f"/c/{slip}"))
    assert "2027年1月11日 周一" in page
    assert "（暂定：次年放假安排公布后可能调整）" in page


@pytest.mark.parametrize(
    ("code", "answer", "sentence"),
    [
        (CARRIED, Answer.CARRY, "我们在 2026年3月4日 周三 前把材料送到承办机关"),
        (HERE, Answer.NOTICE, "请按《一次性告知书》补齐材料"),
        (REFERRED, Answer.REFER, "已告知地点和电话"),
        ("BM-048", Answer.ACCEPT, "按批次办理，时间以当年通知为准"),
    ],
)
def test_each_answer_tells_what_comes_next(
    here: House, client: FlaskClient, code: str, answer: Answer, sentence: str
) -> None:
    _, slip = register(here, taken(here, code, answer))
    assert sentence in words(opened(client, f"/c/{slip}"))


def close(here: House, number: str, result: Result, reason: str) -> None:
    with here.writing() as session:
        case = queries.at_window(session, Window.GENERAL, number)
        ending, hall = (result, reason), here.hall(session)
        verbs.close(session, case, ending, clerk(session), here.now(), hall)


def test_who_is_refused_reads_the_remedies_and_not_the_reason(
    here: House, client: FlaskClient
) -> None:
    number, slip = register(here)
    close(here, number, Result.DENIED, "存款超过标准")
    page = words(opened(client, f"/c/{slip}"))
    assert REMEDIES in page
    assert "已办结：不予批准。" in page
    assert "存款" not in page


@pytest.mark.parametrize(
    ("manner", "sentence"),
    [
        (Manner.PICK_UP, "请带回执和身份证，到原窗口领取结果"),
        (Manner.MAKING, "证照或文书正在制作"),
        (Manner.POST, "结果用邮寄送达，不用来取"),
        (Manner.AT_ONCE, "结果已经送达"),
        (Manner.NOTHING, "有不清楚的，请到原窗口或打电话问"),
    ],
)
def test_only_who_has_something_to_fetch_is_sent_for_it(
    here: House, client: FlaskClient, manner: Manner, sentence: str
) -> None:
    number, slip = register(here)
    close(here, number, Result.GRANTED, "")
    with here.writing() as session:
        case = queries.at_window(session, Window.GENERAL, number)
        arranged, who, hall = (manner, Taker()), clerk(session), here.hall(session)
        deliveries.arrange(session, case, arranged, who, here.now(), hall)
    page = words(opened(client, f"/c/{slip}"))
    assert sentence in page
    assert ("领取结果" in page) == (manner is Manner.PICK_UP)


def test_who_is_granted_is_told_to_come_and_no_day_is_due_any_more(
    here: House, client: FlaskClient, clock: FixedClock
) -> None:
    number, slip = register(here)
    close(here, number, Result.GRANTED, "")
    clock.at += timedelta(days=60)
    page = words(opened(client, f"/c/{slip}"))
    assert "已办结：准予（同意）。" in page
    assert REMEDIES not in page
    assert "已超过" not in page


def test_a_reissued_slip_opens_and_the_lost_one_does_not(here: House, client: FlaskClient) -> None:
    number, lost = register(here)
    with here.writing() as session:
        case = queries.at_window(session, Window.GENERAL, number)
        case.lookup_generation += 1
        fresh = lookup_code(session, case)
        case.lookup_hash = token_hash(fresh)
    opened(client, f"/c/{lost}", 404)
    assert number in opened(client, f"/c/{fresh}")


def test_no_page_of_a_case_is_kept_anywhere(here: House, client: FlaskClient) -> None:
    _, slip = register(here)
    for path in (f"/c/{slip}", "/status"):
        answer = client.get(path, base_url=BASE)
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_day_on_the_page_is_the_stored_one(here: House, client: FlaskClient) -> None:
    number, slip = register(here)
    with here.reading() as session:
        case = queries.at_window(session, Window.GENERAL, number)
        assert case.due_on == date(2026, 3, 16)
    assert "2026年3月16日" in opened(client, f"/c/{slip}")
