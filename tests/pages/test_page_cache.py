"""公开页缓存: the same for everybody, new as soon as something changed, and nobody's secret."""

import gzip
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool
from werkzeug.test import TestResponse

from desk.cases.actions.register import lookup_code
from kernel.clock import FixedClock
from kernel.web.house import House
from kernel.web.page_cache import EditionWatch, KeptPage, Shelf
from tests.builders import BASE, Visitor, a_case
from tests.pages.conftest import both_databases

Visit = Callable[[str], Visitor]
#: 08:00 in the township, the day after
MORNING = datetime(2026, 3, 3, 0, 0, tzinfo=UTC)
PUBLIC = ["/", "/phones", "/items/", "/items/BM-005"]


def ask(visitor: Visitor, path: str, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return visitor.client.get(path, base_url=BASE, headers=named)


def leader_today(visitor: Visitor) -> str:
    found = re.search(
        r'今天值日领导</h2>.*?<span class="big">([^<]*)', ask(visitor, "/").text, re.S
    )
    assert found is not None
    return found[1]


def put_on_duty(director: Visitor, day: str, name: str) -> None:
    page = director.open("/duty/").text
    choices = re.findall(r'<option value="(\d+)"[^>]*>([^<]*)<', page)
    number = next(number for number, words in choices if words.startswith(name))
    assert director.press("/duty/", day=day, leader=number).status_code == 303


@both_databases
def test_a_change_is_on_the_public_page_at_the_next_look(visit: Visit) -> None:
    """Also when it was written on the very connection that watches for changes."""
    director, villager = visit("director"), visit("")
    before = leader_today(villager)
    for name in ("示例韩西麦", "示例谢南田", "示例郑东禾", "示例唐北松"):
        put_on_duty(director, "2026-03-02", name)
        assert leader_today(villager) == name != before
        assert leader_today(villager) == name, "from what was kept"
        before = name


def test_the_watch_has_a_connection_of_its_own(visit: Visit, here: House) -> None:
    """Were it the pool's, the pool would lend it out, and its own writes go unseen."""
    ask(visit(""), "/")
    pool = here.database.engine.pool
    assert pool.checkedout() == 1  # type: ignore[attr-defined]
    assert ask(visit(""), "/").status_code == 200


def test_the_turnover_changes_the_page_without_any_write(visit: Visit, clock: FixedClock) -> None:
    """One leader follows the other at eight, not at midnight: the page kept at seven is not it."""
    villager = visit("")
    before = leader_today(villager)
    clock.at = MORNING - timedelta(minutes=1)
    assert leader_today(villager) == before
    clock.at = MORNING
    assert leader_today(villager) != before
    assert leader_today(villager) != before, "from what was kept"


def test_midnight_changes_the_stamp_without_any_write(here: House, clock: FixedClock) -> None:
    watch = EditionWatch(here)
    before = watch.stamp()
    clock.at += timedelta(hours=14, minutes=29)
    assert watch.stamp() == before
    clock.at += timedelta(minutes=1)
    assert watch.stamp() != before


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_carries_no_cookie_and_no_token(path: str, visit: Visit) -> None:
    for visitor in (visit("counter1"), visit("")):
        for _ in range(2):
            answer = ask(visitor, path)
            assert answer.status_code == 200
            assert "Set-Cookie" not in answer.headers
            assert "csrf_token" not in answer.text


@pytest.mark.parametrize("path", PUBLIC)
def test_what_staff_are_shown_is_not_kept_for_others(path: str, visit: Visit) -> None:
    clerk = visit("counter1")
    assert ask(clerk, path).headers["Cache-Control"] == "no-store"
    first, second = ask(visit(""), path), ask(visit(""), path)
    assert first.headers["Cache-Control"] == second.headers["Cache-Control"] == "no-cache"
    assert "示例周晓禾" not in second.text


@pytest.mark.parametrize("cookie", ["xlarge=1", "large=10", "large=0", "x=large=1"])
def test_a_cookie_that_only_looks_like_large_letters_spoils_nobodys_page(
    cookie: str, visit: Visit
) -> None:
    name, _, value = cookie.partition("=")
    odd, large, plain = visit(""), visit(""), visit("")
    odd.client.set_cookie(name, value, domain="desk.test")
    large.client.set_cookie("large", "1", domain="desk.test")
    for _ in range(2):
        shown = ['class="public large"' in ask(one, "/").text for one in (odd, large, plain)]
        assert shown == [False, True, False]


def test_a_page_goes_out_packed_or_not_at_all_when_it_is_known(visit: Visit) -> None:
    plain = ask(visit(""), "/")
    packed = ask(visit(""), "/", Accept_Encoding="gzip")
    assert gzip.decompress(packed.data) == plain.data
    again = ask(visit(""), "/", If_None_Match=plain.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")


def test_what_is_asked_with_words_is_never_kept(visit: Visit) -> None:
    for words in ("户口", "低保"):
        assert f'value="{words}"' in ask(visit(""), f"/items/?q={words}").text


@pytest.mark.parametrize("path", ["/items/NOPE", "/items/section", "/login", "/status", "/start"])
def test_only_a_page_that_is_there_for_all_is_kept(path: str, visit: Visit) -> None:
    ask(visit(""), path)
    assert "ETag" not in ask(visit(""), path).headers


@both_databases
def test_a_slips_page_says_what_was_written_last(visit: Visit, here: House) -> None:
    """It is kept until anything is written, and never in a browser."""
    with here.writing() as session:
        case = a_case(here, session, here.now())
        path, number = f"/c/{lookup_code(session, case)}", case.number
    clerk, villager = visit("counter1"), visit("")
    for words in ("材料已送县里", "县里来电话了", "明天就好"):
        clerk.open(f"/windows/general/cases/{number}")
        noted = clerk.press(f"/windows/general/cases/{number}/note", text=words, public="1")
        assert noted.status_code == 303
        for _ in range(2):
            answer = ask(villager, path)
            assert words in answer.text
            assert answer.headers["Cache-Control"] == "no-store"


def test_what_staff_see_of_a_slip_is_not_kept_for_its_owner(
    visit: Visit, known: dict[str, str]
) -> None:
    path = f"/c/{known['code']}"
    staff = ask(visit("counter1"), path)
    assert "ETag" not in staff.headers
    first, second = ask(visit(""), path), ask(visit(""), path)
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.data == second.data


def test_a_shelf_that_is_full_is_cleared() -> None:
    shelf = Shelf(2)
    page = KeptPage("", ([], b""), ([], b""))
    for number in range(7):
        shelf.at(("same",))[f"/{number}", False] = page
        assert len(shelf.at(("same",))) <= 2
    assert not shelf.at(("other",))


@pytest.fixture
def away(here: House, postgres: str) -> Callable[[bool], None]:
    """Return what takes the test's own database away, and gives it back."""
    cluster = sa.create_engine(postgres, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    name = here.database.engine.url.database

    def take(is_away: bool) -> None:
        with cluster.connect() as connection:
            connection.execute(sa.text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {not is_away}"))
            if is_away:
                ended = sa.text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
                )
                connection.execute(ended, {"name": name})

    return take


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_without_its_database_every_page_says_so_in_words(
    visit: Visit, away: Callable[[bool], None]
) -> None:
    villager, clerk = visit(""), visit("counter1")
    clerk.open("/windows/general/new/BM-005")
    assert ask(villager, "/").status_code == 200
    away(True)
    try:
        answers = [ask(villager, "/"), ask(villager, "/phones"), ask(clerk, "/windows/general/")]
        answers.append(clerk.press("/windows/general/new/BM-005", applicant_name="示例群众戊"))
    finally:
        away(False)
    for answer in answers:
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "系统正忙" in answer.text
    assert "示例群众戊" in answers[-1].text
    assert ask(clerk, "/windows/general/").status_code == 200, "and nobody was logged out"


def test_what_one_thread_kept_is_not_new_to_another(visit: Visit, here: House) -> None:
    """Each connection counts its own: the second thread's first number was the first's too."""
    with here.writing() as session:
        case = a_case(here, session, here.now())
        path, number = f"/c/{lookup_code(session, case)}", case.number
    clerk, villager = visit("counter1"), visit("")
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as another:
        here.database.engine.dispose()  # both threads begin on a new connection
        before = one.submit(ask, villager, path).result()
        clerk.open(f"/windows/general/cases/{number}")
        clerk.press(f"/windows/general/cases/{number}/note", text="材料已送县里", public="1")
        here.database.engine.dispose()
        after = another.submit(ask, villager, path).result()
    assert "材料已送县里" not in before.text
    assert "材料已送县里" in after.text
